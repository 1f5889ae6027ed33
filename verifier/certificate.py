"""The certificate with which a service asks: x509_hash and x509_san_dns (OpenID4VP 1.0, section 5.9.3)."""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from passport.keys import KeyType, Signer, load_signer
from verifier.errors import CertificateUnusable

_DAYS = 90
"""Of a certificate for trying things out."""
_PLAY = "Skills passport, for development only"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A chain, leaf first, and the key of the leaf."""

    chain: tuple[bytes, ...]
    """Each as DER."""
    signer: Signer = field(repr=False)
    host: str
    """The dNSName of the leaf that is this service."""

    @property
    def leaf(self) -> bytes:
        return self.chain[0]

    @property
    def x5c(self) -> tuple[str, ...]:
        """As RFC 7515, section 4.1.6, has it: base64 of DER, not base64url."""
        return tuple(base64.b64encode(each).decode("ascii") for each in self.chain)


def load_certificate(certificate_file: Path, key_file: Path, *, host: str) -> Certificate:
    """Read certificate and key.

    Args:
        certificate_file: PEM, the leaf first.
        key_file: PEM, PKCS #8, not encrypted.
        host: of this service, without a port; the leaf must name it.

    Raises:
        CertificateUnusable: unreadable, no P-256, another host, or a key of something else.
    """
    try:
        chain = x509.load_pem_x509_certificates(certificate_file.read_bytes())
        key = load_pem_private_key(key_file.read_bytes(), None)
        names = chain[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, x509.ExtensionNotFound):
        raise CertificateUnusable from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise CertificateUnusable
    if _public(key.public_key()) != _public(chain[0].public_key()):
        raise CertificateUnusable
    if host not in names.get_values_for_type(x509.DNSName):
        raise CertificateUnusable
    scalar = key.private_numbers().private_value.to_bytes(32, "big")
    der = tuple(each.public_bytes(Encoding.DER) for each in chain)
    return Certificate(der, load_signer(KeyType.P256, scalar), host)


def make_certificate(folder: Path, host: str, now: datetime) -> tuple[Path, Path, Path]:
    """Make an authority and a certificate for trying things out; nobody else trusts it.

    Returns:
        The files of the certificate, of its key (0600), and of the authority, for a wallet to trust.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _build(_PLAY, authority, _PLAY, authority, now, host=None)
    leaf = _build(host, own, _PLAY, authority, now, host=host)
    files = (folder / "certificate.pem", folder / "certificate.key", folder / "authority.pem")
    files[0].write_bytes(leaf.public_bytes(Encoding.PEM))
    files[1].touch(mode=0o600)
    files[1].write_bytes(own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    files[2].write_bytes(root.public_bytes(Encoding.PEM))
    return files


def _build(  # noqa: PLR0917 - the fields of a certificate
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    authority: ec.EllipticCurvePrivateKey,
    now: datetime,
    host: str | None,
) -> x509.Certificate:
    public = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=_DAYS))
        .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), critical=False
        )
    )
    if host is not None:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    return builder.sign(authority, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _public(key: object) -> bytes:
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise CertificateUnusable
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
