"""The commands of a document, in one shell, as somebody types them over.

`passport` is a script of some lines there that asks this process for a fork: what is imported once need not be
imported for each command. Everything else in the commands is what it is.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.simulators.warm import ran

_CLIENT = """import json, os, socket, sys
asks = socket.socket(socket.AF_UNIX)
asks.connect(os.environ["OF_THE_TEST"])
asks.sendall(json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode() + b"\\n")
code, said, complained = json.loads(asks.makefile().read())
sys.stdout.write(said)
sys.stderr.write(complained)
sys.exit(code)
"""


def in_a_shell(
    commands: str, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run the commands in `folder`, until one fails; `python` is the one that runs this."""
    path = folder / "bin"
    path.mkdir()
    (path / "client.py").write_text(_CLIENT, encoding="utf-8")
    (path / "passport").write_text(f'#!/bin/sh\nexec {sys.executable} -S -E {path / "client.py"} "$@"\n')
    (path / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    for name in ("passport", "python"):
        (path / name).chmod(0o755)
    with _answering(path / "asked") as asked:
        around = {"PATH": f"{path}:{os.environ['PATH']}", "OF_THE_TEST": str(asked)}
        return subprocess.run(
            ["sh", "-e", "-c", commands],
            cwd=folder,
            env={**os.environ, **environment, **around},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@contextmanager
def _answering(place: Path) -> Iterator[Path]:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen()
        threading.Thread(target=_answer, args=(listener,), daemon=True).start()
        try:
            yield place
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def _answer(listener: socket.socket) -> None:
    """One command after the other, as a shell has them; a command in a pipe reads nothing here."""
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, connection.makefile() as lines:
            words, folder, environment = json.loads(lines.readline())
            done = ran(*words, environment=environment, folder=Path(folder))
            connection.sendall(json.dumps([done.returncode, done.stdout, done.stderr]).encode())
