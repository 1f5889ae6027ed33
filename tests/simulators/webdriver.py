"""WebDriver (W3C) to a browser: over HTTP to a driver beside it, or as Marionette over a socket to Firefox itself.

Both know the same commands. Firefox needs no program between, so what Debian has is enough.
"""

import itertools
import json
import socket
from dataclasses import dataclass, field
from typing import Protocol

import httpx

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""By what name WebDriver tells of an element (§ 12.1)."""
SECONDS = 180
_OVER_HTTP = {
    "NewSession": ("POST", "/session"),
    "DeleteSession": ("DELETE", "/session/{session}"),
    "Navigate": ("POST", "/session/{session}/url"),
    "ExecuteScript": ("POST", "/session/{session}/execute/sync"),
    "ExecuteAsyncScript": ("POST", "/session/{session}/execute/async"),
    "SetTimeouts": ("POST", "/session/{session}/timeouts"),
    "SetWindowRect": ("POST", "/session/{session}/window/rect"),
    "TakeScreenshot": ("GET", "/session/{session}/screenshot"),
    "FindElements": ("POST", "/session/{session}/elements"),
    "ElementClick": ("POST", "/session/{session}/element/{id}/click"),
    "ElementSendKeys": ("POST", "/session/{session}/element/{id}/value"),
}


class Refused(AssertionError):
    """The browser did not do what was asked."""


class Wire(Protocol):
    def __call__(self, command: str, **values: object) -> object: ...


@dataclass(slots=True)
class OverHttp:
    address: str
    session: str = ""

    def __call__(self, command: str, **values: object) -> object:
        method, path = _OVER_HTTP[command]
        path = path.format(session=self.session, **values)
        values.pop("id", None)
        answer = httpx.request(
            method, self.address + path, json=values if method == "POST" else None, timeout=SECONDS
        )
        value = answer.json()["value"]
        if answer.is_error:
            raise Refused(command, value)
        if command == "NewSession":
            self.session = value["sessionId"]
        return value


@dataclass(slots=True)
class Marionette:
    """Each message is its length in bytes, a colon and JSON: [0, number, name, values], [1, number, error, value]."""

    connected: socket.socket
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.connected.settimeout(SECONDS)
        self._read()  # it says first who it is

    def __call__(self, command: str, **values: object) -> object:
        number = next(self.numbers)
        named = command if ":" in command else f"WebDriver:{command}"
        text = json.dumps([0, number, named, values]).encode()
        self.connected.sendall(b"%d:%s" % (len(text), text))
        _, _, error, value = self._read()
        if error:
            raise Refused(command, error)
        return value["value"] if isinstance(value, dict) and set(value) == {"value"} else value

    def _read(self) -> list:
        length = b""
        while not length.endswith(b":"):
            length += self._some(1)
        return json.loads(self._some(int(length[:-1])))

    def _some(self, size: int) -> bytes:
        found = bytearray()
        while len(found) < size:
            part = self.connected.recv(min(size - len(found), 1 << 16))
            if not part:
                raise Refused("the browser has gone")
            found += part
        return bytes(found)
