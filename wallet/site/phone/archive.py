"""The Python sources for the phone as one archive: the same bytes from the same files."""

import importlib.util
import zipfile
from collections.abc import Mapping
from pathlib import Path

from wallet.site.phone.closure import PACKAGES, modules_of

ENTRY = "wallet.phone.begin"
_DATA = frozenset({".bin", ".css", ".did", ".html", ".json", ".jsonld", ".toml", ".txt"})
"""What our modules read beside themselves."""
_BESIDE = ("data", "documents", "templates", "texts", "words")
"""Folders beside a package's modules where they do."""
_PAGES = ("passport/web/templates", "passport/web/texts")
"""What the pages of all hosts share. The rest of that room is for servers."""
_STUBS = {"lxml/__init__.py": b"", "lxml/html.py": b""}
"""PyLD names it at its top, and uses it for JSON-LD inside HTML only."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_archive(path: Path) -> None:
    """Raises NotForPhones."""
    files = {**_STUBS, **_ours(), **_of_others()}
    with zipfile.ZipFile(path, "w") as written:
        for name in sorted(files):
            written.writestr(zipfile.ZipInfo(name, _EPOCH), files[name], zipfile.ZIP_DEFLATED, 1)


def _ours() -> Mapping[str, bytes]:
    modules = modules_of(ENTRY)
    files = {_place(name, path): path.read_bytes() for name, path in modules.items()}
    root = modules["passport"].parents[1]
    folders = [root / folder for folder in _PAGES]
    for path in modules.values():
        if path.name == "__init__.py":
            folders += [path.parent, *(path.parent / name for name in _BESIDE)]
    for folder in folders:
        inside = folder.relative_to(root).as_posix()
        deep = folder.name in _BESIDE
        for path in sorted(folder.rglob("*") if deep else folder.iterdir()) if folder.is_dir() else ():
            if path.suffix in _DATA:
                files[path.relative_to(root).as_posix()] = path.read_bytes()
                # so that it is found by its name in an archive
                files.setdefault(f"{inside}/__init__.py", b"")
    return files


def _of_others() -> Mapping[str, bytes]:
    files = {}
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        assert spec is not None, f"{package} is one of our dependencies"
        assert spec.origin is not None, f"{package} has a folder"
        folder = Path(spec.origin).parent
        for path in sorted(folder.rglob("*.py")):
            files[f"{package}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    return files


def _place(module: str, path: Path) -> str:
    base = module.replace(".", "/")
    return f"{base}/__init__.py" if path.name == "__init__.py" else f"{base}.py"
