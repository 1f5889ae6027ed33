"""Pages of the check-up: when it is due, what is found in two halves, and the report for a talk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.checkup.changes import Changes, changes
from matching.checkup.snapshot import (
    MOST_AGREED,
    Action,
    MarketThen,
    Percent,
    Snapshot,
    Statement,
    Strength,
    Why,
)
from matching.market.errors import MalformedWindow
from matching.market.periods import parse_window
from matching.market.trend import State
from matching.market.wording import window_words
from matching.taxonomy.compact import Taxonomy
from passport.answers import Reason
from passport.clock import format_datetime
from passport.texts import Language
from wallet.core.checkup.kept import KeptCheckUp, before, check_ups
from wallet.core.checkup.looking import CheckUp
from wallet.core.checkup.reminder import SNOOZE_DAYS, due_of
from wallet.core.market_kept import market_in_use
from wallet.core.wallet import Wallet
from wallet.views.market import about
from wallet.views.rendering import Page, Renderer


@dataclass(frozen=True, slots=True)
class Line:
    """One occupation in a report."""

    occupation: str
    label: str
    why: Why
    met: int
    of: int
    demand: State
    change: str
    """Of demand with its bounds, in words; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Report:
    """A check-up in words, for the page and for paper."""

    id: str
    made: str
    counts: Mapping[Strength, int]
    work: Sequence[Line]
    market: MarketThen | None
    last: str
    """The last window of the figures, in words."""
    regions: Sequence[str]
    answers: Sequence[tuple[str, int]]
    actions: Sequence[str]
    earlier: Sequence[tuple[str, bool]]
    changed: "Changed | None"
    since: str
    """The day of the check-up before; empty for the first one."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since the one before, each as a sentence."""

    me: Sequence[str]
    taxonomy: Sequence[str]
    demand: Sequence[str]


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
    return renderer.page(
        "checkup-new.html",
        language,
        status=status,
        error=error,
        again=(),
        here="/checkup/new",
        work=[(taxonomy.label(each.occupation, language), each) for each in found.work],
        counts=_counts(found.snapshot),
        form=found.snapshot.id,
        total=len(found.snapshot.skills),
        statements=tuple(Statement),
        scale=range(1, MOST_AGREED + 1),
        suggested=[_said(renderer, action, language) for action in found.suggested],
        earlier=() if last is None else [_said(renderer, each, language) for each in last.snapshot.actions],
        changed=None
        if last is None
        else _changed(renderer, language, taxonomy, changes(last.snapshot, found.snapshot, taxonomy)),
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
    return Report(
        id=one.id,
        made=format_datetime(snapshot.made),
        counts=_counts(snapshot),
        work=[
            Line(
                each.occupation,
                taxonomy.label(each.occupation, language),
                each.why,
                each.met,
                each.of,
                each.demand,
                _change(renderer, language, each.change),
            )
            for each in snapshot.work
        ],
        market=snapshot.market,
        last="" if snapshot.market is None else _window(snapshot.market.last, language),
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
        else _changed(
            renderer, language, taxonomy, changes(then.snapshot, snapshot, taxonomy), answers=answers
        ),
        since="" if then is None else format_datetime(then.snapshot.made),
    )


def _counts(snapshot: Snapshot) -> Mapping[Strength, int]:
    found = [each.strength for each in snapshot.skills]
    return {strength: found.count(strength) for strength in reversed(Strength)}


def _said(renderer: Renderer, action: Action, language: Language) -> str:
    """The person's own words, or the sentence of a suggestion."""
    if action.words:
        return action.words
    return renderer.reason(Reason(action.code, dict(action.values or {})), language)


def _changed(
    renderer: Renderer, language: Language, taxonomy: Taxonomy, found: Changes, *, answers: bool = True
) -> Changed:
    def say(code: str, **values: str | int) -> str:
        return renderer.say(f"checkup-{code}", language, values)

    def names(iris: Sequence[str]) -> str:
        return ", ".join(taxonomy.label(iri, language) for iri in iris)

    me = [
        *([say("gained", count=len(found.gained), skills=names(found.gained))] if found.gained else []),
        *([say("lost", count=len(found.lost), skills=names(found.lost))] if found.lost else []),
        *([say("better", skills=names([each.after.skill for each in found.better]))] if found.better else []),
        *([say("worse", skills=names([each.after.skill for each in found.worse]))] if found.worse else []),
        *(
            say(
                "answered",
                statement=renderer.say(f"checkup-statement-{each}", language),
                before=old,
                after=new,
            )
            for each, (old, new) in found.answers.items()
            if answers
        ),
    ]
    release = [
        *([say("release", before=found.taxonomy[0], after=found.taxonomy[1])] if found.taxonomy else []),
        *([say("renumbered", count=len(found.renumbered))] if found.renumbered else []),
        *([say("skills-gone", skills=names(found.gone))] if found.gone else []),
    ]
    demand = [
        *([] if found.comparable else [say("not-comparable")]),
        *([say("now-near", work=names(found.near))] if found.near else []),
        *([say("no-longer", work=names(found.away))] if found.away else []),
        *(
            say(
                "work-skills",
                work=taxonomy.label(each.after.occupation, language),
                met=each.before.met,
                of=each.before.of,
                now=each.after.met,
                now_of=each.after.of,
            )
            for each in found.skills_of_work
        ),
        *(
            say(
                "work-demand",
                work=taxonomy.label(each.after.occupation, language),
                then=renderer.say(f"market-state-{each.before.demand}", language),
                demand=renderer.say(f"market-state-{each.after.demand}", language),
            )
            for each in found.demand
        ),
    ]
    return Changed(me, release, demand)


def _change(renderer: Renderer, language: Language, found: Percent | None) -> str:
    """A number never stands alone (R118)."""
    if found is None:
        return ""
    values = {"percent": _signed(found.value), "low": _signed(found.low), "high": _signed(found.high)}
    return renderer.say("checkup-change", language, values)


def _signed(number: int | None) -> str:
    """With its sign; None has no bound."""
    return "∞" if number is None else f"{number:+d}" if number else "0"


def _window(text: str, language: Language) -> str:
    """As people say it; as it stands there where it is no window."""
    try:
        return window_words(parse_window(text), language)
    except MalformedWindow:
        return text
