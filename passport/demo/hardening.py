"""The worked case: a claim is confirmed, validated, and falls back as acts are revoked.

Real services, a real wallet and the real commands; synthetic people. After every act `passport weigh` says
what the proof is worth, and the story fails where that is another answer than it tells.
"""

import json
import shutil
import time
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from passport.demo.doors import StepRefused
from passport.demo.folder import empty
from passport.demo.hardening_asker import Asker, open_asker
from passport.demo.hardening_people import SUPERVISOR, Mailbox, Office, confirm, revoke_confirmation
from passport.demo.hardening_stage import EMPLOYER, OFFICE, TRUST_LIST, Stage, set_stage
from passport.demo.page import write_page
from passport.demo.record import Record
from passport.demo.services import Services
from passport.demo.skills import MEASURE, MOUNT
from passport.evidence.picture import draw_chain
from passport.json import JsonObject
from passport.texts import Language

_TITLE = "From a worker's word to hard proof, and back"
_TIME_SHEET = b"""date,hours,task
2026-10-19,8,mounting panels on a barn
2026-10-20,7.5,mounting panels on a barn
2026-10-21,8,rails and clamps
"""
_FRESH_SECONDS = 1.5
"""A little longer than a status list of the story may be relied on."""


def play(folder: Path, *, as_json: bool) -> None:
    """Play everything and write the report.

    Raises:
        ServiceDidNotStart: the issuer did not come up.
        StepRefused: something was refused, or the proof is worth another thing than the story says.
    """
    began = time.monotonic()
    empty(folder)
    record = Record(folder, None if as_json else Console(emoji=False, highlight=False))
    services = Services(folder / "services")
    services.folder.mkdir(mode=0o700)
    record.panel(
        "A worker without a diploma says what they can do. A supervisor confirms it, an assessor validates.\n"
        "Then both take it back. Synthetic people; real services, keys and commands.",
        _TITLE,
    )
    try:
        with record.step(
            "this computer", "An issuer and a verifier start, with an employer and an assessment centre"
        ):
            stage = set_stage(folder, services, record)
            stage.open_accounts()
            stage.publish_trust()
            for slug, did in stage.dids.items():
                record.say(f"{slug}: {did}")
            record.say(
                "A registrar's signed list recognises the one as an employer, the other as a validator."
            )
        _tell(stage, record)
        stage.close()
    finally:
        services.stop()
    shutil.rmtree(services.folder, ignore_errors=True)  # after a failure the logs stay, to be read
    seconds = time.monotonic() - began
    page = write_page(record, seconds=seconds, title=_TITLE)
    summary = {
        "synthetic": True,
        "seconds": round(seconds, 1),
        "page": str(page),
        "steps": [{"number": s.number, "who": s.who, "title": s.title, **s.facts} for s in record.steps],
    }
    (folder / "summary.json").write_text(json.dumps(summary, indent=2), encoding="utf-8")
    if record.console is None:
        typer.echo(json.dumps(summary, indent=2))
    else:
        record.console.print(
            f"\n[bold]{len(record.steps)} steps in {summary['seconds']} s.[/] Report: {page}"
        )


