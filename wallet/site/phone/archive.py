"""The Python sources for the phone as one archive: the same bytes from the same files."""

import importlib.util
import zipfile
from collections.abc import Mapping
from pathlib import Path

from wallet.site.phone.closure import PACKAGES, modules_of

ENTRY = "wallet.phone.begin"
_DATA = frozenset({".bin", ".did", ".html", ".json", ".jsonld", ".toml", ".txt"})
"""What our modules read beside themselves."""
_FOLDERS = (
    ("contexts", "."),
    ("matching", "data"),
    ("matching", "texts"),
    ("passport", "texts"),
    ("passport", "web/templates"),
    ("passport", "web/texts"),
    ("wallet", "core/words"),
    ("wallet", "texts"),
    ("wallet", "views/templates"),
)
"""Where they do. What a phone has no use for stays out: servers' pages, and what our tools compare with."""
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
    for package, inside in _FOLDERS:
        folder = modules[package].parent / inside
        for path in sorted(folder.iterdir()):
            if path.suffix in _DATA:
                files[f"{package}/{path.relative_to(modules[package].parent).as_posix()}"] = path.read_bytes()
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
