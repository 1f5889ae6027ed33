"""A plan's days as a calendar file, for the person's own agenda."""

from collections.abc import Iterator

from matching.calendar_file import DayEvent, write_calendar
from matching.plan.summary import euros
from wallet.core.plain_text import plain_name
from wallet.core.plan.limits import REMIND_DAYS
from wallet.core.plan.plans import Status
from wallet.core.plan.standing import ItemStanding, Standing
from wallet.core.wallet import Wallet

_HOURS = {"nl": "uur", "en": "hours"}


def plan_calendar(wallet: Wallet, stands: Standing, language: str) -> bytes:
    """The parts that have a day and are not done; the same parts and moment give the same bytes."""
    return write_calendar(_events(stands, language), now=wallet.now())


def _events(stands: Standing, language: str) -> Iterator[DayEvent]:
    for each in stands.items:
        item = each.item
        if item.first is None or each.status is Status.DONE:
            continue
        yield DayEvent(
            uid=f"{item.id}@plan.skills-passport",
            day=item.first,
            summary=title_of(each, language),
            description="\n".join(_lines(each, language)),
            last=item.last,
            remind_days=REMIND_DAYS,
        )


def title_of(each: ItemStanding, language: str) -> str:
    """The module's name, or the skill that is learned at work."""
    module = each.item.module
    return plain_name(each.steps[0].label if module is None else module.title_in(language))


def _lines(each: ItemStanding, language: str) -> Iterator[str]:
    module = each.item.module
    if module is not None:
        yield ", ".join(filter(None, (plain_name(module.provider), plain_name(module.place or ""))))
        yield f"{module.hours} {_HOURS[language]}, {euros(module.cents, language)}"
        if module.page is not None:
            yield module.page
    yield from (f"+ {step.label}" for step in each.steps)
    if each.item.note:
        yield each.item.note
