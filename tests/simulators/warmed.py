"""The last that the server of forks imports: what is there by then is left alone in every process forked from it.

What a service would work out at its first request is worked out here: its routes, and whom it trusts over TLS.
It looks once through all that it loaded, when it starts; of what came with the fork that is done here.
"""

import gc

import issuer.app
import verifier.app
from passport.fetch.authorities import usual_authorities
from tests.simulators.album import keep_every_page

for route in (*issuer.app.ROUTES, *verifier.app.ROUTES):
    route.matches({"type": "http", "method": "GET", "path": "/"})
usual_authorities()
keep_every_page()
gc.collect()
gc.freeze()