def _tell(stage: Stage, record: Record) -> None:
    with record.step("another employer", "It asks for hard proof of one skill, in a signed profile"):
        asker = open_asker(stage)
        record.say(f"{MOUNT.label}: required, hard. It relies on the same registrar.")
    claim = _claim(stage, record)
    _weigh(stage, record, 1, "The worker's own word", "soft", claim="yes")
    endorsement = _ask_supervisor(stage, record, claim)
    _weigh(stage, record, 2, "Confirmed at work, for one skill", "semi-hard", confirmation="yes", claim="yes")
    badge = _ask_assessor(stage, record, claim, endorsement)
    whole = {"validation": "yes", "confirmation": "yes", "claim": "yes"}
    _weigh(stage, record, 3, "Validated by an independent assessor", "hard", **whole)
    _apply(asker, record, 3, "met", answer="yes", strength="hard", verdict="genuine")
    with record.step("the employer", "It takes the confirmation back"):
        revoke_confirmation(stage.doors[EMPLOYER])
        record.say("Revoked in the console, for good. One bit in the employer's signed list.")
    fallen = whole | {"confirmation": "no"}
    _weigh(stage, record, 4, "The confirmation fell; what the assessor judged stands", "hard", **fallen)
    _apply(asker, record, 4, "still met", answer="yes", strength="hard", verdict="withdrawn")
    with record.step("the assessment centre", "It takes the validation back as well"):
        stage.doors[OFFICE].post(f"/api/credentials/{badge}/revoke", {"reason": "demonstration"})
        record.say("Revoked. The worker's own claim is still theirs.")
    _weigh(stage, record, 5, "The worker's own word again", "soft", **fallen | {"validation": "no"})
    _apply(asker, record, 5, "no longer met", answer="no", strength="soft", verdict="withdrawn")
    asker.door.close()


def _apply(asker: Asker, record: Record, number: int, title: str, **expected: str) -> None:
    """The worker answers the other employer's request; fail where it finds another thing than the story."""
    with record.step("the worker, and another employer", f"Asked for hard proof: {title}"):
        report = asker.ask(number)
        [demand] = report["demands"]
        found = {name: demand[name] for name in ("answer", "strength")} | {"verdict": report["verdict"]}
        _expect(expected, found)
        record.say(
            f"The demand: {found['answer']}, by {found['strength']} proof. All shown: {found['verdict']}."
        )
        for each in demand["reasons"]:
            record.say(each["sentence"])
        record.facts(asked=found)


def _claim(stage: Stage, record: Record) -> str:
    with record.step("the worker", "They say what they can do, with two skills and their own words"):
        stage.worker.passport("wallet", "init")
        made = stage.worker.passport(
            *("wallet", "claim", "add", "--skill", MOUNT.label, "--skill", MEASURE.label),
            *("--title", "Solar panels", "--words", "I mounted panels on roofs for fourteen months."),
            *("--from", "2025-09-01", "--until", "2026-10-31", "--route", "informal"),
        )
        stage.worker.passport("wallet", "trust", TRUST_LIST)
        record.say("A badge that they sign themselves. That is soft proof, whatever it says.")
        identifier: str = made["id"]
        return identifier


def _ask_supervisor(stage: Stage, record: Record, claim: str) -> str:
    """The employer's confirmation: the id of the endorsement in the wallet."""
    stage.doors[EMPLOYER].put("/api/confirmations/policy", {"allowed": [SUPERVISOR], "retention": 30})
    with record.step("the worker", "They ask the employer for a confirmation by their supervisor"):
        asked = stage.worker.passport(
            *("wallet", "ask", "confirmation", "--at", stage.link(EMPLOYER), "--claim", claim),
            *("--supervisor", SUPERVISOR, "--name", "The worker of last year", "--approve"),
        )["request"]
    with record.step("a supervisor", "No account: a link by mail, a code, and a form with a time sheet"):
        words = {"skill-0": "work-record", "skill-1": "unknown"}
        confirm(Mailbox(stage.services.folder / "issuer" / "outbox"), words, _TIME_SHEET)
        record.say(
            f"{MOUNT.label}: yes, and the time sheet shows it ({len(_TIME_SHEET)} bytes, by its digest)."
        )
        record.say(f"{MEASURE.label}: I can't say. So nothing is confirmed of that.")
    with record.step("the worker", "The wallet takes the confirmation, which names the claim by its digest"):
        answer = stage.worker.passport("wallet", "asked", asked["id"])
        [kept] = answer["confirmations"]
        record.say(f"Kept: {kept['issuer']['name']} confirms {MOUNT.label}.")
        identifier: str = kept["id"]
    return identifier


