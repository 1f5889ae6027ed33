"""What a check-up finds today: the person's skills, work beside them, demand, and what could be done."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from matching.checkup.actions import Found, WorkFound, suggestions
from matching.checkup.errors import CheckUpTextTooLong
from matching.checkup.figures import MarketThen
from matching.checkup.proven import Ground, SkillThen, Strength
from matching.checkup.snapshot import (
    Action,
    Earlier,
    Percent,
    Snapshot,
    Statement,
    Why,
    WorkThen,
    can_be_named,
)
from matching.compared import Comparison
from matching.explain import compare
from matching.intake.past import PastKind
from matching.limits import CHECK_UP
from matching.market.document import Market
from matching.market.in_skills import work_asked
from matching.market.outlook import Outlook
from matching.recency import Age
from matching.score import rank
from matching.taxonomy.compact import Taxonomy
from passport.answers import Answer
from wallet.core.checkup.kept import KeptCheckUp, check_ups
from wallet.core.chosen_work import chosen_work
from wallet.core.intake_pasts import pasts
from wallet.core.intake_state import intake_state
from wallet.core.licences import to_renew
from wallet.core.market_kept import market_in_use, outlook_by, regions_in_reach
from wallet.core.plain_text import plain_name, plain_text
from wallet.core.plan.agenda import title_of
from wallet.core.plan.plans import Status, plans
from wallet.core.plan.standing import standing
from wallet.core.profile import profile_of
from wallet.core.profile_skills import PersonProfile, ProfileSkill, SourceKind
from wallet.core.wallet import Wallet

NEAR = 5
"""Occupations near the person's skills that are looked at."""
_HUNDRED = 100
_JUST = timedelta(minutes=1)
"""So much ahead of the clock check-ups may stand that were made one after the other."""
_FORM = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Work:
    """One occupation: the person beside it, and demand for it."""

    occupation: str
    why: Why
    found: Comparison
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class CheckUp:
    """What is found; nothing of it is kept before the person says so."""

    profile: PersonProfile
    work: tuple[Work, ...]
    last: KeptCheckUp | None
    suggested: tuple[Action, ...]
    snapshot: Snapshot
    """As it would be kept, without what the person answers and chooses."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the person fills in."""

    answers: Mapping[Statement, int]
    chosen: Sequence[int] = ()
    """Places in the list of suggestions."""
    own: Sequence[str] = ()
    done: Sequence[int] = ()
    """Places in the list of actions of the check-up before."""


