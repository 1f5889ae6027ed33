"""Wait on this machine for a browser that comes back from an issuer: for commands, which have no pages.

A listener of the system's choice of port, on the loopback address, for one visit at one path (RFC 8252, 7.3).
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from wallet.core import limits
from wallet.errors_claiming import SignInOver

_LONGEST = 16_384
_A_MOMENT = 5.0
"""Seconds for a browser to say all that it wants, once it is there."""
_LEAST = 0.001
_PAGE = (
    "<!doctype html><meta charset=utf-8><title>Skills passport</title>"
    "<p>U kunt dit venster sluiten en teruggaan naar uw terminal."
    "<p lang=en>You can close this window and go back to your terminal."
)


@dataclass(frozen=True, slots=True)
class Listener:
    """Listens at `base`."""

    base: str
    _socket: socket.socket

    def wait(self, path: str, *, seconds: float = limits.SIGN_IN) -> str:
        """The whole address with which a browser came to `path`; visits elsewhere get nothing.

        Raises:
            SignInOver: nobody came in time.
        """
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                visitor, _ = self._socket.accept()
            except TimeoutError:
                break
            with visitor:
                target = _target(visitor, self.base)
                if target is not None and target.partition("?")[0] == path:
                    _answer(visitor, "200 OK", _PAGE)
                    return f"{self.base}{target}"
                _answer(visitor, "404 Not Found", "")
        raise SignInOver


@contextmanager
def listening() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as opened:
        yield Listener(f"http://127.0.0.1:{opened.getsockname()[1]}", opened)


def _target(visitor: socket.socket, base: str) -> str | None:
    """What is asked for by GET, by a browser that came to this very address; None for anything else."""
    ends = time.monotonic() + _A_MOMENT
    head = b""
    try:
        while b"\r\n\r\n" not in head and len(head) < _LONGEST:
            visitor.settimeout(max(ends - time.monotonic(), _LEAST))
            part = visitor.recv(4_096)
            if not part or time.monotonic() > ends:
                return None
            head += part
        first, *others = head.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    except (OSError, UnicodeDecodeError):
        return None
    method, _, rest = first.partition(" ")
    hosts = [line.partition(":")[2].strip() for line in others if line.lower().startswith("host:")]
    if method != "GET" or hosts != [base.removeprefix("http://")]:
        return None
    return rest.partition(" ")[0]


def _answer(visitor: socket.socket, status: str, page: str) -> None:
    body = page.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
        "Referrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
    )
    try:
        visitor.sendall(head.encode("ascii") + body)
    except OSError:
        return  # it went away; what it brought is here
