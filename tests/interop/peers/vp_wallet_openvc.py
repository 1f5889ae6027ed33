"""PyPI openvc-core as the verifier of what our wallet answered: JSON in on stdin, JSON out on stdout.

{answers: [{vp_token, dcql, nonce, client_id, documents: {url: document}}], contexts: {url: document}, now}
"""

import json
import sys
from datetime import datetime

from openvc.did.base import DidResolverRegistry
from openvc.did.did_jwk import DidJwkResolver
from openvc.did.did_key import DidKeyResolver
from openvc.did.did_web import DidWebResolver
from openvc.openid4vp import verify_vp_token

asked = json.load(sys.stdin)


told = []
for each in asked["answers"]:
    try:
        found = verify_vp_token(
            each["vp_token"],
            dcql_query=each["dcql"],
            nonce=each["nonce"],
            client_id=each["client_id"],
            resolver=DidResolverRegistry(
                [DidWebResolver(each["documents"].__getitem__), DidKeyResolver(), DidJwkResolver()]
            ),
            extra_contexts=asked["contexts"],
            require_holder_binding=True,
            now=datetime.fromisoformat(asked["now"]),
        )
        told.append({"verified": [[one.query_id, one.format, one.holder] for one in found.presentations]})
    except Exception as error:  # noqa: BLE001  # whatever it is, our test wants to read it
        told.append({"refused": f"{type(error).__name__}: {error}"})
json.dump(told, sys.stdout)
