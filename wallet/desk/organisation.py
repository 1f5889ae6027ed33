"""An organisation's service, as the worker's side: who it is, a request to it, and how the request stands.

Nothing an organisation says is authenticated by itself, so everything is held against its address: its
metadata, where it keeps the request, and the offers that it makes. Redirects are not followed; a request is
sent once and never again by itself.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from passport import limits as shared
from passport.dids import create_did_web
from passport.documents import NotFetched
from passport.errors import Invalid
from passport.errors.fetch import AddressRefused, Redirected
from passport.json import JsonObject, parse_object
from passport.openid4vc import issuer_metadata_url, parse_issuer_metadata, parse_nonce_response
from passport.outbound.answered import Answered
from wallet.core.asked import Asked
from wallet.core.asking import Organisation, Sought
from wallet.core.plain_text import plain_name, plain_text
from wallet.desk.outside import Outside
from wallet.errors import AddressNotAllowed
from wallet.errors_claims import (
    NothingToFetch,
    OrganisationAddress,
    OrganisationMismatch,
    OrganisationRefused,
    OrganisationUnreachable,
    RequestPerhapsSent,
    UnexpectedDocument,
)

_JSON = frozenset({"application/json"})
_PROBLEM = frozenset({"application/problem+json", "application/json"})
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_FOLDER = {Sought.CONFIRMATION: "confirmations", Sought.VALIDATION: "validations"}
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{16,512}")
_SEGMENT = re.compile(r"(?!\.\.?$)[A-Za-z0-9._-]+")
"""Of a path; none that leads upwards."""
_SAID = 300


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation, and where it hands out challenges."""

    organisation: Organisation
    nonce_endpoint: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Where an organisation keeps a request, and the secret that leads to it."""

    place: str
    token: str
    answer: JsonObject


def organisation_address(at: str, slug: str = "") -> str:
    """The address of an organisation: its own link, or a service's address and its short name there.

    Raises:
        OrganisationAddress
    """
    try:
        parts = urlsplit(at.strip())
    except ValueError:
        raise OrganisationAddress from None
    if parts.scheme not in {"https", "http"} or not parts.netloc or parts.query or parts.fragment:
        raise OrganisationAddress
    path = parts.path.rstrip("/")
    if slug:
        path = f"{path}/o/{slug}"
    if any(not _SLUG.fullmatch(part) for part in path.split("/")[1:]) or not path:
        raise OrganisationAddress
    return f"{parts.scheme}://{parts.netloc.lower()}{path}"


async def find_organisation(address: str, outside: Outside) -> Found:
    """Read who an organisation is; nothing about the person is sent.

    Raises:
        AddressNotAllowed, OrganisationUnreachable
        OrganisationMismatch: what stands there names another organisation, or leads to another place.
    """
    try:
        body = (await outside.fetcher.get(issuer_metadata_url(address), _JSON)).body
    except AddressRefused:
        raise AddressNotAllowed from None
    except NotFetched as error:
        raise OrganisationUnreachable(reason=error.code) from error
    try:
        metadata = parse_issuer_metadata(body, expected_issuer=address)
    except Invalid:
        raise OrganisationMismatch from None
    nonce = metadata.nonce_endpoint
    if nonce is None or not within(nonce, address):
        raise OrganisationMismatch
    parts = urlsplit(address)
    did = create_did_web(parts.netloc, *parts.path.split("/")[1:])
    return Found(Organisation(address, did, plain_name(metadata.name or parts.netloc)), nonce)


async def fetch_challenge(found: Found, outside: Outside) -> str:
    """A fresh challenge of the organisation (OpenID4VCI 1.0, section 7); raises OrganisationUnreachable."""
    try:
        answered = await outside.exchange.post(
            found.nonce_endpoint, b"", media_type="application/json", accept=_JSON
        )
        if not answered.is_success:
            raise OrganisationUnreachable(status=answered.status)
        return parse_nonce_response(answered.body)
    except AddressRefused:
        raise AddressNotAllowed from None
    except (NotFetched, Invalid):
        raise OrganisationUnreachable from None


async def send(organisation: Organisation, sought: Sought, body: bytes, outside: Outside) -> Taken:
    """Send a request that the person agreed to. Once.

    Raises:
        OrganisationRefused: it was not taken; `said` is the organisation's reason as plain text.
        RequestPerhapsSent: there was no clear answer.
        UnexpectedDocument: it was taken, and the answer leads to another place.
    """
    folder = f"{organisation.url}/{_FOLDER[sought]}"
    try:
        answered = await outside.exchange.post(
            folder, body, media_type="application/json", accept=_JSON | _PROBLEM
        )
    except Redirected:
        raise OrganisationRefused from None
    except NotFetched as error:
        raise RequestPerhapsSent(reason=error.code) from None
    if answered.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise RequestPerhapsSent(status=answered.status)
    if not answered.is_success:
        raise _refused(answered)
    document = _object(answered.body)
    place, token = document.get("url"), document.get("token")
    if not isinstance(place, str) or not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise UnexpectedDocument
    if not within(place, folder):
        raise UnexpectedDocument
    return Taken(place, token, document)


async def ask_about(asked: Asked, outside: Outside) -> JsonObject:
    """How a request stands; raises NothingToFetch, OrganisationUnreachable."""
    place, token = _place(asked)
    try:
        answered = await outside.exchange.get(place, accept=_JSON, authorization=f"Bearer {token}")
    except AddressRefused:
        raise AddressNotAllowed from None
    except NotFetched as error:
        raise OrganisationUnreachable(reason=error.code) from None
    if not answered.is_success:
        raise OrganisationUnreachable(status=answered.status)
    return _object(answered.body)


async def fetch_record(asked: Asked, below: str, outside: Outside) -> bytes | None:
    """The copy of a record that the organisation keeps with the request; None where it gives none."""
    place, token = _place(asked)
    try:
        answered = await outside.exchange.get(
            f"{place}/{below}", accept=None, authorization=f"Bearer {token}"
        )
    except NotFetched:
        return None
    return answered.body if answered.is_success else None


async def act(asked: Asked, action: str, body: bytes, outside: Outside) -> JsonObject:
    """Withdraw, appeal, or send more documents.

    Raises:
        NothingToFetch, OrganisationUnreachable
        OrganisationRefused: not in this phase, or not any more.
    """
    place, token = _place(asked)
    try:
        answered = await outside.exchange.post(
            f"{place}/{action}",
            body,
            media_type="application/json",
            accept=_JSON | _PROBLEM,
            authorization=f"Bearer {token}",
        )
    except AddressRefused:
        raise AddressNotAllowed from None
    except NotFetched as error:
        raise OrganisationUnreachable(reason=error.code) from None
    if answered.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise OrganisationUnreachable(status=answered.status)
    if not answered.is_success:
        raise _refused(answered)
    return _object(answered.body) if answered.body else {}


def within(url: str, folder: str) -> bool:
    """Whether an address lies below another, on the same origin, by no other spelling."""
    rest = url.removeprefix(f"{folder}/")
    return rest != url and all(_SEGMENT.fullmatch(part) for part in rest.split("/"))


def _place(asked: Asked) -> tuple[str, str]:
    if asked.place is None or asked.token is None:
        raise NothingToFetch
    return asked.place, asked.token


def _refused(answered: Answered) -> OrganisationRefused:
    """What a stranger says of it goes to the person as plain text in quotes, never as our own sentence."""
    try:
        found = parse_object(answered.body, shared.CREDENTIAL)
    except Invalid:
        found = {}
    said = found.get("title")
    plain = plain_text(said)[:_SAID] if isinstance(said, str) else ""
    return OrganisationRefused(plain, status=answered.status)


def _object(body: bytes) -> JsonObject:
    try:
        return parse_object(body, shared.PUBLISHED)
    except Invalid:
        raise OrganisationUnreachable from None
