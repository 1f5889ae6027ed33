"""did:jwk: the identifier is a public JWK in base64url."""

from passport.dids.documents import DidDocument, VerificationMethod, single_key_document
from passport.dids.syntax import check_did
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import Invalid, MalformedKey
from passport.errors.dids import MalformedDid
from passport.json import canonicalize, parse_object
from passport.keys import PublicKey

_PREFIX = "did:jwk:"


def create_did_jwk(public_key: PublicKey) -> str:
    return _PREFIX + base64url_encode(canonicalize(public_key.to_jwk()))


def jwk_method_id(did: str) -> str:
    """The id of a did:jwk's only verification method."""
    return f"{did}#0"


def resolve_did_jwk(did: str) -> DidDocument:
    """Read the key from the identifier.

    Raises:
        MalformedDid: no did:jwk.
        MalformedKey: no public JWK of a supported kind, or one that is not for signing.
    """
    if not check_did(did).startswith(_PREFIX):
        raise MalformedDid
    try:
        jwk = parse_object(base64url_decode(did.removeprefix(_PREFIX)))
    except Invalid:
        raise MalformedKey from None
    public_key = PublicKey.from_jwk(jwk)
    method = VerificationMethod(jwk_method_id(did), "JsonWebKey", did, public_key)
    return single_key_document(did, method)
