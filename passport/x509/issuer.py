"""An issuer by certificate instead of a DID (SD-JWT VC, section 2.5; HAIP 1.0, section 6.1.1).

Where a token has `x5c` and no DID, the certificate names the key, and no other way to a key is tried. What
the certificate says of its owner is worth as much as the authority that issued it.
"""

import hashlib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from passport import limits
from passport.dids.jwt_vc_issuer import is_web_issuer, issuer_keys_url
from passport.encoding import base64url_encode
from passport.errors.jose import CertificatesUnsupported
from passport.errors.x509 import (
    AuthorityUnknown,
    CertificateNamesAnother,
    CertificateOfAnother,
    ChainRefused,
)
from passport.json import JsonObject
from passport.x509.chain import CertificateChain, Certificates, read_x5c

_SKEW = timedelta(seconds=limits.TIME.clock_skew)
_DID = "did:"
_HASH = "ni:///sha-256;"
"""Names a thing by its digest (RFC 6920, section 3)."""


def named_by_certificate(header: JsonObject, issuer: str | None) -> bool:
    """Whether a token says by a certificate alone who signed it.

    Raises:
        CertificatesUnsupported: the issuer is a DID and a certificate alone names its key; none speaks
            for a DID here.
    """
    if "x5c" not in header:
        return False
    kid = header.get("kid")
    if isinstance(kid, str) and kid.startswith(_DID):
        return False
    if issuer is not None and issuer.startswith(_DID):
        raise CertificatesUnsupported
    return True


def certificate_id(header: JsonObject) -> str:
    """A name for the leaf, where others have the id of a verification method; raises ChainRefused."""
    return _HASH + base64url_encode(hashlib.sha256(read_x5c(header.get("x5c"))[0]).digest())


def verify_chain(
    header: JsonObject, certificates: Certificates | None, *, now: datetime, issued_at: datetime | None
) -> CertificateChain:
    """Verify the chain of a token up to an authority that is trusted here.

    Args:
        header: of the token, with `x5c`.
        certificates: the host's way to check a chain; None where it has none.
        now: each certificate must be in force now.
        issued_at: when the token says that it was signed: not before the leaf was in force.

    Raises:
        CertificatesUnsupported: this host can't check any.
        ChainRefused: it does not hold, or its leaf is self-signed (HAIP 1.0, section 6.1.1).
        AuthorityUnknown: it holds and leads to nobody who is trusted here.
    """
    if certificates is None:
        raise CertificatesUnsupported
    chain = certificates.verify(read_x5c(header.get("x5c")), now)
    if chain.self_signed or (issued_at is not None and issued_at + _SKEW < chain.valid_from):
        raise ChainRefused
    if not chain.anchored:
        raise AuthorityUnknown
    return chain


def issuer_name(chain: CertificateChain) -> str:
    """Who the leaf says that it is: its address, else its host, else the leaf's own digest."""
    address = next((each for each in chain.uris if is_web_issuer(each)), None)
    if address is not None:
        return address
    return f"https://{chain.dns_names[0]}" if chain.dns_names else _HASH + base64url_encode(chain.sha256)


def speaks_for(chain: CertificateChain, issuer: str) -> bool:
    """Whether the leaf names this issuer: its address, or the host in that; never a DID.

    Raises:
        IssuerNotAnAddress
    """
    if issuer.startswith(_DID):
        return False
    if issuer in chain.uris or issuer == issuer_name(chain):
        return True
    if not is_web_issuer(issuer):
        return False
    issuer_keys_url(issuer)
    return urlsplit(issuer).hostname in chain.dns_names


def check_speaks_for(chain: CertificateChain, issuer: str) -> None:
    """Hold the issuer's name against the leaf.

    Raises:
        CertificateOfAnother, IssuerNotAnAddress: it is an address, and not of the leaf.
        CertificateNamesAnother: it is no address, and nothing is known of how its makers name themselves.
    """
    if not speaks_for(chain, issuer):
        raise CertificateOfAnother if is_web_issuer(issuer) else CertificateNamesAnother
