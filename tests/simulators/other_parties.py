"""Public libraries as the other party: npm packages under Node, PyPI packages in an environment of their own.

Pinned by lock files in tests/interop/peers and installed once into build/, which git ignores. Where CI is set
a machine that can't install them fails the tests; elsewhere they are skipped.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "tests" / "interop" / "peers"


def node_modules() -> Path:
    """The folder with what package-lock.json pins."""
    if not (shutil.which("node") and shutil.which("npm")):
        _give_up("node and npm are not installed")
    return _installed("package-lock.json", _npm) / "node_modules"


def peer_python() -> Path:
    """The interpreter of an environment with what requirements.lock pins."""
    return _installed("requirements.lock", _pip) / "bin" / "python"


def run_node(script: Path, asked: Mapping[str, Any], *, timeout: float = 60) -> Any:
    """Run one of our scripts with the libraries at hand: JSON in on stdin, JSON out on stdout.

    A script imports the libraries by name. It lies in tests/interop/peers; Node finds the packages since it
    is run from a copy beside them.
    """
    done = subprocess.run(
        ["node", str(_beside_modules(script))],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


def start_node(script: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a script that keeps running, as a server of the other party; whoever starts it ends it."""
    return subprocess.Popen(
        ["node", str(_beside_modules(script)), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _beside_modules(script: Path) -> Path:
    """A copy of the scripts next to node_modules: ES modules are looked up from where the file lies."""
    folder = node_modules().parent
    with _locked(folder.with_suffix(".copying")):
        for each in sorted(PEERS.glob("*.mjs")):
            there = folder / each.name
            if not there.exists() or there.read_bytes() != each.read_bytes():
                making = there.with_suffix(f".{os.getpid()}")
                shutil.copy(each, making)
                making.replace(there)
    return folder / script.name


def installed_beside(folder: Path) -> Path:
    """The modules that the package-lock.json of another folder of tests pins."""
    if not shutil.which("npm"):
        _give_up("npm is not installed")
    return _installed("package-lock.json", partial(_npm, source=folder), source=folder) / "node_modules"


def _installed(lock: str, install: Callable[[Path], None], *, source: Path = PEERS) -> Path:
    digest = hashlib.sha256((source / lock).read_bytes()).hexdigest()[:12]
    folder = ROOT / "build" / f"peers-{lock.partition('.')[0]}-{digest}"
    folder.parent.mkdir(exist_ok=True)
    with _locked(folder.with_suffix(".lock")):
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            install(folder)
            (folder / "done").touch()
    return folder


def _npm(folder: Path, *, source: Path = PEERS) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, folder)
    _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder)


def _pip(folder: Path) -> None:
    """By uv, as this project sets itself up, or by pip where there is none; both check the hashes."""
    _run([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder)
    given = ["--quiet", "--require-hashes", "--no-deps", "-r", str(PEERS / "requirements.lock")]
    uv, interpreter = Path(sys.executable).with_name("uv"), str(folder / "bin" / "python")
    if uv.exists():
        failed = _ran([str(uv), "pip", "install", "--python", interpreter, *given], folder)
        if failed is None:
            return
    pip = [sys.executable, "-m", "pip", "--python", interpreter, "--disable-pip-version-check"]
    _run([*pip, "install", *given], folder)


def _run(command: list[str], folder: Path) -> None:
    failed = _ran(command, folder)
    if failed is not None:
        _give_up(f"{command[0]} could not install the other parties: {failed}")


def _ran(command: list[str], folder: Path) -> str | None:
    """What it said of its failure; None where it did not fail."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=400, check=False)
    return done.stderr[-300:] if done.returncode else None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One process at a time: several test workers want the same folder."""
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _give_up(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
