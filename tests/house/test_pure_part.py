"""The pure part imports nothing that a browser lacks: it runs on the phone too (docs/architecture.md)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PURE = (
    "contexts",
    "passport",
    "wallet/core",
    "wallet/desk",
    "wallet/pages",
    "wallet/phone",
    "wallet/views",
    "matching",
)
ABOVE_THE_LINE = (
    "passport/__main__.py",
    "passport/certificate_chains.py",
    "passport/cli",
    "passport/conformance",
    "passport/demo",
    "passport/fetch",
    "passport/key_files.py",
    "passport/paper",
    "passport/pictures",
    "passport/service_client.py",
    "passport/service_secrets.py",
    "passport/json/native.py",
    "passport/keys/native.py",
    "passport/storage",
    "passport/terminal.py",
    "passport/web",
    "passport/webhooks",
    "passport/workers",
    "matching/cli.py",
    "matching/cli_plan.py",
    "matching/cli_market.py",
    "matching/cli",
    "matching/shown.py",
    "wallet/phone/web",
)
BLOCKED = (
    "argon2", "beanie", "cryptography", "fastapi", "fontTools", "fpdf", "httpx", "nacl", "orjson", "PIL", "pydantic",
    "pydantic_settings", "pymongo", "pyrage", "rich", "starlette", "typer", "uvicorn", "zxingcpp",
)  # fmt: skip

PROGRAM = """
import importlib, importlib.abc, sys, types
blocked = set(sys.argv[1].split(","))
for name in [name for name in sys.modules if name.partition(".")[0] in blocked]:
    del sys.modules[name]

for name in ("lxml", "lxml.html"):  # PyLD names it at its top and uses it for JSON-LD inside HTML only
    sys.modules[name] = types.ModuleType(name)
sys.modules["lxml"].html = sys.modules["lxml.html"]

class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ImportError(f"{name} is not for the pure part")

sys.meta_path.insert(0, Refuse())
for name in sys.argv[2].split(","):
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(f"{name}: {error}")
"""


def pure_modules():
    for folder in PURE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            inside = path.relative_to(ROOT)
            if not any(_is_or_is_in(str(inside), line) for line in ABOVE_THE_LINE):
                yield ".".join(inside.with_suffix("").parts).removesuffix(".__init__")


def _is_or_is_in(path, line):
    """A command line's further files stand beside it: matching/cli_onet.py."""
    return path == line or path.startswith((f"{line}/", f"{line}_"))


def run(modules):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, ",".join(BLOCKED), ",".join(modules)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout.splitlines()


def test_every_pure_module_imports_without_the_packages_of_a_server():
    modules = list(pure_modules())
    assert len(modules) > 40
    assert run(modules) == []


def test_the_test_would_notice():
    assert len(run(["passport.json.native", "passport.keys.native", "passport.fetch"])) == 3
