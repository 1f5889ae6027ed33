"""X.509 certificate chains of those who sign (RFC 5280), with the native library: the port's host side."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from passport.errors import Invalid
from passport.errors.x509 import ChainRefused
from passport.keys import KeyType, PublicKey
from passport.x509 import CertificateChain

_CURVES = {"secp256r1": KeyType.P256, "secp384r1": KeyType.P384}
_NAME = 128
_ODD = (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound, x509.DuplicateExtension)
"""What the library raises on a certificate that does not hold, or that it can't read."""
_OWN_CRITICAL = frozenset(
    {
        x509.BasicConstraints.oid,
        x509.KeyUsage.oid,
        x509.ExtendedKeyUsage.oid,
        x509.SubjectAlternativeName.oid,
    }
)
"""What is looked at here; any other critical extension is not understood (RFC 5280, section 4.2)."""


class NativeCertificates:
    """Verifies chains against the authorities that are trusted here; none by default."""

    def __init__(self, anchors: Iterable[bytes] = ()) -> None:
        """Args: anchors: certificates of authorities, as DER. Raises ChainRefused."""
        self._anchors = tuple(_load(each) for each in anchors)

    def verify(self, chain: Sequence[bytes], now: datetime) -> CertificateChain:
        """See `passport.x509.Certificates`."""
        certificates = [_load(each) for each in chain]
        try:
            return self._verified(chain[0], certificates, now)
        except (*_ODD, Invalid):
            raise ChainRefused from None

    def _verified(
        self, source: bytes, certificates: Sequence[x509.Certificate], now: datetime
    ) -> CertificateChain:
        leaf = certificates[0]
        for depth, certificate in enumerate(certificates):
            _check_in_force(certificate, now)
            if depth:
                _check_authority(certificate, below=depth - 1)
                certificates[depth - 1].verify_directly_issued_by(certificate)
        _check_leaf(leaf)
        return CertificateChain(
            public_key=_key(leaf),
            dns_names=_dns_names(leaf),
            uris=_uris(leaf),
            sha256=hashlib.sha256(source).digest(),
            subject=_called(leaf.subject),
            issuer=_called(leaf.issuer),
            authority_keys=tuple(found for found in map(_authority_key, certificates) if found),
            valid_from=leaf.not_valid_before_utc,
            self_signed=_signed_by(leaf, leaf),
            anchored=any(self._anchors_to(certificates, anchor, now) for anchor in self._anchors),
        )

    @staticmethod
    def _anchors_to(
        certificates: Sequence[x509.Certificate], anchor: x509.Certificate, now: datetime
    ) -> bool:
        if len(certificates) > 1 and certificates[-1] == anchor:
            return True
        try:
            _check_in_force(anchor, now)
            _check_authority(anchor, below=len(certificates) - 1)
        except (*_ODD, ChainRefused):
            return False
        return _signed_by(certificates[-1], anchor)


def read_anchors(path: Path) -> tuple[bytes, ...]:
    """The authorities of a PEM file, as DER; raises ChainRefused."""
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except (ValueError, OSError):
        raise ChainRefused from None
    return tuple(each.public_bytes(Encoding.DER) for each in found)


def authorities(path: Path | None) -> NativeCertificates:
    """A check against the authorities of a PEM file, or against none; raises ChainRefused."""
    return NativeCertificates(() if path is None else read_anchors(path))


def _load(der: bytes) -> x509.Certificate:
    try:
        certificate = x509.load_der_x509_certificate(der)
        critical = {each.oid for each in certificate.extensions if each.critical}
    except _ODD:
        raise ChainRefused from None
    if not critical <= _OWN_CRITICAL or certificate.public_bytes(Encoding.DER) != der:
        raise ChainRefused
    return certificate


def _signed_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except _ODD:
        return False
    return True


def _check_in_force(certificate: x509.Certificate, now: datetime) -> None:
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise ChainRefused


def _check_authority(certificate: x509.Certificate, *, below: int) -> None:
    """RFC 5280, sections 4.2.1.3, 4.2.1.9 and 4.2.1.10; `below` authorities are between it and the leaf."""
    # they bind where they are not critical, too, and are held against no names here
    if any(isinstance(each.value, x509.NameConstraints) for each in certificate.extensions):
        raise ChainRefused
    constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    usage = _usage(certificate)
    if not constraints.ca or (usage is not None and not usage.key_cert_sign):
        raise ChainRefused
    if constraints.path_length is not None and below > constraints.path_length:
        raise ChainRefused


def _check_leaf(certificate: x509.Certificate) -> None:
    usage = _usage(certificate)
    if usage is not None and not usage.digital_signature:
        raise ChainRefused
    for extension in certificate.extensions:
        if isinstance(extension.value, x509.BasicConstraints) and extension.value.ca:
            raise ChainRefused


def _usage(certificate: x509.Certificate) -> x509.KeyUsage | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _key(certificate: x509.Certificate) -> PublicKey:
    found = certificate.public_key()
    if isinstance(found, ed25519.Ed25519PublicKey):
        return PublicKey(KeyType.ED25519, found.public_bytes_raw())
    if isinstance(found, ec.EllipticCurvePublicKey) and found.curve.name in _CURVES:
        raw = found.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        return PublicKey(_CURVES[found.curve.name], raw)
    raise ChainRefused


def _dns_names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    listed = (name.lower() for name in names.get_values_for_type(x509.DNSName))
    return tuple(name for name in listed if not name.startswith("*"))


def _uris(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(names.get_values_for_type(x509.UniformResourceIdentifier))


def _authority_key(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(
            x509.AuthorityKeyIdentifier
        ).value.key_identifier
    except x509.ExtensionNotFound:
        return None


def _called(name: x509.Name) -> str:
    """Organisation, else common name: words that whoever issued it answers for."""
    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        found = name.get_attributes_for_oid(oid)
        if found:
            return str(found[0].value)[:_NAME]
    return ""
