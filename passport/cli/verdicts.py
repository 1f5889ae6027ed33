"""What `passport verify` tells people: every check of a few documents, a table for many."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from passport.answers import Answer
from passport.terminal import MARKS, console, emit, one_line

WORD = {Answer.YES: "good", Answer.NO: "not good", Answer.CANNOT_TELL: "cannot tell"}
IN_FULL = 12
"""Documents whose every check is shown; of more only those that are not good, and why."""
_LINK = (
    "By a link of its holder at {host}, until {until}: it can be passed on, so it proves nobody's identity."
)
_NAMED = 50
"""Documents that are not good, or can't be told, and are named under the table."""


class Verdicts:
    """Counts reports as they come; `keep` holds all of them, for one JSON array at the end."""

    def __init__(self, *, many: bool, keep: bool) -> None:
        self._many, self._keep = many, keep
        self._counts: Counter[Answer] = Counter()
        self._kept: list[Mapping[str, Any]] = []
        self._waiting: list[Mapping[str, Any]] = []
        self._named: list[tuple[Answer, str, str]] = []

    @property
    def all_good(self) -> bool:
        return self._counts.total() == self._counts[Answer.YES]

    @property
    def counted(self) -> int:
        return self._counts.total()

    def add(self, report: Mapping[str, Any], *, show: bool) -> None:
        answer = Answer(report["answer"])
        self._counts[answer] += 1
        if self._keep:
            self._kept.append(report)
        if not show:
            return
        if answer is not Answer.YES and len(self._named) < _NAMED:
            self._named.append((answer, report["file"], _why(report)))
        if self._counts.total() <= IN_FULL:
            self._waiting.append(report)

    def end(self, *, as_json: bool, as_lines: bool) -> None:
        if as_lines:
            return
        emit(self._kept, as_json=as_json, show=self._show)

    def _show(self) -> None:
        if self._counts.total() <= IN_FULL:
            for report in self._waiting:
                show_report(report)
        else:
            for answer, label, why in self._named:
                console.print(MARKS[answer], f"{one_line(label)}  {why}", soft_wrap=True)
            left = self._counts.total() - self._counts[Answer.YES] - len(self._named)
            if left:
                console.print(f"… and {left} more: --jsonl names them all.")
        if self._many:
            self._table()

    def _table(self) -> None:
        table = Table(box=None, show_header=False, pad_edge=False)
        table.add_column()
        table.add_column(justify="right")
        for answer in Answer:
            table.add_row(WORD[answer], f"{self._counts[answer]:,}")
        console.print()
        console.print(table)


def show_report(report: Mapping[str, Any]) -> None:
    """One document with every check; in a presentation under the name of each credential."""
    answer = Answer(report["answer"])
    console.print()
    console.print(MARKS[answer], f"{WORD[answer]}  {one_line(report['file'])}")
    if "error" in report:
        console.print(f"  {report['error']['message']}", soft_wrap=True)
        return
    if "link" in report:
        console.print(f"  {_LINK.format(**report['link'])}", soft_wrap=True)
    if report["kind"] == "credential":
        for name, issuer in zip(report["names"], report["issuers"], strict=True):
            console.print(f"  {one_line(name)}, from {one_line(issuer)} ({report['form']})", soft_wrap=True)
    if report["kind"] == "endorsement":
        _show_endorsement(report)
    _show_checks(report["checks"], indent=2)
    for number, each in enumerate(report.get("credentials", ()), 1):
        named = (
            f"{one_line(each['name'])}, from {one_line(each['issuer'])} ({each['form']})"
            if each["name"]
            else "not readable"
        )
        console.print("  ", MARKS[Answer(each["answer"])], f"credential {number}: {named}", soft_wrap=True)
        _show_checks(each["checks"], indent=6)
    for number, each in enumerate(report.get("endorsements", ()), 1):
        named = f"from {one_line(each['issuer'])} ({each['form']})" if each["issuer"] else "not readable"
        console.print("  ", MARKS[Answer(each["answer"])], f"confirmation {number}: {named}", soft_wrap=True)
        _show_checks(each["checks"], indent=6)
    for skill in () if answer is Answer.NO else report["skills"]:
        console.print(f"  {skill['strength']:9} {one_line(skill['label'])}", soft_wrap=True)


def _show_endorsement(report: Mapping[str, Any]) -> None:
    """That it is no badge, who confirms what, and beside which claim it counts."""
    if report["endorses"] is not None:
        [issuer] = report["issuers"]
        console.print(f"  {one_line(issuer)} confirms {one_line(report['endorses'])}", soft_wrap=True)
    for named in report["builds_on"]:
        console.print(f"  beside the claim {one_line(named['id'])}", soft_wrap=True)
    console.print(f"  {report['note']}", soft_wrap=True)


def _show_checks(checks: Sequence[Mapping[str, Any]], *, indent: int) -> None:
    for check in checks:
        mark = MARKS[Answer(check["answer"])]
        console.print(" " * (indent - 1), mark, f"{check['number']}. {check['text']}", soft_wrap=True)


def _why(report: Mapping[str, Any]) -> str:
    """The first check that did not hold, of the document or of a credential in it."""
    if "error" in report:
        return str(report["error"]["message"])
    parts = [report, *report.get("credentials", ()), *report.get("endorsements", ())]
    checks = [check for part in parts for check in part["checks"]]
    wrong = [check for check in checks if check["answer"] == report["answer"]]
    return str(wrong[0]["text"]) if wrong else ""
