"""The thumbprint that names a key (RFC 7638), which DPoP calls `jkt` (RFC 9449, section 6.1)."""

import hashlib
import re

from passport.encoding import base64url_encode
from passport.json import canonicalize
from passport.keys import PublicKey

_FORM = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def jwk_thumbprint(key: PublicKey) -> str:
    """SHA-256 over the members that the key needs, in lexicographic order without white space (section 3)."""
    return base64url_encode(hashlib.sha256(canonicalize(key.to_jwk())).digest())


def is_thumbprint(text: str) -> bool:
    return _FORM.fullmatch(text) is not None
