"""An Open Badge as the claims of an SD-JWT VC, and back: the same badge, without JSON-LD.

Members keep their names and places; only what SD-JWT VC has a claim for takes its place.

    @context, type         vct                   what it is
    validFrom, validUntil  nbf, exp              in whole seconds; where both stand, they must agree
    issuer                 iss, and issuer       who says so, and the rest of the profile
    credentialStatus       status.status_list    where a Token Status List is used
"""

from datetime import datetime
from typing import Any

from passport.clock import format_datetime, parse_datetime
from passport.credentials.reading import is_url
from passport.credentials.status_entry import token_status_entry
from passport.credentials.vocabulary import (
    CREDENTIALS_V2,
    OPEN_BADGE_TYPES,
    OPEN_BADGES,
    VERIFIABLE_CREDENTIAL,
)
from passport.errors.credentials import MissingMember, NotAnOpenBadge, NotAUrl
from passport.errors.jose import ClaimsContradict, MalformedClaim
from passport.jose.claims import REGISTERED, moment, numeric_date, text
from passport.jose.contents import check_agreement, identifier, same_second
from passport.json import JsonObject

DRAFT = 16
"""Of draft-ietf-oauth-sd-jwt-vc: the one that `dc+sd-jwt` follows."""
_REPLACED = frozenset({"@context", "type", "validFrom", "validUntil"})
_OF_THE_TOKEN = REGISTERED | {"vct", "vct#integrity", "status"}
_OTHER_STATUS = "OtherTokenStatus"
"""A status that is told in a way that we don't know: the check of it ends in "cannot tell"."""


def badge_claims(document: JsonObject, *, vct: str, status: JsonObject | None) -> JsonObject:
    """The claims for a badge.

    Args:
        document: an unsigned Open Badge 3.0.
        vct: the type of the credential, a URL (SD-JWT VC, section 2.2.2.1).
        status: the `status` claim (Token Status List, section 6.2).

    Raises:
        NotAnOpenBadge, NotAUrl, MissingMember, MalformedDateTime
    """
    types = document.get("type")
    if not isinstance(types, list) or not {VERIFIABLE_CREDENTIAL, *OPEN_BADGE_TYPES}.issuperset(types):
        raise NotAnOpenBadge
    if not is_url(vct):
        raise NotAUrl(member="vct")
    issuer = identifier(document, "issuer")
    if issuer is None or "validFrom" not in document:
        raise MissingMember(member="issuer, validFrom")
    claims = {name: value for name, value in document.items() if name not in _REPLACED}
    claims |= {"iss": issuer, "vct": vct, "nbf": numeric_date(parse_datetime(document["validFrom"]))}
    if "validUntil" in document:
        claims["exp"] = numeric_date(parse_datetime(document["validUntil"]))
    return claims if status is None else {**claims, "status": status}


def read_dc(claims: JsonObject) -> JsonObject:
    """The badge that claims tell, in the form that `parse_credential` reads.

    Raises:
        MalformedClaim, ClaimsContradict
    """
    check_agreement(claims)
    issuer = text(claims, "iss")
    document: JsonObject = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "type": [VERIFIABLE_CREDENTIAL, "OpenBadgeCredential"],
        **({} if issuer is None else {"issuer": issuer}),
        **{name: value for name, value in claims.items() if name not in _OF_THE_TOKEN | _REPLACED},
    }
    if "type" in claims:
        document["type"] = claims["type"]
    starts, ends = moment(claims, "nbf") or moment(claims, "iat"), moment(claims, "exp")
    document |= _dated(claims, "validFrom", starts) | _dated(claims, "validUntil", ends)
    if "status" in claims:
        document["credentialStatus"] = [*_listed(document), *_statuses(claims["status"])]
    return document


def _dated(claims: JsonObject, member: str, at: datetime | None) -> JsonObject:
    """Where the badge was signed with the member itself, that says it: it is not passed over."""
    if member in claims:
        if at is not None and not same_second(claims[member], at):
            raise ClaimsContradict(claim=member)
        return {member: claims[member]}
    return {} if at is None else {member: format_datetime(at)}


def _listed(document: JsonObject) -> list[Any]:
    found = document.get("credentialStatus", [])
    return found if isinstance(found, list) else [found]


def _statuses(status: Any) -> list[JsonObject]:
    """An entry for each way that the status is told: each of them must be good."""
    if not isinstance(status, dict) or not status:
        raise MalformedClaim(claim="status")
    return [
        _reference(told) if name == "status_list" else {"type": _OTHER_STATUS}
        for name, told in status.items()
    ]


def _reference(told: Any) -> JsonObject:
    if not isinstance(told, dict) or not {"idx", "uri"}.issubset(told):
        raise MalformedClaim(claim="status")
    return token_status_entry(uri=told["uri"], idx=told["idx"])
