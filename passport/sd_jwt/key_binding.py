"""The key binding JWT: the holder signs what is shown, to whom and when (RFC 9901, sections 4.3 and 7.3)."""

from datetime import datetime, timedelta
from typing import Any

from passport import limits
from passport.dids import resolve_did
from passport.dids.syntax import did_of
from passport.documents import DocumentCache
from passport.errors import Indeterminate, MalformedJson, NotAnObject
from passport.errors.jose import MalformedClaim, MalformedToken
from passport.errors.proofs import ProofExpired
from passport.errors.sd_jwt import (
    HolderKeyMissing,
    KeyBindingMismatch,
    KeyBindingMissing,
    UnsupportedHolderKey,
)
from passport.jose import jws
from passport.jose.claims import Terms, numeric_date, read_terms
from passport.json import JsonObject, dump, parse_object
from passport.keys import PublicKey, Signer
from passport.sd_jwt.disclosure import digest
from passport.sd_jwt.token import SdJwt

TYPE = "kb+jwt"
_CLAIMS = limits.JsonLimits(size=4_096, depth=4, array=32)
"""Four short claims; a nonce may be long, a document is not a nonce."""
_OLDEST = timedelta(seconds=limits.TIME.challenge_lifetime + limits.TIME.clock_skew)


def sign_key_binding(
    shown: str, *, algorithm: str, holder: Signer, nonce: str, audience: str, now: datetime
) -> str:
    """The JWT that goes behind an SD-JWT with its disclosures (`shown`, up to and with the last `~`)."""
    claims: JsonObject = {
        "iat": numeric_date(now),
        "aud": audience,
        "nonce": nonce,
        "sd_hash": digest(shown, algorithm),
    }
    return jws.sign(dump(claims), signer=holder, header={"typ": TYPE})


def verify_key_binding(sd_jwt: SdJwt, *, nonce: str | None, audience: str | None, now: datetime) -> PublicKey:
    """Verify that the holder shows exactly this, to us, now.

    Args:
        sd_jwt: as it was shown; that the issuer signed it is verified apart from this.
        nonce: what was asked; None asks nothing.
        audience: who asks; None asks nothing.
        now: the present moment.

    Returns:
        The holder's key, from the issuer's own claims.

    Raises:
        KeyBindingMissing, HolderKeyMissing, UnsupportedHolderKey, WrongTokenType: it, or its key.
        MalformedToken, MalformedClaim: its claims.
        KeyBindingMismatch: made for other disclosures.
        ChallengeMismatch, DomainMismatch, ProofFromTheFuture, ProofExpired: made for another asking.
        KeyNotForAlgorithm, SignatureMismatch, MalformedKey: its signature.
    """
    binding = sd_jwt.key_binding
    if binding is None:
        raise KeyBindingMissing
    jws.check_type(binding, TYPE)
    key = holder_key(sd_jwt.claims)
    claims = _claims(binding)
    if claims.get("sd_hash") != digest(sd_jwt.without_key_binding, sd_jwt.digest_algorithm):
        raise KeyBindingMismatch
    terms = read_terms(claims)
    if terms.issued_at is None or not terms.nonce or not isinstance(claims.get("aud"), str):
        raise MalformedClaim(claim="iat, nonce, aud")
    terms.check(now, expected_nonce=nonce, expected_audience=audience)
    if terms.issued_at < now - _OLDEST:
        raise ProofExpired
    jws.verify(binding, key)
    return key


def key_binding_terms(sd_jwt: SdJwt) -> Terms:
    """What a key binding answers, for whom, and when it was made; raises as `verify_key_binding`."""
    if sd_jwt.key_binding is None:
        raise KeyBindingMissing
    return read_terms(_claims(sd_jwt.key_binding))


def holder_key(claims: JsonObject) -> PublicKey:
    """The key in `cnf` (RFC 7800, section 3), from the claims as the issuer signed them.

    Raises:
        HolderKeyMissing: none is there.
        UnsupportedHolderKey: neither a `jwk` nor a `kid` that is a did:key or did:jwk.
        MalformedKey
    """
    confirmation: Any = claims.get("cnf")
    if not isinstance(confirmation, dict):
        raise HolderKeyMissing
    jwk, kid = confirmation.get("jwk"), confirmation.get("kid")
    if isinstance(jwk, dict) and kid is None:
        return PublicKey.from_jwk(jwk)
    if isinstance(kid, str) and jwk is None:
        return _named(kid)
    raise UnsupportedHolderKey


def _named(kid: str) -> PublicKey:
    """A key that is its own name; a DID that would have to be fetched is not looked up."""
    try:
        methods = resolve_did(did_of(kid), DocumentCache()).methods
    except Indeterminate:
        raise UnsupportedHolderKey from None
    return methods[0].public_key


def _claims(binding: jws.Jws) -> JsonObject:
    try:
        return parse_object(binding.payload, _CLAIMS)
    except (MalformedJson, NotAnObject):
        raise MalformedToken from None
