"""Whose program is at the other end of a connection: the wallet is for its own user's browser alone.

A cookie belongs to a host and not to a port (RFC 6265, section 8.5). Somebody else of this machine may
listen on another port of 127.0.0.1 and have the person's browser come there: it brings the wallet's cookie
along. So the cookie alone opens nothing. Linux says of which user each socket is; where no system says it,
the cookie decides.
"""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from uvicorn.protocols.http.h11_impl import H11Protocol

Address = tuple[str, int]

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_ESTABLISHED = 1
_ROOT = 0
_WIDTH = 8
"""Hexadecimal digits of an IPv4 address, which may be the end of a longer one (RFC 4291, 2.5.5)."""
_SAID = b"This wallet is of another user of this computer. It answers only them.\n"
_REFUSAL = (
    b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n"
    b"Connection: close\r\n\r\n%s" % (len(_SAID), _SAID)
)


@dataclass(frozen=True, slots=True)
class _Row:
    local: str
    remote: str
    state: int
    user: int
    inode: int


def is_ours(peer: Address, own: Address, *, user: int, tables: tuple[Path, ...] = _TABLES) -> bool:
    """Whether a program of this `user`, or of root, made the connection from `peer` to `own`, both IPv4.

    True as well where the system doesn't say, and where the program is outside of it, as a browser of
    Windows is when the wallet runs in its Linux.
    """
    rows = _rows(tables)
    if rows is None:
        return True
    theirs = [row for row in rows if (row.local, row.remote) == (_written(peer), _written(own))]
    if theirs:
        # a socket that its program has left is of nobody any more, and the table says 0 for its user
        return any(row.inode and row.user in {user, _ROOT} for row in theirs)
    # it left while the table was read, or was never of this system: then our end is still connected
    again = _rows(tables) or ()
    ends = [row for row in again if (row.local, row.remote) == (_written(own), _written(peer))]
    return any(row.state == _ESTABLISHED for row in ends)


class OwnUsersConnections(H11Protocol):
    """HTTP for programs of the user who runs this one."""

    _refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        peer, own = transport.get_extra_info("peername"), transport.get_extra_info("sockname")
        if is_ours(peer[:2], own[:2], user=os.geteuid()):
            super().connection_made(transport)
            return
        self._refused = True
        transport.write(_REFUSAL)
        transport.close()

    def data_received(self, data: bytes) -> None:
        if not self._refused:
            super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._refused:
            super().connection_lost(exc)

    def eof_received(self) -> None:
        if not self._refused:
            super().eof_received()


def _rows(tables: tuple[Path, ...]) -> tuple[_Row, ...] | None:
    try:
        return (
            tuple(row for table in tables if table.exists() for row in _parsed(table.read_text("ascii")))
            or None
        )
    except (OSError, ValueError, IndexError):
        return None


def _parsed(table: str) -> Iterator[_Row]:
    """The lines of proc(5), /proc/net/tcp: numbers are hexadecimal, but for the user and the inode."""
    for line in table.splitlines()[1:]:
        words = line.split()
        yield _Row(_short(words[1]), _short(words[2]), int(words[3], 16), int(words[7]), int(words[9]))


def _short(place: str) -> str:
    address, _, port = place.partition(":")
    return f"{address[-_WIDTH:]}:{port}"


def _written(place: Address) -> str:
    host, port = place
    return f"{bytes(reversed([int(part) for part in host.split('.')])).hex().upper()}:{port:04X}"
