"""Requests by OpenID4VP: verified, kept while they are open, answered at most once.

Who asks and the nonce name a request: the same two again, with anything else around them, are refused, and
for a month after it is closed.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from passport.clock import format_datetime, parse_datetime
from passport.documents import Documents
from passport.errors import PassportError
from passport.errors.openid4vp import RequestReplayed
from passport.evidence.profile import FunctionProfile, verify_function_profile
from passport.openid4vp.client_id import parse_client_id
from passport.openid4vp.limits import REQUEST
from passport.openid4vp.profile_reference import profile_in
from passport.openid4vp.request_link import RequestLink
from passport.openid4vp.request_object import VerifiedRequest, verify_plain_request, verify_request_object
from passport.openid4vp.request_parameters import parse_link_parameters
from passport.verification import Context
from passport.x509 import Certificates
from wallet.core.requests import State
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors import RequestClosed, UnknownRequest

_REMEMBERED = timedelta(seconds=REQUEST.remembered)


@dataclass(frozen=True, slots=True)
class VpRequest:
    """A request that held when it came in."""

    id: str
    """The wallet's own name for it."""
    verified: VerifiedRequest
    state: State
    until: datetime
    wallet_nonce: str | None = field(repr=False)
    profile: FunctionProfile | None = None
    """The function profile that the request was made from, where its publisher signed it."""

    @property
    def host(self) -> str:
        """Where the answer goes, in ASCII as it goes over the wire, with its port."""
        return urlsplit(self.verified.request.response_uri).netloc.lower()


def take_vp_request(
    wallet: Wallet,
    link: RequestLink,
    token: str | None,
    *,
    documents: Documents,
    certificates: Certificates,
    wallet_nonce: str | None = None,
    check_address: Callable[[str], object] = str,
) -> VpRequest:
    """Verify a request and keep it open; nothing is answered by this.

    Args:
        wallet: who is asked.
        link: what was scanned or opened.
        token: the request object that was fetched or given; None where the link holds the request itself.
        documents: DID documents at hand.
        certificates: the host's way to check chains.
        wallet_nonce: what was sent when it was fetched.
        check_address: refuses an address that the host would not send to, so that nobody is asked in vain.

    Raises:
        RequestClosed: answered or refused before, or over.
        RequestReplayed: the nonce of an earlier request of this client, with other contents.
        RequestRefused, Invalid, Indeterminate: what verifying it raises.
    """
    source: dict[str, object] = {
        "client_id": str(link.client_id),
        "token": token,
        "parameters": None if link.parameters is None else dict(link.parameters),
        "wallet_nonce": wallet_nonce,
        "uri": link.uri,
    }
    verified = _verify(source, documents, certificates, wallet.now())
    check_address(verified.request.response_uri)
    identifier = _identifier(verified)
    kept = wallet.vault.of_kind(Kind.VP_REQUEST).get(identifier)
    if kept is not None:
        record = json.loads(kept)
        if record["state"] != State.OPEN:
            raise RequestClosed
        if parse_datetime(record["until"]) <= wallet.now():
            raise RequestClosed
        first = _verify(record["source"], documents, certificates, wallet.now())
        if _asked(first) != _asked(verified):
            raise RequestReplayed
        return _open(identifier, record, first, documents, wallet.now())
    record = {"source": source, "state": State.OPEN, "until": format_datetime(verified.expires)}
    wallet.save({(Kind.VP_REQUEST, identifier): as_json(record)}, remove=_forgotten(wallet))
    return _open(identifier, record, verified, documents, wallet.now())


def vp_request(
    wallet: Wallet, identifier: str, *, documents: Documents, certificates: Certificates
) -> VpRequest:
    """A request that waits for the person, verified again at this moment.

    Raises:
        UnknownRequest, RequestClosed
        RequestRefused, Invalid, Indeterminate: it no longer holds.
    """
    kept = wallet.vault.of_kind(Kind.VP_REQUEST).get(identifier)
    if kept is None:
        raise UnknownRequest
    record = json.loads(kept)
    if record["state"] != State.OPEN or parse_datetime(record["until"]) <= wallet.now():
        raise RequestClosed
    verified = _verify(record["source"], documents, certificates, wallet.now())
    return _open(identifier, record, verified, documents, wallet.now())


def closed_vp_request(wallet: Wallet, identifier: str, state: State) -> Records:
    """The record of a request that was answered or refused: what was asked is no longer kept."""
    record = json.loads(wallet.vault.get(Kind.VP_REQUEST, identifier))
    return {(Kind.VP_REQUEST, identifier): as_json({**record, "source": None, "state": state})}


def _verify(
    source: dict[str, object], documents: Documents, certificates: Certificates, now: datetime
) -> VerifiedRequest:
    parameters, token = source["parameters"], source["token"]
    nonce, uri = source["wallet_nonce"], source["uri"]
    if isinstance(parameters, dict):
        return verify_plain_request(parse_link_parameters(parameters), now=now)
    return verify_request_object(
        str(token),
        client_id=parse_client_id(source["client_id"]),
        documents=documents,
        certificates=certificates,
        now=now,
        wallet_nonce=None if nonce is None else str(nonce),
        request_uri=None if uri is None else str(uri),
    )


def _identifier(verified: VerifiedRequest) -> str:
    named = json.dumps([str(verified.request.client_id), verified.request.nonce])
    return hashlib.sha256(named.encode("utf-8")).hexdigest()[:32]


def _asked(verified: VerifiedRequest) -> tuple[object, object]:
    """What was asked, and from which profile; who looks twice gets it signed anew, at another moment."""
    return verified.request, profile_in(verified.request.members)


def _open(
    identifier: str, record: dict[str, Any], verified: VerifiedRequest, documents: Documents, now: datetime
) -> VpRequest:
    return VpRequest(
        id=identifier,
        verified=verified,
        state=State(record["state"]),
        until=parse_datetime(record["until"]),
        wallet_nonce=record["source"]["wallet_nonce"],
        profile=_profile(verified, documents, now),
    )


def _profile(verified: VerifiedRequest, documents: Documents, now: datetime) -> FunctionProfile | None:
    """What can't be verified says nothing: the query stands by itself."""
    document = profile_in(verified.request.members)
    if document is None:
        return None
    try:
        return verify_function_profile(document, context=Context(documents, now))
    except PassportError:
        return None


def _forgotten(wallet: Wallet) -> frozenset[tuple[str, str]]:
    """Those that ended long ago, and the oldest where there are too many."""
    ends = {
        identifier: parse_datetime(json.loads(data)["until"])
        for identifier, data in wallet.vault.of_kind(Kind.VP_REQUEST).items()
    }
    oldest_first = sorted(ends, key=lambda each: ends[each])
    many = set(oldest_first[: max(0, len(ends) - REQUEST.kept + 1)])
    before = wallet.now() - _REMEMBERED
    return frozenset((Kind.VP_REQUEST, each) for each in ends if each in many or ends[each] < before)
