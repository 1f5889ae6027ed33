"""The documents in a large body: the items of a JSON array, or the lines of NDJSON, one at a time.

Only where one ends and the next begins is looked at here; each is read strictly where it is verified.
"""

import json
import re
from collections.abc import AsyncIterator
from typing import BinaryIO

from passport import limits
from passport.errors import JsonTooLarge, MalformedJson
from passport.workers import Refused

_PIECE = 65_536
_MOST = limits.PRESENTATION.size
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{},]|"', re.DOTALL)


async def lines(file: BinaryIO) -> AsyncIterator[bytes | Refused]:
    """NDJSON: one document on each line; empty lines are passed over."""
    while line := file.readline(_MOST + 1):
        if len(line) > _MOST:
            while line and not line.endswith(b"\n"):
                line = file.readline(_MOST)
            yield Refused.of(JsonTooLarge(limit=_MOST))
        elif line.strip():
            yield document(line.strip())


async def items(file: BinaryIO) -> AsyncIterator[bytes | Refused]:
    """A JSON array: each of its items. Where the array itself is broken, the last outcome says so."""
    splitter = _Splitter()
    while piece := file.read(_PIECE):
        for found in splitter.feed(piece):
            yield found
        if splitter.broken:
            break
    if not splitter.complete:
        yield Refused.of(splitter.error)


def document(text: bytes) -> bytes | Refused:
    """A token stands in a JSON string, anything else as it is."""
    if not text.startswith(b'"'):
        return text
    try:
        return str(json.loads(text)).encode("utf-8")
    except ValueError:
        return Refused.of(MalformedJson())


class _Splitter:
    """Finds the items of one array by its brackets and commas; strings are passed over whole."""

    def __init__(self) -> None:
        self.complete = self.broken = False
        self.error: MalformedJson | JsonTooLarge = MalformedJson()
        self._rest = b""
        self._scanned = 0
        self._begin = 0
        self._depth = 0
        self._count = 0

    def feed(self, piece: bytes) -> list[bytes | Refused]:
        if self.complete and piece.strip():
            self._break(MalformedJson())
            return []
        self._rest += piece
        found: list[bytes | Refused] = []
        position = self._scanned
        while not self.broken and (token := _TOKEN.search(self._rest, position)):
            if token[0] == b'"':  # a string that does not end here: look again from its quote
                position = token.start()
                break
            position = token.end()
            if not token[0].startswith(b'"'):
                self._mark(token[0], token.start(), found)
        else:
            position = max(position, len(self._rest))
        self._rest, self._scanned, self._begin = self._rest[self._begin :], position - self._begin, 0
        if len(self._rest) > _MOST + _PIECE and not self.complete:
            self._break(JsonTooLarge(limit=_MOST))
        return found

    def _mark(self, mark: bytes, at: int, found: list[bytes | Refused]) -> None:
        if self._depth == 0:
            if mark != b"[" or self._rest[:at].strip() or self.complete:
                self._break(MalformedJson())
                return
            self._depth, self._begin = 1, at + 1
            return
        if mark in b"[{":
            self._depth += 1
        elif mark in b"]}":
            self._depth -= 1
        if self._depth == 0 or (self._depth == 1 and mark == b","):
            self._take(at, found, last=self._depth == 0)

    def _take(self, at: int, found: list[bytes | Refused], *, last: bool) -> None:
        text = self._rest[self._begin : at].strip()
        self._begin = at + 1
        if last:
            self.complete = True
            if self._rest[at + 1 :].strip():
                self._break(MalformedJson())
            if not text and not self._count:
                return
        self._count += 1
        found.append(document(text) if text else Refused.of(MalformedJson()))

    def _break(self, error: MalformedJson | JsonTooLarge) -> None:
        self.broken, self.complete, self.error = True, False, error
