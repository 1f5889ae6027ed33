"""PyPI openvc-core as the verifier of badges in every form: JSON in on stdin, JSON out on stdout.

{credentials: [JSON or a token], documents: {url: document}, contexts: {url: document}}
"""

import json
import sys

from openvc.did.base import DidResolverRegistry
from openvc.did.did_key import DidKeyResolver
from openvc.did.did_web import DidWebResolver
from openvc.resolvers import default_status_list_resolver
from openvc.verify import verify_credential

asked = json.load(sys.stdin)
documents, contexts = asked["documents"], asked["contexts"]
resolver = DidResolverRegistry([DidWebResolver(documents.__getitem__), DidKeyResolver()])
lists = default_status_list_resolver(
    resolver=resolver, extra_contexts=contexts, fetch=lambda url: json.dumps(documents[url])
)
told = []
for credential in asked["credentials"]:
    try:
        found = verify_credential(
            credential, resolver=resolver, resolve_status_list=lists, extra_contexts=contexts
        )
        told.append({"verified": str(found.issuer)})
    except Exception as error:  # noqa: BLE001  # whatever it is, our test wants to read it
        told.append({"refused": f"{type(error).__name__}: {error}"})
json.dump(told, sys.stdout)
