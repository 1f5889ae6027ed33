"""The steps of a build, from sources to a folder of static files that any web server can serve.

    index.html  sw.js  about.html  manifest.webmanifest      asked for by name; their content changes
    f/<name>-<digest>.<ending>                               never changes
    files.json                                               every file with its digest
    <any of these>.br, .gz                                   the same, compressed, for servers that send it so

The same sources and packages give the same bytes; the version is the digest of all of them.
"""

import base64
import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from passport.web.static import script, stylesheet
from wallet.core.shipped_lists import NOTHING_SHIPPED, Shipped, pack_shipped
from wallet.errors_phone import SnapshotTooLarge
from wallet.site.phone import headers
from wallet.site.phone.about import about_page
from wallet.site.phone.archive import write_archive
from wallet.site.phone.icons import touch_icon
from wallet.site.phone.manifest import manifest
from wallet.site.phone.packages import WEB, installed, licences, run_node

SNAPSHOT_BYTES = 50_331_648
"""Of Python's memory: 48 MiB, which a phone with 2 GB has beside its browser (docs/decisions/0046)."""
_DIGITS = 16
_FIXED = "f"
_GZIP = 9
_PYTHON = ("wallet.zip", "snapshot")

STEPS = ("packages", "python", "files", "scripts", "smaller")
"""What `progress` is told, in this order."""

Progress = Callable[[str], None]


@dataclass(slots=True)
class Made:
    """What is there so far."""

    out: Path
    digests: dict[str, str] = field(default_factory=dict)
    lists: Shipped = NOTHING_SHIPPED

    def put(self, name: str, data: bytes) -> str:
        """A file that is asked for by its name."""
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.digests[name] = base64.b64encode(hashlib.sha256(data).digest()).decode()
        return name

    def fix(self, name: str, data: bytes) -> str:
        """A file whose name has its digest, so that it may be cached for ever."""
        stem, dot, ending = name.partition(".")
        digest = hashlib.sha256(data).hexdigest()[:_DIGITS]
        return self.put(f"{_FIXED}/{stem}-{digest}{dot}{ending}", data)


def build(
    out: Path,
    cache: Path,
    progress: Progress = lambda _step: None,
    *,
    reuse: bool = True,
    lists: Shipped = NOTHING_SHIPPED,
) -> str:
    """Build the app into an empty or new folder; what stood there before goes when the new one is whole.

    `reuse`: take compiled Python and its memory from the cache, where the same sources were built before.
    `lists`: trust lists for new wallets, which were checked.

    Returns:
        Its version.

    Raises:
        NotForPhones, ToolMissing, PackagesNotInstalled, PhoneNotBuilt, SnapshotTooLarge.
    """
    out, cache = out.absolute(), cache.absolute()  # the tools of npm work in a folder of their own
    progress("packages")
    packages = installed(cache)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        making = Path(folder) / "site"
        work = Path(folder) / "work"
        work.mkdir()
        made = Made(making, lists=lists)
        version = _steps(made, work, packages, cache if reuse else work, progress)
        if out.exists():
            shutil.rmtree(out)
        making.rename(out)
    return version


def _steps(made: Made, work: Path, packages: Path, cache: Path, progress: Progress) -> str:
    progress("python")
    _python(work, packages, cache)
    snapshot = (work / "snapshot").read_bytes()
    if len(snapshot) > SNAPSHOT_BYTES:
        raise SnapshotTooLarge(limit=SNAPSHOT_BYTES)
    progress("files")
    runtime = _runtime(made, packages)
    named = {
        **shipped_file(made),
        "archive": made.fix("wallet.zip", (work / "wallet.zip").read_bytes()),
        "snapshot": made.fix("memory.gz", gzip.compress(snapshot, _GZIP, mtime=0)),
        "reader": made.fix("reader.wasm", _package(packages, "zxing-wasm/dist/reader/zxing_reader.wasm")),
        "runtime": runtime,
    }
    progress("scripts")
    version = _scripts(made, work, packages, named)
    progress("smaller")
    run_node("squeeze.mjs", made.out)
    return version


