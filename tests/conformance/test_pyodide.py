"""The pure part on the phone's Python: CPython 3.14 in Pyodide, under Node, with Node's cryptography injected.

Vectors, attacks and unit tests of the pure part run there again, with the same files. The npm package is
installed once into build/, which git ignores.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent / "pyodide"
ROOT = HERE.parents[2]
PACKAGES = (
    "pyld", "c14n", "cachetools", "frozendict", "rfc8785", "jinja2", "markupsafe", "qrcode",
    "pytest", "_pytest", "py", "pluggy", "iniconfig", "packaging", "pygments",
)  # fmt: skip
"""Pure Python that is taken from this environment: what the pure part needs, and pytest."""
TESTED = (
    "vectors",
    "adversarial",
    *(
        f"unit/{room}"
        for room in ("baking", "certificate", "contexts", "credentials", "dids", "elm", "evidence", "jose")
    ),
    *(
        f"unit/{room}"
        for room in ("jsonld", "matching", "oauth", "openid4vc", "openid4vp", "proofs", "qr_text", "sd_jwt")
    ),
    *(f"unit/{room}" for room in ("securing", "status", "trust", "verification", "wallet")),
)
NEEDS_MORE = re.compile(
    r"^ *(?:from|import) (?:hypothesis|icalendar|yaml|cryptography|nacl|httpx|fastapi|starlette|pydantic|jsonschema|PIL|zxingcpp|"
    r"pymongo|beanie|typer|pypdfium2|pyrage|ssl|"
    r"threading|subprocess|socket|asyncio|resource|multiprocessing|concurrent|"
    r"passport\.(?:pictures|web|paper|fetch|storage|cli|terminal|workers|conformance|keys\.native|json\.native)|"
    r"issuer|verifier|wallet\.desktop|matching\.(?:cli|building))\b",
    re.MULTILINE,
)
"""A test file that names one of these needs a server or a desktop; so does one whose simulator does."""
SIMULATOR = re.compile(r"^ *from tests\.simulators(?:\.(\w+))? import (.+)", re.MULTILINE)


@cache
def read_of(path):
    """Whether a file names what is not there, and the simulators that it imports."""
    text = path.read_text("utf-8")
    named = {module or name for module, names in SIMULATOR.findall(text) for name in names.split(", ")}
    simulators = (ROOT / "tests" / "simulators" / f"{name}.py" for name in named)
    return bool(NEEDS_MORE.search(text)), tuple(path for path in simulators if path.is_file())


def needs_more(path):
    seen, ahead = set(), [path]
    while ahead:
        at = ahead.pop()
        needs, simulators = read_of(at)
        if needs:
            return True
        seen.add(at)
        ahead += [each for each in simulators if each not in seen]
    return False


def give_up(reason):
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def pyodide():
    if not (shutil.which("node") and shutil.which("npm")):
        give_up("node and npm are not installed")
    lock = (HERE / "package-lock.json").read_bytes()
    folder = ROOT / "build" / f"pyodide-{hashlib.sha256(lock).hexdigest()[:12]}"
    if not folder.is_dir():
        making = folder.with_name(f"{folder.name}.{os.getpid()}")
        making.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, making)
        arguments = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(arguments, cwd=making, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            shutil.rmtree(making)
            give_up(f"npm could not install pyodide: {done.stderr[-300:]}")
        making.rename(folder)
    return folder / "node_modules" / "pyodide"


def place_of(package):
    origin = Path(importlib.util.find_spec(package).origin)
    return str(origin.parent if origin.name == "__init__.py" else origin)


def test_the_lock_file_names_no_registry():
    packages = json.loads((HERE / "package-lock.json").read_bytes())["packages"]
    for name, entry in packages.items():
        assert "resolved" not in entry
        assert not name or entry["integrity"].startswith("sha512-")


def test_vectors_attacks_and_rules_hold_on_python_3_14_in_pyodide(pyodide, vectors):
    files = sorted(path for folder in TESTED for path in (ROOT / "tests" / folder).glob("test_*.py"))
    chosen = [str(path.relative_to(ROOT)) for path in files if not needs_more(path)]
    assert {"tests/vectors/test_di_eddsa.py", "tests/unit/openid4vp/test_dcql_match.py"} <= set(chosen)
    done = subprocess.run(
        [
            "node",
            str(HERE / "run.mjs"),
            str(pyodide),
            str(ROOT),
            str(vectors.parent),
            json.dumps([place_of(package) for package in PACKAGES]),
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:faulthandler",
            "-p",
            "no:logging",  # what these tests need no help with costs each of six thousand a little
            "--capture=no",
            "--assert=plain",  # rewriting assertions costs the phone's Python a fifth of the time
            "--tb=short",
            *chosen,
        ],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    output = done.stdout[-6000:] + done.stderr[-2000:]
    assert done.returncode == 0, output
    assert "python 3.14" in done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 800, output
