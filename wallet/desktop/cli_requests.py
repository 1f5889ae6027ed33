"""`passport wallet ask` and `asked`: ask an organisation to confirm or validate, and follow the request."""

from typing import Annotated

import typer

from passport.answers import Reason
from passport.json import JsonObject
from passport.terminal import AsJson, console, emit
from wallet.core.asked import Asked
from wallet.core.asking import Draft, Sought
from wallet.core.wallet import Wallet
from wallet.desktop.cli_base import SPOKEN, Folder, In, Loopback, Speaker, app, opened
from wallet.desktop.cli_claims import claim_named
from wallet.desktop.desk import Desk
from wallet.desktop.own_time import on_the_terminal
from wallet.errors import UnknownRecord
from wallet.errors_claims import UnknownAsked

ask_app = typer.Typer(no_args_is_help=True, help="Ask an organisation to confirm or validate a claim.")
app.add_typer(ask_app, name="ask")

At = Annotated[str, typer.Option(help="The organisation's link, or the address of its service.")]
Organisation = Annotated[str, typer.Option(help="Its short name, where --at is the service's address.")]
Skills = Annotated[
    list[str] | None, typer.Option("--skill", help="Only this skill of the claim: its identifier.")
]
Files = Annotated[
    list[str] | None,
    typer.Option("--file", help="The id of a file that goes with it, as `claim show --json` has it."),
]
Message = Annotated[str, typer.Option(help="A few words to whoever reads it.")]
Approve = Annotated[bool, typer.Option("--approve", help="Agree without being asked.")]


