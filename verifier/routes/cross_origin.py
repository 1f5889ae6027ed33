"""Which paths of a verifier a wallet in a browser needs: what is published, requests, where answers go."""

import re

FOR_WALLETS = re.compile(
    r"/e/[^/]+/(?:did\.json|profiles/[^/]+(?:/[^/]+)?)|/r/[^/]+|/openid4vp/[^/]+/(?:request|response)"
)
