"""Standard Webhooks 1.0.0: sign a message, and for its receiver: check it and take it once.

This file needs the standard library alone and may be copied; `make client` puts it beside the client.

    receiver = Receiver(["whsec_…"])                 # two secrets while one replaces the other

    message = receiver.open(headers, body)           # the body as it came, before anybody parses it
    with receiver.taking(message) as first:
        if first:
            …                                        # fetch what it names by the API, and work on it
    # then answer 204; for WebhookRefused answer 401

A message comes at least once. `taking` says False for one that was taken before, and forgets it again when
the work fails, so that the next try is not lost. One that is being worked on is refused: with a 204 for it
the sender would be done, and the work may fail yet. It remembers in this process. Where there are restarts,
or several processes on one machine, give `kept=KeptInFile(path)`; on several machines three methods of your
own (`Kept`) on a database that they share.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

SECRET_PREFIX = "whsec_"  # noqa: S105 - how such a secret begins
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
TOLERANCE = 300
"""Seconds between the sender's clock and the receiver's: an older message is a replay."""
_SCHEME = "v1"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_DIGITS = re.compile(r"[0-9]{1,12}")
_MOST_SIGNATURES = 8
_LEAST_SECRET, _MOST_SECRET = 24, 64
_REMEMBERED = 100_000
_MONTH = 31 * 86_400


class WebhookRefused(Exception):
    """Not a message to work on. `reason` is one word for a log; it repeats nothing that was sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"webhook refused: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was checked. `data` names things by their ids; what they say is fetched by the API."""

    id: str
    type: str
    timestamp: str
    """When it happened (RFC 3339); the header says when it was sent."""
    data: Mapping[str, Any] = field(repr=False)


def key_of(secret: str) -> bytes:
    """The key of a `whsec_` secret; raises ValueError, which does not repeat it."""
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(SECRET_PREFIX) or not _LEAST_SECRET <= len(key) <= _MOST_SECRET:
        raise ValueError("a webhook secret starts with whsec_ and has 24 to 64 bytes in base64")
    return key


def sign(secrets: Sequence[str], *, message_id: str, timestamp: int, body: bytes) -> str:
    """The `webhook-signature` header: one signature for each secret, the newest first."""
    return " ".join(
        f"{_SCHEME},{base64.b64encode(_mac(key_of(secret), message_id, str(timestamp), body)).decode()}"
        for secret in secrets
    )


def open_message(
    headers: Mapping[str, str],
    body: bytes,
    secrets: Sequence[str],
    *,
    now: float,
    tolerance: int = TOLERANCE,
) -> Message:
    """Check a message: who signed it, that nothing was changed, and that it was sent just now.

    1. the three headers are there, each in its form;
    2. the time of sending is within the tolerance;
    3. one of the signatures is by one of the secrets, compared in constant time;
    4. the body is JSON with `type`, `timestamp` and `data`.

    Raises:
        WebhookRefused: missing, malformed, too_old, too_new, wrong_signature, not_json
    """
    found = {name.lower(): value for name, value in headers.items()}
    if any(name not in found for name in (ID, TIMESTAMP, SIGNATURE)):
        raise WebhookRefused("missing")
    message_id, sent, signatures = found[ID], found[TIMESTAMP], found[SIGNATURE].split(" ")
    if not _ID.fullmatch(message_id) or not _DIGITS.fullmatch(sent) or len(signatures) > _MOST_SIGNATURES:
        raise WebhookRefused("malformed")
    if int(sent) < now - tolerance:
        raise WebhookRefused("too_old")
    if int(sent) > now + tolerance:
        raise WebhookRefused("too_new")
    expected = [_mac(key_of(secret), message_id, sent, body) for secret in secrets]
    given = [each for text in signatures if (each := _decoded(text)) is not None]
    if True not in {hmac.compare_digest(one, other) for one in expected for other in given}:
        raise WebhookRefused("wrong_signature")
    return _read(message_id, body)


class Standing(Enum):
    """How it stands with a message that comes in."""

    FIRST = "first"
    UNDER_WAY = "under way"
    TAKEN = "taken"


class Kept(Protocol):
    """What remembers messages, for all processes that take them."""

    def begin(self, message_id: str) -> Standing:
        """FIRST for one of all that ask, and for nobody else until `give_up`; TAKEN after `done`."""

    def done(self, message_id: str) -> None:
        """The work is done. Keep it for a month: so long we may send again."""

    def give_up(self, message_id: str) -> None:
        """The work failed: the next one who asks is the first again."""