def look(wallet: Wallet, taxonomy: Taxonomy, language: str, *, form: str = "") -> CheckUp:
    """Compute everything; nothing is fetched, kept or sent.

    `form` is the id that this check-up had when it was looked at before: where that one was kept last, it is
    made over, as by somebody who went back to change an answer.
    """
    person = profile_of(wallet)
    made = check_ups(wallet)
    again = bool(made) and made[0].snapshot.id == form
    last = next(iter(made[1:] if again else made), None)
    of = outlook_by(wallet, market_in_use(wallet), taxonomy)  # of one source, so that years compare
    work = tuple(
        Work(occupation, why, _beside(occupation, person, taxonomy, language), of(occupation))
        for occupation, why in _work(wallet, person, taxonomy).items()
    )
    return CheckUp(
        person,
        work,
        last,
        suggestions(_found(wallet, person, work, taxonomy, language), taxonomy)[: CHECK_UP.actions // 2],
        _snapshot(wallet, person, work, taxonomy, _identifier(wallet, form, again=again)),
    )


def filled_in(found: CheckUp, said: Said) -> Snapshot:
    """The snapshot with what the person answered and chose.

    Raises:
        CheckUpTextTooLong: an action in the person's own words.
    """
    own = [text for each in said.own if (text := plain_text(each).strip())]
    if len(own) > CHECK_UP.own_actions or any(len(each) > CHECK_UP.text for each in own):
        raise CheckUpTextTooLong(most=CHECK_UP.text)
    chosen = [action for place, action in enumerate(found.suggested) if place in said.chosen]
    earlier = () if found.last is None else found.last.snapshot.actions
    one = found.snapshot
    return Snapshot(
        id=one.id,
        made=one.made,
        holder=one.holder,
        taxonomy=one.taxonomy,
        skills=one.skills,
        work=one.work,
        market=one.market,
        regions=one.regions,
        answers=dict(said.answers),
        actions=(*chosen, *(Action(words=each) for each in own)),
        earlier=tuple(Earlier(action, place in said.done) for place, action in enumerate(earlier)),
    )


def _work(wallet: Wallet, person: PersonProfile, taxonomy: Taxonomy) -> Mapping[str, Why]:
    """Each occupation once, for the reason that says most, in the order in which people think of it."""
    named: dict[str, Why] = {}
    for occupation, why in _named(wallet, person, taxonomy):
        if occupation in taxonomy.occupations:
            named.setdefault(occupation, why)
    return dict(list(named.items())[: CHECK_UP.work])


def _named(wallet: Wallet, person: PersonProfile, taxonomy: Taxonomy) -> Iterator[tuple[str, Why]]:
    for past in pasts(wallet):
        if past.kind is PastKind.WORK and past.until is None:
            yield from ((occupation, Why.OWN) for occupation in past.occupations)
    for plan in plans(wallet):
        if plan.target.occupation is not None:
            yield plan.target.occupation, Why.PLAN
    yield from ((occupation, Why.CHOSEN) for occupation in chosen_work(wallet))
    near = rank(person.weights, taxonomy)[:NEAR]
    yield from ((one.occupation, Why.NEAR) for one in near if one.score > 0)


def _beside(occupation: str, person: PersonProfile, taxonomy: Taxonomy, language: str) -> Comparison:
    return compare(
        person.weights,
        occupation,
        taxonomy,
        language=language,
        strengths=person.strengths,
        levels=person.levels,
    )


def _found(
    wallet: Wallet, person: PersonProfile, work: Sequence[Work], taxonomy: Taxonomy, language: str
) -> Found:
    old = [
        one
        for one in person.skills
        if one.freshness.age is Age.OLD and one.kind is not SourceKind.DERIVED  # nobody said it by name
    ]
    return Found(
        groups=[skill_then(one).group for one in person.skills],
        work=[
            WorkFound(
                each.occupation,
                each.why,
                each.found.essential.met,
                each.found.essential.of,
                each.outlook.state,
            )
            for each in work
        ],
        old_skills=[one.skill for one in sorted(old, key=lambda one: -(one.freshness.months or 0))],
        renewals=[
            (plain_name(one.name), one.valid_until.date().isoformat())
            for one in to_renew(wallet)
            if one.valid_until is not None
        ],
        open_items=[
            title_of(item, language)
            for plan in plans(wallet)
            for item in standing(wallet, plan, taxonomy, language=language).items
            if item.status is not Status.DONE
        ],
        has_market=market_in_use(wallet) is not None,
        intake_old=any(part.old for part in intake_state(wallet).parts),
    )


def _moment(wallet: Wallet) -> datetime:
    """Now, in whole seconds, of which each check-up has one to itself: their order says which came before."""
    now = wallet.now().replace(microsecond=0)
    made = (one.snapshot.made for one in check_ups(wallet))
    just = [each for each in made if now <= each < now + _JUST]
    return max(just) + timedelta(seconds=1) if just else now


def _identifier(wallet: Wallet, form: str, *, again: bool) -> str:
    """The form's own, once its form is right and no older check-up has it; else a new one."""
    old = any(one.snapshot.id == form for one in check_ups(wallet))
    if again or (_FORM.fullmatch(form) and not old):
        return form
    return f"urn:uuid:{UUID(bytes=wallet.random(16), version=4)}"


def _snapshot(
    wallet: Wallet, person: PersonProfile, work: Sequence[Work], taxonomy: Taxonomy, identifier: str
) -> Snapshot:
    signed = market_in_use(wallet)
    market = None if signed is None else signed.market
    return Snapshot(
        id=identifier,
        made=_moment(wallet),
        holder=wallet.did,
        taxonomy=taxonomy.name,
        skills=tuple(skill_then(one) for one in person.skills if can_be_named(one.skill)),
        work=tuple(_work_then(each) for each in work),
        market=None if market is None else _market_then(market),
        regions=()
        if market is None
        else tuple(plain_name(market.by_code[code].name) for code in regions_in_reach(wallet, market)),
        answers={},
        actions=(),
    )


def skill_then(one: ProfileSkill) -> SkillThen:
    """A skill with whose word it rests on: of whoever signed it, where any proof of it holds."""
    signed = any(
        source.kind is SourceKind.CREDENTIAL and source.answer is not Answer.NO for source in one.sources
    )
    said = any(source.kind is not SourceKind.DERIVED for source in one.sources)
    ground = Ground.SIGNED if signed else Ground.OWN if said else Ground.DERIVED
    return SkillThen(one.skill, Strength(str(one.strength)), one.level, ground)


def _work_then(each: Work) -> WorkThen:
    asked, met = work_asked(each.outlook), each.found.essential
    return WorkThen(
        each.occupation,
        each.why,
        met.met,
        met.of,
        each.outlook.state,
        _change(each.outlook),
        asked.counted,
        asked.vacancies,
    )


def _market_then(market: Market) -> MarketThen:
    return MarketThen(
        market.id,
        market.version,
        market.publisher,
        plain_name(market.publisher_name),
        market.synthetic,
        last=str(market.last),
        first=str(market.first),
        dated=market.valid_from,
        until=market.valid_until,
    )


def _change(outlook: Outlook) -> Percent | None:
    found = None if outlook.change is None else outlook.change.ratio
    if found is None or found.value is None:
        return None
    high = None if found.high is None else _in_percent(found.high)
    return Percent(_in_percent(found.value), _in_percent(found.low), high)


def _in_percent(part: float) -> int:
    return round((part - 1) * _HUNDRED)
