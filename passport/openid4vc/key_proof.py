"""The proof of a holder's key: a JWT of type `openid4vci-proof+jwt` (OpenID4VCI 1.0, appendix F.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from passport import limits
from passport.dids import create_did_jwk, jwk_method_id, resolve_did, split_method_id
from passport.documents import DocumentCache
from passport.errors import Indeterminate, Invalid
from passport.errors.openid4vc import InvalidKeyProof
from passport.jose import jws
from passport.jose.claims import Terms, numeric_date, read_terms, text
from passport.json import JsonObject, canonicalize, parse_object
from passport.keys import PublicKey, Signer
from passport.openid4vc.credential_configuration import PROOF_ALGORITHMS
from passport.openid4vc.key_attestation import (
    HEADER,
    AttestationRules,
    KeyAttestation,
    check_key_attestation,
)
from passport.openid4vc.limits import VCI

TYPE = "openid4vci-proof+jwt"
_HEADER = limits.JsonLimits(size=HEADER.size + 8_192, depth=6, array=32)
"""With a key attestation: its keys of some 250 bytes each, and a chain of certificates."""
_ATTESTATION = "key_attestation"
_PURPOSE = "authentication"
_CLAIMS = limits.JsonLimits(size=4_096, depth=4, array=32)
_REFUSED_HEADERS = frozenset({"x5c", "x5t", "trust_chain"})


@dataclass(frozen=True, slots=True)
class KeyProof:
    """A proof that held: whoever sent it controls `holder`'s key."""

    holder: str
    """The DID that the credential will be about."""
    verification_method: str
    public_key: PublicKey
    nonce: str
    """The c_nonce it answers; that it was ours and unused is for the issuer to check."""
    attestation: KeyAttestation | None = None
    """What a provider that is trusted says of the key, and perhaps of other keys beside it."""


def holder_of(key: PublicKey) -> str:
    """The DID of whoever holds a bare key."""
    return create_did_jwk(key)


def create_key_proof(
    signer: Signer,
    *,
    verification_method: str | None,
    audience: str,
    nonce: str | None,
    issued_at: datetime,
    key_attestation: str | None = None,
    client_id: str | None = None,
) -> str:
    """Make the JWT.

    Args:
        verification_method: the id of the signer's key, as `did:key:z…#z…`; None sends the key (`jwk`).
        audience: the credential_issuer.
        nonce: the c_nonce that the issuer gave; None for one that has no nonce endpoint.
        issued_at: the present moment.
        key_attestation: what the wallet's provider says of the key (appendix D).
        client_id: of the wallet, where it told one to the token endpoint.
        signer: holds the key.
    """
    claims: JsonObject = {"aud": audience, "iat": numeric_date(issued_at)}
    if nonce is not None:
        claims["nonce"] = nonce
    if client_id is not None:
        claims["iss"] = client_id
    header: JsonObject = {"typ": TYPE, "kid": verification_method}
    if verification_method is None:
        header = {"typ": TYPE, "jwk": signer.public_key.to_jwk()}
    if key_attestation is not None:
        header[_ATTESTATION] = key_attestation
    return jws.sign(canonicalize(claims), signer=signer, header=header)


def check_key_proof(
    token: str,
    *,
    expected_audience: str,
    now: datetime,
    algorithms: Collection[str] = PROOF_ALGORITHMS,
    client_id: str | None = None,
    attestation: AttestationRules | None = None,
) -> KeyProof:
    """Check everything about a key proof but the nonce's freshness.

    Args:
        token: the JWT.
        expected_audience: the credential_issuer.
        now: the present moment.
        algorithms: those that the metadata announces.
        client_id: of the wallet that the access token was given to; None where it told none.
        attestation: what is asked of key attestations. Without it one that is shown counts for nothing.

    Raises:
        InvalidKeyProof: the form, type, algorithm, key, audience, time, attestation or signature is wrong.
    """
    try:
        # 1. the token, by whose key it says
        proof, claims = _read(token, now, algorithms, attestation)
        # 2. meant for us, by whom the access token was given to
        if claims.get("aud") != expected_audience or text(claims, "iss") not in {None, client_id}:
            raise InvalidKeyProof
    except (Invalid, Indeterminate):
        # Indeterminate: a DID that would have to be fetched. A stranger does not get to choose what we fetch.
        raise InvalidKeyProof from None
    return proof


def _read(
    token: str, now: datetime, algorithms: Collection[str], rules: AttestationRules | None
) -> tuple[KeyProof, JsonObject]:
    # 1. an algorithm that was announced, the type, and no header that would bring other rules
    parsed = jws.parse(token, most=_CLAIMS.size, own_key=True, certified=_HEADER)
    if parsed.header["alg"] not in algorithms:
        raise InvalidKeyProof
    if parsed.header.get("typ") != TYPE or _REFUSED_HEADERS & set(parsed.header):
        raise InvalidKeyProof
    # 2. the attestation, where one counts, and the key, which must be an attested one then
    attestation = _attestation(parsed.header, rules, now, algorithms)
    holder, method_id, public_key = _key(parsed.header, attestation)
    if attestation is not None and public_key not in attestation.keys:
        raise InvalidKeyProof
    # 3. the signature, by an algorithm that fits the key
    jws.verify(parsed, public_key)
    # 4. made about now, answering a nonce
    claims = parse_object(parsed.payload, _CLAIMS)
    terms = read_terms(claims)
    _check_times(terms, now)
    if terms.nonce is None:
        raise InvalidKeyProof
    return KeyProof(holder, method_id, public_key, terms.nonce, attestation), claims


def _attestation(
    header: JsonObject, rules: AttestationRules | None, now: datetime, algorithms: Collection[str]
) -> KeyAttestation | None:
    if rules is None:
        return None
    token = header.get(_ATTESTATION)
    if token is None and not rules.required:
        return None
    if not isinstance(token, str):
        raise InvalidKeyProof
    return check_key_attestation(token, rules=rules, now=now, algorithms=algorithms, in_key_proof=True)


def _key(header: JsonObject, attestation: KeyAttestation | None) -> tuple[str, str, PublicKey]:
    """The key that `kid` names in its DID, the bare `jwk`, or the attested key whose place `kid` is."""
    kid, jwk = header.get("kid"), header.get("jwk")
    if isinstance(jwk, dict) and "kid" not in header:
        return _bare(PublicKey.from_jwk(jwk))
    if "jwk" in header:
        raise InvalidKeyProof
    if attestation is not None and kid in _PLACES[: len(attestation.keys)]:
        return _bare(attestation.keys[_PLACES.index(str(kid))])
    did, _ = split_method_id(kid)
    method = resolve_did(did, DocumentCache()).method(str(kid), _PURPOSE)
    return did, method.id, method.public_key


_PLACES = tuple(str(number) for number in range(VCI.keys))


def _bare(key: PublicKey) -> tuple[str, str, PublicKey]:
    did = holder_of(key)
    return did, jwk_method_id(did), key


def _check_times(terms: Terms, now: datetime) -> None:
    """Both clocks may be off; unlike a presentation, nothing is lost by a proof that is a little late."""
    skew = timedelta(seconds=limits.TIME.clock_skew)
    oldest = now - timedelta(seconds=limits.TIME.challenge_lifetime) - skew
    if terms.issued_at is None or not oldest <= terms.issued_at <= now + skew:
        raise InvalidKeyProof
    if terms.expires is not None and terms.expires < now - skew:
        raise InvalidKeyProof
    if terms.not_before is not None and terms.not_before > now + skew:
        raise InvalidKeyProof
