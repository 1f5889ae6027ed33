"""The link or QR text that brings an offer to a wallet (OpenID4VCI 1.0, sections 4.1.2 and 4.1.3)."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from passport.errors.oauth import MalformedIssuerUrl
from passport.errors.openid4vc import MalformedOfferLink
from passport.oauth.urls import check_url
from passport.openid4vc.credential_offer import CredentialOffer, parse_credential_offer

SCHEME = "openid-credential-offer"
_LENGTH = 8_192


@dataclass(frozen=True, slots=True)
class OfferReference:
    """An offer that is still to be fetched, with Accept: application/json."""

    credential_offer_uri: str


def parse_offer_link(text: str) -> OfferReference | CredentialOffer:
    """Read a link with an offer by reference or by value; exactly one of them must be there.

    Raises:
        MalformedOfferLink: another scheme, both or none, or an address that is no https.
        MalformedOffer, MalformedJson: the offer itself, where it came by value.
    """
    if len(text) > _LENGTH or not text.startswith(f"{SCHEME}://"):
        raise MalformedOfferLink
    try:
        query = parse_qsl(urlsplit(text).query, strict_parsing=True, max_num_fields=8, errors="strict")
    except ValueError:
        raise MalformedOfferLink from None
    offers = [(name, value) for name, value in query if name in {"credential_offer", "credential_offer_uri"}]
    if len(offers) != 1:
        raise MalformedOfferLink
    name, value = offers[0]
    if name == "credential_offer":
        return parse_credential_offer(value.encode("utf-8"))
    try:
        return OfferReference(check_url(value, query=True))
    except MalformedIssuerUrl:
        raise MalformedOfferLink from None
