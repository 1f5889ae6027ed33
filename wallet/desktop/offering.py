"""Open an offer: read it and its issuer's metadata (OpenID4VCI 1.0, sections 4 and 12), as the wallet's side.

Nothing of an offer is authenticated, so everything is held against everything else: the offer's issuer, its
metadata, the host they come from, and in `claiming` the DID that signs and the holder that is named.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from passport.documents import NotFetched
from passport.errors.fetch import AddressRefused, UnexpectedStatus
from passport.errors.openid4vc import ConfigurationNotSupported, IssuerMetadataMismatch
from passport.openid4vc import (
    CredentialConfiguration,
    CredentialOffer,
    IssuerMetadata,
    OfferReference,
    issuer_metadata_url,
    parse_credential_offer,
    parse_issuer_metadata,
    parse_offer_link,
    parse_server_metadata,
    server_metadata_url,
)
from wallet.core.wanted import Wanted, wanted
from wallet.desktop.outside import Outside
from wallet.errors import AddressNotAllowed, IssuerMismatch, IssuerUnreachable, OfferRefused

_JSON = frozenset({"application/json"})
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Opened:
    """An offer, read and held against its issuer's own metadata; nothing was asked for yet."""

    offer: CredentialOffer
    metadata: IssuerMetadata
    token_endpoint: str
    configurations: tuple[CredentialConfiguration, ...]
    """Those that the wallet can take."""

    @property
    def host(self) -> str:
        """The host that stands behind the offer, as it is: never the name that somebody claims."""
        return urlsplit(self.offer.credential_issuer).netloc

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The credentials that are offered, each in the forms that are taken."""
        return wanted(self.configurations)


async def open_offer(link: str, outside: Outside) -> Opened:
    """Read an offer and its issuer's metadata.

    Raises:
        MalformedOfferLink, MalformedOffer: no offer.
        AddressNotAllowed: it leads to an address that is not public.
        IssuerMismatch: the offer and the metadata come from different issuers or hosts.
        IssuerUnreachable: something could not be fetched.
        ConfigurationNotSupported: nothing in it is in a form that the wallet takes.
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
        for endpoint in (metadata.nonce_endpoint, metadata.notification_endpoint):
            if endpoint is not None:
                _same_host(endpoint, issuer)
        server = metadata.authorization_servers[0] if metadata.authorization_servers else issuer
        _same_host(server, issuer)
        token_endpoint = parse_server_metadata(
            await _fetch(server_metadata_url(server), outside), expected_issuer=server
        )
        _same_host(token_endpoint, issuer)
    except IssuerMetadataMismatch:
        raise IssuerMismatch from None
    names = [name for name in offer.credential_configuration_ids if name in metadata.configurations]
    if not names:
        raise ConfigurationNotSupported
    return Opened(offer, metadata, token_endpoint, tuple(map(metadata.configuration, names)))


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
    here, there = urlsplit(url), urlsplit(issuer)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise IssuerMismatch
