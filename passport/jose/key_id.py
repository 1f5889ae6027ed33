"""Which key signed: `kid` and `iss` as the id of a verification method (VC-JOSE-COSE, section 4.1)."""

from passport import limits
from passport.errors.jose import KeyIdMissing
from passport.json import JsonObject


def verification_method(header: JsonObject, issuer: str | None) -> str:
    """The absolute URL of the key: `kid`, or what `iss` makes of one that is relative.

    Nothing is looked up here. That the key is the issuer's is checked where it is resolved.

    Raises:
        KeyIdMissing: no `kid`, or a relative one without an `iss`.
    """
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid or len(kid) > 2 * limits.DID_LENGTH:
        raise KeyIdMissing
    if "#" in kid and not kid.startswith("#"):
        return kid
    if issuer is None:
        raise KeyIdMissing
    return f"{issuer}#{kid.removeprefix('#')}"
