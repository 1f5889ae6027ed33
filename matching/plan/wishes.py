"""What the person can spend and would rather do: hours, money, at school or at work."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from matching.limits import PLAN
from matching.plan.catalogue import Form, Module
from matching.plan.cover_problem import Aim
from matching.plan.errors import BudgetOutOfRange
from passport.json import JsonObject


@dataclass(frozen=True, slots=True)
class Wishes:
    """None is no limit. A budget of 0 euros is one: only what is free."""

    hours: int | None = None
    cents: int | None = None
    aim: Aim = Aim.FEWEST
    form: Form | None = None
    online: bool = False
    """Only what can be done from home."""
    optional: bool = False
    """Also plan for skills that are useful but not needed."""
    refused: Collection[str] = frozenset()
    """Modules, by id, that the person does not want."""

    def __post_init__(self) -> None:
        for value, most in ((self.hours, PLAN.hours), (self.cents, PLAN.cents)):
            if value is not None and not 0 <= value <= most:
                raise BudgetOutOfRange(limit=most)

    def allows(self, module: Module, today: date) -> bool:
        """Whether the person would do it, and still can; what it costs is not looked at."""
        return (
            module.id not in self.refused
            and self.form in {None, module.form}
            and (module.online or not self.online)
            and (not module.starts or module.next_start(today) is not None)
        )


def wishes_json(wishes: Wishes) -> JsonObject:
    return {
        "hours": wishes.hours,
        "cents": wishes.cents,
        "aim": str(wishes.aim),
        "form": None if wishes.form is None else str(wishes.form),
        "online": wishes.online,
        "optional": wishes.optional,
        "refused": sorted(wishes.refused),
    }


def read_wishes(value: JsonObject) -> Wishes:
    """Raises KeyError, TypeError, ValueError, BudgetOutOfRange."""
    form = value["form"]
    return Wishes(
        hours=_whole(value["hours"]),
        cents=_whole(value["cents"]),
        aim=Aim(value["aim"]),
        form=None if form is None else Form(form),
        online=bool(value["online"]),
        optional=bool(value["optional"]),
        refused=frozenset(map(str, value["refused"])),
    )


def _whole(value: object) -> int | None:
    if value is not None and type(value) is not int:
        raise TypeError
    return value
