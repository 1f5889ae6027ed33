"""A request object: signed by who asks, verified as the prefix of its client identifier says (5.9.3, 5.10).

1. a token of the type `oauth-authz-req+jwt`, with an algorithm that we know
2. for a wallet (`aud`), not expired, answering our `wallet_nonce`
3. by the client that the link named
4. signed with a key of that client: of its DID document, or of its certificate
5. the answer goes to that client
Only what stands in it counts: what the link said beside it does not (5.10.1).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from passport import limits
from passport.dids import resolve_did, split_method_id
from passport.documents import Documents
from passport.encoding import base64url_encode
from passport.errors import Invalid, MalformedJson, NotAnObject
from passport.errors.openid4vp import (
    CertificateNameMismatch,
    CertificateRefused,
    ClientIdMismatch,
    MalformedVpRequest,
    RequestForAnotherWallet,
    RequestKeyMismatch,
    RequestOutdated,
    RequestSignedInVain,
    ResponseUriNotOfClient,
    WalletNonceMismatch,
)
from passport.errors.x509 import ChainRefused
from passport.jose import jws
from passport.jose.claims import moment
from passport.json import JsonObject, parse_object
from passport.keys import PublicKey
from passport.openid4vp.client_id import ClientId, Prefix
from passport.openid4vp.limits import REQUEST, REQUEST_HEADER, REQUEST_OBJECT
from passport.openid4vp.request_parameters import AuthorizationRequest, parse_parameters
from passport.x509 import CertificateChain, Certificates, read_x5c

TYPE = "oauth-authz-req+jwt"
AUDIENCE = "https://self-issued.me/v2"
"""A wallet that the verifier does not know beforehand (section 5.8)."""
_SKEW = timedelta(seconds=limits.TIME.clock_skew)
_WEB = "did:web:"


class ProvedBy(StrEnum):
    """What shows that it is this client who asks."""

    NOTHING = "nothing"
    """Anybody could have made the request; only where the answer goes is sure."""
    KEY = "key"
    """The same key as other times, and nothing else."""
    HOST = "host"
    """The keys that the host publishes (did:web)."""
    CERTIFICATE = "certificate"
    """A certificate from an authority that the wallet trusts."""
    UNKNOWN_CERTIFICATE = "unknown-certificate"
    """A certificate of which nobody knows who issued it."""


@dataclass(frozen=True, slots=True)
class VerifiedRequest:
    """A request of which is known who asks, and by what."""

    request: AuthorizationRequest
    proved_by: ProvedBy
    expires: datetime
    """When it is over, by its own word and no later than ours."""
    chain: CertificateChain | None = None


def verify_plain_request(request: AuthorizationRequest, *, now: datetime) -> VerifiedRequest:
    """A request that stood in a link: by `redirect_uri`, so that the answer can go nowhere else."""
    return VerifiedRequest(request, ProvedBy.NOTHING, now + timedelta(seconds=REQUEST.lifetime))


def verify_request_object(
    token: str,
    *,
    client_id: ClientId,
    documents: Documents,
    certificates: Certificates,
    now: datetime,
    wallet_nonce: str | None,
    request_uri: str | None = None,
) -> VerifiedRequest:
    """Verify a request object, step by step as listed above.

    Args:
        token: as it was fetched, or given in the link.
        client_id: who asks, by the link.
        documents: DID documents at hand.
        certificates: the host's way to check a chain.
        now: the present moment.
        wallet_nonce: what was sent when it was fetched by POST; None where nothing was.
        request_uri: where it was fetched; a widely used library writes that as the audience.

    Raises:
        RequestRefused: one of `passport.errors.openid4vp`, by the rule that it breaks.
        Invalid: what reading the token, its signature or the DID raises.
        Indeterminate: a DID document that is not at hand, an algorithm that we don't have.
    """
    # 1
    if not client_id.prefix.is_signed:
        raise RequestSignedInVain
    parsed = jws.parse(token, most=REQUEST_OBJECT.size, certified=REQUEST_HEADER)
    jws.check_type(parsed, TYPE)
    claims = _claims(parsed)
    # 2
    if claims.get("aud") not in (AUDIENCE, request_uri or AUDIENCE):
        raise RequestForAnotherWallet
    expires = _expires(claims, now)
    if wallet_nonce is not None and claims.get("wallet_nonce") != wallet_nonce:
        raise WalletNonceMismatch
    # 3
    if claims.get("client_id") != str(client_id):
        raise ClientIdMismatch
    request = parse_parameters(claims)
    # 4
    chain = None
    if client_id.prefix is Prefix.DECENTRALIZED_IDENTIFIER:
        key, proved_by = _key_of_did(parsed, client_id.identifier, documents, now)
    else:
        chain = _chain(parsed, certificates, now)
        _check_certificate(client_id, chain)
        key = chain.public_key
        proved_by = ProvedBy.CERTIFICATE if chain.anchored else ProvedBy.UNKNOWN_CERTIFICATE
    jws.verify(parsed, key)
    # 5
    _check_response_uri(request, chain)
    return VerifiedRequest(request, proved_by, expires, chain)


def _claims(parsed: jws.Jws) -> JsonObject:
    try:
        return parse_object(parsed.payload, REQUEST_OBJECT)
    except (MalformedJson, NotAnObject):
        raise MalformedVpRequest from None


def _expires(claims: JsonObject, now: datetime) -> datetime:
    issued, starts, ends = (moment(claims, name) for name in ("iat", "nbf", "exp"))
    if any(each is not None and each > now + _SKEW for each in (issued, starts)):
        raise RequestOutdated
    if ends is not None and now >= ends + _SKEW:
        raise RequestOutdated
    latest = now + timedelta(seconds=REQUEST.lifetime)
    return latest if ends is None else min(latest, ends + _SKEW)


def _key_of_did(parsed: jws.Jws, did: str, documents: Documents, now: datetime) -> tuple[PublicKey, ProvedBy]:
    """The key that `kid` names in the DID document, and never one of another DID."""
    try:
        named, _ = split_method_id(parsed.header.get("kid"))
    except Invalid:
        raise RequestKeyMismatch from None
    if named != did:
        raise RequestKeyMismatch
    kid = parsed.header["kid"]
    methods = resolve_did(did, documents).methods
    method = next((each for each in methods if each.id == kid and each.controller == did), None)
    if method is None:
        raise RequestKeyMismatch
    method.check_usable(now)
    return method.public_key, ProvedBy.HOST if did.startswith(_WEB) else ProvedBy.KEY


def _chain(parsed: jws.Jws, certificates: Certificates, now: datetime) -> CertificateChain:
    try:
        return certificates.verify(read_x5c(parsed.header.get("x5c")), now)
    except ChainRefused:
        raise CertificateRefused from None


def _check_certificate(client_id: ClientId, chain: CertificateChain) -> None:
    if client_id.prefix is Prefix.X509_HASH:
        fits = client_id.identifier == base64url_encode(chain.sha256)
    else:
        fits = client_id.identifier in chain.dns_names
    if not fits:
        raise CertificateNameMismatch


def _check_response_uri(request: AuthorizationRequest, chain: CertificateChain | None) -> None:
    """Where a client is a host, the answer goes to that host: exactly by certificate, or below a did:web.

    A bare key is no host: it signed where it wants the answer, and the person is shown where that is.
    """
    client, host = request.client_id, (urlsplit(request.response_uri).hostname or "").lower()
    if client.prefix is Prefix.X509_SAN_DNS:
        belongs = host == client.identifier
    elif chain is not None:
        belongs = not chain.dns_names or host in chain.dns_names
    elif client.identifier.startswith(_WEB):
        own = unquote(client.identifier.split(":")[2]).partition(":")[0].lower()
        belongs = host == own or host.endswith(f".{own}")
    else:
        belongs = True
    if not belongs:
        raise ResponseUriNotOfClient
