"""httpx reads all certificate authorities anew for each client, which takes longer than most requests of a test.

Our own program reads them once (`passport.fetch.authorities`); so do the tests' clients, of which there are thousands.
"""

from functools import cache

import httpx
from httpx._transports import default

_usual = cache(httpx.create_ssl_context)


def _made(verify=True, cert=None, trust_env=True):
    if verify is True and cert is None:
        return _usual(trust_env=trust_env)
    return httpx.create_ssl_context(verify, cert, trust_env)


def read_authorities_once():
    default.create_ssl_context = _made
