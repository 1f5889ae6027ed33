"""Our own program in a process of its own, forked from one that has everything imported already.

A suite starts services some two hundred times, and what they import takes longer than most tests. The process is
as real as any other: own memory, own signals, own death.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    [
        "issuer.app",
        "issuer.cli.app",
        "passport.cli.main",
        "passport.storage.connection",
        "passport.web.texts",
        "uvicorn.lifespan.on",
        "uvicorn.loops.auto",
        "uvicorn.loops.uvloop",
        "uvicorn.protocols.http.auto",
        "uvicorn.protocols.websockets.auto",
        "verifier.app",
        "verifier.cli",
        "wallet.desktop.cli",
        "tests.simulators.warmed",
    ]
)
_LONGEST = 120.0


class Running:
    """`passport` with these words; speaks as subprocess.Popen does."""

    def __init__(self, words: Sequence[str], *, environment: Mapping[str, str], log: Path) -> None:
        arguments = (list(words), dict(environment), (os.devnull, str(log), str(log)))
        self._process = _FORKS.Process(target=_run, args=arguments, daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("passport", timeout or 0)
        return self._process.exitcode

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def ran(
    *words: object, environment: Mapping[str, str] | None = None, text: str = "", folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`passport` with these words, to its end; `text` is its standard input, `folder` where it runs.

    Speaks as subprocess.run does.
    """
    with tempfile.TemporaryDirectory() as kept:
        said, complained, given = (Path(kept) / name for name in ("stdout", "stderr", "stdin"))
        given.write_text(text, encoding="utf-8")
        spoken = [str(word) for word in words]
        around = dict(os.environ if environment is None else environment)
        streams = (str(given), str(said), str(complained))
        process = _FORKS.Process(target=_run, args=(spoken, around, streams, folder), daemon=True)
        process.start()
        process.join(_LONGEST)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired("passport", _LONGEST)
        return subprocess.CompletedProcess(
            spoken, process.exitcode, said.read_text(encoding="utf-8"), complained.read_text(encoding="utf-8")
        )


def _run(
    words: list[str],
    environment: dict[str, str],
    streams: tuple[str, str, str],
    folder: Path | None = None,
) -> None:
    """`streams`: the files to read from, to write to, and to complain to."""
    os.environ.clear()
    os.environ.update(environment)
    given, *written = streams
    os.dup2(os.open(given, os.O_RDONLY), 0)
    for stream, path in enumerate(written, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), stream)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # a forked child's is closed
    os.chdir(folder or os.curdir)
    sys.argv = ["passport", *words]
    from passport.cli import main

    main()
