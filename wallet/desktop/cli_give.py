"""Commands that use what is in the wallet: assess, show, answer, journal, trust, back up."""

from pathlib import Path
from typing import Annotated

import typer

from passport.answers import Answer, Reason
from passport.json import JsonObject
from passport.terminal import AsJson, console, emit, read_file
from wallet.core import limits
from wallet.desk.showing import OnShow
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
from wallet.desktop.cli_named import skill_named
from wallet.desktop.own_time import on_the_terminal

Out = Annotated[Path | None, typer.Option("--out", help="A folder for the QR pictures.")]


@app.command()
def assess(
    skills: Annotated[list[str], typer.Argument(help="Skills: their IRIs or whole names.")],
    folder: Folder = None,
    narrative: Annotated[str, typer.Option(help="In your own words.")] = "",
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Say yourself that you have some skills."""
    from wallet.core.self_assessment import assess as make
    from wallet.core.summary import examined_json

    with opened(folder) as (desk, wallet):
        named = [skill_named(desk.taxonomy, each, str(language)) for each in skills]
        made = make(wallet, named, desk.taxonomy, language=str(language), narrative=narrative)
    emit(examined_json(made, Speaker(language)), as_json=as_json, show=lambda: console.print(made.id))


@app.command()
def present(
    credentials: Annotated[list[str], typer.Argument(help="Ids, or their beginnings, as `list` shows them.")],
    folder: Folder = None,
    *,
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="Show this skill and leave the others out: its identifier, as `list --json` has it;"
            " may be repeated."
        ),
    ] = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Show credentials for two minutes, as QR codes, to whoever stands there."""
    from wallet.core.present import show as sign
    from wallet.desktop.api import shown_json
    from wallet.desktop.cli_named import credentials_named

    with opened(folder) as (desk, wallet):
        chosen = credentials_named(wallet, credentials)
        shown = desk.showing.add(sign(wallet, chosen, dict.fromkeys(chosen, only) if only else {}))
    written = _write_pictures(out, shown)
    answer = {**shown_json(shown), "pictures": written}
    emit(answer, as_json=as_json, show=lambda: console.print("\n".join(written or shown.frames)))


@app.command()
def respond(
    source: Annotated[Path, typer.Argument(help="A request: JSON, QR texts, or a picture of QR codes.")],
    *,
    folder: Folder = None,
    refuse: Annotated[
        list[str] | None,
        typer.Option(
            help="A credential's id, a skill, or a part as listed, that you don't show; may be repeated."
        ),
    ] = None,
    approve: Annotated[bool, typer.Option("--approve", help="Agree without being asked.")] = False,
    send: Annotated[bool, typer.Option(help="Deliver the answer where the request asks for it.")] = True,
    out: Out = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """See what somebody asks and what you would show; answer only if you agree."""
    from wallet.core.consent_summary import consent_json
    from wallet.desk.asking import answer, look, take_pictures, take_text
    from wallet.desktop.api import shown_json

    say, refused = Speaker(language), refuse or []
    data = read_file(source, limits.UPLOAD)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        is_text = data.lstrip()[:1] == b"{" or data.lstrip().startswith(b"SP")
        found = (
            take_text(desk, wallet, data.decode("utf-8", "replace"))
            if is_text
            else take_pictures(desk, wallet, [data])
        )
        asked = look(desk, wallet, found.id, refused)
        consent = consent_json(asked, say)
        if not as_json:
            _show_consent(consent, say)
        agreed = approve or (not as_json and consent["leaving"] and typer.confirm(say.told("cmd-show-this")))
        if not agreed:
            emit({"consent": consent, "sent": None}, as_json=as_json, show=lambda: None)
            return
        delivered = answer(desk, wallet, found.id, refused=refused, mark=asked.mark, send=send)
        shown = desk.showing.add(delivered.response.presentation)
    result = {
        "consent": consent,
        **shown_json(shown),
        "pictures": _write_pictures(out, shown),
        "sent": None if delivered.sent is None else str(delivered.sent),
    }
    emit(result, as_json=as_json, show=lambda: console.print(_sent(result, say)))


@app.command()
def journal(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """List what was shown, to whom and when."""
    from wallet.core.journal import journal as entries
    from wallet.core.summary import journal_json

    with opened(folder) as (_, wallet):
        found = [journal_json(entry) for entry in entries(wallet)]

    say = Speaker(language)

    def show() -> None:
        for entry in found:
            way = say(Reason(f"way-{entry['way']}"))
            console.print(f"{on_the_terminal(entry['at'])}  {way}  {entry['host'] or entry['asker'] or '-'}")

    emit({"entries": found}, as_json=as_json, show=show)


@app.command()
def trust(
    source: Annotated[str, typer.Argument(help="Address or file of a signed trust list. All without.")] = "",
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Use a trust list: who is recognised as school, assessor or employer. Without one: the lists in use."""
    from wallet.core.trust_lists import list_json, lists_in_use
    from wallet.desk.lists import take_list, take_list_source

    say = Speaker(language)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        if not source:
            found = [list_json(each) for each in lists_in_use(wallet)]
            emit({"lists": found}, as_json=as_json, show=lambda: _show_lists(found, say))
            return
        verified = (
            take_list(desk, wallet, source)
            if "://" in source
            else take_list_source(desk, wallet, read_file(Path(source), limits.UPLOAD))
        )
    content = verified.content
    made = {"id": content.id, "version": content.version, "publisher": content.publisher}
    emit(
        made,
        as_json=as_json,
        show=lambda: console.print(say.told("cmd-list-version", id=content.id, version=content.version)),
    )


def _class(found: JsonObject, say: Speaker) -> str:
    called = {f"name.{language}": name for language, name in found["name"].items()}
    return say(Reason("trust-class", {**called, "word": say(Reason(f"trust-word-{found['countsAs']}"))}))


def _show_lists(found: list[JsonObject], say: Speaker) -> None:
    for one in found:
        age = say(Reason("trust-version", {"version": one["version"], "days": one["ageDays"]}))
        console.print(f"{one['id']}  {age}")
        if not one["fresh"]:
            console.print(f"    {say(Reason('trust-stale'))}")
        if one["chosen"]:
            whence = "trust-shipped" if one["cameWithWallet"] else "trust-chosen"
            console.print(f"    {say(Reason(whence, {'publisher': one['publisher']}))}")
        elif not one["through"]:
            console.print(f"    {say(Reason('trust-through-nobody'))}")
        for by in () if one["chosen"] else one["through"]:
            names = {"publisher": one["publisher"], "delegator": by["delegator"]}
            words = ", ".join(say(Reason(f"trust-word-{word}")) for word in by["mayRecognise"])
            console.print(f"    {say(Reason('trust-through', names))} {words}.")
        if one["classes"]:
            classes = ", ".join(_class(each, say) for each in one["classes"])
            console.print(f"    {say(Reason('trust-classes'))} {classes}.")
    if not found:
        console.print(say(Reason("trust-none")))


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="The file to write.")],
    folder: Folder = None,
    with_key: Annotated[bool, typer.Option("--with-key", help="Put the secret key in as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write one file with everything, which this wallet and plain `age` open with the passphrase."""
    from wallet.desktop.backup import seal_backup
    from wallet.desktop.vault_file import replace_file

    with opened(folder) as (_, wallet):
        sealed = seal_backup(wallet, new_passphrase("Passphrase for the backup: "), with_seed=with_key)
    replace_file(target, sealed)
    emit(
        {"file": str(target), "bytes": len(sealed)}, as_json=as_json, show=lambda: console.print(str(target))
    )


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="A backup.", exists=True, dir_okay=False)],
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Make a new wallet from a backup, under new recovery words."""
    from wallet.desktop.backup import open_backup

    say = Speaker(language)
    secret = passphrase(say.told("cmd-passphrase-backup"))
    records = open_backup(read_file(source, limits.BACKUP), secret)
    desk = desk_for(folder)
    recovery = desk.restore(new_passphrase(say.told("cmd-passphrase-new-wallet")), records)
    with desk.wallet() as wallet:
        made = {"did": wallet.did, "canSign": wallet.has_key, "recoveryWords": recovery.words()}
    desk.close()

    def show() -> None:
        console.print(say.told("cmd-made", did=str(made["did"])))
        show_words(str(made["recoveryWords"]), say)
        if not made["canSign"]:
            console.print(f"\n{say.told('cmd-no-key')}")

    emit(made, as_json=as_json, show=show)


def _write_pictures(folder: Path | None, shown: OnShow) -> list[str]:
    """One PNG a frame, and all of them as an animated GIF, for nobody else of this machine to show."""
    if folder is None:
        return []
    from wallet.desktop.tools import Pictures
    from wallet.desktop.vault_file import replace_file

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    drawing = Pictures()
    pictures = {f"{number}.png": drawing.draw_png(text) for number, text in enumerate(shown.frames, 1)}
    pictures["all.gif"] = drawing.draw_loop(shown.frames)
    for name, picture in pictures.items():
        replace_file(folder / name, picture)
    return [str(folder / name) for name in pictures]


def _sent(result: JsonObject, say: Speaker) -> str:
    if result["sent"] is None:
        return "\n".join((say.told("cmd-sent-nothing"), *(result["pictures"] or result["frames"])))
    return say.told(f"cmd-sent-{result['sent']}")


def _show_consent(consent: JsonObject, say: Speaker) -> None:
    asker = consent["asker"]
    goes_to = consent["answerGoesTo"] or say.sentence("consent-qr-only")
    console.print(f"{say.sentence('consent-who')} {asker['host'] or asker['did']}")
    console.print(f"{say.told('cmd-calls-itself')} {asker['claimedName']}")
    console.print(f"{say.sentence('consent-purpose')}: {consent['purpose']}")
    console.print(f"{say.sentence('consent-goes-to')}: {goes_to}")
    for demand in consent["demands"]:
        console.print(f"  {MARKS[Answer(demand['answer'])]} {demand['label']}")
        for reason in demand["reasons"] if demand["answer"] != "yes" else ():
            console.print(f"      {reason['text']}")
        for reason in demand["raiseBy"]:
            console.print(f"      > {reason['text']}")
    console.print(
        f"{say.sentence('consent-leaves')}:" if consent["leaving"] else say.told("cmd-nothing-to-show")
    )
    for one in consent["leaving"]:
        _show_leaving(one, say)
    for one in consent["confirming"]:
        by = say.told("cmd-confirmation", issuer=one["issuer"])
        console.print(f"  {one['id'][:8]} {by}, {say.told('cmd-for', skills=', '.join(one['serves']))}")
        _show_cost(one["costOfRefusing"], say)
    hidden = ", ".join(one["name"] or one["id"][:8] for one in consent["hidden"]) or "-"
    console.print(f"{say.told('cmd-stays-with-you')} {hidden}")
    for reason in consent["overAsked"]:
        console.print(f"  ! {reason['text']}")
    if not consent["smallest"]:
        console.print(say.sentence("consent-not-exact"))


def _show_leaving(one: JsonObject, say: Speaker) -> None:
    """One credential: what of it leaves, what can be left out of that, and what stays."""
    console.print(f"  {one['id'][:8]} {one['name']}, {say.told('cmd-for', skills=', '.join(one['serves']))}")
    for claim in one["claims"]:
        console.print(f"      {say(Reason(claim['what']))}: {claim['value']}")
    for part in one["partsHidden"]:
        console.print(f"      {say.told('cmd-stays')} {_words(part, say)}")
    for part in one["partsShown"]:
        if part["refusal"] is not None:
            console.print(
                f'      {say.told("cmd-can-stay")} {_words(part, say)}   --refuse "{part["refusal"]}"'
            )
            _show_cost(part["costOfRefusing"], say)
    _show_cost(one["costOfRefusing"], say, "cmd-cost-whole")
    if one["instead"]:
        console.print(f"      {say.sentence('consent-instead')} {', '.join(one['instead'])}")


def _words(part: JsonObject, say: Speaker) -> str:
    kind = say(Reason(f"part-{part['kind']}"))
    return f"{kind}: {part['says']}" if part["says"] else kind


def _show_cost(costs: list[JsonObject], say: Speaker, code: str = "cmd-cost") -> None:
    for cost in costs:
        was, becomes = (say.told(f"cmd-answer-{cost[when]}") for when in ("with", "without"))
        console.print(f"      {say.told(code, skill=cost['label'], was=was, becomes=becomes)}")
