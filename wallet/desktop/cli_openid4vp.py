"""`passport wallet answer-link`: see what a verifier asks by OpenID4VP, choose, and answer or refuse."""

from typing import Annotated

import typer

from passport.answers import Answer, Reason
from passport.json import JsonObject
from passport.terminal import AsJson, console, emit
from wallet.core.openid4vp_plan import read_choices
from wallet.core.openid4vp_summary import vp_consent_json
from wallet.core.plain_text import plain_name
from wallet.desktop.cli_base import MARKS, SPOKEN, Folder, In, Loopback, Speaker, app, opened

_LIST = list[str] | None


@app.command("answer-link")
def answer_link(
    link: Annotated[
        str, typer.Argument(help="openid4vp://…, haip-vp://… or https://…, as the asker gave it.")
    ],
    *,
    credential: Annotated[
        _LIST, typer.Option(help="Show this one: `choose` as --json lists it; may be repeated.")
    ] = None,
    option: Annotated[
        _LIST, typer.Option(help="'<set> <option>', or '<set> none', counted from 0; may be repeated.")
    ] = None,
    without: Annotated[
        _LIST, typer.Option(help="Keep this claim: `keep` as --json lists it; may be repeated.")
    ] = None,
    keep: Annotated[
        _LIST, typer.Option(help="A skill or a credential's id that you don't show; may be repeated.")
    ] = None,
    approve: Annotated[bool, typer.Option("--approve", help="Agree without being asked.")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse; nothing is sent.")] = False,
    tell: Annotated[bool, typer.Option("--tell", help="With --refuse: let the asker know.")] = False,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """See what somebody asks by OpenID4VP and what you would show; answer only if you agree."""
    from wallet.desk import openid4vp

    say, choices = Speaker(language), read_choices(credential or (), option or (), without or (), keep or ())
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        found = openid4vp.take_link(desk, wallet, link)
        asked = openid4vp.look(desk, wallet, found.id, choices)
        consent = vp_consent_json(asked, say)
        if not as_json:
            _show(consent, say)
        sent = None
        if refuse:
            sent = openid4vp.refuse(desk, wallet, found.id, tell=tell)
        elif asked.can_be_answered and (
            approve or (not as_json and typer.confirm(say.told("cmd-send-this")))
        ):
            sent = openid4vp.answer(desk, wallet, found.id, choices, mark=asked.mark)
    result = {
        "consent": consent,
        "sent": None if sent is None else str(sent.sent),
        "redirectUri": None if sent is None else sent.redirect_uri,
    }
    emit(result, as_json=as_json, show=lambda: _show_sent(result, say))


def _show(consent: JsonObject, say: Speaker) -> None:
    asker = consent["asker"]
    console.print(f"{say.sentence('consent-goes-to')}: {asker['host']}")
    console.print(f"{say.told('cmd-calls-itself')} {asker['claimedName'] or '-'}")
    console.print(f"{say.sentence('vp-proved')}: {asker['proof']}")
    for demand in consent["demands"]:
        console.print(f"  {MARKS[Answer(demand['answer'])]} {demand['label']}   --keep {demand['skill']}")
    for asked in consent["asked"]:
        met = MARKS[Answer.YES if asked["alternatives"] else Answer.NO]
        console.print(f"  {met} {asked['query']} ({asked['format']})")
        for claim in asked["claims"]:
            words = f"{say.told('cmd-asks')} {claim['says']} ({claim['path']})"
            console.print(f'      {words}   --without "{claim["keep"]}"')
        _show_leaving(asked, say)
        for other in asked["alternatives"]:
            if not other["chosen"]:
                console.print(
                    f'      {say.told("cmd-or")} {other["id"][:8]}   --credential "{other["choose"]}"'
                )
    if not consent["canBeAnswered"]:
        console.print(say.sentence("vp-cannot-answer"))


def _show_leaving(asked: JsonObject, say: Speaker) -> None:
    """What would leave for one query, and what of it stays."""
    for one in asked["leaving"]:
        console.print(f"      {say.told('cmd-leaves')} {one['id'][:8]}")
        for claim in one["claims"]:
            console.print(f"        {say(Reason(claim['what']))}: {claim['value']}")
        for part in one["staying"]:
            kind = say(Reason(f"part-{part['kind']}"))
            console.print(
                f"        {say.told('cmd-stays')} {kind}{': ' if part['says'] else ''}{part['says']}"
            )
        _show_what_cannot_stay(one, say)
    for one in asked["confirming"]:
        by = say.told("cmd-confirmation", issuer=plain_name(one["issuer"] or "-"))
        console.print(f"      {say.told('cmd-leaves')} {one['id'][:8]}, {by}   --keep {one['id']}")


def _show_what_cannot_stay(one: JsonObject, say: Speaker) -> None:
    """As the page says it: what always goes along, what can be shown on, and what is known again."""
    if not one["showsParts"]:
        console.print(f"        {say.sentence('vp-leaves-whole')}")
    elif one["fixed"]:
        fixed = ", ".join(each["says"] for each in one["fixed"])
        console.print(f"        {say.sentence('vp-leaves-always')} {fixed}.")
    if not one["boundToHolder"]:
        console.print(f"        {say.sentence('vp-not-bound')}")
    if one["again"]:
        console.print(f"        {say.sentence('vp-shown-again')}")


def _show_sent(result: JsonObject, say: Speaker) -> None:
    console.print(say.told(f"cmd-sent-{result['sent'] or 'nothing'}"))
    if result["redirectUri"]:
        console.print(f"{say.told('cmd-go-on')} {result['redirectUri']}")
