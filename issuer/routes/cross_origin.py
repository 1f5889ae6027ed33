"""Which paths of an issuer a wallet in a browser needs: the protocols', and what it asks with a proof."""

import re

FOR_WALLETS = re.compile(
    r"/\.well-known/(?:openid-credential-issuer|oauth-authorization-server)/o/[^/]+(?:/ims/ob/v3p0)?"
    r"|/o/[^/]+/ims/ob/v3p0/(?:discovery|register|token|revoke|credentials|profile)"
    r"|/o/[^/]+/(?:offers/[^/]+|evidence/[^/]+|par|token|nonce|credential|deferred|notification)"
    r"|/o/[^/]+/(?:confirmations|validations|stacks/[^/]+|did\.json|(?:token-)?status/[^/]+)"
)
