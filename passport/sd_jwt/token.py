"""An SD-JWT as text: the issuer's JWT, disclosures, and perhaps a key binding JWT (RFC 9901, section 4)."""

from dataclasses import dataclass

from passport import limits
from passport.errors import MalformedJson, NotAnObject
from passport.errors.jose import MalformedToken, TokenTooLarge
from passport.errors.sd_jwt import MalformedSdJwt, TooManyDisclosures
from passport.jose import jws
from passport.json import JsonObject, parse_object
from passport.sd_jwt.disclosure import Disclosure, digest_algorithm, parse_disclosure

SEPARATOR = "~"


@dataclass(frozen=True, slots=True)
class SdJwt:
    """An SD-JWT that was read. Read is not verified; `processed` puts what is disclosed in its place."""

    jwt: jws.Jws
    disclosures: tuple[Disclosure, ...]
    key_binding: jws.Jws | None
    claims: JsonObject
    """The issuer's claims as signed, with digests for what may be left out."""
    digest_algorithm: str

    @property
    def without_key_binding(self) -> str:
        """What the holder signs for: everything before the key binding JWT (RFC 9901, section 4.3.1)."""
        parts = [self.jwt.compact, *(disclosure.text for disclosure in self.disclosures), ""]
        return SEPARATOR.join(parts)


def parse(text: str) -> SdJwt:
    """Read the compact form; the JSON forms are not read.

    Raises:
        MalformedSdJwt, TokenTooLarge, TooManyDisclosures, UnsupportedDisclosureDigest
        Invalid, Indeterminate: what `jws.parse` and `parse_disclosure` raise.
    """
    if len(text) > limits.SD_JWT.size:
        raise TokenTooLarge(limit=limits.SD_JWT.size)
    if SEPARATOR not in text:
        raise MalformedSdJwt
    token, *disclosed, last = text.split(SEPARATOR, limits.SD_JWT.disclosures + 1)
    if SEPARATOR in last:
        raise TooManyDisclosures(limit=limits.SD_JWT.disclosures)
    parsed = jws.parse(token, certified=limits.JOSE_HEADER_CERTIFICATES)
    claims = _claims(parsed)
    return SdJwt(
        jwt=parsed,
        disclosures=tuple(parse_disclosure(each) for each in disclosed),
        key_binding=jws.parse(last) if last else None,
        claims=claims,
        digest_algorithm=digest_algorithm(claims),
    )


def _claims(token: jws.Jws) -> JsonObject:
    try:
        return parse_object(token.payload, limits.JWT_PAYLOAD)
    except (MalformedJson, NotAnObject):
        raise MalformedToken from None