def _python(work: Path, packages: Path, cache: Path) -> None:
    """The compiled wallet and Python's memory with it, made in this folder or made before from the same."""
    write_archive(work / "sources.zip")
    made_of = [work / "sources.zip", WEB / "package-lock.json", WEB / "src" / "runtime.js"]
    digest = hashlib.sha256()
    for path in [*made_of, *sorted((WEB / "tools").iterdir())]:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    kept = cache / f"python-{digest.hexdigest()[:_DIGITS]}"
    if not kept.is_dir():
        run_node("python.mjs", packages, work / "sources.zip", work)
        making = Path(tempfile.mkdtemp(dir=cache))
        for name in _PYTHON:
            shutil.copy(work / name, making)
        with suppress(OSError):  # another build was as far at the same moment
            making.rename(kept)
    for name in _PYTHON:
        shutil.copy(kept / name, work)


def shipped_file(made: Made) -> dict[str, str]:
    """The trust lists beside Python's memory, which so stays the same whatever lists there are."""
    return {"lists": made.fix("lists.json", pack_shipped(made.lists))} if made.lists.sources else {}


def _runtime(made: Made, packages: Path) -> str:
    """Python itself: its files keep their names, in a folder that has their digest."""
    parts = {
        name: _package(packages, f"pyodide/{name}") for name in ("pyodide.asm.wasm", "python_stdlib.zip")
    }
    digest = hashlib.sha256(b"".join(parts.values())).hexdigest()[:_DIGITS]
    for name, data in parts.items():
        made.put(f"{_FIXED}/python-{digest}/{name}", data)
    return f"{_FIXED}/python-{digest}/"


def _scripts(made: Made, work: Path, packages: Path, named: Mapping[str, str]) -> str:
    """The scripts, from those that name nothing of ours to the page that names them all.

    A worker finds files from where it lies itself, in the folder of fixed files; the page from above it.
    """
    web = WEB / "static"
    (work / "shared.js").write_bytes(script())
    beside = {name: path.removeprefix(f"{_FIXED}/") for name, path in named.items()}

    def bundle(name: str, defined: Mapping[str, object]) -> bytes:
        values = {key: json.dumps(value) for key, value in defined.items()}
        run_node("bundle.mjs", packages, work, json.dumps(values), name)
        return (work / name).read_bytes()

    style = made.fix("pages.css", stylesheet())
    phone_style = made.fix("phone.css", (web / "phone.css").read_bytes())
    icon = made.fix("icon.svg", (web / "icon.svg").read_bytes())
    touch = {side: made.fix(f"icon{side}.png", touch_icon(side)) for side in (180, 192, 512)}
    # the version names everything that the scripts are made of; the scripts themselves carry it
    sources = [*sorted((WEB / "src").glob("*.js")), work / "shared.js"]
    version = hashlib.sha256(
        b"".join(
            [
                *(f"{name} {digest}\n".encode() for name, digest in sorted(made.digests.items())),
                *(path.read_bytes() for path in sources),
                (web / "index.html").read_bytes(),
                (WEB / "package-lock.json").read_bytes(),
            ]
        )
    ).hexdigest()[:_DIGITS]
    keeper = made.fix("keeper.js", bundle("keeper.js", {}))
    python = made.fix(
        "python.js",
        bundle(
            "python.js",
            {
                "__FILES__": beside,
                "__VERSION__": version,
                "__SNAPSHOT_BYTES__": (work / "snapshot").stat().st_size,
            },
        ),
    )
    reading = made.fix("reader.js", bundle("reader.js", {"__READER__": beside["reader"]}))
    page = made.fix(
        "page.js",
        bundle(
            "page.js",
            {
                "__KEEPER__": keeper,
                "__PYTHON__": python,
                "__READING__": reading,
                "__VERSION__": version,
            },
        ),
    )
    html = (web / "index.html").read_text(encoding="utf-8")
    for mark, value in {
        "__CSP__": headers.in_page(),
        "__ICON__": icon,
        "__TOUCH__": touch[180],
        "__STYLE__": style,
        "__PHONE_STYLE__": phone_style,
        "__PAGE__": page,
    }.items():
        html = html.replace(mark, value)
    made.put("index.html", html.encode())
    made.put("manifest.webmanifest", manifest(icon, touch))
    made.put("about.html", about_page(version, licences(packages), style, made.digests))
    kept = {name: [digest, headers.of(name)] for name, digest in sorted(made.digests.items())}
    made.put("sw.js", bundle("sw.js", {"__FILES__": kept, "__VERSION__": version}))
    listed = {"version": version, "files": dict(sorted(made.digests.items()))}
    made.put("files.json", json.dumps(listed, indent=1).encode())
    return version


def _package(packages: Path, name: str) -> bytes:
    return (packages / name).read_bytes()
