"""Open an offer, or an issuer's address: read its metadata (OpenID4VCI 1.0, sections 4 and 12).

Nothing is asked for. Nothing of an offer is authenticated, so everything is held against everything else:
the offer's issuer, its metadata and their signature where there is one, the hosts they come from, and in
`claiming` who signs and whose key is named.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from passport.documents import DocumentCache, Documents, NotFetched
from passport.errors import Invalid
from passport.errors.fetch import AddressRefused, UnexpectedStatus
from passport.errors.openid4vc import ConfigurationNotSupported, IssuerMetadataMismatch
from passport.oauth.server_metadata import ServerMetadata, read_server_metadata, server_metadata_url
from passport.oauth.urls import check_url
from passport.openid4vc import (
    CredentialConfiguration,
    CredentialOffer,
    IssuerMetadata,
    OfferReference,
    issuer_metadata_url,
    parse_credential_offer,
    parse_issuer_metadata,
    parse_offer_link,
)
from passport.openid4vc.display import display_in
from passport.openid4vc.signed_metadata import MEDIA_TYPE, verify_signed_metadata
from wallet.core.claiming.grants import Asked, Flow, check_server, choose_flow, same_origin
from wallet.core.wanted import Wanted, wanted
from wallet.desk.outside import Outside
from wallet.errors import AddressNotAllowed, IssuerMismatch, IssuerUnreachable, OfferRefused
from wallet.errors_claiming import MetadataNotSigned, NoGrant

_JSON = frozenset({"application/json"})
_METADATA = _JSON | {MEDIA_TYPE}
_GONE = frozenset({404, 410})
_SERVERS = 4
"""Authorization servers that are looked at; an honest issuer has one or two."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An offer, read and held against its issuer's own metadata; nothing was asked for yet."""

    offer: CredentialOffer
    metadata: IssuerMetadata
    server: ServerMetadata
    """The authorization server that will be asked."""
    flow: Flow
    configurations: tuple[CredentialConfiguration, ...]
    """Those that the wallet can take."""
    signed_by: str | None = None
    """The DID that signed the metadata; None where nobody did."""

    @property
    def host(self) -> str:
        """The host that stands behind the offer, as it is: never the name that somebody claims."""
        return urlsplit(self.offer.credential_issuer).netloc

    @property
    def server_host(self) -> str | None:
        """Where the person is asked to sign in, when that is another host."""
        host = urlsplit(self.server.issuer).netloc
        return None if host == self.host else host

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The credentials that are offered, each in the forms that are taken."""
        return wanted(self.configurations)

    def name_in(self, language: str) -> str | None:
        """What the issuer calls itself in this language; its own word."""
        shown = display_in(self.metadata.display, language)
        return self.metadata.name if shown is None else shown.name

    def offered_in(self, language: str) -> list[tuple[str, str]]:
        """The credentials that are offered, by the id of the form to read and the name in this language."""
        return [(one.first.id, name_of_configuration(one.first, language)) for one in self.wanted]

    def only(self, configuration_ids: frozenset[str]) -> "Opened":
        """The same with what the person chose, each in all its forms; raises ConfigurationNotSupported."""
        chosen = [one for one in self.wanted if one.first.id in configuration_ids]
        if not chosen:
            raise ConfigurationNotSupported
        forms = [form for one in chosen for form in (one.first, *one.helping)]
        return replace(self, configurations=tuple(forms))


def name_of_configuration(configuration: CredentialConfiguration, language: str) -> str:
    """What a kind of credential is called in this language."""
    shown = display_in(configuration.display, language)
    return configuration.name if shown is None else shown.name


async def open_offer(link: str, outside: Outside) -> Opened:
    """Read an offer and its issuer's metadata.

    Raises:
        MalformedOfferLink, MalformedOffer: no offer.
        AddressNotAllowed: it leads to an address that is not public.
        IssuerMismatch: the offer and the metadata come from different issuers or hosts.
        MetadataNotSigned: the metadata is signed, and not by the issuer.
        IssuerUnreachable: something could not be fetched.
        ConfigurationNotSupported: nothing in it is in a form that the wallet takes.
        NoGrant, ServerElsewhere, WeakSignIn: it can't be had in a way that this wallet has.
    """
    found = parse_offer_link(link.strip())
    if isinstance(found, OfferReference):
        body = await _fetch_offer(found.credential_offer_uri, outside)
        offer = parse_credential_offer(body)
        _same_host(found.credential_offer_uri, offer.credential_issuer)
    else:
        offer = found
    metadata, signed_by = await _read(offer.credential_issuer, outside)
    return await _opened(offer, metadata, signed_by, outside)


async def open_issuer(address: str, outside: Outside) -> Opened:
    """What an issuer has, without an offer: the person comes to it and signs in there (section 5).

    `address` is the credential issuer, as a person types it; https goes without saying.

    Raises:
        MalformedIssuerUrl, and as `open_offer`.
    """
    typed = address.strip().rstrip("/")
    issuer = check_url(typed if "://" in typed else f"https://{typed}")
    metadata, signed_by = await _read(issuer, outside)
    offer = CredentialOffer(issuer, tuple(metadata.configurations))
    return await _opened(offer, metadata, signed_by, outside)


async def _opened(
    offer: CredentialOffer, metadata: IssuerMetadata, signed_by: str | None, outside: Outside
) -> Opened:
    issuer = offer.credential_issuer
    for endpoint in (
        metadata.credential_endpoint,
        metadata.nonce_endpoint,
        metadata.deferred_credential_endpoint,
        metadata.notification_endpoint,
    ):
        if endpoint is not None:
            _same_host(endpoint, issuer)
    names = [name for name in offer.credential_configuration_ids if name in metadata.configurations]
    if not names:
        raise ConfigurationNotSupported
    asked = choose_flow(offer, metadata)
    server = await _server(asked, issuer, outside)
    return Opened(offer, metadata, server, asked.flow, tuple(map(metadata.configuration, names)), signed_by)


async def read_metadata(issuer: str, outside: Outside) -> IssuerMetadata:
    """What an issuer says of itself now; raises as `open_offer`."""
    return (await _read(issuer, outside))[0]


async def _read(issuer: str, outside: Outside) -> tuple[IssuerMetadata, str | None]:
    try:
        fetched = await outside.fetcher.get(
            issuer_metadata_url(issuer), _METADATA, languages=outside.languages
        )
    except AddressRefused:
        raise AddressNotAllowed from None
    except NotFetched as error:
        raise IssuerUnreachable(reason=error.code) from error
    try:
        if fetched.media_type != MEDIA_TYPE:
            return parse_issuer_metadata(fetched.body, expected_issuer=issuer), None
        return await _verified(fetched.body.decode("ascii", "replace").strip(), issuer, outside)
    except IssuerMetadataMismatch:
        raise IssuerMismatch from None


async def _verified(token: str, issuer: str, outside: Outside) -> tuple[IssuerMetadata, str]:
    """Signed metadata (section 12.2.3): by a key of the issuer's own host, or it is refused."""

    def check(documents: Documents) -> tuple[IssuerMetadata, str]:
        return verify_signed_metadata(token, expected_issuer=issuer, documents=documents, now=outside.clock())

    try:
        found, _ = await outside.examine(check, DocumentCache())
    except AddressRefused:
        raise AddressNotAllowed from None
    except NotFetched as error:
        raise IssuerUnreachable(reason=error.code) from error
    except Invalid as error:
        raise MetadataNotSigned from error
    return found


async def _server(asked: Asked, issuer: str, outside: Outside) -> ServerMetadata:
    """The first of the servers that has the grant; the reason of the first where none has."""
    refusal: NoGrant | None = None
    for name in asked.servers[:_SERVERS]:
        try:
            server = read_server_metadata(
                await _fetch(server_metadata_url(name), outside), expected_issuer=name
            )
        except IssuerMetadataMismatch:
            raise IssuerMismatch from None
        try:
            check_server(server, asked.flow, credential_issuer=issuer)
        except NoGrant as error:
            refusal = refusal or error
            continue
        return server
    raise refusal or NoGrant


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


def _same_host(url: str, issuer: str) -> None:
    """RFC 8414 mix-up: whatever the offer leads to must be on the issuer's own origin."""
    if not same_origin(url, issuer):
        raise IssuerMismatch
