"""Whether who signed a credential is tied to the place that offered it.

A signature says which key signed. That the key is the school's on whose page the offer stood, only the place
of the key can say: the host of a did:web, or of an issuer that is an address (SD-JWT VC, section 5). Every
other signer may be right, and nothing proves it: the person is told, and decides.
"""

from urllib.parse import urlsplit

from passport.dids import did_web_url
from passport.errors import PassportError


def is_tied(issuer: str, credential_issuer: str) -> bool:
    """Whether `issuer` lives where the offer came from.

    On a host with several issuers each answers for its own path: a did:web or an address is tied to offers
    of its own path and of what is below it.
    """
    offered = urlsplit(credential_issuer)
    if issuer.startswith("https://"):
        there = urlsplit(issuer)
        folder = there.path
    elif issuer.startswith("did:web:"):
        try:
            there = urlsplit(did_web_url(issuer))
        except PassportError:
            return False
        folder = there.path.removesuffix("/did.json").removesuffix("/.well-known")
    else:
        return False
    inside = f"{offered.path.rstrip('/')}/".startswith(f"{folder.rstrip('/')}/")
    return there.netloc == offered.netloc and inside
