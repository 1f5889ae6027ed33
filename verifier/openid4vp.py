"""Transactions: requests over OpenID4VP, kept until they are answered, refused or over."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from passport.keys import generate_agreement_key, load_agreement_key
from passport.openid4vp.dcql import DcqlQuery
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.request_build import DIRECT_POST_JWT, Asking
from passport.openid4vp.response_read import Encryption
from passport.storage.sealing import MasterKey
from verifier import requests
from verifier.errors import (
    FetchedTooOften,
    NoSuchTransaction,
    RequestAnswered,
    RequestExpired,
    TransactionRefused,
    WrongResponseCode,
)
from verifier.openid4vp_asking import Chosen, asking_of, enc_values
from verifier.openid4vp_records import SentRequest, Transaction
from verifier.openid4vp_states import Answered, Created, Expired, Fetched, Received, Refused, State
from verifier.records import Employer, Report

_BYTES = 16
MOST_FETCHES = 8
"""Of one request: a wallet reads it once or twice, and a second wallet may try."""
_KEPT = timedelta(days=1)
_COLLECT = timedelta(minutes=10)
"""After the end of a request: time to come back from the wallet."""


class Transactions:
    def __init__(self, master_key: MasterKey, origin: str) -> None:
        self._master_key = master_key
        self._origin = origin

    async def create(
        self,
        employer: Employer,
        request: requests.Created,
        chosen: Chosen,
        now: datetime,
        *,
        return_to: str | None = None,
        session: str | None = None,
    ) -> Created:
        """A new way to answer a request, with a nonce, a state and a key of its own.

        Args:
            employer: who asks.
            request: what the answer is for; it ends when that does.
            chosen: how it is asked.
            now: the present moment.
            return_to: where the wallet sends the browser back to (same device); None for another device.
            session: the sign-in session that may collect the answer, on our own page for that.
        """
        identifier = secrets.token_urlsafe(_BYTES)
        if session is not None:
            return_to = f"{self._origin}/openid4vp/{identifier}/return"
        key = generate_agreement_key() if chosen.response_mode == DIRECT_POST_JWT else None
        asking = asking_of(
            chosen,
            employer,
            response_uri=f"{self._origin}/openid4vp/{identifier}/response",
            nonce=secrets.token_urlsafe(_BYTES),
            state=secrets.token_urlsafe(_BYTES),
            encryption_key=None if key is None else key.public_key,
        )
        record = Transaction(
            id=identifier,
            employer=employer.id,
            request=request.id,
            sent=SentRequest(
                client_id=asking.client_id,
                response_mode=asking.response_mode,
                nonce=asking.nonce,
                state=asking.state,
                query=asking.query.to_json(),
                client_metadata=asking.client_metadata,
                of_profile=chosen.of_profile,
                sealed_key=None if key is None else self._master_key.seal(key.secret, _place(identifier)),
            ),
            return_to=return_to,
            session=session,
            created_at=now,
            valid_until=request.valid_until,
        )
        await record.insert()
        return self._created(record)

    def request_uri(self, created: Created) -> str:
        return f"{self._origin}/openid4vp/{created.id}/request"

    async def get(self, identifier: str, now: datetime, employer: Employer | None = None) -> State:
        """The transaction in its state; raises NoSuchTransaction, also for somebody else's."""
        record = await _record(identifier)
        if employer is not None and record.employer != employer.id:
            raise NoSuchTransaction
        common = {"id": record.id, "employer": record.employer, "request": record.request}
        # the report under the request's id is the answer, whichever way it came
        if record.status == "answered" or await Report.get(record.request) is not None:
            return Answered(**common, report=record.request)
        if record.status == "refused":
            return Refused(**common, error=record.error or "")
        if record.status == "received" and now < record.valid_until + _COLLECT:
            return Received(**common, held=record.held or {})
        if now >= record.valid_until:
            return Expired(**common)
        return self._created(record)

    async def open(self, identifier: str, now: datetime) -> Created:
        """The transaction if it waits for its answer.

        Raises:
            NoSuchTransaction, RequestAnswered, RequestExpired, TransactionRefused
        """
        match await self.get(identifier, now):
            case Created() as created:
                return created
            case Answered() | Received():
                raise RequestAnswered
            case Refused():
                raise TransactionRefused
            case Expired():
                raise RequestExpired

    async def fetched(self, created: Created) -> Created:
        """A wallet reads it.

        Raises:
            FetchedTooOften, RequestAnswered
        """
        changed = await _change(
            created,
            {"status": {"$in": ["created", "fetched"]}, "fetches": {"$lt": MOST_FETCHES}},
            {"$set": {"status": "fetched"}, "$inc": {"fetches": 1}},
        )
        if not changed:
            raise FetchedTooOften(limit=MOST_FETCHES)
        return created

    async def received(self, created: Created, content: dict[str, Any]) -> str:
        """Keep an answer for the browser that began it; the code with which that collects it.

        Raises:
            RequestAnswered: somebody was first.
        """
        code = secrets.token_urlsafe(_BYTES)
        await self._close(created, {"status": "received", "held": content, "response_code": _digest(code)})
        return code

    async def answered(self, created: Created) -> None:
        """Say that its report is there, which was inserted under the request's id before."""
        await _change(created, {"status": {"$in": ["created", "fetched"]}}, {"$set": {"status": "answered"}})

    async def refused(self, created: Created, error: str) -> None:
        """The wallet says no; raises RequestAnswered where it said something else before."""
        await self._close(created, {"status": "refused", "error": error})

    async def check_code(self, received: Received, code: str, session: str | None) -> None:
        """Whether the browser that began it has come back, with the code that its wallet was given.

        Raises:
            WrongResponseCode: whatever of it is not right.
        """
        record = await _record(received.id)
        known = hmac.compare_digest((record.response_code or "").encode(), _digest(code).encode())
        if not known or record.session != session:
            raise WrongResponseCode

    async def collected(self, received: Received) -> None:
        """Say that its report is there, which was inserted before: that insert is what uses the code up."""
        await _change(
            received,
            {"status": "received"},
            {"$set": {"status": "answered", "held": None, "response_code": None}},
        )

    async def _close(self, created: Created, values: dict[str, Any]) -> None:
        changed = await _change(created, {"status": {"$in": ["created", "fetched"]}}, {"$set": values})
        if not changed:
            raise RequestAnswered

    def _created(self, record: Transaction) -> Created:
        sent = record.sent
        kind = Fetched if record.status == "fetched" else Created
        return kind(
            id=record.id,
            employer=record.employer,
            request=record.request,
            asking=Asking(
                client_id=sent.client_id,
                response_uri=f"{self._origin}/openid4vp/{record.id}/response",
                response_mode=sent.response_mode,
                nonce=sent.nonce,
                state=sent.state,
                query=_query(sent),
                client_metadata=sent.client_metadata,
            ),
            encryption=self._encryption(record),
            return_to=record.return_to,
            valid_until=record.valid_until,
            of_profile=sent.of_profile,
        )

    def _encryption(self, record: Transaction) -> Encryption | None:
        if record.sent.sealed_key is None:
            return None
        secret = self._master_key.unseal(record.sent.sealed_key, _place(record.id))
        return Encryption(
            load_agreement_key(secret), kid_of(record.sent), enc_values(record.sent.client_metadata)
        )


def kid_of(sent: SentRequest) -> str:
    kid: str = sent.client_metadata["jwks"]["keys"][0]["kid"]
    return kid


async def close_transactions(request: str) -> None:
    """The ways to answer a request whose report is being deleted: what is held becomes no other one."""
    await Transaction.find({"request": request}).update(
        {"$set": {"status": "answered", "held": None, "response_code": None}}
    )


async def forget_transactions(now: datetime) -> None:
    """Sweep what is over: nothing of an answer is kept longer than a day beside its report."""
    await Transaction.find({"valid_until": {"$lte": now - _KEPT}}).delete()


async def _record(identifier: str) -> Transaction:
    record = await Transaction.get(identifier) if len(identifier) <= 22 else None  # noqa: PLR2004
    if record is None:
        raise NoSuchTransaction
    return record


async def _change(state: Created | Received, where: dict[str, Any], what: dict[str, Any]) -> bool:
    found = await Transaction.get_pymongo_collection().find_one_and_update({"_id": state.id, **where}, what)
    return found is not None


def _query(sent: SentRequest) -> DcqlQuery:
    return parse_dcql(sent.query)


def _place(identifier: str) -> str:
    return f"openid4vp/{identifier}"


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
