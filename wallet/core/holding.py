"""Which of the wallet's keys a credential is bound to: by its subject's DID, by `cnf`, or by both."""

from collections.abc import Iterable

from passport.credentials import Credential
from passport.errors import Invalid
from passport.keys import PublicKey
from passport.sd_jwt.credential import SdJwtDocument
from passport.securing import read_secured
from wallet.core.holder import confirmed_key, did_of_key, method_of


def bound_name(keys: Iterable[PublicKey], source: bytes, parsed: Credential) -> str | None:
    """The DID by which a credential is bound to one of these keys; None where it is not bound to any.

    A subject's DID must be a name of one of the keys. An SD-JWT with `cnf` (RFC 7800) must name that same key
    there; where the subject has no DID, `cnf` alone decides, and the key gets the name that the wallet uses.
    """
    subject, (present, confirmed) = parsed.subject.id, _confirmed(source)
    named = None if subject is None else method_of(subject)
    for key in keys:
        if subject is not None and (named is None or named.public_key != key):
            continue
        if present and confirmed != key:
            continue
        if subject is not None:
            return subject
        if present:
            return did_of_key(key)
    return None


def _confirmed(source: bytes) -> tuple[bool, PublicKey | None]:
    """Whether there is a `cnf` in an SD-JWT, and the key in it."""
    if source.lstrip()[:1] == b"{":
        return False, None  # JSON with a proof
    try:
        token = read_secured(source).token
    except Invalid:
        return False, None  # kept by an earlier version with other rules
    if not isinstance(token, SdJwtDocument) or "cnf" not in token.sd_jwt.claims:
        return False, None
    return True, confirmed_key(token.sd_jwt)


def is_bound_to(source: bytes, key: PublicKey) -> bool:
    """Whether an SD-JWT names this key in `cnf`."""
    return _confirmed(source) == (True, key)
