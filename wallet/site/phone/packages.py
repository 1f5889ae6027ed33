"""The npm packages of the app: installed from the lock file once, and kept for the next build."""

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import distribution, packages_distributions
from importlib.resources import files
from pathlib import Path

from wallet.errors_phone import PackagesNotInstalled, PhoneNotBuilt, ToolMissing
from wallet.site.phone.closure import PACKAGES

WEB = Path(str(files("wallet.phone"))) / "web"
SHIPPED = (
    *("@noble/ciphers", "@noble/curves", "@noble/hashes", "libsodium-sumo", "libsodium-wrappers-sumo"),
    *("pyodide", "zxing-wasm"),
)
"""Packages of which something is in the app. The others only build it."""
_LICENCES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENSE.rst", "LICENCE", "COPYING")
_SECONDS = 600
_ANYWHERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8"}
"""Python's memory has the time zone of where it is made."""


@dataclass(frozen=True, slots=True)
class Licence:
    """What is in the app, and on what terms."""

    name: str
    version: str
    licence: str
    """As SPDX names it, where the package says it."""
    text: str


def cache_folder() -> Path:
    """Where packages are kept between builds: `PASSPORT_BUILD_CACHE`, or the user's cache."""
    chosen = os.environ.get("PASSPORT_BUILD_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "skills-passport"


def installed(cache: Path) -> Path:
    """The folder of the packages, exactly those of the lock file.

    Raises:
        ToolMissing, PackagesNotInstalled.
    """
    lock = (WEB / "package-lock.json").read_bytes()
    folder = cache / f"phone-{hashlib.sha256(lock).hexdigest()[:12]}"
    if not folder.is_dir():
        making = folder.with_name(f"{folder.name}.{os.getpid()}")
        making.mkdir(parents=True)
        try:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(WEB / name, making)
            _npm(making)
            making.rename(folder)
        except OSError:
            if not folder.is_dir():  # another build was as far at the same moment
                raise PackagesNotInstalled from None
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return folder / "node_modules"


def _npm(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise ToolMissing
    arguments = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(  # noqa: S603  # npm itself, with words of ours
        arguments, cwd=folder, capture_output=True, timeout=_SECONDS, check=False
    )
    if done.returncode:
        raise PackagesNotInstalled


def run_node(script: str, *arguments: str | Path) -> None:
    """Run one of our build scripts.

    Raises:
        ToolMissing
        PhoneNotBuilt: it failed; what it said is in the notes of the error.
    """
    node = shutil.which("node")
    if node is None:
        raise ToolMissing
    done = subprocess.run(  # noqa: S603  # node itself, with a script of ours
        [node, str(WEB / "tools" / script), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
        env={**os.environ, **_ANYWHERE},
    )
    if done.returncode:
        error = PhoneNotBuilt(step=script)
        error.add_note("\n".join(line[:400] for line in done.stderr.splitlines()[-30:]))
        raise error


def licences(packages: Path) -> list[Licence]:
    """The licences of all that is in the app, ours excepted."""
    found = []
    for name in SHIPPED:
        about = json.loads((packages / name / "package.json").read_bytes())
        found.append(Licence(name, about["version"], str(about.get("license", "")), _text(packages / name)))
    names = packages_distributions()
    for module in PACKAGES:
        one = distribution(names[module][0])
        texts = [file for file in one.files or () if file.name.upper().startswith(("LICEN", "COPYING"))]
        text = "\n\n".join(file.read_text() for file in sorted(texts, key=str))
        meta = one.metadata
        said = [meta[key] for key in ("License-Expression", "License") if key in meta]
        found.append(Licence(meta["Name"], one.version, said[0].splitlines()[0] if said else "", text))
    return sorted(found, key=lambda each: each.name.lower())


def _text(folder: Path) -> str:
    for name in _LICENCES:
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    return ""
