"""Key attestation: a wallet's provider says how well keys are kept (OpenID4VCI 1.0, appendix D)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from passport import limits
from passport.errors import Invalid
from passport.errors.openid4vc import InvalidKeyProof
from passport.jose import jws
from passport.jose.claims import numeric_date, read_terms
from passport.json import JsonObject, dump, parse_object
from passport.keys import PublicKey, Signer
from passport.openid4vc.limits import VCI

TYPE = "key-attestation+jwt"
_OLDER_TYPE = "keyattestation+jwt"
"""The name in drafts, which libraries write still."""
HEADER = limits.JsonLimits(size=8_192, depth=4, array=32)
"""With a chain of certificates."""
_CLAIMS = limits.JsonLimits(size=8_192, depth=6, array=32)
"""Ten keys and what is said of them."""


@dataclass(frozen=True, slots=True)
class AttestationRules:
    """What an issuer asks of key attestations."""

    attesters: tuple[PublicKey, ...]
    """The keys of the providers that are trusted; whatever names a header brings, no other counts."""
    required: bool = False
    """Whether a key proof without one is refused."""
    key_storage: tuple[str, ...] = ()
    """If any: one of these must be said."""
    user_authentication: tuple[str, ...] = ()
    """If any: one of these must be said."""


@dataclass(frozen=True, slots=True)
class KeyAttestation:
    """An attestation that held: one of the trusted providers says this of the keys."""

    keys: tuple[PublicKey, ...]
    key_storage: tuple[str, ...]
    user_authentication: tuple[str, ...]
    nonce: str | None
    """The c_nonce it was made for; that it was ours and unused is for the issuer to check."""


def create_key_attestation(
    signer: Signer,
    keys: Sequence[PublicKey],
    *,
    key_id: str,
    nonce: str | None,
    issued_at: datetime,
    expires: datetime,
    key_storage: Sequence[str] = (),
    user_authentication: Sequence[str] = (),
) -> str:
    """Make the JWT, as a wallet's provider does.

    Args:
        signer: the provider's key.
        keys: of the wallet.
        key_id: the name of the provider's key.
        nonce: the c_nonce that the issuer gave.
        issued_at: the present moment.
        expires: until when it, and its keys, may be relied on.
        key_storage: how hard the keys are to take (appendix D.2).
        user_authentication: how hard it is to use them for somebody else.
    """
    claims: JsonObject = {
        "iat": numeric_date(issued_at),
        "exp": numeric_date(expires),
        "attested_keys": [key.to_jwk() for key in keys],
    }
    if nonce is not None:
        claims["nonce"] = nonce
    if key_storage:
        claims["key_storage"] = list(key_storage)
    if user_authentication:
        claims["user_authentication"] = list(user_authentication)
    return jws.sign(dump(claims), signer=signer, header={"typ": TYPE, "kid": key_id})


def check_key_attestation(
    token: str,
    *,
    rules: AttestationRules,
    now: datetime,
    algorithms: Collection[str],
    in_key_proof: bool = False,
) -> KeyAttestation:
    """Check everything about an attestation but its nonce's freshness.

    Args:
        token: the JWT.
        rules: who is trusted, and what must be said.
        now: the present moment.
        algorithms: JWS algorithms that were announced.
        in_key_proof: it stands in the header of a key proof, and then must expire.

    Raises:
        InvalidKeyProof: whatever is wrong with it, or it is by nobody who is trusted.
    """
    try:
        # a key or certificates in the header count for nothing: whose word counts is known
        parsed = jws.parse(token, most=_CLAIMS.size, own_key=True, certified=HEADER)
        if parsed.header.get("typ") not in {TYPE, _OLDER_TYPE} or parsed.header["alg"] not in algorithms:
            raise InvalidKeyProof
        _check_signature(parsed, rules.attesters)
        claims = parse_object(parsed.payload, _CLAIMS)
        terms = read_terms(claims)
        keys = _keys(claims.get("attested_keys"))
    except Invalid:
        raise InvalidKeyProof from None
    skew = timedelta(seconds=limits.TIME.clock_skew)
    if terms.issued_at is None or terms.issued_at > now + skew or (in_key_proof and terms.expires is None):
        raise InvalidKeyProof
    if terms.expires is not None and terms.expires < now - skew:
        raise InvalidKeyProof
    storage, authentication = _said(claims, "key_storage"), _said(claims, "user_authentication")
    for asked, said in ((rules.key_storage, storage), (rules.user_authentication, authentication)):
        if asked and set(asked).isdisjoint(said):
            raise InvalidKeyProof
    return KeyAttestation(keys, storage, authentication, terms.nonce)


def _check_signature(parsed: jws.Jws, attesters: Sequence[PublicKey]) -> None:
    """By one of those who are trusted: there are few of them, so each is tried."""
    for key in attesters:
        try:
            jws.verify(parsed, key)
        except Invalid:
            continue
        return
    raise InvalidKeyProof


def _keys(value: Any) -> tuple[PublicKey, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= VCI.keys:
        raise InvalidKeyProof
    if not all(isinstance(jwk, dict) for jwk in value):
        raise InvalidKeyProof
    keys = tuple(PublicKey.from_jwk(jwk) for jwk in value)
    if len(set(keys)) != len(keys):
        raise InvalidKeyProof
    return keys


def _said(claims: JsonObject, name: str) -> tuple[str, ...]:
    value = claims.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidKeyProof
    return tuple(value)
