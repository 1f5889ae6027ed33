"""A verifier that asks by OpenID4VP: requests signed by a DID or a certificate, and whatever is wrong with them."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from passport.dids import create_did_jwk, jwk_method_id
from passport.jose import jws
from passport.keys import KeyType, Signer, generate_signer, load_signer

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOST = "employer.example"
RESPONSE_URI = f"https://{HOST}/openid4vp/answer"
QUERY = {"credentials": [{"id": "badge", "format": "ldp_vc", "meta": {}}]}


def members(client_id: str, **more: Any) -> dict[str, Any]:
    """The claims of a good request, changed; None takes a member away."""
    made = {
        "client_id": client_id,
        "response_type": "vp_token",
        "response_mode": "direct_post",
        "response_uri": RESPONSE_URI,
        "nonce": "n-0S6_WzA2Mj-8fGh2kLm",
        "aud": "https://self-issued.me/v2",
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(minutes=5)).timestamp()),
        "state": "a-state",
        "dcql_query": QUERY,
        **more,
    }
    return {name: value for name, value in made.items() if value is not None}


@dataclass
class DidVerifier:
    """Asks by `decentralized_identifier`, with a did:jwk."""

    signer: Signer = field(default_factory=lambda: generate_signer(KeyType.P256))

    @property
    def did(self) -> str:
        return create_did_jwk(self.signer.public_key)

    @property
    def client_id(self) -> str:
        return f"decentralized_identifier:{self.did}"

    def request(self, *, header: dict[str, Any] | None = None, **more: Any) -> str:
        written = {"typ": "oauth-authz-req+jwt", "kid": jwk_method_id(self.did), **(header or {})}
        return jws.sign(
            json.dumps(members(**{"client_id": self.client_id, **more})).encode(),
            signer=self.signer,
            header={name: value for name, value in written.items() if value is not None},
        )


@dataclass
class Authority:
    """Issues certificates; its own is an anchor for who trusts it."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    name: str = "An authority"

    def certificate(self, *, ca: bool = True, **more: Any) -> bytes:
        return _der(_certificate(self.name, self.name, self.key, self.key, ca=ca, **more))

    def issue(self, key: Any, **more: Any) -> bytes:
        return _der(_certificate(more.pop("subject", "An employer"), self.name, key, self.key, **more))


@dataclass
class CertifiedVerifier:
    """Asks by `x509_san_dns` or `x509_hash`, with a certificate for its host."""

    authority: Authority = field(default_factory=Authority)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    more: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.leaf = self.authority.issue(self.key, **{"dns": (HOST,), **self.more})

    @property
    def signer(self) -> Signer:
        return load_signer(KeyType.P256, self.key.private_numbers().private_value.to_bytes(32, "big"))

    def request(
        self, client_id: str = f"x509_san_dns:{HOST}", *, chain: list[bytes] | None = None, **more: Any
    ) -> str:
        header = {"typ": "oauth-authz-req+jwt", "x5c": x5c(chain or [self.leaf])}
        return jws.sign(json.dumps(members(client_id, **more)).encode(), signer=self.signer, header=header)


def x5c(chain: list[bytes]) -> list[str]:
    return [base64.b64encode(each).decode("ascii") for each in chain]


def _certificate(
    subject: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
    *,
    dns: tuple[str, ...] = (),
    uris: tuple[str, ...] = (),
    authority_key: bytes | None = None,
    ca: bool = False,
    path_length: int | None = None,
    start: datetime = NOW - timedelta(days=1),
    end: datetime = NOW + timedelta(days=30),
    usage: str | None = None,
    unknown_critical: bool = False,
    only_below: str | None = None,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=path_length), critical=True)
    )
    if dns or uris:
        found = [*map(x509.DNSName, dns), *map(x509.UniformResourceIdentifier, uris)]
        builder = builder.add_extension(x509.SubjectAlternativeName(found), critical=False)
    if authority_key is not None:
        named = x509.AuthorityKeyIdentifier(authority_key, None, None)
        builder = builder.add_extension(named, critical=False)
    if usage is not None:
        allowed = dict.fromkeys(
            ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False
        )  # fmt: skip
        builder = builder.add_extension(x509.KeyUsage(**{**allowed, usage: True}), critical=True)
    if only_below is not None:
        constraints = x509.NameConstraints([x509.DNSName(only_below)], None)
        builder = builder.add_extension(constraints, critical=False)
    if unknown_critical:
        other = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
        builder = builder.add_extension(other, critical=True)
    return builder.sign(by, hashes.SHA256())


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
