"""`passport wallet site`: serve the wallet's site, and build the wallet for phones."""

from collections.abc import Sequence
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn

from passport.terminal import Screen
from passport.web import WebSettings, serve
from wallet.site.app import create
from wallet.site.phone.built import STEPS
from wallet.site.phone.built import build as build_phone
from wallet.site.phone.packages import cache_folder
from wallet.site.shipping import shipped_from

_USUAL = Path("build/phone")


def site(*, host: str, port: int, public_url: str, phone: Path | None) -> None:
    """Serve until stopped; without `phone`, what was built in the usual place is served where it is there."""
    folder = phone or (_USUAL if (_USUAL / "files.json").is_file() else None)
    if folder is None:
        Screen(stderr=True).print(
            "The wallet for phones is not built yet, so there is no /app/. Build it: make phone"
        )
    settings = WebSettings(public_url or f"http://localhost:{port}")
    serve(create(settings, phone=folder), host=host, port=port)


def build(out: Path, *, fresh: bool, trust_lists: Sequence[Path] = (), allow_loopback: bool = False) -> None:
    """Show how far it is on a terminal, and say in the end which version it became.

    Raises:
        PassportError: a trust list is not signed as it should be, or past its last day; nothing is built.
    """
    lists = shipped_from(trust_lists, allow_loopback=allow_loopback)
    screen = Screen(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("", total=len(STEPS))
        version = build_phone(
            out,
            cache_folder(),
            lambda step: bar.update(task, completed=STEPS.index(step), description=step),
            reuse=not fresh,
            lists=lists,
        )
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    Screen().print(f"{out}: version {version}, {size // 1_000_000} MB")
    for one in lists.chosen():
        Screen().print(f"New wallets have {one.id} version {one.version} of {one.publisher_name}")
