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
the sender would be done, and the work may fail yet. It remembers in this process; give `remember` and
`forget` of your own store (an insert on a unique key) where there are several processes or restarts.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

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


class Receiver:
    """Opens messages and takes each once. `secrets` are one, or two while a new one replaces the old."""

    def __init__(
        self,
        secrets: Sequence[str],
        *,
        remember: Callable[[str], bool] | None = None,
        forget: Callable[[str], None] | None = None,
        clock: Callable[[], float] = time.time,
        tolerance: int = TOLERANCE,
    ) -> None:
        """Args:

        remember: keeps an id; False when it was kept before. Keep ids for a month: so long we may send again.
        forget: lets go of an id whose work failed.
        """
        for secret in secrets:
            key_of(secret)
        self._secrets, self._clock, self._tolerance = tuple(secrets), clock, tolerance
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._under_way: set[str] = set()
        self._turn = threading.Lock()
        self._remember = remember or self._keep
        self._forget = forget or self._drop

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
        with self._turn:
            if message.id in self._under_way:
                raise WebhookRefused("under_way")
            first = self._remember(message.id)
            self._under_way.add(message.id)
        try:
            yield first
        except BaseException:
            if first:
                self._forget(message.id)
            raise
        finally:
            with self._turn:
                self._under_way.discard(message.id)

    def _keep(self, message_id: str) -> bool:
        if message_id in self._seen:
            return False
        self._seen[message_id] = None
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return True

    def _drop(self, message_id: str) -> None:
        self._seen.pop(message_id, None)


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
