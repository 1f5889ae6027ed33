"""`passport wallet connect` and `platforms`: exchange badges with a platform (Open Badges 3.0, section 6)."""

import sys
import webbrowser
from typing import Annotated

import typer

from passport.json import JsonObject
from passport.terminal import AsJson, console, emit, errors, one_line
from wallet.desktop.cli_base import SPOKEN, Folder, In, Loopback, Speaker, app, opened

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask whether to go on.")]


@app.command()
def connect(
    address: Annotated[str, typer.Argument(help="The platform's address, as https://badges.example.")],
    *,
    send: Annotated[
        bool, typer.Option("--send", help="Badges of this wallet may be sent there too.")
    ] = False,
    wait: Annotated[float, typer.Option(help="Seconds to wait for you to come back from its pages.")] = 900,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    yes: Yes = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Connect a badge platform: you say yes on its own page, in your browser."""
    import secrets

    from wallet.core.badge_services.platforms import keep_platform
    from wallet.desk.platforms import PATH, begin, finish, look
    from wallet.desktop.listening import listening
    from wallet.errors_claiming import TakingCancelled

    say = Speaker(language)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        seen = look(desk, address)
        errors.print(f"{say.told('cmd-platform')} {seen.host}")
        errors.print(f"{say.told('cmd-calls-itself')} {one_line(seen.description.title)}")
        if sys.stdin.isatty() and not yes and not typer.confirm(say.told("cmd-connect"), err=True):
            raise TakingCancelled
        path = PATH + secrets.token_urlsafe(16)
        with listening() as listener:
            begun = begin(desk, seen, redirect_uri=f"{listener.base}{path}", send=send and seen.takes_badges)
            errors.print(say.told("cmd-say-yes-at"))
            errors.print(begun.url)
            if sys.stdin.isatty():
                webbrowser.open(begun.url)
            made = finish(desk, begun, listener.wait(path, seconds=wait))
        keep_platform(wallet, made)
    emit(
        {"connected": made.id, "host": seen.host},
        as_json=as_json,
        show=lambda: console.print(say.told("cmd-connected", id=made.id)),
    )


@app.command("platforms")
def platforms_(
    *,
    fetch: Annotated[str | None, typer.Option(help="See what this platform has for you.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep what was fetched and can be kept.")] = False,
    send: Annotated[str | None, typer.Option(help="Send this credential of the wallet.")] = None,
    to: Annotated[str, typer.Option(help="The platform to send it to.")] = "",
    leave: Annotated[str | None, typer.Option(help="Disconnect this platform.")] = None,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """List the badge platforms that are connected; fetch from one, send to one, or leave one."""
    from passport.clock import format_datetime
    from wallet.core.badge_services.platforms import platforms as listed
    from wallet.desk.fetching import leave as disconnect
    from wallet.desk.fetching import look_at_platform, send_credential
    from wallet.desk.incoming import keep_chosen

    answer: JsonObject = {}
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        if fetch is not None:
            seen = look_at_platform(desk, fetch)
            places = [place for place, one in enumerate(seen.found) if one.would_be_kept]
            if keep and places:
                keep_chosen(desk, wallet, seen.id, places)
            answer["found"] = [
                {"name": one.title, "issuer": one.issuer, "keeping": str(one.keeping)} for one in seen.found
            ]
            answer["kept"] = len(places) if keep else 0
        if send is not None:
            answer["sent"] = str(send_credential(desk, to, send))
        if leave is not None:
            answer["left"] = leave
            answer["platformHeard"] = disconnect(desk, leave)
        answer["platforms"] = [
            {"id": one.id, "base": one.base, "title": one.title, "since": format_datetime(one.since)}
            for one in listed(wallet)
        ]

    emit(answer, as_json=as_json, show=lambda: _show(answer, Speaker(language)))


def _show(answer: JsonObject, say: Speaker) -> None:
    for one in answer.get("found", []):
        keeping = say.sentence("import-" + one["keeping"])
        console.print(f"{keeping}: {one_line(one['name'])}, {one_line(one['issuer'])}")
    for code, name in (("cmd-fetched-kept", "kept"), ("cmd-left", "left")):
        if name in answer:
            console.print(say.told(code, what=answer[name]))
    if "sent" in answer:
        console.print(say.told(f"cmd-sent-{answer['sent']}"))
    for one in answer["platforms"]:
        console.print(f"{one['id']}  {one['base']}  {one_line(one['title'])}")
