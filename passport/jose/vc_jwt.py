"""Credentials and presentations as JWTs (W3C VC-JOSE-COSE, section 3.1; version 1.1 is read as well)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from passport import limits
from passport.credentials.vocabulary import VERIFIABLE_PRESENTATION
from passport.dids import VerificationMethod, split_method_id
from passport.errors.credentials import NotACredential, NotAPresentation
from passport.errors.jose import TokenTooLarge, VcClaimNotAllowed
from passport.jose import jws
from passport.jose.claims import REGISTERED, Terms, numeric_date, read_terms, text
from passport.jose.contents import (
    check_agreement,
    identifier,
    repeats_validity,
    validity_claims,
)
from passport.jose.key_id import verification_method as name_key
from passport.jose.vc1 import unwrap
from passport.json import JsonObject, dump, parse_object
from passport.keys import Signer

CREDENTIAL_TYPE = "vc+jwt"
PRESENTATION_TYPE = "vp+jwt"
_PLAIN = "jwt"
"""Open Badges 3.0, section 8.2, and VC 1.1 name the type of every JWT."""
_CREDENTIAL_TYPES = frozenset({CREDENTIAL_TYPE, "vc-ld+jwt"})
_PRESENTATION_TYPES = frozenset({PRESENTATION_TYPE, "vp-ld+jwt"})
"""With the names of the drafts before the Recommendation, which mean the same."""
_WRAPPERS = ("vc", "vp")

MethodSource = Callable[[str, str], VerificationMethod]
"""From a verification method's id and a proof purpose to the method, if it is allowed for that purpose."""


@dataclass(frozen=True, slots=True)
class JwtDocument:
    """A credential or presentation out of a JWT. Read is not verified.

    `document` is the payload without the registered claims; those are in `terms`.
    """

    document: JsonObject
    verification_method: str
    algorithm: str
    terms: Terms
    jws: jws.Jws

    @property
    def issued_at(self) -> datetime | None:
        return self.terms.issued_at

    @property
    def expires(self) -> datetime | None:
        return self.terms.expires

    @property
    def not_before(self) -> datetime | None:
        return self.terms.not_before

    @property
    def nonce(self) -> str | None:
        return self.terms.nonce

    @property
    def audience(self) -> tuple[str, ...]:
        return self.terms.audience


def sign_credential(
    document: JsonObject, *, signer: Signer, verification_method: str, issued_at: datetime | None = None
) -> str:
    """Secure a credential (VC-JOSE-COSE, section 3.1.1): the payload is the credential.

    `iss`, `jti`, `sub`, `nbf` and `exp` repeat what the credential says, as Open Badges 3.0 (section 8.2.4.2)
    asks for; `iat` is when it was signed.

    Args:
        document: the credential, without a proof.
        signer: holds the issuer's key.
        verification_method: the id of that key, an absolute DID URL.
        issued_at: the present moment.

    Raises:
        NotACredential, ClaimsContradict, VcClaimNotAllowed, MalformedDidUrl, TokenTooLarge
    """
    claims = {
        "iss": identifier(document, "issuer"),
        "jti": document.get("id"),
        "sub": identifier(document, "credentialSubject"),
        **validity_claims(document),
        "iat": None if issued_at is None else numeric_date(issued_at),
    }
    if claims["iss"] is None:
        raise NotACredential
    header = {"typ": CREDENTIAL_TYPE, "cty": "vc", "kid": verification_method}
    return _sign(document, claims, signer=signer, header=header, most=limits.JWT_PAYLOAD.size)


