"""What a token's claims and the document in it both say must be the same (VC-JOSE-COSE, section 3.1.3)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from passport.clock import parse_datetime
from passport.errors import MalformedDateTime
from passport.errors.jose import ClaimsContradict
from passport.jose.claims import Terms, numeric_date
from passport.json import JsonObject

_START = ("validFrom", "issuanceDate")
_END = ("validUntil", "expirationDate")


def identifier(document: JsonObject, member: str) -> str | None:
    """The id of who or what a member names: the text itself, or the `id` of an object."""
    found: Any = document.get(member)
    if isinstance(found, dict):
        found = found.get("id")
    return found if isinstance(found, str) else None


def check_agreement(claims: JsonObject) -> None:
    """Compare `iss`, `jti` and `sub` with the members of the document that name the same.

    Raises:
        ClaimsContradict: whoever reads the one would be told something else than who reads the other.
    """
    pairs = {
        "iss": (identifier(claims, "issuer"), identifier(claims, "holder")),
        "jti": (identifier(claims, "id"),),
        "sub": (identifier(claims, "credentialSubject"),),
    }
    for claim, said in pairs.items():
        if claim in claims and any(each is not None and each != claims[claim] for each in said):
            raise ClaimsContradict(claim=claim)


def validity_claims(document: JsonObject) -> JsonObject:
    """`nbf` and `exp` as Open Badges 3.0 writes them: the validity period of the credential once more.

    Raises:
        MalformedDateTime
    """
    names = {"nbf": "validFrom", "exp": "validUntil"}
    return {
        claim: numeric_date(parse_datetime(document[member]))
        for claim, member in names.items()
        if member in document
    }


def repeats_validity(document: JsonObject, terms: Terms) -> Terms:
    """Leave out `nbf` and `exp` where they only repeat the document's own validity period.

    An expired credential is still genuine; that it expired is found where its standing is judged, in every
    form alike.
    """
    start, end = terms.not_before, terms.expires
    return replace(
        terms,
        not_before=None if _says(document, _START, start) else start,
        expires=None if _says(document, _END, end) else end,
    )


def _says(document: JsonObject, members: tuple[str, ...], at: datetime | None) -> bool:
    return at is not None and any(same_second(document.get(member), at) for member in members)


def same_second(written: Any, at: datetime) -> bool:
    """Whether a dateTimeStamp is the moment of a NumericDate, which has whole seconds."""
    try:
        return numeric_date(parse_datetime(written)) == numeric_date(at)
    except MalformedDateTime:
        return False
