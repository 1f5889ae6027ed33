"""Token Status List: a status list as a signed token (IETF draft, see DRAFT).

Entries of 1, 2, 4 or 8 bits, least significant bits first, zlib, base64url (section 4); in a JWT of the type
`statuslist+jwt` (section 5.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from passport import limits
from passport.encoding import base64url_encode
from passport.errors.parsing import MalformedJson, NotAnObject
from passport.errors.status import (
    MalformedStatusList,
    MalformedTokenStatusList,
    StatusIndexOutOfRange,
    StatusListHasStatus,
    StatusListTooLarge,
    StatusValueOutOfRange,
)
from passport.jose import jws
from passport.jose.claims import moment
from passport.jose.key_id import verification_method
from passport.json import JsonObject, dump, parse_object
from passport.keys import Signer
from passport.status.compression import ZLIB, compress, expand
from passport.x509 import certificate_id, named_by_certificate

DRAFT: Final = "draft-ietf-oauth-status-list-20"
TYPE: Final = "statuslist+jwt"
MEDIA_TYPE: Final = "application/statuslist+jwt"

VALID: Final = 0
INVALID: Final = 1
"""Revoked, annulled, recalled: for good."""
SUSPENDED: Final = 2
"""For a while."""

_SIZES: Final = (1, 2, 4, 8)
_LONGEST: Final = 3_153_600_000
"""Seconds of a ttl: a hundred years, so that it can be counted with."""


@dataclass(frozen=True, slots=True)
class TokenStatusList:
    """A token that was read. Read is not verified; its bits are decoded when they are needed."""

    uri: str
    issuer: str | None
    """As `iss` names it; in DRAFT it needs no name of its own."""
    verification_method: str
    certified: bool
    """Whether a certificate alone says whose key signed it (HAIP 1.0, section 6.1)."""
    issued_at: datetime
    expires: datetime | None
    ttl: timedelta | None
    size: int
    """Bits of one entry."""
    encoded_list: str
    jws: jws.Jws

    def decode(self) -> bytes:
        """The bytes of the list; raises MalformedTokenStatusList, StatusListTooLarge."""
        try:
            return expand(self.encoded_list, ZLIB)
        except MalformedStatusList:
            raise MalformedTokenStatusList from None


def empty(entries: int, size: int) -> bytearray:
    """A list with all entries VALID, rounded up to whole bytes (section 4.1)."""
    return bytearray((entries * size + 7) // 8)


def status_at(statuses: bytes | bytearray, index: int, *, size: int) -> int:
    """The status at an index; index 0 is in the lowest bits of the first byte (section 4.1).

    Raises:
        StatusIndexOutOfRange
    """
    at = index * size
    if not 0 <= at < len(statuses) * 8:
        raise StatusIndexOutOfRange
    return statuses[at >> 3] >> (at & 7) & (1 << size) - 1


def set_status(statuses: bytearray, index: int, status: int, *, size: int) -> None:
    """Put an entry to a status; raises StatusIndexOutOfRange, StatusValueOutOfRange."""
    if not 0 <= status < 1 << size:
        raise StatusValueOutOfRange(bits=size)
    at = index * size
    if not 0 <= at < len(statuses) * 8:
        raise StatusIndexOutOfRange
    shift = at & 7
    statuses[at >> 3] = statuses[at >> 3] & ~((1 << size) - 1 << shift) & 0xFF | status << shift


def encode(statuses: bytes, *, size: int) -> JsonObject:
    """The `status_list` claim (section 4.2); raises StatusListTooLarge."""
    if len(statuses) > limits.STATUS.expanded:
        raise StatusListTooLarge(limit=limits.STATUS.expanded)
    return {"bits": size, "lst": base64url_encode(compress(statuses, ZLIB))}


def build(
    statuses: bytes,
    *,
    size: int,
    uri: str,
    issued_at: datetime,
    expires: datetime | None = None,
    ttl: timedelta | None = None,
) -> JsonObject:
    """The claims of a Status List Token (section 5.1); `uri` is where it will be served."""
    claims: JsonObject = {"sub": uri, "iat": int(issued_at.timestamp())}
    if expires is not None:
        claims["exp"] = int(expires.timestamp())
    if ttl is not None:
        claims["ttl"] = ttl // timedelta(seconds=1)
    return {**claims, "status_list": encode(statuses, size=size)}


def sign(claims: Mapping[str, Any], *, signer: Signer, verification_method: str) -> str:
    """Sign the claims; `kid` is the absolute URL of the key, so that its issuer's DID is in it."""
    return jws.sign(dump(dict(claims)), signer=signer, header={"typ": TYPE, "kid": verification_method})


def parse(source: bytes) -> TokenStatusList:
    """Read a Status List Token (section 8.3, steps 3 and 4, but for the signature and the time).

    Raises:
        MalformedToken, TokenTooLarge, WrongTokenType, KeyIdMissing, MalformedClaim, and others of
        `passport.errors.jose`: it is no token of this type.
        MalformedTokenStatusList: a claim is missing or malformed.
        StatusListHasStatus: it names a status of its own (a chain without end).
    """
    token = jws.parse(_text(source), most=limits.STATUS.token, certified=limits.JOSE_HEADER_CERTIFICATES)
    jws.check_type(token, TYPE)
    try:
        claims = parse_object(token.payload, limits.PUBLISHED)
    except (MalformedJson, NotAnObject):
        raise MalformedTokenStatusList from None
    if "status" in claims:
        raise StatusListHasStatus
    uri, named, status_list = claims.get("sub"), claims.get("iss"), claims.get("status_list")
    issuer = named if isinstance(named, str) else None
    issued_at = moment(claims, "iat")
    if not isinstance(uri, str) or issued_at is None or not isinstance(status_list, dict):
        raise MalformedTokenStatusList
    size, encoded = status_list.get("bits"), status_list.get("lst")
    if isinstance(size, bool) or size not in _SIZES or not isinstance(encoded, str):
        raise MalformedTokenStatusList
    certified = named_by_certificate(token.header, issuer)
    return TokenStatusList(
        uri=uri,
        issuer=issuer,
        verification_method=(
            certificate_id(token.header) if certified else verification_method(token.header, issuer)
        ),
        certified=certified,
        issued_at=issued_at,
        expires=moment(claims, "exp"),
        ttl=_ttl(claims),
        size=int(size),
        encoded_list=encoded,
        jws=token,
    )


def _text(source: bytes) -> str:
    try:
        return source.decode("ascii")
    except UnicodeDecodeError:
        raise MalformedTokenStatusList from None


def _ttl(claims: JsonObject) -> timedelta | None:
    """Seconds: a positive number."""
    if "ttl" not in claims:
        return None
    found = claims["ttl"]
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 < found <= _LONGEST:
        raise MalformedTokenStatusList
    return timedelta(seconds=found)
