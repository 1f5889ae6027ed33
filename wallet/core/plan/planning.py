"""Make a plan and work on it: the wallet proposes, the person chooses; nothing is planned unseen."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from matching.plan.before import Held, comes_before
from matching.plan.drafting import Draft, draft, offer_key, teaches
from matching.plan.errors import NothingToPlan
from matching.plan.wishes import Wishes
from matching.taxonomy.compact import Taxonomy
from passport.answers import Answer
from wallet.core.plain_text import plain_text
from wallet.core.plan.catalogues import catalogues
from wallet.core.plan.limits import ITEMS, TEXT
from wallet.core.plan.outcome import Happened, outcome_records
from wallet.core.plan.plans import Item, Plan, Status, plan_kept, plan_records
from wallet.core.plan.standing import Standing, achievement_of, standing
from wallet.core.plan.target import Target, compare_with
from wallet.core.profile import profile_of
from wallet.core.shelf import kept
from wallet.core.wallet import Wallet
from wallet.errors_plan import NotAGap, PlanDates, TooManyPlanItems, UnknownModule


def make_plan(wallet: Wallet, target: Target, taxonomy: Taxonomy, wishes: Wishes | None = None) -> Plan:
    """Begin a plan, with nothing in it yet.

    Raises:
        NothingToPlan: everything that is needed or useful is there.
        TooManyPlans
    """
    found = compare_with(target, profile_of(wallet), taxonomy, "en")
    if not found.shortage:
        raise NothingToPlan
    plan = Plan(
        id=wallet.new_id(),
        target=target,
        made=wallet.now(),
        missing=tuple(one.skill for one in found.shortage if one.required),
        needed=found.essential.of,
        wishes=wishes or Wishes(),
    )
    wallet.save(plan_records(wallet, plan))
    return plan


def propose(wallet: Wallet, stands: Standing, taxonomy: Taxonomy) -> Draft:
    """The smallest set of modules for the gaps that no part of the plan is for.

    What the parts that are not done take of the hours and the money is taken off. A module that is a part
    is not proposed again, also where its credential did not name all that it should.
    """
    wishes = stands.plan.wishes
    parts = {each.item.module.id for each in stands.items if each.item.module is not None}
    left = replace(
        wishes,
        refused=frozenset({*wishes.refused, *parts}),
        hours=None if wishes.hours is None else max(0, wishes.hours - stands.hours),
        cents=None if wishes.cents is None else max(0, wishes.cents - stands.cents),
    )
    return draft(
        stands.left,
        catalogues(wallet),
        left,
        today=wallet.now().date(),
        taxonomy=taxonomy,
        held=held_for(wallet, stands),
    )


def held_for(wallet: Wallet, stands: Standing) -> Held:
    """What the person has of what modules ask first, the parts of the plan and what they teach included."""
    person = profile_of(wallet)
    parts = [each.item.module for each in stands.items if each.item.module is not None]
    planned = {one.skill: one.level for module in parts for one in module.skills}
    achievements = {achievement_of(one) for one in kept(wallet) if one.answer is not Answer.NO}
    return Held(
        {**planned, **{skill: person.levels.get(skill) for skill in person.weights}},
        frozenset(module.id for module in parts),
        frozenset(each for each in achievements if each is not None),
    )


def take(
    wallet: Wallet, record: str, taxonomy: Taxonomy, *, modules: Iterable[str] = (), own: Iterable[str] = ()
) -> Plan:
    """Add what the person ticked: modules, and skills that they will learn at work without one.

    A module is named by its offer's key, or by its id: that is the first catalogue's, by the catalogues' ids.

    Raises:
        UnknownPlan, UnknownModule, TooManyPlanItems
        NotAGap: a skill that is not missing, or a module that closes nothing of what is left and that no
            other part asks first.
    """
    plan = plan_kept(wallet, record)
    stands = standing(wallet, plan, taxonomy, language="en")
    left = {gap.skill: gap for gap in stands.left}
    at_hand = {
        offer_key(module, each): (module, each) for each in catalogues(wallet) for module in each.modules
    }
    for module, each in tuple(at_hand.values()):
        at_hand.setdefault(module.id, (module, each))
    fresh: list[Item] = []
    chosen = list(dict.fromkeys(modules))
    if not at_hand.keys() >= set(chosen):
        raise UnknownModule
    others = [at_hand[each][0] for each in chosen]
    others += [each.module for each in plan.items if each.module is not None]
    for identifier in chosen:
        module, catalogue = at_hand[identifier]
        closes = tuple(skill for skill, gap in left.items() if teaches(module, gap, taxonomy))
        if not closes and not any(comes_before(module, each, taxonomy) for each in others):
            raise NotAGap
        before = {skill for each in fresh for skill in each.skills}
        closes = tuple(skill for skill in closes if skill not in before) or closes
        start = module.next_start(wallet.now().date())
        fresh.append(
            Item(
                wallet.new_id(),
                closes,
                wallet.now(),
                module=module,
                catalogue=catalogue.id,
                synthetic=catalogue.synthetic,
                first=None if start is None else start.first,
                last=None if start is None else start.last,
            )
        )
    for skill in dict.fromkeys(own):
        if skill not in left:
            raise NotAGap
        fresh.append(Item(wallet.new_id(), (skill,), wallet.now()))
    if len(plan.items) + len(fresh) > ITEMS:
        raise TooManyPlanItems(limit=ITEMS)
    changed = replace(plan, items=(*plan.items, *fresh))
    counted = outcome_records(wallet, [Happened.PLANNED] * len(fresh))
    wallet.save({**plan_records(wallet, changed), **counted})
    return changed


def set_wishes(wallet: Wallet, record: str, wishes: Wishes) -> Plan:
    """Raises UnknownPlan."""
    changed = replace(plan_kept(wallet, record), wishes=wishes)
    wallet.save(plan_records(wallet, changed))
    return changed


def refuse(wallet: Wallet, record: str, module: str, *, again: bool = False) -> Plan:
    """Leave a module out of what is proposed; `again`: let it back in. Raises UnknownPlan."""
    plan = plan_kept(wallet, record)
    refused: Collection[str] = (
        set(plan.wishes.refused) - {module} if again else {*plan.wishes.refused, module}
    )
    return set_wishes(wallet, record, replace(plan.wishes, refused=frozenset(refused)))


def change_item(
    wallet: Wallet,
    record: str,
    identifier: str,
    *,
    status: Status | None = None,
    first: date | None = None,
    last: date | None = None,
    note: str | None = None,
) -> Plan:
    """Say how far it is, when it is, and what belongs with it; a status of None stays as it was.

    Raises:
        UnknownPlan, UnknownPlanItem, PlanDates
    """
    plan = plan_kept(wallet, record)
    item = plan.item(identifier)
    if last is not None and (first is None or last < first):
        raise PlanDates
    new = item.status if status is None else status
    changed = plan.with_item(
        replace(
            item,
            status=new,
            since=item.since if new is item.status else wallet.now(),
            first=first,
            last=last,
            note=item.note if note is None else plain_text(note)[:TEXT],
        )
    )
    moved = () if new is item.status else (_HAPPENED[new],)
    wallet.save({**plan_records(wallet, changed), **outcome_records(wallet, moved)})
    return changed


_HAPPENED = {Status.PLANNED: Happened.PLANNED, Status.BUSY: Happened.BEGUN, Status.DONE: Happened.DONE}


def remove_item(wallet: Wallet, record: str, identifier: str) -> Plan:
    """Take a part out of the plan; raises UnknownPlan, UnknownPlanItem."""
    changed = plan_kept(wallet, record).without(identifier)
    wallet.save(plan_records(wallet, changed))
    return changed


def read_day(text: str) -> date | None:
    """A day as a form sends it, or nothing; raises PlanDates."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise PlanDates from None
