"""The registered claims of a token (RFC 7519, section 4.1), read strictly and held against the moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from passport import limits
from passport.clock import parse_datetime
from passport.errors import MalformedDateTime
from passport.errors.jose import MalformedClaim, TokenNotYetValid
from passport.errors.proofs import ChallengeMismatch, DomainMismatch, ProofExpired, ProofFromTheFuture
from passport.json import JsonObject

REGISTERED = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "cnf"})
"""Claims about the token; what is left of a credential's claims is the credential."""
_SKEW = timedelta(seconds=limits.TIME.clock_skew)
_LAST = 253_402_300_799
"""31 December 9999: what a datetime can hold."""


@dataclass(frozen=True, slots=True)
class Terms:
    """When the signature was made and for how long, for whom, and what it answers."""

    issued_at: datetime | None = None
    not_before: datetime | None = None
    expires: datetime | None = None
    nonce: str | None = None
    audience: tuple[str, ...] = ()

    def check(self, now: datetime, *, expected_nonce: str | None, expected_audience: str | None) -> None:
        """Hold the terms against the moment and against what was asked; None asks nothing.

        Our clock may be behind the signer's, but an expired token is over.

        Raises:
            ProofFromTheFuture, TokenNotYetValid, ProofExpired, ChallengeMismatch, DomainMismatch
        """
        if expected_audience is not None and self.audience != (expected_audience,):
            raise DomainMismatch
        if expected_nonce is not None and self.nonce != expected_nonce:
            raise ChallengeMismatch
        if self.issued_at is not None and self.issued_at > now + _SKEW:
            raise ProofFromTheFuture
        if self.not_before is not None and self.not_before > now + _SKEW:
            raise TokenNotYetValid
        if self.expires is not None and now >= self.expires:
            raise ProofExpired


def read_terms(claims: JsonObject, *, of_credential: bool = False) -> Terms:
    """Read the terms; raises MalformedClaim.

    Of a credential, `iat` may be the dateTimeStamp that the test suite of VC-JOSE-COSE writes.
    """
    written = of_credential and isinstance(claims.get("iat"), str)
    return Terms(
        issued_at=_written(claims, "iat") if written else moment(claims, "iat"),
        not_before=moment(claims, "nbf"),
        expires=moment(claims, "exp"),
        nonce=text(claims, "nonce"),
        audience=_audience(claims),
    )


def numeric_date(at: datetime) -> int:
    """A NumericDate (RFC 7519, section 2), in whole seconds."""
    return int(at.timestamp())


def moment(claims: JsonObject, name: str) -> datetime | None:
    """A NumericDate; raises MalformedClaim for anything else, among them text and booleans."""
    if name not in claims:
        return None
    found = claims[name]
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= _LAST:
        raise MalformedClaim(claim=name)
    return datetime.fromtimestamp(found, UTC)


def text(claims: JsonObject, name: str) -> str | None:
    """A string that says something; raises MalformedClaim."""
    if name not in claims:
        return None
    found = claims[name]
    if not isinstance(found, str) or not found:
        raise MalformedClaim(claim=name)
    return found


def _written(claims: JsonObject, name: str) -> datetime:
    try:
        return parse_datetime(claims[name])
    except MalformedDateTime:
        raise MalformedClaim(claim=name) from None


def _audience(claims: JsonObject) -> tuple[str, ...]:
    """One string, or a list of them (RFC 7519, section 4.1.3)."""
    found = claims.get("aud", [])
    items = [found] if isinstance(found, str) else found
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise MalformedClaim(claim="aud")
    return tuple(items)
