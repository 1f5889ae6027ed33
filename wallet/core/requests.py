"""Requests that somebody put to the wallet: verified, kept while they are open, answered at most once."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from passport.clock import format_datetime, parse_datetime
from passport.dids.host import did_web_host
from passport.documents import Documents
from passport.errors import Invalid
from passport.errors.evidence import (
    FunctionProfileExpired,
    MalformedFunctionProfile,
    MalformedPresentationRequest,
    PresentationRequestExpired,
    PresentationRequestNotYetValid,
)
from passport.evidence.request import (
    PresentationRequest,
    parse_presentation_request,
    verify_presentation_request,
)
from passport.verification import Context
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors import RequestClosed, RequestNotGenuine, UnknownRecord, UnknownRequest

_FORGET_AFTER = timedelta(days=1)
"""A closed request is remembered so long, so that it can't be put twice."""
_WHOLE_HOST = 2
"""Colons of a did:web without a path."""
_TIMELY = (PresentationRequestExpired, PresentationRequestNotYetValid, FunctionProfileExpired)
_MALFORMED = (MalformedPresentationRequest, MalformedFunctionProfile)


class State(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request whose signature held when it came in."""

    id: str
    """The wallet's own name for it."""
    request: PresentationRequest
    state: State

    @property
    def host(self) -> str | None:
        """The host that the asker proved to be: that of its did:web. None where nothing proves a host."""
        return did_web_host(self.request.verifier)


def take_request(wallet: Wallet, source: bytes, documents: Documents) -> OpenRequest:
    """Verify a request and keep it open; nothing is answered by this.

    Raises:
        RequestNotGenuine: the signature, the publisher or the host is not what it says.
        RequestClosed: expired, or answered or refused before.
        Indeterminate: the asker's key could not be fetched.
    """
    identifier = hashlib.sha256(source).hexdigest()[:32]
    kept = wallet.vault.of_kind(Kind.REQUEST)
    if identifier in kept and json.loads(kept[identifier])["state"] != State.OPEN:
        raise RequestClosed
    found = _verify(wallet, source, documents)
    if any(
        record["request"] == found.id and record["state"] != State.OPEN
        for record in map(json.loads, kept.values())
    ):
        raise RequestClosed
    wallet.save({(Kind.REQUEST, identifier): _record(source, found, State.OPEN)}, remove=_forgotten(wallet))
    return OpenRequest(identifier, found, State.OPEN)


def open_request(wallet: Wallet, identifier: str) -> OpenRequest:
    """A request as it was taken in; raises UnknownRequest."""
    try:
        record = json.loads(wallet.vault.get(Kind.REQUEST, identifier))
    except UnknownRecord:
        raise UnknownRequest from None
    request = parse_presentation_request(record["source"].encode("utf-8"))
    return OpenRequest(identifier, request, State(record["state"]))


def open_requests(wallet: Wallet) -> tuple[OpenRequest, ...]:
    """All that wait for the person, the one that ends first in front."""
    found = (open_request(wallet, identifier) for identifier in wallet.vault.of_kind(Kind.REQUEST))
    waiting = (one for one in found if one.state is State.OPEN and one.request.valid_until > wallet.now())
    return tuple(sorted(waiting, key=lambda one: one.request.valid_until))


def still_open(wallet: Wallet, identifier: str, documents: Documents) -> OpenRequest:
    """The request, verified again at this moment, right before it is answered.

    Raises:
        UnknownRequest, RequestClosed, RequestNotGenuine.
    """
    found = open_request(wallet, identifier)
    if found.state is not State.OPEN:
        raise RequestClosed
    record = json.loads(wallet.vault.get(Kind.REQUEST, identifier))
    _verify(wallet, record["source"].encode("utf-8"), documents)
    return found


def closed_record(wallet: Wallet, identifier: str, state: State) -> dict[tuple[str, str], bytes]:
    """The record of a request that was answered or refused."""
    found = open_request(wallet, identifier)
    record = json.loads(wallet.vault.get(Kind.REQUEST, identifier))
    return {(Kind.REQUEST, identifier): _record(record["source"].encode("utf-8"), found.request, state)}


def _verify(wallet: Wallet, source: bytes, documents: Documents) -> PresentationRequest:
    try:
        request = verify_presentation_request(source, context=Context(documents, wallet.now()))
    except _TIMELY as error:
        raise RequestClosed from error
    except _MALFORMED:
        raise
    except Invalid as error:
        raise RequestNotGenuine from error
    if not _speaks_for(request.verifier, request.domain):
        raise RequestNotGenuine
    return request


def _speaks_for(verifier: str, domain: str) -> bool:
    """Whether an answer for this domain is for this asker and nobody else.

    A DID proves itself: with the domain and challenge of somebody else it would pass the answer on as its
    own. Only a did:web that is a whole host speaks for that host as well: below a host there may be others.
    """
    if domain == verifier:
        return True
    host = did_web_host(verifier)
    if host is None or verifier.count(":") != _WHOLE_HOST:
        return False
    try:
        return host == urlsplit(domain if "://" in domain else f"//{domain}").netloc.lower()
    except ValueError:
        return False


def _record(source: bytes, request: PresentationRequest, state: State) -> bytes:
    return as_json(
        {
            "source": source.decode("utf-8"),
            "request": request.id,
            "state": state,
            "until": format_datetime(request.valid_until),
        }
    )


def _forgotten(wallet: Wallet) -> frozenset[tuple[str, str]]:
    """Requests that nobody can put again, since they ended long ago."""
    before = wallet.now() - _FORGET_AFTER
    return frozenset(
        (Kind.REQUEST, identifier)
        for identifier, data in wallet.vault.of_kind(Kind.REQUEST).items()
        if _until(data) < before
    )


def _until(data: bytes) -> datetime:
    return parse_datetime(json.loads(data)["until"])
