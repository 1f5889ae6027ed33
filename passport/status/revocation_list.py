"""The 1EdTech revocation list (vcrl 1.0): deprecated, read and never written.

It is JSON that nobody signed: `revokedCredential` holds the ids of credentials, each `revoked` unless it says
false. Its only proof is the connection that it came over. So it is relied on only where the *signed*
credential names an address on its issuer's own origin, the one of its did:web, and only as it was fetched
from there: one that the presenter brought proves nothing.
"""

from urllib.parse import urlsplit

from passport import limits
from passport.credentials.reading import objects, optional_text, text
from passport.dids import did_web_url
from passport.errors.credentials import MalformedMember
from passport.errors.dids import MalformedDid
from passport.errors.status import RevocationListElsewhere, StatusListIssuerMismatch, StatusListMismatch
from passport.json import JsonObject, parse_object

_MEMBERS = ("revokedCredential", "revokedCredentials")
"""Both were printed, and both are in use."""


def check_own_origin(url: str, issuer: str) -> None:
    """Refuse an address that is not on the origin of the issuer's own DID document.

    Raises:
        RevocationListElsewhere
    """
    try:
        own = urlsplit(did_web_url(issuer))
        named = urlsplit(url)
    except (MalformedDid, ValueError):
        raise RevocationListElsewhere from None
    if (named.scheme, named.netloc) != (own.scheme, own.netloc):
        raise RevocationListElsewhere


def parse_revocation_list(body: bytes, *, url: str, issuer: str) -> frozenset[str]:
    """The ids of the revoked credentials.

    Raises:
        Invalid: of `passport.errors.parsing` and `passport.errors.credentials`.
        StatusListMismatch, StatusListIssuerMismatch: it says that it is another list, or of another issuer.
    """
    document = parse_object(body, limits.PUBLISHED)
    if optional_text(document, "id") not in {None, url}:
        raise StatusListMismatch
    if optional_text(document, "issuer") not in {None, issuer}:
        raise StatusListIssuerMismatch
    if all(name not in document for name in _MEMBERS):
        raise MalformedMember(member=_MEMBERS[0])
    entries = [
        entry for name in _MEMBERS for entry in objects(document, name, _revoked, limits.PUBLISHED.array)
    ]
    return frozenset(identifier for identifier, revoked in entries if revoked)


def _revoked(entry: JsonObject) -> tuple[str, bool]:
    revoked = entry.get("revoked", True)
    if not isinstance(revoked, bool):
        raise MalformedMember(member="revoked")
    return text(entry, "id"), revoked