class KeptHere:
    """In the memory of this process; the newest hundred thousand."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Standing] = OrderedDict()
        self._turn = threading.Lock()

    def begin(self, message_id: str) -> Standing:
        with self._turn:
            known = self._known.get(message_id)
            if known is None:
                self._known[message_id] = Standing.UNDER_WAY
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
            return known or Standing.FIRST

    def done(self, message_id: str) -> None:
        with self._turn:
            self._known[message_id] = Standing.TAKEN

    def give_up(self, message_id: str) -> None:
        with self._turn:
            self._known.pop(message_id, None)


class KeptInFile:
    """In an SQLite file, for restarts and for several processes on one machine."""

    def __init__(self, path: Path, *, lease: float = 300.0, clock: Callable[[], float] = time.time) -> None:
        """Args:

        path: of the file; it is made.
        lease: seconds after which work that nobody ended is work of a process that died.
        clock: seconds since 1970.
        """
        self._path, self._lease, self._clock = path, lease, clock
        with self._open() as store:
            store.execute("CREATE TABLE IF NOT EXISTS taken (id TEXT PRIMARY KEY, until REAL, at REAL)")

    def begin(self, message_id: str) -> Standing:
        now = self._clock()
        with self._open() as store:
            store.execute("DELETE FROM taken WHERE at < ?", (now - _MONTH,))
            known = store.execute("SELECT until FROM taken WHERE id = ?", (message_id,)).fetchone()
            if known is not None and known[0] is None:
                return Standing.TAKEN
            if known is not None and known[0] > now:
                return Standing.UNDER_WAY
            store.execute("REPLACE INTO taken VALUES (?, ?, ?)", (message_id, now + self._lease, now))
            return Standing.FIRST

    def done(self, message_id: str) -> None:
        with self._open() as store:
            store.execute("REPLACE INTO taken VALUES (?, NULL, ?)", (message_id, self._clock()))

    def give_up(self, message_id: str) -> None:
        with self._open() as store:
            store.execute("DELETE FROM taken WHERE id = ?", (message_id,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other process is in at the same time."""
        with closing(sqlite3.connect(self._path, timeout=30, isolation_level=None)) as store:
            store.execute("BEGIN IMMEDIATE")
            yield store
            store.execute("COMMIT")


class Receiver:
    """Opens messages and takes each once. `secrets` are one, or two while a new one replaces the old."""

    def __init__(
        self,
        secrets: Sequence[str],
        *,
        kept: Kept | None = None,
        clock: Callable[[], float] = time.time,
        tolerance: int = TOLERANCE,
    ) -> None:
        for secret in secrets:
            key_of(secret)
        self._secrets, self._clock, self._tolerance = tuple(secrets), clock, tolerance
        self._kept = kept or KeptHere()

    def __repr__(self) -> str:
        return "Receiver()"

    def open(self, headers: Mapping[str, str], body: bytes) -> Message:
        """The message, checked; raises WebhookRefused."""
        return open_message(headers, body, self._secrets, now=self._clock(), tolerance=self._tolerance)

    @contextmanager
    def taking(self, message: Message) -> Iterator[bool]:
        """True for the first time that a message is taken; what fails in here lets it be taken again.

        Raises:
            WebhookRefused: under_way, it is being worked on at this moment; its sender tries again.
        """
        standing = self._kept.begin(message.id)
        if standing is Standing.UNDER_WAY:
            raise WebhookRefused("under_way")
        if standing is Standing.TAKEN:
            yield False
            return
        try:
            yield True
        except BaseException:
            self._kept.give_up(message.id)
            raise
        self._kept.done(message.id)


def _mac(key: bytes, message_id: str, timestamp: str, body: bytes) -> bytes:
    return hmac.digest(key, b".".join((message_id.encode(), timestamp.encode(), body)), hashlib.sha256)


def _decoded(text: str) -> bytes | None:
    scheme, _, value = text.partition(",")
    if scheme != _SCHEME:
        return None  # of another scheme, such as v1a
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None


def _read(message_id: str, body: bytes) -> Message:
    try:
        content = json.loads(body)
        type_, timestamp, data = content["type"], content["timestamp"], content["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise WebhookRefused("not_json") from None
    if not isinstance(type_, str) or not isinstance(timestamp, str) or not isinstance(data, dict):
        raise WebhookRefused("not_json")
    return Message(message_id, type_, timestamp, data)
