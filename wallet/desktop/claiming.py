"""Claim an offered credential: OpenID4VCI 1.0, pre-authorized code flow, as the wallet's side.

Nothing of an offer is authenticated, so everything is held against everything else: the offer's issuer, its
metadata, the host they come from, the DID that signs, and the holder that the credential names.
"""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from passport.answers import Answer
from passport.credentials import parse_credential
from passport.dids import did_web_url
from passport.documents import DocumentCache, NotFetched
from passport.errors import Invalid, TooLarge
from passport.errors.fetch import AddressRefused, UnexpectedStatus
from passport.errors.openid4vc import IssuerMetadataMismatch
from passport.fetch.exchange import Answered
from passport.json import dump
from passport.openid4vc import (
    CredentialConfiguration,
    CredentialOffer,
    CredentialRequest,
    IssuerMetadata,
    OfferReference,
    TokenRequest,
    TokenResponse,
    create_key_proof,
    issuer_metadata_url,
    parse_credential_offer,
    parse_credential_response,
    parse_issuer_metadata,
    parse_nonce_response,
    parse_offer_link,
    parse_server_metadata,
    parse_token_response,
    server_metadata_url,
)
from wallet.core.accept import Examined, Offered, evidence_record, examine
from wallet.core.wallet import Wallet
from wallet.desktop.outside import Outside
from wallet.errors import (
    AddressNotAllowed,
    AttachmentMismatch,
    IssuerMismatch,
    IssuerUnreachable,
    NotOffered,
    OfferRefused,
    TxCodeNeeded,
    UnknownEvidence,
)

_JSON = frozenset({"application/json"})
_FORM = "application/x-www-form-urlencoded"
_GONE = frozenset({404, 410})
_REFUSED = frozenset({400, 401, 403, 404, 409, 410})


@dataclass(frozen=True, slots=True)
class Opened:
    """An offer, read and held against its issuer's own metadata; nothing was asked for yet."""

    offer: CredentialOffer
    metadata: IssuerMetadata
    token_endpoint: str
    configurations: tuple[CredentialConfiguration, ...]

    @property
    def host(self) -> str:
        """The host that stands behind the offer, as it is: never the name that somebody claims."""
        return urlsplit(self.offer.credential_issuer).netloc


@dataclass(frozen=True, slots=True)
class Claimed:
    """What an offer gave, examined and not yet kept."""

    examined: tuple[Examined, ...]
    files: dict[tuple[str, str], bytes]
    documents: DocumentCache
    """What it took to examine them."""


async def open_offer(link: str, outside: Outside) -> Opened:
    """Read an offer and its issuer's metadata.

    Raises:
        MalformedOfferLink, MalformedOffer: no offer.
        AddressNotAllowed: it leads to an address that is not public.
        IssuerMismatch: the offer and the metadata come from different issuers or hosts.
        IssuerUnreachable: something could not be fetched.
    """
    found = parse_offer_link(link.strip())
    if isinstance(found, OfferReference):
        body = await _fetch_offer(found.credential_offer_uri, outside)
        offer = parse_credential_offer(body)
        _same_host(found.credential_offer_uri, offer.credential_issuer)
    else:
        offer = found
    issuer = offer.credential_issuer
    try:
        metadata = parse_issuer_metadata(
            await _fetch(issuer_metadata_url(issuer), outside), expected_issuer=issuer
        )
        _same_host(metadata.credential_endpoint, issuer)
        if metadata.nonce_endpoint is not None:
            _same_host(metadata.nonce_endpoint, issuer)
        server = metadata.authorization_servers[0] if metadata.authorization_servers else issuer
        _same_host(server, issuer)
        token_endpoint = parse_server_metadata(
            await _fetch(server_metadata_url(server), outside), expected_issuer=server
        )
        _same_host(token_endpoint, issuer)
    except IssuerMetadataMismatch:
        raise IssuerMismatch from None
    configurations = tuple(metadata.configuration(name) for name in offer.credential_configuration_ids)
    return Opened(offer, metadata, token_endpoint, configurations)


async def claim(opened: Opened, wallet: Wallet, outside: Outside, *, tx_code: str | None) -> Claimed:
    """Redeem the offer for credentials that are made out to this wallet's holder; keeps nothing yet.

    Raises:
        TxCodeNeeded, OfferRefused, IssuerUnreachable, IssuerMismatch, NotOffered, and as `examine`.
    """
    if opened.offer.tx_code is not None and not tx_code:
        raise TxCodeNeeded
    token = await _token(opened, outside, tx_code)
    examined, taken = [], DocumentCache()
    for configuration in opened.configurations:
        source = await _credential(opened, configuration, token, wallet, outside)
        offered = Offered(_issuer_did(source, opened), configuration.types, opened.host)
        one, documents = await _examine(source, offered, wallet, outside)
        examined.append(one)
        taken.at_hand.update(documents.at_hand)
    return Claimed(tuple(examined), await _files(examined, token, opened, outside), taken)


