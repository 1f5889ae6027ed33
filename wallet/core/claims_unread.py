"""What stands in a credential of which so little leaves that it can't be read as a badge any more.

An issuer may leave the name of a badge to its holder, and an asker may ask for something else. Nobody could
read what leaves as a badge; all of it can be read all the same, and consent is to that.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from passport.clock import format_datetime, parse_datetime
from passport.credentials.enveloped import is_enveloped, unwrap
from passport.errors import Invalid
from passport.json import JsonObject
from passport.sd_jwt import parse, processed
from wallet.core.claims import Claim, claims_of
from wallet.core.claims_left import statements_left
from wallet.core.disclose import Disclosed
from wallet.core.plain_text import plain_text

_MOMENTS: Final = {
    "claim-valid-from": ("validFrom", "issuanceDate", "nbf"),
    "claim-valid-until": ("validUntil", "expirationDate", "exp"),
}
_FOR_MACHINES: Final = frozenset({"iss", "iat", "nbf", "exp", "cnf", "status", "type"})
"""Said already in other words, or there for machines, as `@context` and a proof are."""


def claims_shown(part: Disclosed) -> tuple[Claim, ...]:
    """Everything that can be read in what leaves: as a badge, or else statement by statement."""
    return claims_of(part.report) or tuple(_statements(_opened(part.document)))


def _opened(document: JsonObject) -> JsonObject:
    """Each disclosure of a token in its place."""
    return processed(parse(unwrap(document)[1].decode("ascii"))) if is_enveloped(document) else document


def _statements(document: JsonObject) -> Iterator[Claim]:
    named: dict[str, Any] = {}
    issuer = document.get("issuer", document.get("iss"))
    named["claim-issuer"] = issuer.get("name") or issuer.get("id") if isinstance(issuer, Mapping) else issuer
    subject = document.get("credentialSubject")
    named["claim-holder"] = subject.get("id") if isinstance(subject, Mapping) else None
    said = [Claim(code, plain_text(value)) for code, value in named.items() if isinstance(value, str)]
    yield from said
    for code, members in _MOMENTS.items():
        found = next((moment for name in members if (moment := _moment(document.get(name)))), None)
        if found is not None:
            yield Claim(code, format_datetime(found), found)
    rest = {name: value for name, value in document.items() if name not in _FOR_MACHINES}
    for statement in statements_left(rest, {claim.value for claim in said}):
        yield Claim("claim-other", statement)


def _moment(value: Any) -> datetime | None:
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        return parse_datetime(value) if isinstance(value, str) else None
    except (Invalid, ValueError, OverflowError, OSError):
        return None
