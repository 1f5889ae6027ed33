"""The child process: a MongoDB-wire server on SQLite, on a Unix socket that only its owner may open.

Run as `python -m passport.storage.embedded_server DIRECTORY SOCKET`. It ends when its standard input ends:
the parent holds the other end of that pipe, and the kernel closes it however the parent dies. SQLite's
own atomic commits make an end at any instant safe.
"""

import asyncio
import contextlib
import fcntl
import logging
import os
import select
import signal
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from neosqlite import Connection
from nx_27017.handler import NeoSQLiteHandler, _msg_db_name
from nx_27017.server import handle_client

from passport.storage.embedded import IN_USE
from passport.storage.plain_values import from_plain, plain, to_plain
from passport.storage.unsafe_filters import REFUSAL, changes_by_alternatives

Handle = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]

_BACKLOG = 128
_WRITE_BACK_SECONDS = 60.0
_SEVERAL = ("documents", "updates", "deletes")
"""The members in which commands bring what they write."""


class DurableHandler(NeoSQLiteHandler):  # type: ignore[misc]
    """nx-27017 sets synchronous=NORMAL, which may lose acknowledged writes when the power fails."""

    def _open_db_conn(self, db_name: str) -> Connection:
        connection = super()._open_db_conn(db_name)
        connection.db.execute("PRAGMA synchronous = FULL")
        connection.db.execute("PRAGMA busy_timeout = 5000")
        connection.db.execute("PRAGMA secure_delete = ON")  # not every SQLite is built with it
        return connection

    def _apply_write_concern(self, db: Connection, db_name: str, write_concern: Any) -> None:
        """No client may ask for less than durable."""

    def write_back(self) -> None:
        """Take what was committed out of the logs of the databases and empty those.

        Until then what was removed can still be read there, as it was. A database that is busy waits.
        """
        for name in list(self.databases):
            with self._lock_for(name), contextlib.suppress(sqlite3.Error):
                database = self.get_database(name).db
                if not database.in_transaction:
                    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def handle_insert(self, msg: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        return self._answered(super().handle_insert, msg)

    def handle_command(self, msg: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        return self._answered(super().handle_command, msg)

    def _answered(self, handle: Handle, msg: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if changes_by_alternatives(msg["sections"]):
            return msg["request_id"], dict(REFUSAL)
        message = {**msg, "sections": [_plain(*section) for section in msg["sections"]]}
        number, reply = self._together(handle, message) if _holds_several(message) else handle(message)
        return number, from_plain(reply)

    def _together(self, handle: Handle, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Many writes of one command in one transaction: written to the disk once, before the answer.

        A write that fails, on a duplicate key say, fails alone as before: it undoes its own statement only.
        """
        name = _msg_db_name(message)
        with self._lock_for(name):
            database = self.get_database(name).db
            if database.in_transaction:
                return handle(message)
            database.execute("BEGIN IMMEDIATE")
            try:
                answer = handle(message)
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")
            return answer


def _holds_several(message: dict[str, Any]) -> bool:
    """Whether a command brings several documents to insert, or several updates."""
    lists = [
        inner
        for _, content in message["sections"]
        for inner in ([content] if isinstance(content, list) else [content.get(name) for name in _SEVERAL])
    ]
    return any(isinstance(inner, list) and len(inner) > 1 for inner in lists)


def _plain(kind: str, content: Any) -> tuple[str, Any]:
    """One section of a message (OP_MSG): the command, or a list of documents that belongs to it."""
    if isinstance(content, list):
        return kind, [plain(document) for document in content]
    return kind, to_plain(content)


def main() -> None:
    directory, path = Path(sys.argv[1]), sys.argv[2]
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    logging.basicConfig(level=logging.CRITICAL)  # its messages would hold documents
    lock = os.open(directory / "store.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(IN_USE)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    handler = DurableHandler(data_dir=str(directory / "store"))
    asyncio.run(_serve(_listen(path), handler))


def _end_with_parent(parent: int) -> None:
    """The pipe is the rule; the parent's id covers a pipe end that leaked into another process."""
    while True:
        readable, _, _ = select.select([0], [], [], 1.0)
        if (readable and not os.read(0, 1)) or os.getppid() != parent:
            os._exit(0)


def _listen(path: str) -> socket.socket:
    Path(path).unlink(missing_ok=True)  # left by a killed predecessor; the lock says that none lives
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    Path(path).chmod(0o600)
    listener.listen(_BACKLOG)
    return listener


async def _serve(listener: socket.socket, handler: DurableHandler) -> None:
    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await handle_client(reader, writer, handler)

    async def write_back() -> None:
        while True:
            await asyncio.sleep(_WRITE_BACK_SECONDS)
            await asyncio.to_thread(handler.write_back)

    server = await asyncio.start_unix_server(client, sock=listener)
    print("ready", flush=True)  # noqa: T201
    async with server, asyncio.TaskGroup() as group:
        group.create_task(write_back())
        await server.serve_forever()


if __name__ == "__main__":
    main()
