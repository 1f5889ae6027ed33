"""An issuer that is an address: its keys at `/.well-known/jwt-vc-issuer` (SD-JWT VC, section 5).

For SD-JWT VCs alone, whose `iss` may be an address instead of a DID. Whoever has the host has the keys, as
with did:web; that is all that the address says.
"""

from urllib.parse import urlsplit

from passport import limits
from passport.dids.documents import VerificationMethod
from passport.documents import Documents
from passport.errors.dids import IssuerNotAnAddress, MalformedIssuerKeys, MethodNotFound
from passport.json import JsonObject, parse_object
from passport.keys import PublicKey

_NAME = "jwt-vc-issuer"
_KIND = "JsonWebKey"


def is_web_issuer(issuer: str) -> bool:
    """Whether an issuer's name is an address instead of a DID."""
    return issuer.startswith("https://")


def issuer_keys_url(issuer: str) -> str:
    """Where the keys of an issuer are: `/.well-known/jwt-vc-issuer` between host and path (section 5.1).

    Raises:
        IssuerNotAnAddress: user information, a query, a fragment or a port that is none.
    """
    try:
        parts = urlsplit(issuer)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise IssuerNotAnAddress from None
    if not host or "@" in parts.netloc or "?" in issuer or "#" in issuer or not issuer.isascii():
        raise IssuerNotAnAddress
    return f"https://{parts.netloc}/.well-known/{_NAME}{parts.path.rstrip('/')}"


def issuer_method(issuer: str, method_id: str, documents: Documents) -> VerificationMethod:
    """The key of an issuer that a token names by its `kid`.

    Args:
        issuer: the `iss`.
        method_id: the issuer, `#`, and the `kid`.
        documents: those at hand.

    Raises:
        IssuerNotAnAddress
        MalformedIssuerKeys: what stands there is of another issuer, or no set of keys.
        MethodNotFound: no key, or more than one, has this name.
        MalformedKey: it is of a kind that we don't have.
        NotFetched, MalformedJson
    """
    named = [key for key in _keys(issuer, documents) if method_id == f"{issuer}#{key.get('kid')}"]
    if len(named) != 1:
        raise MethodNotFound
    return VerificationMethod(method_id, _KIND, issuer, PublicKey.from_jwk(named[0]))


def check_issuer_keys(issuer: str, documents: Documents) -> None:
    """Raises as `issuer_method`: the issuer's keys can't be had."""
    _keys(issuer, documents)


def _keys(issuer: str, documents: Documents) -> list[JsonObject]:
    metadata = parse_object(documents.get(issuer_keys_url(issuer)).body)
    jwks, address = metadata.get("jwks"), metadata.get("jwks_uri")
    if metadata.get("issuer") != issuer or (jwks is None) == (address is None):
        raise MalformedIssuerKeys
    if jwks is None:
        if not isinstance(address, str) or not address.startswith("https://"):
            raise MalformedIssuerKeys
        jwks = parse_object(documents.get(address).body)
    listed = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(listed, list) or len(listed) > limits.DID_METHODS:
        raise MalformedIssuerKeys
    if not all(isinstance(key, dict) for key in listed):
        raise MalformedIssuerKeys
    return listed
