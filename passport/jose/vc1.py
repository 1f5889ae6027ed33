"""Credentials and presentations of version 1.1 in a JWT (VC Data Model 1.1, section 6.3.1): read, never made.

Claims and members that say the same are merged; where they differ, the token is refused.
"""

from typing import Any

from passport.clock import format_datetime
from passport.credentials.enveloped import envelope
from passport.credentials.form import Form
from passport.credentials.vocabulary import CREDENTIALS_V1
from passport.errors.jose import ClaimsContradict, MalformedClaim, VcClaimNotAllowed
from passport.jose.claims import moment, text
from passport.jose.contents import identifier, same_second
from passport.json import JsonObject

_DATES = {"nbf": "issuanceDate", "exp": "expirationDate"}


def unwrap(claims: JsonObject) -> JsonObject:
    """The document in the `vc` or `vp` claim, with what the registered claims say about it.

    Raises:
        VcClaimNotAllowed: neither or both are there, or a document of another version is in it.
        ClaimsContradict, MalformedClaim
    """
    if ("vc" in claims) == ("vp" in claims):
        raise VcClaimNotAllowed
    wrapper = "vc" if "vc" in claims else "vp"
    document = claims[wrapper]
    if not isinstance(document, dict):
        raise MalformedClaim(claim=wrapper)
    contexts = document.get("@context")
    if not isinstance(contexts, list) or contexts[:1] != [CREDENTIALS_V1]:
        raise VcClaimNotAllowed
    signer = "issuer" if wrapper == "vc" else "holder"
    merged = _named(_named(document, "id", claims, "jti"), signer, claims, "iss")
    if wrapper == "vp":
        return _with_envelopes(merged)
    return _with_subject(_with_dates(merged, claims), claims)


def _with_envelopes(document: JsonObject) -> JsonObject:
    """Credentials that stand there as tokens, as version 1.1 shows them: in the envelopes of version 2.0."""
    found: Any = document.get("verifiableCredential")
    if not isinstance(found, list):
        return document
    shown = [
        envelope(each.encode("ascii"), Form.JWT_VC) if isinstance(each, str) and each.isascii() else each
        for each in found
    ]
    return {**document, "verifiableCredential": shown}


def _named(document: JsonObject, member: str, claims: JsonObject, claim: str) -> JsonObject:
    said = text(claims, claim)
    if said is None:
        return document
    if member not in document:
        return {**document, member: said}
    if identifier(document, member) != said:
        raise ClaimsContradict(claim=claim)
    return document


def _with_dates(document: JsonObject, claims: JsonObject) -> JsonObject:
    merged = dict(document)
    for claim, member in _DATES.items():
        at = moment(claims, claim)
        if at is None:
            continue
        if member in document and not same_second(document[member], at):
            raise ClaimsContradict(claim=claim)
        merged.setdefault(member, format_datetime(at))
    return merged


def _with_subject(document: JsonObject, claims: JsonObject) -> JsonObject:
    subject: Any = document.get("credentialSubject")
    if "sub" not in claims:
        return document
    if not isinstance(subject, dict):
        raise ClaimsContradict(claim="sub")
    return {**document, "credentialSubject": _named(subject, "id", claims, "sub")}
