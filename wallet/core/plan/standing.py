"""How a plan stands at this moment: the match is run again, and what came in closes its gap.

Nothing of it is kept. Whether a gap is closed follows from what the wallet holds, never from a tick: what the
person says to have done closes nothing until there is proof, or a claim of their own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matching.compared import Comparison
from matching.plan.before import Before, Held, comes_before, gives, successor
from matching.plan.gaps import Gap, gaps_of
from matching.taxonomy.compact import Taxonomy
from passport.answers import Answer, Reason
from passport.documents import DocumentCache
from wallet.core.plain_text import plain_name
from wallet.core.plan.plans import Item, Plan, Status
from wallet.core.plan.target import compare_with
from wallet.core.profile import profile_of
from wallet.core.profile_skills import PersonProfile, ProfileSkill
from wallet.core.shelf import Kept, kept
from wallet.core.wallet import Wallet


@dataclass(frozen=True, slots=True)
class Step:
    """One gap that a part of the plan is for; `closed` is what the person has of it."""

    skill: str
    label: str
    closed: ProfileSkill | None


@dataclass(frozen=True, slots=True)
class ItemStanding:
    item: Item
    status: Status
    """As the person says, or done where its credential came in."""
    steps: tuple[Step, ...]
    credential: Kept | None
    """The credential that the module ends in, where it is here and is genuine."""
    reasons: tuple[Reason, ...]

    @property
    def closed(self) -> int:
        return sum(step.closed is not None for step in self.steps)

    @property
    def needless(self) -> bool:
        """Its gaps are closed without it."""
        closed = bool(self.steps) and self.closed == len(self.steps)
        return closed and self.credential is None and self.status is not Status.DONE


@dataclass(frozen=True, slots=True)
class Standing:
    plan: Plan
    found: Comparison
    """The match as it is now."""
    items: tuple[ItemStanding, ...]
    left: tuple[Gap, ...]
    """Gaps that no part of the plan is for."""
    closed_since: Mapping[str, datetime]
    """Gaps of the beginning that are closed, and since when, as far as that is known."""

    @property
    def hours(self) -> int:
        """That the parts still take."""
        return sum(each.item.hours for each in self.items if each.status is not Status.DONE)

    @property
    def cents(self) -> int:
        return sum(each.item.cents for each in self.items if each.status is not Status.DONE)

    @property
    def synthetic(self) -> bool:
        return any(each.item.synthetic for each in self.items)


def standing(
    wallet: Wallet,
    plan: Plan,
    taxonomy: Taxonomy,
    *,
    language: str,
    documents: DocumentCache | None = None,
) -> Standing:
    """Run the match again with all that is here, and look at every part."""
    cache = wallet.documents() if documents is None else documents
    person = profile_of(wallet, cache)
    found = compare_with(plan.target, person, taxonomy, language)
    met = {one.skill for one in found.overlap}
    held = tuple(
        one for one in kept(wallet, cache) if one.answer is not Answer.NO and one.verified is not None
    )

    def label(skill: str) -> str:
        return taxonomy.label(skill, language)

    looked = [_item(each, found, person, held, label) for each in plan.items]
    items = tuple(
        replace(each, reasons=(*each.reasons, *_first(each, looked, person, taxonomy))) for each in looked
    )
    promised = {skill for each in items if each.status is not Status.DONE for skill in each.item.skills}
    return Standing(
        plan,
        found,
        items,
        tuple(gap for gap in gaps_of(found, optional=plan.wishes.optional) if gap.skill not in promised),
        _closed_since(plan, met, held, taxonomy, wallet.now()),
    )


def _item(
    item: Item,
    found: Comparison,
    person: PersonProfile,
    held: tuple[Kept, ...],
    label: Callable[[str], str],
) -> ItemStanding:
    met = {one.skill: one.label for one in found.overlap}
    named = {one.skill: one.label for one in found.shortage} | met
    steps = tuple(
        Step(
            skill,
            named.get(skill) or label(skill),
            person.by_skill.get(skill) if skill in met else None,
        )
        for skill in item.skills
    )
    wanted = None if item.module is None else item.module.achievement
    credential = next((one for one in held if wanted is not None and achievement_of(one) == wanted), None)
    status = item.status if credential is None else Status.DONE
    return ItemStanding(item, status, steps, credential, tuple(_reasons(item, status, steps, credential)))


def _reasons(
    item: Item, status: Status, steps: tuple[Step, ...], credential: Kept | None
) -> Iterable[Reason]:
    open_ = [step for step in steps if step.closed is None]
    if credential is not None:
        yield Reason("plan.credential-here")
        for step in open_:
            yield Reason("plan.credential-without-skill", {"skill": step.label})
    elif steps and not open_ and status is not Status.DONE:
        yield Reason("plan.needless")
    elif status is Status.DONE and open_:
        ends = item.module is not None and item.module.achievement is not None
        yield Reason("plan.done-waits") if ends else Reason("plan.done-no-credential")


def _first(
    one: ItemStanding, others: Sequence[ItemStanding], person: PersonProfile, taxonomy: Taxonomy
) -> Iterable[Reason]:
    """What comes before this part: another part, or a skill that is not there and that no part teaches."""
    module = one.item.module
    if module is None or one.status is Status.DONE:
        return
    parts = [each for each in others if each.item.module is not None and each is not one]
    for each in parts:
        first = each.item.module
        if first is not None and each.status is not Status.DONE and comes_before(first, module, taxonomy):
            titles = {f"title.{language}": first.title_in(language) for language in ("nl", "en")}
            yield Reason("plan.do-first", titles)
    before = Before((), Held({skill: person.levels.get(skill) for skill in person.weights}), taxonomy)
    for asked in module.asks_skills:
        taught = any(gives(each.item.module, asked, taxonomy) for each in parts if each.item.module)
        if not taught and not before.has(asked):
            yield Reason("plan.lacks-first", {"skill": asked.name})


def achievement_of(one: Kept) -> str | None:
    parsed = one.report.parsed
    return None if parsed is None else parsed.subject.achievement.id


def _closed_since(
    plan: Plan, met: set[str], held: tuple[Kept, ...], taxonomy: Taxonomy, now: datetime
) -> Mapping[str, datetime]:
    """When the first credential that names it came in; where no credential does, it is known only now."""
    came: dict[str, datetime] = {}
    for one in sorted(held, key=lambda each: each.received_at):
        parsed = one.report.parsed
        for each in () if parsed is None else parsed.subject.achievement.alignments:
            came.setdefault(successor(each.target_url, taxonomy), max(one.received_at, plan.made))
    return {skill: came.get(skill, now) for skill in plan.missing if skill in met}


def credential_name(one: Kept) -> str:
    parsed = one.report.parsed
    return "" if parsed is None else plain_name(parsed.subject.achievement.name)
