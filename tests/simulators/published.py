"""Somebody who publishes sets into a folder, and plain servers that write down what they are asked."""

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from matching.published.index import Index, SetKind
from matching.published.making import plan_sets
from passport.cli.published_sets import index_in, read_published, write_plan
from passport.dids.did_key import create_did_key
from passport.json import JsonObject
from passport.keys import Signer, generate_signer


@dataclass
class Publisher:
    """Publishes into a folder, as `passport publish make` does."""

    folder: Path
    signer: Signer = field(default_factory=generate_signer)

    @property
    def did(self) -> str:
        return create_did_key(self.signer.public_key)

    def publish(
        self, wanted: Mapping[SetKind, Sequence[JsonObject]], now: datetime, *, keep: int = 3
    ) -> Index:
        before = index_in(self.folder, self.signer, now)
        plan = plan_sets(
            wanted,
            publisher=self.did,
            publisher_name="A publisher",
            created=now,
            before=before,
            read=lambda file: read_published(self.folder, file),
            keep=keep,
        )
        write_plan(self.folder, plan, before, self.signer)
        return plan.index


@dataclass
class Served:
    """Where a folder is served, and what was asked there: whole request lines and headers."""

    address: str
    asked: list[tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [line.split()[1] for line, _ in self.asked]


class _Handler(SimpleHTTPRequestHandler):
    """Python's own server of files, which knows no ETag; with `etags` it has them, as nginx does."""

    def __init__(self, *args: Any, served: Served, etags: bool, **more: Any) -> None:
        self._served, self._etags, self._tag = served, etags, ""
        super().__init__(*args, **more)

    def do_GET(self) -> None:
        self._served.asked.append((self.requestline, tuple(sorted(self.headers.items()))))
        path = Path(self.translate_path(self.path))
        if self._etags and path.is_file():
            self._tag = f'"{hashlib.sha256(path.read_bytes()).hexdigest()}"'
            if self.headers.get("If-None-Match") == self._tag:
                self.send_response(304)
                self.end_headers()
                return
        super().do_GET()

    def end_headers(self) -> None:
        if self._tag:
            self.send_header("ETag", self._tag)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        del args


@contextmanager
def served(folder: Path, *, etags: bool) -> Iterator[Served]:
    found = Served("")
    handler = partial(_Handler, directory=str(folder), served=found, etags=etags)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        found.address = f"http://localhost:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join(5)
