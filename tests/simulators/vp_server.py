"""A verifier on loopback: hands out request objects, right or wrong, and keeps what wallets send."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode

from tests.simulators.vp_asking import DidVerifier

REQUEST_TYPE = "application/oauth-authz-req+jwt"


@dataclass
class VpServer:
    """What it says, and what it got. `request` overrides what stands at the request_uri."""

    url: str
    verifier: DidVerifier = field(default_factory=DidVerifier)
    asked: dict[str, Any] = field(default_factory=dict)
    """Members of the request."""
    request: bytes | None = None
    request_type: str = REQUEST_TYPE
    request_status: int = 200
    answer: dict[str, Any] = field(default_factory=dict)
    answer_status: int = 200
    got: list[dict[str, list[str]]] = field(default_factory=list)
    """Bodies that came to the response_uri."""
    fetched: list[dict[str, list[str]]] = field(default_factory=list)
    """Bodies that came to the request_uri."""

    def link(self, *, post: bool = False, scheme: str = "openid4vp://") -> str:
        named = {"client_id": self.verifier.client_id, "request_uri": f"{self.url}/request"}
        return f"{scheme}?{urlencode({**named, **({'request_uri_method': 'post'} if post else {})})}"

    def request_object(self, wallet_nonce: str | None) -> bytes:
        members = {"response_uri": f"{self.url}/answer", "iat": None, "exp": None, **self.asked}
        if wallet_nonce is not None:
            members.setdefault("wallet_nonce", wallet_nonce)
        return self.verifier.request(**members).encode()


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_GET(self) -> None:
        self._request(None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = parse_qs(body, keep_blank_values=True)
        if self.path == "/request":
            self.server.verifier.fetched.append(form)
            self._request(form.get("wallet_nonce", [""])[0])
            return
        self.server.verifier.got.append(form)
        self._say(
            self.server.verifier.answer_status,
            "application/json",
            json.dumps(self.server.verifier.answer).encode(),
        )

    def _request(self, wallet_nonce: str | None) -> None:
        verifier = self.server.verifier
        said = verifier.request_object(wallet_nonce) if verifier.request is None else verifier.request
        self._say(verifier.request_status, verifier.request_type, said)

    def _say(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        if 300 <= status < 400:
            self.send_header("Location", f"{self.server.verifier.url}/elsewhere")
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            return  # the wallet had enough

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    verifier: VpServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        return


@contextmanager
def vp_server() -> Iterator[VpServer]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.verifier = VpServer(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.verifier
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
