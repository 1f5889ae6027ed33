"""Issuer metadata as a token that the issuer signs (OpenID4VCI 1.0, section 12.2.3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from passport import limits
from passport.dids import did_web_url, resolve_did, split_method_id
from passport.documents import Documents
from passport.errors import Invalid
from passport.errors.openid4vc import IssuerMetadataMismatch, MalformedIssuerMetadata
from passport.jose import jws
from passport.jose.claims import numeric_date, read_terms
from passport.json import JsonObject, dump, parse_object
from passport.keys import Signer
from passport.openid4vc.issuer_metadata import IssuerMetadata, parse_issuer_metadata

TYPE = "openidvci-issuer-metadata+jwt"
MEDIA_TYPE = "application/jwt"
_PURPOSE = "assertionMethod"
_ABOUT_THE_TOKEN = frozenset({"iss", "sub", "iat", "exp"})


def sign_metadata(
    metadata: JsonObject,
    *,
    signer: Signer,
    verification_method: str,
    issued_at: datetime,
    expires: datetime,
    certificates: Sequence[str] = (),
) -> str:
    """The metadata as the claims of a token.

    Args:
        metadata: as it is published without a signature.
        signer: a key of the issuer.
        verification_method: the id of that key in the issuer's DID document.
        issued_at: the present moment.
        expires: until when it may be relied on.
        certificates: of the signer's key, as `x5c` has them, for wallets that go by certificates.
    """
    issuer = metadata["credential_issuer"]
    claims = {
        "iss": verification_method.partition("#")[0],
        "sub": issuer,
        "iat": numeric_date(issued_at),
        "exp": numeric_date(expires),
        **metadata,
    }
    header: JsonObject = {"typ": TYPE, "kid": verification_method}
    if certificates:
        header["x5c"] = list(certificates)
    return jws.sign(dump(claims), signer=signer, header=header)


def verify_signed_metadata(
    token: str, *, expected_issuer: str, documents: Documents, now: datetime
) -> tuple[IssuerMetadata, str]:
    """Check the signature and read the metadata of `expected_issuer`, and the DID of who signed it.

    The DID must be a did:web on the issuer's own host: then whoever answers there for credentials signs them.

    Raises:
        IssuerMetadataMismatch: it is of, or signed by, another issuer.
        MalformedIssuerMetadata: no token of this kind, expired, or by a key that may not sign.
        SignatureMismatch
        NotFetched and its kinds: the DID document is not at hand.
    """
    parsed = jws.parse(token, most=limits.PUBLISHED.size, certified=limits.JOSE_HEADER_CERTIFICATES)
    did, _ = split_method_id(parsed.header.get("kid"))
    if (
        not did.startswith("did:web:")
        or urlsplit(did_web_url(did)).netloc != urlsplit(expected_issuer).netloc
    ):
        raise IssuerMetadataMismatch
    method = resolve_did(did, documents).method(str(parsed.header["kid"]), _PURPOSE)
    jws.verify(parsed, method.public_key)
    if parsed.header.get("typ") != TYPE:
        raise MalformedIssuerMetadata
    claims = parse_object(parsed.payload, limits.PUBLISHED)
    try:
        terms = read_terms(claims)
    except Invalid:
        raise MalformedIssuerMetadata from None
    skew = timedelta(seconds=limits.TIME.clock_skew)
    if terms.issued_at is None or terms.issued_at > now + skew:
        raise MalformedIssuerMetadata
    if terms.expires is not None and terms.expires < now - skew:
        raise MalformedIssuerMetadata
    if claims.get("sub") != expected_issuer:
        raise IssuerMetadataMismatch
    metadata = {name: value for name, value in claims.items() if name not in _ABOUT_THE_TOKEN}
    return parse_issuer_metadata(metadata, expected_issuer=expected_issuer), did
