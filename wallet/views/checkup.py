"""Pages of the check-up: when it is due, what is found in two halves, and the report for a talk."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from matching.checkup.changes import changes
from matching.checkup.snapshot import (
    MOST_AGREED,
    Action,
    Percent,
    Snapshot,
    Statement,
)
from matching.taxonomy.compact import Taxonomy
from passport.answers import Reason
from passport.clock import format_datetime
from passport.texts import Language
from wallet.core.checkup.kept import KeptCheckUp, before, check_ups
from wallet.core.checkup.looking import CheckUp
from wallet.core.checkup.reminder import SNOOZE_DAYS, due_of
from wallet.core.market_kept import market_in_use
from wallet.core.wallet import Wallet
from wallet.views.checkup_changes import Changed, changed
from wallet.views.checkup_parts import (
    Demanded,
    Figures,
    Line,
    Proven,
    demanded,
    drawing,
    figures,
    proven,
)
from wallet.views.market import about
from wallet.views.rendering import Page, Renderer


@dataclass(frozen=True, slots=True)
class Report:
    """A check-up in words, for the page and for paper."""

    id: str
    made: str
    total: int
    groups: Sequence[Proven]
    picture: Markup | None
    work: Sequence[Line]
    asked: Demanded | None
    figures: Figures | None
    regions: Sequence[str]
    answers: Sequence[tuple[str, int]]
    actions: Sequence[str]
    earlier: Sequence[tuple[str, bool]]
    changed: Changed | None
    since: str
    """The day of the check-up before; empty for the first one."""


def overview(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    *,
    error: str = "",
    status: int = 200,
    undo: bool = False,
) -> Page:
    """When the next one is due, what it is, and those that were made."""
    return renderer.page(
        "checkup.html",
        language,
        status=status,
        here="/checkup",
        error=error,
        undo=undo,
        due=due_of(wallet),
        snoozes=SNOOZE_DAYS,
        can_sign=wallet.has_key,
        made=[(one.id, one.snapshot.made) for one in check_ups(wallet)],
    )


def form(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    found: CheckUp,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    """What is found today, in two halves, and the questions; nothing is kept yet."""
    signed = market_in_use(wallet)
    last = found.last
    then = None if last is None else last.snapshot
    groups = proven(found.snapshot, then, taxonomy, language)
    return renderer.page(
        "checkup-new.html",
        language,
        status=status,
        error=error,
        again=(),
        here="/checkup/new",
        work=list(zip(_lines(renderer, language, taxonomy, found.snapshot, then), found.work, strict=True)),
        groups=groups,
        picture=drawing(renderer, language, groups),
        asked=demanded(found.snapshot, taxonomy, language),
        figures=figures(found.snapshot, language),
        form=found.snapshot.id,
        total=len(found.snapshot.skills),
        statements=tuple(Statement),
        scale=range(1, MOST_AGREED + 1),
        suggested=[_said(renderer, action, language) for action in found.suggested],
        earlier=() if last is None else [_said(renderer, each, language) for each in last.snapshot.actions],
        changed=None
        if last is None
        else changed(renderer, language, taxonomy, changes(last.snapshot, found.snapshot, taxonomy)),
        since="" if last is None else format_datetime(last.snapshot.made),
        found=None if signed is None else about(signed, wallet, language),
    )


def report(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    one: KeptCheckUp,
    *,
    answers: bool = True,
) -> Page:
    """The report, to read and to print; without the answers where the person leaves them out."""
    return renderer.page(
        "checkup-report.html",
        language,
        here=f"/checkup/{one.id}",
        again=() if answers else [("answers", "no")],
        one=written(renderer, language, wallet, taxonomy, one, answers=answers),
        with_answers=answers,
        has_answers=bool(one.snapshot.answers),
        signed=one.signed,
        holder=one.snapshot.holder,
    )


def written(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    one: KeptCheckUp,
    *,
    answers: bool = True,
) -> Report:
    """A check-up that was kept, in words; names are those of the present taxonomy."""
    then, snapshot = before(wallet, one), one.snapshot
    earlier = None if then is None else then.snapshot
    groups = proven(snapshot, earlier, taxonomy, language)
    return Report(
        id=one.id,
        made=format_datetime(snapshot.made),
        total=len(snapshot.skills),
        groups=groups,
        picture=drawing(renderer, language, groups),
        work=_lines(renderer, language, taxonomy, snapshot, earlier),
        asked=demanded(snapshot, taxonomy, language),
        figures=figures(snapshot, language),
        regions=snapshot.regions,
        answers=[
            (renderer.say(f"checkup-statement-{each}", language), value)
            for each, value in snapshot.answers.items()
            if answers
        ],
        actions=[_said(renderer, each, language) for each in snapshot.actions],
        earlier=[(_said(renderer, each.action, language), each.done) for each in snapshot.earlier],
        changed=None
        if then is None
        else changed(
            renderer, language, taxonomy, changes(then.snapshot, snapshot, taxonomy), answers=answers
        ),
        since="" if then is None else format_datetime(then.snapshot.made),
    )


def _lines(
    renderer: Renderer, language: Language, taxonomy: Taxonomy, one: Snapshot, then: Snapshot | None
) -> list[Line]:
    """The work of a check-up, each beside what it was in the one before."""
    moved = None if then is None else changes(then, one, taxonomy)
    met = {} if moved is None else {each.after.occupation: each.before for each in moved.skills_of_work}
    demand = {} if moved is None else {each.after.occupation: each.before.demand for each in moved.demand}
    return [
        Line(
            each.occupation,
            taxonomy.label(each.occupation, language),
            each.why,
            each.met,
            each.of,
            each.demand,
            _change(renderer, language, each.change),
            met.get(each.occupation),
            demand.get(each.occupation),
        )
        for each in one.work
    ]


def _said(renderer: Renderer, action: Action, language: Language) -> str:
    """The person's own words, or the sentence of a suggestion."""
    if action.words:
        return action.words
    return renderer.reason(Reason(action.code, dict(action.values or {})), language)


def _change(renderer: Renderer, language: Language, found: Percent | None) -> str:
    """A number never stands alone (R118)."""
    if found is None:
        return ""
    values = {"percent": _signed(found.value), "low": _signed(found.low), "high": _signed(found.high)}
    return renderer.say("checkup-change", language, values)


def _signed(number: int | None) -> str:
    """With its sign; None has no bound."""
    return "∞" if number is None else f"{number:+d}" if number else "0"