def _ask_assessor(stage: Stage, record: Record, claim: str, endorsement: str) -> str:
    """The validation: the id of its credential at the assessment centre."""
    office = Office(stage.doors[OFFICE])
    with record.step("the worker", "They ask an independent assessor for a validation, and send both"):
        asked = stage.worker.passport(
            *("wallet", "ask", "validation", "--at", stage.link(OFFICE), "--claim", claim),
            *("--confirmation", endorsement, "--approve"),
        )["request"]
    with record.step("an assessment centre", "Six phases: a coordinator, an adviser and an assessor"):
        case = office.newest()
        office.prepare(case)
        results: list[JsonObject] = [
            {"skill": 0, "result": "met", "level": "2"},
            {"skill": 1, "result": "not-assessed", "reason": "There was nothing to measure that day."},
        ]
        office.judge(case, results)
        record.say(f"{MOUNT.label}: met, level 2. {MEASURE.label}: not assessed, and nowhere in the badge.")
    office.close()
    with record.step("the worker", "The wallet fetches the badge"):
        answer = stage.worker.passport("wallet", "asked", asked["id"], "--fetch")
        [badge] = answer["credentials"]
        record.say(f"{badge['name']}, from {badge['issuer']['id']}")
        identifier: str = badge["credentialId"]
    return identifier.rpartition(":")[2].replace("-", "")


def _weigh(stage: Stage, record: Record, number: int, title: str, strength: str, **acts: str) -> None:
    """Weigh everything that is in the wallet; fail where it is worth another thing than the story tells.

    `acts` are those that the skill's proof must have, and whether they hold. The other skill, which nobody
    confirmed, stays soft all the time.
    """
    with record.step("anybody with the files", f"{strength.capitalize()} proof. {title}"):
        time.sleep(_FRESH_SECONDS)
        folder = f"proof-{number}"
        stage.worker.passport("wallet", "save", folder)
        records = stage.worker.folder / folder / "records"
        report = stage.worker.passport(
            *("weigh", folder, *(("--record", f"{folder}/records") if records.is_dir() else ())),
            *("--trust", TRUST_LIST, "--publisher", stage.publisher, "--allow-loopback"),
        )
        skills = {each["skill"]: each for each in report["skills"]}
        found = skills[MOUNT.iri]
        told = {_kind(link): link["answer"] for link in found["links"]}
        _expect((strength, "soft"), (found["strengthWithout"], skills[MEASURE.iri]["strengthWithout"]))
        _expect(acts, told)
        rows = [
            (_kind(link), _who(link), link["strength"] or "nothing", link["answer"])
            for link in found["links"]
        ]
        record.table(MOUNT.label, ("act", "by", "counts as", "holds"), rows)
        rule, *others = found["reasons"]
        fell = [each for each in others if each["code"].startswith("evidence.base_")]
        for each in (rule, *fell, *found["raiseBy"]):
            record.say(each["sentence"])
        _draw(record, number, found, title)
        record.facts(strength=found["strengthWithout"], acts=told)


def _draw(record: Record, number: int, skill: JsonObject, title: str) -> None:
    """The picture in both languages; the page shows the English one."""
    dutch = draw_chain(skill, Language.NL, heading=True, standalone=True)
    (record.folder / f"hardening-{number}-nl.svg").write_text(dutch, encoding="utf-8")
    english = draw_chain(skill, Language.EN, heading=True, standalone=True)
    record.picture(f"hardening-{number}.svg", english.encode("utf-8"), title)


def _kind(link: Any) -> str:
    if link["rule"] == "holder":
        return "claim"
    return "confirmation" if link["act"] == "endorsement" else "validation"


def _who(link: Any) -> str:
    return "the holder" if link["rule"] == "holder" else str(link["issuer"]["name"])


def _expect(expected: object, found: object) -> None:
    if found != expected:
        raise StepRefused(expected=str(expected), found=str(found))
