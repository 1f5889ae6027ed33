"""Commands that make, open and fill the wallet, and say what is in it."""

from pathlib import Path
from typing import Annotated

import typer

from passport.json import JsonObject
from passport.terminal import AsJson, console, emit, read_file
from wallet.core import limits
from wallet.desktop.cli_base import (
    MARKS,
    SPOKEN,
    Folder,
    In,
    Loopback,
    Speaker,
    app,
    desk_for,
    new_passphrase,
    opened,
    passphrase,
    show_words,
)
from wallet.desktop.cli_offers import Signer, Yes
from wallet.desktop.desk import Desk
from wallet.desktop.settings import TRUST_LISTS_VARIABLE, WalletSettings, default_folder


@app.command()
def init(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """Make a new wallet. The recovery words are shown this once: write them down."""
    say, desk = Speaker(language), desk_for(folder)
    recovery = desk.create(new_passphrase(say.told("cmd-passphrase-choose")))
    with desk.wallet() as wallet:
        made: JsonObject = {"did": wallet.did, "recoveryWords": recovery.words()}
    desk.close()

    def show() -> None:
        console.print(say.told("cmd-made", did=str(made["did"])))
        show_words(str(made["recoveryWords"]), say)

    emit(made, as_json=as_json, show=show)


@app.command()
def serve(
    *,
    folder: Folder = None,
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = 0,
    allow_loopback: Loopback = False,
    token_file: Annotated[
        Path | None, typer.Option(help="Read the one-time token from this file instead of making one.")
    ] = None,
    unlocked: Annotated[bool, typer.Option(help="Open the wallet at once, with the passphrase.")] = False,
    trust_list: Annotated[
        list[Path] | None,
        typer.Option(
            envvar=TRUST_LISTS_VARIABLE,
            help="A signed trust list for a new wallet; may be repeated.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Open the wallet's pages in a browser on this computer."""
    import socket

    from passport.web import serve as run
    from wallet.desktop.app import create
    from wallet.desktop.peers import OwnUsersConnections

    token = None if token_file is None else token_file.read_text(encoding="ascii").strip()
    if port == 0:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
    settings = WalletSettings(
        folder or default_folder(),
        port=port,
        allow_loopback=allow_loopback,
        token=token,
        trust_lists=tuple(trust_list or ()),
    )
    desk = Desk(settings)
    desk.came_with()  # a list that can't be used is said here, and not to the person at the page
    if unlocked:
        if desk.exists:
            desk.unlock(passphrase())
        else:
            desk.create(passphrase())
    typer.echo(
        f"http://127.0.0.1:{port}/open?token={desk.session.token}"
        if token is None
        else f"http://127.0.0.1:{port}/"
    )
    run(create(settings, desk=desk), host="127.0.0.1", port=port, protocol=OwnUsersConnections)


@app.command()
def receive(
    what: Annotated[str, typer.Argument(help="A link (openid-credential-offer://…) or a file.")],
    *,
    folder: Folder = None,
    tx_code: Annotated[str | None, typer.Option(help="The code that the issuer gave you apart.")] = None,
    allow_loopback: Loopback = False,
    signer: Signer = None,
    yes: Yes = False,
    copies: Annotated[
        int,
        typer.Option(min=1, max=limits.COPIES, help="Copies of an SD-JWT VC, each under a key of its own."),
    ] = 1,
    wait: Annotated[
        float, typer.Option(help="Seconds to wait for you to come back from the issuer's pages.")
    ] = 900,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Take in a credential: an offer, a share link, a file in any form, a picture of a code, a record."""
    from passport.openid4vc.link import SCHEME
    from passport.share_link import looks_like_link
    from wallet.desk.offering import open_offer
    from wallet.desk.receiving import receive_file, receive_link, receive_shared
    from wallet.desktop.cli_offers import emit_received, take_opened

    say = Speaker(language)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        if what.startswith(f"{SCHEME}:"):
            offer = desk.outside.run(open_offer(what, desk.outside))
            received = take_opened(
                desk,
                wallet,
                offer,
                say,
                tx_code=tx_code,
                signers=signer or (),
                yes=yes,
                wait=wait,
                copies=copies,
            )
        elif looks_like_link(what):
            received = receive_shared(desk, wallet, what)
        elif "://" in what:
            received = receive_link(desk, wallet, what, tx_code=tx_code)
        else:
            received = receive_file(desk, wallet, read_file(Path(what), limits.UPLOAD), tx_code=tx_code)
    emit_received(received, say, as_json=as_json)


@app.command(name="list")
def list_(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """List credentials and skills."""
    from wallet.core.shelf import kept
    from wallet.core.skills import certain_strength, skill_evidence
    from wallet.core.summary import kept_json, skill_json

    say = Speaker(language)
    with opened(folder) as (_, wallet):
        credentials, skills = kept(wallet), skill_evidence(wallet)

    def show() -> None:
        for one in credentials:
            line = kept_json(one, say)
            console.print(f"{MARKS[one.answer]} {one.id[:8]}  {line.get('name', '?')}")
            console.print(f"             {', '.join(line['forms'])}", style="dim")
        for skill in skills:
            console.print(f"  {say.sentence(f'strength-{certain_strength(skill)}'):10} {skill.label}")
        if not credentials:
            console.print(say.told("cmd-empty"))

    answer = {
        "credentials": [kept_json(one, say) for one in credentials],
        "skills": [skill_json(one, say) for one in skills],
    }
    emit(answer, as_json=as_json, show=show)


@app.command()
def explain(
    skill: Annotated[str, typer.Argument(help="The skill's identifier, or part of its name.")],
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Say why a skill's proof is as strong as it is, and what would make it stronger."""
    from wallet.core.skills import skill_evidence
    from wallet.core.summary import skill_json
    from wallet.desktop.cli_named import skill_among

    say = Speaker(language)
    with opened(folder) as (_, wallet):
        evidence = skill_evidence(wallet)
    meant = skill_among({one.skill: one.label for one in evidence}, skill)
    found = [one for one in evidence if one.skill in meant]

    def show() -> None:
        for one in found:
            strength = say.sentence(f"strength-{one.strength}")
            console.print(f"{one.label}: {strength} ({say.told(f'cmd-answer-{one.answer}')})")
            for reason in (*one.reasons, *one.raise_by):
                console.print(f"  - {say(reason)}")

    emit({"skills": [skill_json(one, say) for one in found]}, as_json=as_json, show=show)
