"""What was taken in, as commands say it: to programs as JSON, to people line by line."""

from passport.answers import Reason
from passport.clock import format_datetime
from passport.json import JsonObject
from passport.terminal import console, one_line
from wallet.core.claims_summary import endorsement_json
from wallet.core.summary import examined_json
from wallet.desk.receiving import Received
from wallet.desktop.cli_base import MARKS, Speaker


def received_json(received: Received, say: Speaker) -> JsonObject:
    return {
        "credentials": [examined_json(one, say) for one in received.credentials],
        "confirmations": [endorsement_json(one, say) for one in received.endorsements],
        "files": received.files,
        "evidence": received.evidence,
        "leftOut": [{"code": error.code} for error in received.left_out],
        "waiting": [
            {"id": one.id, "name": one.name, "askFrom": format_datetime(one.ask_from)}
            for one in received.waiting
        ],
    }


def show_received(received: Received, shown: JsonObject, say: Speaker) -> None:
    for one, line in zip(received.credentials, shown["credentials"], strict=True):
        console.print(f"{MARKS[one.answer]} {line['name']}, {line['issuer']['name'] or line['issuer']['id']}")
        for check in one.report.checks:
            looked_at = say(Reason(check.code)) if check.reason.code == "in_order" else say(check.reason)
            console.print(f"    {MARKS[check.answer]} {looked_at}")
    for confirmation in shown["confirmations"]:
        issuer = confirmation["issuer"]["name"] or confirmation["issuer"]["id"]
        console.print(f"{MARKS[confirmation['answer']]} {issuer}: {confirmation['comment'] or ''}")
    if received.files:
        console.print(say.told("cmd-files-kept", count=received.files))
    for error in received.left_out:
        console.print(f"    {say.told('cmd-form-not-kept')} {say.refusal(error)}")
    for late in received.waiting:
        console.print(say.told("cmd-later", name=one_line(late.name)))