@ask_app.command()
def confirmation(
    *,
    at: At,
    organisation: Organisation = "",
    claim: Annotated[str, typer.Option(help="The id of the claim.")],
    skills: Skills = None,
    files: Files = None,
    name: Annotated[str, typer.Option(help="Your name, as your supervisor knows you.")] = "",
    supervisor: Annotated[str, typer.Option(help="The mail address of your supervisor.")] = "",
    message: Message = "",
    approve: Approve = False,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Ask an employer to confirm a claim. Nothing is sent before you saw what leaves and agreed."""
    chosen: JsonObject = {
        "claims": [claim],
        "skills": skills or [],
        "files": files or [],
        "name": name,
        "supervisor": supervisor,
        "message": message,
    }
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        draft = _draft(desk, wallet, Sought.CONFIRMATION, (at, organisation), chosen)
        _ask(desk, wallet, draft, Speaker(language), approve=approve, as_json=as_json)


@ask_app.command()
def validation(
    *,
    at: Annotated[str, typer.Option(help="The organisation's link. Known with --adds-to and --renews.")] = "",
    organisation: Organisation = "",
    claims: Annotated[
        list[str] | None,
        typer.Option(
            "--claim", help="The id of a claim; may be repeated. Else those of the earlier request."
        ),
    ] = None,
    adds_to: Annotated[
        str, typer.Option("--adds-to", help="The id of an open request that gets this as well.")
    ] = "",
    renews: Annotated[
        str, typer.Option("--renews", help="The id of an earlier validation that runs out.")
    ] = "",
    confirmations: Annotated[
        list[str] | None, typer.Option("--confirmation", help="The id of a confirmation; may be repeated.")
    ] = None,
    credentials: Annotated[
        list[str] | None, typer.Option("--credential", help="The id of a credential; may be repeated.")
    ] = None,
    files: Files = None,
    message: Message = "",
    approve: Approve = False,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Ask an assessor to validate claims. Nothing is sent before you saw what leaves and agreed."""
    earlier = adds_to or renews
    if (adds_to and renews) or not (earlier or (at and claims)):
        raise typer.BadParameter("Give --at and --claim, or one of --adds-to and --renews.")
    chosen: JsonObject = {
        "claims": claims or [],
        "endorsements": confirmations or [],
        "credentials": credentials or [],
        "files": files or [],
        "message": message,
    }
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        if earlier:
            one = _one_asked(wallet, earlier)
            at, chosen["adds_to"], chosen["renews"] = one.url, adds_to and one.id, renews and one.id
            chosen["claims"] = chosen["claims"] or list(one.claims)
        draft = _draft(desk, wallet, Sought.VALIDATION, (at, organisation), chosen)
        _ask(desk, wallet, draft, Speaker(language), approve=approve, as_json=as_json)


@app.command()
def asked(
    request: Annotated[str, typer.Argument(help="The id of a request, or its beginning. All without.")] = "",
    *,
    fetch: Annotated[bool, typer.Option("--fetch", help="Take the credential that is ready.")] = False,
    tx_code: Annotated[str | None, typer.Option(help="The code that you were given apart.")] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take the request back.")] = False,
    appeal: Annotated[str, typer.Option(help="Ask another assessor to judge again, and say why.")] = "",
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """How requests stand. With an id: ask the organisation, and take in the confirmations that are ready."""
    from wallet.core.asked import all_asked, one_asked
    from wallet.core.claims_summary import asked_json, endorsement_json
    from wallet.core.summary import examined_json
    from wallet.desk import organisation_requests as requests

    say = Speaker(language)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        if not request:
            found = [asked_json(each) for each in all_asked(wallet)]
            emit({"requests": found}, as_json=as_json, show=lambda: _show_all(found, say))
            return
        identifier = _one_asked(wallet, request).id
        if withdraw:
            requests.withdraw(desk, wallet, identifier)
        if appeal:
            requests.appeal(desk, wallet, identifier, appeal)
        followed = requests.follow(desk, wallet, identifier)
        credentials = []
        if fetch:
            received = requests.fetch_badge(desk, wallet, identifier, tx_code=tx_code)
            credentials = [examined_json(each, say) for each in received.credentials]
        answer = {
            **asked_json(one_asked(wallet, identifier)),
            "confirmations": [endorsement_json(each, say) for each in followed.endorsements],
            "filesFetched": followed.files,
            "credentials": credentials,
        }
    emit(answer, as_json=as_json, show=lambda: _show_one(answer, say))


def _one_asked(wallet: Wallet, named: str) -> Asked:
    """The request of which the id begins so; raises UnknownAsked."""
    from wallet.core.asked import all_asked

    matching = [each for each in all_asked(wallet) if each.id.startswith(named)]
    if len(matching) != 1:
        raise UnknownAsked
    return matching[0]


def _draft(desk: Desk, wallet: Wallet, sought: Sought, at: tuple[str, str], chosen: JsonObject) -> Draft:
    from wallet.core.endorsements import endorsements
    from wallet.core.shelf import kept
    from wallet.desk.organisation import organisation_address
    from wallet.desk.organisation_requests import find

    def named(kind: str, ids: list[str]) -> tuple[str, ...]:
        return tuple(_begins(ids, each) for each in chosen.get(kind, []))

    return Draft(
        sought=sought,
        organisation=find(desk, organisation_address(*at)).organisation,
        claims=tuple(claim_named(wallet, each) for each in chosen["claims"]),
        skills=tuple(chosen.get("skills", [])),
        endorsements=named("endorsements", [each.id for each in endorsements(wallet)]),
        credentials=named("credentials", [each.id for each in kept(wallet)]),
        files=tuple(chosen["files"]),
        message=chosen["message"],
        name=chosen.get("name", ""),
        supervisor=chosen.get("supervisor", ""),
        adds_to=chosen.get("adds_to", ""),
        renews=chosen.get("renews", ""),
    )


def _begins(ids: list[str], named: str) -> str:
    found = [each for each in ids if named and each.startswith(named)]
    if len(found) != 1:
        raise UnknownRecord
    return found[0]


def _ask(desk: Desk, wallet: Wallet, draft: Draft, say: Speaker, *, approve: bool, as_json: bool) -> None:
    from wallet.core.asking import look
    from wallet.core.claims_summary import asked_json, asking_json
    from wallet.desk.organisation_requests import ask

    leaving = look(wallet, draft)
    consent = asking_json(leaving)
    if not as_json:
        _show_leaving(consent, say)
    if not approve and (as_json or not typer.confirm(say(Reason("ask-send-question")))):
        emit({"consent": consent, "request": None}, as_json=as_json, show=lambda: None)
        return
    sent = ask(desk, wallet, draft, mark=leaving.mark)
    answer = {"consent": consent, "request": asked_json(sent)}
    emit(
        answer,
        as_json=as_json,
        show=lambda: console.print(f"{sent.id[:8]}  {say.sentence(f'asked-{sent.state}')}"),
    )


def _show_leaving(consent: JsonObject, say: Speaker) -> None:
    organisation = consent["organisation"]
    console.print(f"{say(Reason('ask-to'))}: {organisation['host']} ({organisation['claimedName']})")
    console.print(f"{say(Reason('ask-leaves'))}:")
    for one in consent["leaving"]:
        console.print(f"  {one['id'][:8]} {one['name']}")
        for claim in one["claims"]:
            console.print(f"      {say(Reason(claim['what']))}: {claim['value']}")
    for file in consent["files"]:
        console.print(f"  {file['name']}  {file['mediaType']}  {file['size']}")
    for what in ("addsTo", "renews"):
        if consent[what]:
            console.print(f"{say(Reason(f'ask-{what.lower()}'))} {consent[what][:8]}")
    for text in (consent["message"], consent["name"], consent["supervisor"]):
        if text:
            console.print(f"  {text}")


def _show_all(found: list[JsonObject], say: Speaker) -> None:
    for one in found:
        sought = say.sentence(f"asked-{one['sought']}")
        console.print(
            f"{one['id'][:8]}  {sought:12} {one['organisation']['claimedName']}  {_stands(one, say)}"
        )
    if not found:
        console.print(say(Reason("asked-none")))


def _stands(one: JsonObject, say: Speaker) -> str:
    for name in ("phase", "state"):
        if one[name]:
            return _known(say, name, one[name])
    return say.sentence(f"asked-{one['sent']}")


def _known(say: Speaker, kind: str, word: str, otherwise: str = "unknown") -> str:
    """An organisation's word as the pages say it; another word than they know is not repeated."""
    told = say.sentence(f"{kind}-{word}")
    return say.sentence(f"{kind}-{otherwise}") if told == f"{kind}-{word}" else told


def _show_one(one: JsonObject, say: Speaker) -> None:
    _show_all([one], say)
    for step in one["history"]:
        at = on_the_terminal(step["at"]) if step["at"] else "-"
        console.print(f"    {at}  {_known(say, 'step', step['what'], 'other')} {step['reason']}")
    for skill in one["outcomes"]:
        outcome = _known(say, "outcome", skill["outcome"], "other") if skill["outcome"] else "-"
        console.print(f"    {outcome:14} {skill['label']}  {skill['reason']}")
    for each in one["confirmations"]:
        console.print(f"    + {each['issuer']['name'] or each['issuer']['id']}: {each['comment'] or ''}")
    for each in one["credentials"]:
        console.print(f"    + {each['name']}")
    if one["offer"] and not one["credentials"]:
        console.print(f"    {say(Reason('asked-offer'))}")
