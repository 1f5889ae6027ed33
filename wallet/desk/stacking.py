"""A stacked credential from an organisation: what it asks, the parts shown once, what it offers taken in."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from passport.documents import NotFetched
from passport.errors import Invalid
from passport.errors.fetch import AddressRefused
from passport.json import parse_object
from wallet.core.stacking import Stack, Stackable, approve_stack, parse_stack, stackable
from wallet.core.wallet import Wallet
from wallet.desk.desk import Desk
from wallet.desk.offering import open_offer
from wallet.desk.organisation import Found, fetch_challenge, find_organisation, organisation_address
from wallet.desk.receiving import Received, receive_opened
from wallet.errors import AddressNotAllowed, IssuerMismatch
from wallet.errors_claims import (
    OrganisationAddress,
    OrganisationRefused,
    OrganisationUnreachable,
    RequestPerhapsSent,
    UnexpectedDocument,
)

_JSON = frozenset({"application/json"})
_ANSWERS = frozenset({"application/json", "application/problem+json"})
_FOLDER = "/stacks/"
_SERVER_FAULT = 500


@dataclass(frozen=True, slots=True)
class StackFound:
    """A stack, whose it is, and what of it is here."""

    found: Found
    stack: Stack
    here: Stackable

    @property
    def host(self) -> str:
        return urlsplit(self.stack.url).netloc


def look_at_stack(desk: Desk, wallet: Wallet, address: str) -> StackFound:
    """Read what an organisation asks for; nothing about the person is sent.

    Raises:
        OrganisationAddress, AddressNotAllowed, OrganisationUnreachable, OrganisationMismatch
        MalformedStack
    """
    at, folder, name = address.strip().rpartition(_FOLDER)
    if not folder or not name.isalnum():
        raise OrganisationAddress
    organisation = organisation_address(at)
    url = f"{organisation}{_FOLDER}{name}"
    found = desk.reach(find_organisation(organisation, desk.outside))
    try:
        body = desk.reach(desk.outside.fetcher.get(url, _JSON)).body
    except AddressRefused:
        raise AddressNotAllowed from None
    except NotFetched as error:
        raise OrganisationUnreachable(reason=error.code) from error
    stack = parse_stack(body, url=url, issuer=found.organisation.did)
    return StackFound(found, stack, stackable(wallet, stack))


def ask_for_stack(desk: Desk, wallet: Wallet, address: str, *, mark: str) -> Received:
    """The person agreed to what `mark` names: show the parts, and take in the credential that comes of it.

    Raises:
        AskingChanged, StackNotReady: nothing was sent.
        OrganisationRefused, RequestPerhapsSent, UnexpectedDocument, IssuerMismatch; and as `receive_link`.
    """
    asked = look_at_stack(desk, wallet, address)
    challenge = desk.reach(fetch_challenge(asked.found, desk.outside))
    body = approve_stack(wallet, asked.stack, mark=mark, challenge=challenge, host=asked.host)
    link = _send(desk, asked.stack.url, body)
    opened = desk.reach(open_offer(link, desk.outside))
    if opened.offer.credential_issuer != asked.found.organisation.url:
        raise IssuerMismatch
    return receive_opened(desk, wallet, opened)


def _send(desk: Desk, url: str, body: bytes) -> str:
    """The offer that comes back; what a stranger says of a refusal is not repeated."""
    try:
        answered = desk.reach(
            desk.outside.exchange.post(url, body, media_type="application/json", accept=_ANSWERS)
        )
    except NotFetched as error:
        raise RequestPerhapsSent(reason=error.code) from None
    if answered.status >= _SERVER_FAULT:
        raise RequestPerhapsSent(status=answered.status)
    if not answered.is_success:
        raise OrganisationRefused(status=answered.status)
    try:
        offer = parse_object(answered.body).get("offer")
    except Invalid:
        raise UnexpectedDocument from None
    if not isinstance(offer, str):
        raise UnexpectedDocument
    return offer