def sign_presentation(
    document: JsonObject,
    *,
    signer: Signer,
    verification_method: str,
    issued_at: datetime,
    expires: datetime,
    challenge: str | None = None,
    domain: str | None = None,
) -> str:
    """Secure a presentation (VC-JOSE-COSE, section 3.1.2); `nonce` is the challenge and `aud` the domain.

    Raises:
        NotAPresentation, ClaimsContradict, VcClaimNotAllowed, MalformedDidUrl, TokenTooLarge
    """
    claims = {
        "iss": identifier(document, "holder"),
        "jti": document.get("id"),
        "aud": domain,
        "nonce": challenge,
        "iat": numeric_date(issued_at),
        "exp": numeric_date(expires),
    }
    if claims["iss"] is None:
        raise NotAPresentation
    header = {"typ": PRESENTATION_TYPE, "cty": "vp", "kid": verification_method}
    return _sign(document, claims, signer=signer, header=header, most=limits.PRESENTATION.size)


def read(token: str, bounds: limits.JsonLimits | None = None) -> JwtDocument:
    """Read a credential or presentation; nothing of it is verified.

    Args:
        token: the compact form.
        bounds: None takes those of a credential or of a presentation, by its type.

    Raises:
        Invalid, Indeterminate: what `jws.parse` raises, WrongTokenType, KeyIdMissing, MalformedClaim,
            ClaimsContradict, VcClaimNotAllowed, or one of `passport.errors.parsing`.
    """
    parsed = jws.parse(token, most=(bounds or limits.PRESENTATION).size)
    if bounds is None:
        shown = jws.token_type(parsed) in _PRESENTATION_TYPES
        bounds = limits.PRESENTATION if shown else limits.JWT_PAYLOAD
    claims = parse_object(parsed.payload, bounds)
    document = _document(parsed, claims)
    issuer = text(claims, "iss")
    method = name_key(parsed.header, issuer)
    terms = repeats_validity(document, read_terms(claims, of_credential=True))
    return JwtDocument(document, method, parsed.header["alg"], terms, parsed)


def verify(
    token_document: JwtDocument,
    *,
    method_for: MethodSource,
    expected_purpose: str,
    now: datetime,
    expected_challenge: str | None = None,
    expected_domain: str | None = None,
) -> VerificationMethod:
    """Verify the token: what costs nothing first, the signature last.

    Returns:
        The verification method that signed.

    Raises:
        ProofExpired, ProofFromTheFuture, TokenNotYetValid, ChallengeMismatch, DomainMismatch: its terms.
        KeyNotForAlgorithm, SignatureMismatch: its signature.
        PassportError: what `method_for` raises, and MethodRevoked, MethodExpired.
    """
    token_document.terms.check(now, expected_nonce=expected_challenge, expected_audience=expected_domain)
    method = method_for(token_document.verification_method, expected_purpose)
    method.check_usable(now)
    jws.verify(token_document.jws, method.public_key)
    return method


def _document(parsed: jws.Jws, claims: JsonObject) -> JsonObject:
    """The document as the payload has it, which decides the form (VC-JOSE-COSE 3.1.3, VC 1.1 6.3.1)."""
    if "@context" not in claims:
        if "typ" in parsed.header:  # VC 1.1: JWT, if it is there
            jws.check_type(parsed, _PLAIN)
        return unwrap(claims)
    if any(name in claims for name in _WRAPPERS):
        raise VcClaimNotAllowed
    types = claims.get("type")
    shown = types == VERIFIABLE_PRESENTATION or (isinstance(types, list) and VERIFIABLE_PRESENTATION in types)
    jws.check_type(parsed, _PLAIN, *(_PRESENTATION_TYPES if shown else _CREDENTIAL_TYPES))
    check_agreement(claims)
    return {name: value for name, value in claims.items() if name not in REGISTERED}


def _sign(document: JsonObject, claims: JsonObject, *, signer: Signer, header: JsonObject, most: int) -> str:
    split_method_id(header["kid"])
    if any(name in document for name in _WRAPPERS):
        raise VcClaimNotAllowed
    payload = {**document, **{name: value for name, value in claims.items() if value is not None}}
    check_agreement(payload)
    content = dump(payload)
    if len(content) > most:  # it would be refused where it is read
        raise TokenTooLarge(limit=most)
    return jws.sign(content, signer=signer, header=header)
