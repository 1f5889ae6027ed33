"""Attestation-based client authentication, as HAIP 1.0 (4.4.1) and OpenID4VCI 1.0 (appendix E) use it.

A wallet provider attests a key of the wallet's instance (header `OAuth-Client-Attestation`); the instance
proves that it has the key (`OAuth-Client-Attestation-PoP`). The draft is its seventh,
draft-ietf-oauth-attestation-based-client-auth-07.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from passport import limits
from passport.errors import Indeterminate, Invalid
from passport.errors.oauth import InvalidClient
from passport.jose import jws
from passport.jose.claims import moment, numeric_date, read_terms, text
from passport.json import JsonObject, canonicalize, parse_object
from passport.keys import PublicKey, Signer
from passport.oauth.limits import OAUTH
from passport.oauth.thumbprint import jwk_thumbprint

ATTESTATION_HEADER = "OAuth-Client-Attestation"
PROOF_HEADER = "OAuth-Client-Attestation-PoP"
_ATTESTATION_TYPE = "oauth-client-attestation+jwt"
_PROOF_TYPE = "oauth-client-attestation-pop+jwt"
_CLAIMS = limits.JsonLimits(size=OAUTH.attestation, depth=16, array=64, string=4_096)
_HEADER = limits.JsonLimits(size=OAUTH.certificates, depth=4, array=32)
_LENGTH = 512
_NAME_LENGTH = 200

TrustedProviders = Mapping[str, Sequence[PublicKey]]
"""By the `iss` of a wallet provider the keys that its attestations are signed with."""


@dataclass(frozen=True, slots=True)
class ClientAttestation:
    """An attestation and its proof that held. That the proof's `jti` is new is for the server to check."""

    client_id: str
    provider: str
    wallet_name: str | None
    jkt: str
    """The thumbprint of the instance's key."""
    jti: str
    challenge: str | None
    """What the proof answers, of the server's; None where it answers nothing."""


def create_client_attestation(
    signer: Signer,
    *,
    provider: str,
    client_id: str,
    instance_key: PublicKey,
    issued_at: datetime,
    expires: datetime,
    wallet_name: str | None = None,
) -> str:
    """Attest an instance's key, as a wallet provider does."""
    claims: JsonObject = {
        "iss": provider,
        "sub": client_id,
        "iat": numeric_date(issued_at),
        "exp": numeric_date(expires),
        "cnf": {"jwk": instance_key.to_jwk()},
    }
    if wallet_name is not None:
        claims["wallet_name"] = wallet_name
    return jws.sign(canonicalize(claims), signer=signer, header={"typ": _ATTESTATION_TYPE})


def create_attestation_proof(
    signer: Signer,
    *,
    client_id: str,
    audience: str,
    jti: str,
    issued_at: datetime,
    challenge: str | None = None,
) -> str:
    """Prove the instance's key to one server.

    Args:
        signer: holds the key that was attested.
        client_id: the `sub` of the attestation.
        audience: the issuer identifier of the authorization server.
        jti: a new identifier.
        issued_at: the present moment.
        challenge: what the server asked to answer.
    """
    claims: JsonObject = {"iss": client_id, "aud": audience, "jti": jti, "iat": numeric_date(issued_at)}
    if challenge is not None:
        claims["challenge"] = challenge
    return jws.sign(canonicalize(claims), signer=signer, header={"typ": _PROOF_TYPE})


def check_client_attestation(
    attestation: str, proof: str, *, trusted: TrustedProviders, expected_audience: str, now: datetime
) -> ClientAttestation:
    """Check an attestation and the proof of its key.

    Args:
        attestation: the one value of the header `OAuth-Client-Attestation`.
        proof: the one value of the header `OAuth-Client-Attestation-PoP`.
        trusted: whose attestations are taken, and by which keys. A certificate in the header changes nothing.
        expected_audience: the issuer identifier of this server.
        now: the present moment.

    Raises:
        InvalidClient: one sentence for every cause.
    """
    try:
        provider, claims = _attested(attestation, trusted, now)
        key = _confirmed_key(claims)
        client_id = _text(claims, "sub", _LENGTH)
        jti, challenge = _proved(proof, key, client_id, expected_audience, now)
    except (Invalid, Indeterminate):
        raise InvalidClient from None
    name = claims.get("wallet_name")
    shown = name if isinstance(name, str) and 0 < len(name) <= _NAME_LENGTH else None
    return ClientAttestation(client_id, provider, shown, jwk_thumbprint(key), jti, challenge)


def _attested(attestation: str, trusted: TrustedProviders, now: datetime) -> tuple[str, JsonObject]:
    # its header may show a key or certificates: what counts is the key that we were told before
    parsed = jws.parse(attestation, most=_CLAIMS.size, own_key=True, certified=_HEADER)
    if parsed.header.get("typ") != _ATTESTATION_TYPE:
        raise InvalidClient
    claims = parse_object(parsed.payload, _CLAIMS)
    provider = _text(claims, "iss", _LENGTH)
    _check_signature(parsed, trusted.get(provider, ()))
    terms = read_terms(claims)
    if terms.expires is None:
        raise InvalidClient
    terms.check(now, expected_nonce=None, expected_audience=None)
    return provider, claims


def _check_signature(parsed: jws.Jws, keys: Sequence[PublicKey]) -> None:
    for key in keys:
        try:
            jws.verify(parsed, key)
        except Invalid:
            continue
        return
    raise InvalidClient


def _confirmed_key(claims: JsonObject) -> PublicKey:
    """RFC 7800, section 3.2."""
    confirmation: Any = claims.get("cnf")
    jwk = confirmation.get("jwk") if isinstance(confirmation, dict) else None
    if not isinstance(jwk, dict):
        raise InvalidClient
    return PublicKey.from_jwk(jwk)


def _proved(
    proof: str, key: PublicKey, client_id: str, audience: str, now: datetime
) -> tuple[str, str | None]:
    parsed = jws.parse(proof, most=_CLAIMS.size)
    if parsed.header.get("typ") != _PROOF_TYPE:
        raise InvalidClient
    jws.verify(parsed, key)
    claims = parse_object(parsed.payload, _CLAIMS)
    if claims.get("iss", client_id) != client_id:
        raise InvalidClient
    terms = read_terms(claims)
    terms.check(now, expected_nonce=None, expected_audience=audience)
    if not _recent(moment(claims, "iat"), terms.expires, now):
        raise InvalidClient
    # `challenge` since draft 7, `nonce` before
    return _text(claims, "jti", _LENGTH), text(claims, "challenge") or terms.nonce


def _recent(issued_at: datetime | None, expires: datetime | None, now: datetime) -> bool:
    """Made about now; or, as drafts before the seventh have it, over in a moment."""
    skew = timedelta(seconds=limits.TIME.clock_skew)
    age = timedelta(seconds=OAUTH.proof_age)
    if issued_at is not None:
        return issued_at >= now - age - skew
    return expires is not None and expires <= now + age + skew


def _text(claims: JsonObject, name: str, most: int) -> str:
    found = text(claims, name)
    if found is None or len(found) > most:
        raise InvalidClient
    return found
