"""Certificates for an organisation's P-256 key, for who goes by X.509 (HAIP 1.0, section 6.1).

The key never leaves: a certificate authority gets a request that it signed, and gives a chain back. What the
key signs after that shows the chain beside the DID, and is as good without it.
"""

import base64
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from issuer.errors import CertificatesUnusable, UnknownKey
from issuer.limits import CERTIFICATE_SIZE, CERTIFICATES
from issuer.organisations.records import KeyState, Organisation, SigningKeyRecord
from passport.keys import KeyType, PublicKey, Signer

_COMMON_NAME = 64
"""Characters: the upper bound of X.520."""


def signing_request(organisation: Organisation, signer: Signer, host: str) -> str:
    """A certificate signing request (RFC 2986), as PEM: the organisation's name, the host, the DID."""
    secret: bytes = signer.secret  # type: ignore[attr-defined]
    key = ec.derive_private_key(int.from_bytes(secret, "big"), ec.SECP256R1())
    names = [x509.DNSName(host), x509.UniformResourceIdentifier(organisation.did)]
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, organisation.name[:_COMMON_NAME])]))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    return request.public_bytes(serialization.Encoding.PEM).decode("ascii")


def key_to_certify(organisation: Organisation, key_id: str) -> SigningKeyRecord:
    """Raises UnknownKey: no such key, or not one for tokens, or it signs no more."""
    for key in organisation.keys:
        if key.id == key_id and key.type is KeyType.P256 and key.state is KeyState.CURRENT:
            return key
    raise UnknownKey


def checked_chain(pem: str, key: SigningKeyRecord, now: datetime) -> list[str]:
    """A chain as PEM, the key's own certificate first, as `x5c` has it (RFC 7515, section 4.1.6).

    1. as many as a header has room for; 2. the first is of this key, and not signed by itself; 3. each is
    signed by the next; 4. all are valid now; 5. an authority at the end is left out: whoever trusts it has it
    (HAIP 1.0, section 6.1.1).

    Raises:
        CertificatesUnusable
    """
    try:
        chain = x509.load_pem_x509_certificates(pem.encode("ascii"))
    except ValueError:
        raise CertificatesUnusable from None
    if not 0 < len(chain) <= CERTIFICATES or _of_itself(chain[0]):
        raise CertificatesUnusable
    if _point(chain[0]) != PublicKey.from_multikey(key.public_key):
        raise CertificatesUnusable
    _check_links(chain)
    if any(not each.not_valid_before_utc <= now <= each.not_valid_after_utc for each in chain):
        raise CertificatesUnusable
    shown = [each for each in chain if not _of_itself(each)]
    written = [
        base64.b64encode(each.public_bytes(serialization.Encoding.DER)).decode("ascii") for each in shown
    ]
    if sum(map(len, written)) > CERTIFICATE_SIZE:
        raise CertificatesUnusable
    return written


def _check_links(chain: Sequence[x509.Certificate]) -> None:
    for one, by in pairwise(chain):
        try:
            one.verify_directly_issued_by(by)
        except (ValueError, TypeError, InvalidSignature):
            raise CertificatesUnusable from None


def _of_itself(certificate: x509.Certificate) -> bool:
    return certificate.subject == certificate.issuer


def _point(certificate: x509.Certificate) -> PublicKey | None:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return None
    form = serialization.PublicFormat.CompressedPoint
    return PublicKey(KeyType.P256, key.public_bytes(serialization.Encoding.X962, form))
