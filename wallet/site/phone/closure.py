"""Which Python goes to the phone: what wallet.phone.begin imports, what that imports, and nothing else."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

from wallet.errors_phone import NotForPhones

OURS = frozenset({"contexts", "matching", "passport", "wallet"})
PACKAGES = ("pyld", "c14n", "cachetools", "frozendict", "rfc8785", "jinja2", "markupsafe", "qrcode")
"""Pure Python of others, taken whole from the environment that builds."""
_LEFT_OUT = frozenset({"passport.keys.native", "passport.json.native"})
"""What is imported where a native library is there, and done without where not."""
_NOT_THERE = frozenset(
    {
        *(
            "argon2",
            "beanie",
            "cryptography",
            "fastapi",
            "fontTools",
            "fpdf",
            "httpx",
            "nacl",
            "orjson",
            "PIL",
        ),
        *("pydantic", "pydantic_settings", "pymongo", "pyrage", "rich", "starlette", "typer", "uvicorn"),
        "zxingcpp",
    }
)
"""Libraries that are no pure Python, or that a phone has no use for."""


_NAMED = re.compile(r"(?:contexts|matching|passport|wallet)(?:\.\w+)+")


def modules_of(entry: str) -> dict[str, Path]:
    """The modules of ours that `entry` needs, with their files, in the order of their names.

    Raises:
        NotForPhones: one of them imports what a phone has not.
    """
    found: dict[str, Path] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        path = _file(name)
        if name in found or name in _LEFT_OUT or path is None:
            continue
        found[name] = path
        waiting += _parents(name)
        for imported in _imports(name, path):
            top = imported.partition(".")[0]
            if top in _NOT_THERE:
                raise NotForPhones(module=name, imports=top)
            if top in OURS:
                waiting.append(imported)
    return dict(sorted(found.items()))


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]


def _imports(name: str, path: Path) -> Iterator[str]:
    """Every module that is named, and every name that may be one."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            yield base
            yield from (f"{base}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAMED.fullmatch(node.value):
            yield node.value  # a package whose files are read by its name


def _file(name: str) -> Path | None:
    """The file of a module of ours; None for a name that is no module."""
    top, *rest = name.split(".")
    spec = importlib.util.find_spec(top)
    assert spec is not None, "our own packages are there"
    assert spec.origin is not None, "they are no namespace packages"
    place = Path(spec.origin).parent.joinpath(*rest)
    for path in (place / "__init__.py", place.with_suffix(".py")):
        if path.is_file() and (rest or path.name == "__init__.py"):
            return path
    return None
