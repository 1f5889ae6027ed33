"""The story in its order."""

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from passport.demo import asking, issuing, understanding
from passport.demo.doors import StepRefused
from passport.demo.folder import empty
from passport.demo.keeping import Kept, keep_running
from passport.demo.page import write_page
from passport.demo.record import Record
from passport.demo.services import Services
from passport.demo.setting import Stage, set_stage
from passport.demo.skills import HEIGHTS, INSTALL
from passport.json import JsonObject

_STALE_SECONDS = 1.5
"""A little longer than a status list of the demo may be relied on."""


def play(folder: Path, *, keep: bool, yes: bool, as_json: bool) -> None:
    """Play everything and write the report.

    Raises:
        ServiceDidNotStart: a service did not come up.
        StepRefused: a service refused what the story needs, or answered other than the story says.
    """
    began = time.monotonic()
    console = None if as_json else Console(emoji=False, highlight=False)
    empty(folder)
    record = Record(folder, console)
    services = Services(folder / "services")
    services.folder.mkdir(mode=0o700)
    record.panel(
        "A school and an employer issue, a worker keeps and shows, an employer checks.\n"
        "Synthetic people and organisations; real services, keys, signatures and QR pictures.",
        "Skills passport",
    )
    kept: Kept | None = None
    done = False
    try:
        with record.step("this computer", "Issuer, verifier and wallet start with empty stores"):
            stage = set_stage(services.folder, services)
            for service in services.running:
                record.say(f"{service.name:9} {service.address}")
        _tell(stage, record, _asker(yes=yes or as_json))
        if keep:
            kept = keep_running(stage)
        stage.close()
        done = True
    finally:
        if not kept:
            services.stop()
        if done and not kept:  # after a failure the logs stay, to be read
            shutil.rmtree(services.folder, ignore_errors=True)
    seconds = time.monotonic() - began
    page = write_page(record, seconds=seconds)
    summary = _summary(record, seconds, page)
    (folder / "summary.json").write_text(json.dumps(summary, indent=2), encoding="utf-8")
    _close(record, summary, kept)


def _tell(stage: Stage, record: Record, agree: asking.Agree) -> None:
    issuing.open_accounts(stage, record)
    issuing.publish_trust(stage, record)
    course = issuing.issue_course(stage, record)
    issuing.issue_experience(stage, record)
    issuing.issue_certificates(stage, record)
    understanding.assess(stage, record)
    understanding.show_strength(stage, record)
    understanding.match_occupations(stage, record)
    profile = asking.open_employer(stage, record)
    understanding.match_profile(stage, record, profile)

    asking.show_at_counter(stage, record)
    asking.show_one_skill(stage, record)
    first = asking.ask(stage, record, "3-request")
    pictures = asking.answer(stage, record, first, "4-answer", agree)
    if not pictures:
        return
    report = asking.scan(stage, record, first, pictures, "It scans the answer: genuine, and enough?")
    _expect(report, INSTALL.iri, "yes")

    second = asking.ask(stage, record, "5-request")
    pictures = asking.answer(stage, record, second, "6-answer", lambda _question: True)
    with record.step("a school", "It withdraws the micro-credential, after the answer was made"):
        identifier = course.rpartition(":")[2].replace("-", "")
        stage.school.post(f"/api/credentials/{identifier}/revoke", {"reason": "demonstration"})
        record.say("Revoked, for good. One bit in a signed list.")
    report = asking.scan(stage, record, second, pictures, "It scans: the revocation shows")
    _expect(report, INSTALL.iri, "no")

    third = asking.ask(stage, record, "7-request")
    pictures = asking.answer(stage, record, third, "8-answer", lambda _question: True)
    with record.step("this computer", "The issuer goes away, and its status lists with it"):
        stage.stop_issuer()
        time.sleep(_STALE_SECONDS)
        record.say("Nobody can say now whether anything was withdrawn.")
    report = asking.scan(
        stage, record, third, pictures, "It scans: what can't be checked is not shown as good"
    )
    _expect(report, HEIGHTS.iri, "cannot-tell")


def _expect(report: JsonObject, skill: str, answer: str) -> None:
    """The story says what must come out: anything else fails the demo."""
    [found] = [one["answer"] for one in report["demands"] if one["skill"] == skill]
    if found != answer:
        raise StepRefused(expected=answer, found=found)


def _asker(*, yes: bool) -> asking.Agree:
    """Asks the person at the terminal; agrees where nobody is there to ask, or `--yes` says so."""
    if yes or not sys.stdin.isatty():
        return lambda _question: True
    return lambda question: typer.confirm(f"    {question}", default=True)


def _summary(record: Record, seconds: float, page: Path) -> dict[str, Any]:
    return {
        "synthetic": True,
        "seconds": round(seconds, 1),
        "page": str(page),
        "steps": [
            {"number": s.number, "who": s.who, "title": s.title, "seconds": s.seconds, **s.facts}
            for s in record.steps
        ],
    }


def _close(record: Record, summary: dict[str, Any], kept: Kept | None) -> None:
    if record.console is None:
        typer.echo(json.dumps({**summary, **(kept.facts() if kept else {})}, indent=2))
        return
    record.console.print(
        f"\n[bold]{len(record.steps)} steps in {summary['seconds']} s.[/] Report: {summary['page']}"
    )
    if kept is not None:
        kept.show(record.console)