async def _token(opened: Opened, outside: Outside, tx_code: str | None) -> TokenResponse:
    request = TokenRequest(opened.offer.pre_authorized_code, tx_code if opened.offer.tx_code else None)
    body = urlencode(request.to_form()).encode("ascii")
    return parse_token_response(await _post(opened.token_endpoint, body, _FORM, outside))


async def _credential(
    opened: Opened,
    configuration: CredentialConfiguration,
    token: TokenResponse,
    wallet: Wallet,
    outside: Outside,
) -> bytes:
    metadata, holder = opened.metadata, wallet.holder
    if metadata.nonce_endpoint is None:
        raise IssuerUnreachable
    nonce = parse_nonce_response(await _post(metadata.nonce_endpoint, b"", _FORM, outside))
    proof = create_key_proof(
        holder.signer,
        verification_method=holder.verification_method,
        audience=metadata.credential_issuer,
        nonce=nonce,
        issued_at=wallet.now(),
    )
    request = dump(CredentialRequest(configuration.id, proof).to_json())
    return parse_credential_response(
        await _post(metadata.credential_endpoint, request, "application/json", outside, token)
    )


async def _examine(
    source: bytes, offered: Offered, wallet: Wallet, outside: Outside
) -> tuple[Examined, DocumentCache]:
    return await outside.examine(
        lambda documents: examine(source, documents, wallet, offered=offered), wallet.documents()
    )


def _issuer_did(source: bytes, opened: Opened) -> str:
    """The DID that the credential names as its issuer, when that DID lives where the offer came from.

    A did:web names its host and perhaps a path; on a host with several issuers each answers for its own path.
    Any other DID can't be tied to a place and is not taken from a link.
    """
    try:
        issuer = parse_credential(source).issuer.id
    except Invalid:
        raise NotOffered from None
    if not issuer.startswith("did:web:"):
        raise IssuerMismatch
    there = urlsplit(did_web_url(issuer))
    folder = there.path.removesuffix("/did.json").removesuffix("/.well-known")
    path = urlsplit(opened.offer.credential_issuer).path
    if there.netloc != opened.host or not f"{path}/".startswith(f"{folder}/"):
        raise IssuerMismatch
    return issuer


async def _files(
    examined: list[Examined], token: TokenResponse, opened: Opened, outside: Outside
) -> dict[tuple[str, str], bytes]:
    """The evidence files that the issuer holds ready; one that is not what was signed is left out."""
    found: dict[tuple[str, str], bytes] = {}
    for one in examined:
        parsed = one.report.parsed
        for resource in () if parsed is None or one.answer is not Answer.YES else parsed.related_resources:
            if _authority(resource.id) != opened.host:
                continue
            try:
                answered = await outside.exchange.get(
                    resource.id, accept=None, authorization=f"Bearer {token.access_token}"
                )
                if answered.is_success:
                    found.update(evidence_record(one.report, resource.id, answered.body))
            except (NotFetched, AttachmentMismatch, UnknownEvidence, TooLarge):
                continue
    return found


def _authority(identifier: str) -> str | None:
    try:
        return urlsplit(identifier).netloc
    except ValueError:
        return None  # an identifier need not be an address


async def _fetch_offer(url: str, outside: Outside) -> bytes:
    """An issuer takes an offer away once it was used, withdrawn or too old."""
    try:
        return await _fetch(url, outside)
    except IssuerUnreachable as error:
        cause = error.__cause__
        if isinstance(cause, UnexpectedStatus) and cause.details.get("status") in _GONE:
            raise OfferRefused from None
        raise


async def _fetch(url: str, outside: Outside) -> bytes:
    try:
        return (await outside.fetcher.get(url, _JSON)).body
    except AddressRefused:
        raise AddressNotAllowed from None
    except NotFetched as error:
        raise IssuerUnreachable(reason=error.code) from error


async def _post(
    url: str, body: bytes, media_type: str, outside: Outside, token: TokenResponse | None = None
) -> bytes:
    authorization = None if token is None else f"Bearer {token.access_token}"
    try:
        answered: Answered = await outside.exchange.post(
            url, body, media_type=media_type, accept=_JSON, authorization=authorization
        )
    except AddressRefused:
        raise AddressNotAllowed from None
    except NotFetched as error:
        raise IssuerUnreachable(reason=error.code) from error
    if answered.status in _REFUSED:
        raise OfferRefused
    if not answered.is_success:
        raise IssuerUnreachable
    return answered.body


def _same_host(url: str, issuer: str) -> None:
    """RFC 8414 mix-up: whatever the offer leads to must be on the issuer's own origin."""
    here, there = urlsplit(url), urlsplit(issuer)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise IssuerMismatch
