"""The proof of a holder's key: a JWT of type `openid4vci-proof+jwt` (OpenID4VCI 1.0, appendix F.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from passport import limits
from passport.dids import create_did_jwk, jwk_method_id, resolve_did, split_method_id
from passport.documents import DocumentCache
from passport.errors import Indeterminate, Invalid
from passport.errors.openid4vc import InvalidKeyProof
from passport.jose import jws
from passport.jose.claims import Terms, numeric_date, read_terms
from passport.json import JsonObject, canonicalize, parse_object
from passport.keys import PublicKey, Signer

TYPE = "openid4vci-proof+jwt"
_PURPOSE = "authentication"
_CLAIMS = limits.JsonLimits(size=4_096, depth=4, array=32)
_REFUSED_HEADERS = frozenset({"x5t", "trust_chain", "key_attestation"})


@dataclass(frozen=True, slots=True)
class KeyProof:
    """A proof that held: whoever sent it controls `holder`'s key."""

    holder: str
    """The DID that the credential will be about."""
    verification_method: str
    public_key: PublicKey
    nonce: str
    """The c_nonce it answers; that it was ours and unused is for the issuer to check."""


def create_key_proof(
    signer: Signer, *, verification_method: str, audience: str, nonce: str, issued_at: datetime
) -> str:
    """Make the JWT.

    Args:
        verification_method: the id of the signer's key, as `did:key:z…#z…`.
        audience: the credential_issuer.
        nonce: the c_nonce that the issuer gave.
        issued_at: the present moment.
        signer: holds the key.
    """
    claims: JsonObject = {"aud": audience, "iat": numeric_date(issued_at), "nonce": nonce}
    return jws.sign(canonicalize(claims), signer=signer, header={"typ": TYPE, "kid": verification_method})


def check_key_proof(token: str, *, expected_audience: str, now: datetime) -> KeyProof:
    """Check everything about a key proof but the nonce's freshness.

    Raises:
        InvalidKeyProof: the form, type, algorithm, key, audience, time or signature is wrong.
    """
    try:
        return _check(token, expected_audience, now)
    except (Invalid, Indeterminate):
        # Indeterminate: a DID that would have to be fetched. A stranger does not get to choose what we fetch.
        raise InvalidKeyProof from None


def _check(token: str, audience: str, now: datetime) -> KeyProof:
    # 1. a token with an algorithm that we know, and no header that would bring other rules
    parsed = jws.parse(token, most=_CLAIMS.size, own_key=True)
    claims = parse_object(parsed.payload, _CLAIMS)
    # 2. the type
    if parsed.header.get("typ") != TYPE or _REFUSED_HEADERS & set(parsed.header):
        raise InvalidKeyProof
    # 3. the key
    holder, method_id, public_key = _key(parsed.header)
    # 4. the signature, by an algorithm that fits the key
    jws.verify(parsed, public_key)
    # 5. meant for us, made about now, answering a nonce
    if claims.get("aud") != audience or "iss" in claims:
        raise InvalidKeyProof
    terms = read_terms(claims)
    _check_times(terms, now)
    if terms.nonce is None:
        raise InvalidKeyProof
    return KeyProof(holder, method_id, public_key, terms.nonce)


def _key(header: JsonObject) -> tuple[str, str, PublicKey]:
    """The key that `kid` names in its DID, or the bare `jwk`, which becomes a did:jwk."""
    kid, jwk = header.get("kid"), header.get("jwk")
    if isinstance(jwk, dict) and "kid" not in header:
        public_key = PublicKey.from_jwk(jwk)
        did = create_did_jwk(public_key)
        return did, jwk_method_id(did), public_key
    if "jwk" in header:
        raise InvalidKeyProof
    did, _ = split_method_id(kid)
    method = resolve_did(did, DocumentCache()).method(str(kid), _PURPOSE)
    return did, method.id, method.public_key


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
