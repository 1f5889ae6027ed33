"""A plan as it is kept: what it is for, what was missing when it began, and its parts with how far they are.

A part keeps its module whole, so that it still says what it was when the catalogue is gone.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from matching.plan.catalogue import Form, Module, read_module, write_module
from matching.plan.wishes import Wishes, read_wishes, wishes_json
from passport.clock import format_datetime, parse_datetime
from passport.json import JsonObject
from wallet.core.plan.limits import PLANS
from wallet.core.plan.target import Target, read_target, write_target
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_plan import TooManyPlans, UnknownPlan, UnknownPlanItem


class Status(StrEnum):
    """How far the person says to be; a credential that comes in says more (`wallet.core.plan.standing`)."""

    PLANNED = "planned"
    BUSY = "busy"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a plan: a module, or learning a skill at work without one."""

    id: str
    skills: tuple[str, ...]
    """The gaps that it was taken for."""
    since: datetime
    """Since when it is as it is."""
    status: Status = Status.PLANNED
    module: Module | None = None
    catalogue: str = ""
    synthetic: bool = False
    note: str = ""
    """What the person wrote with it, such as with whom they will learn."""
    first: date | None = None
    last: date | None = None

    @property
    def form(self) -> Form:
        return Form.WORK if self.module is None else self.module.form

    @property
    def hours(self) -> int:
        return 0 if self.module is None else self.module.hours

    @property
    def cents(self) -> int:
        return 0 if self.module is None else self.module.cents


@dataclass(frozen=True, slots=True)
class Plan:
    id: str
    target: Target
    made: datetime
    missing: tuple[str, ...]
    """The needed skills that were missing when it was made."""
    needed: int
    """How many skills were needed."""
    wishes: Wishes
    items: tuple[Item, ...] = ()

    def item(self, identifier: str) -> Item:
        """Raises UnknownPlanItem."""
        for each in self.items:
            if each.id == identifier:
                return each
        raise UnknownPlanItem

    def with_item(self, item: Item) -> "Plan":
        return replace(self, items=tuple(item if each.id == item.id else each for each in self.items))

    def without(self, identifier: str) -> "Plan":
        """Raises UnknownPlanItem."""
        gone = self.item(identifier)
        return replace(self, items=tuple(each for each in self.items if each is not gone))


def plans(wallet: Wallet) -> tuple[Plan, ...]:
    """All of them, the latest first."""
    found = [read_plan(record, data) for record, data in wallet.vault.of_kind(Kind.PLAN).items()]
    return tuple(sorted(found, key=lambda one: (one.made, one.id), reverse=True))


def plan_kept(wallet: Wallet, record: str) -> Plan:
    """Raises UnknownPlan."""
    data = wallet.vault.of_kind(Kind.PLAN).get(record)
    if data is None:
        raise UnknownPlan
    return read_plan(record, data)


def plan_records(wallet: Wallet, plan: Plan) -> Records:
    """The record of a plan, to be saved; raises TooManyPlans."""
    here = wallet.vault.of_kind(Kind.PLAN)
    if plan.id not in here and len(here) >= PLANS:
        raise TooManyPlans(limit=PLANS)
    return {(Kind.PLAN, plan.id): as_json(_write(plan))}


def forget_plan(wallet: Wallet, record: str) -> Records:
    """Erase a plan for good; raises UnknownPlan."""
    plan_kept(wallet, record)
    return wallet.erase(frozenset({(Kind.PLAN, record)}))


def _write(plan: Plan) -> JsonObject:
    return {
        "target": write_target(plan.target),
        "made": format_datetime(plan.made),
        "missing": list(plan.missing),
        "needed": plan.needed,
        "wishes": wishes_json(plan.wishes),
        "items": [_write_item(each) for each in plan.items],
    }


def _write_item(item: Item) -> JsonObject:
    return {
        "id": item.id,
        "skills": list(item.skills),
        "since": format_datetime(item.since),
        "status": str(item.status),
        "module": None if item.module is None else write_module(item.module),
        "catalogue": item.catalogue,
        "synthetic": item.synthetic,
        "note": item.note,
        "first": None if item.first is None else item.first.isoformat(),
        "last": None if item.last is None else item.last.isoformat(),
    }


def read_plan(record: str, data: bytes) -> Plan:
    """Raises what a record that no wallet wrote raises: KeyError, TypeError, ValueError, PassportError."""
    kept = json.loads(data)
    return Plan(
        id=record,
        target=read_target(kept["target"]),
        made=parse_datetime(kept["made"]),
        missing=tuple(map(str, kept["missing"])),
        needed=int(kept["needed"]),
        wishes=read_wishes(kept["wishes"]),
        items=tuple(_read_item(each) for each in kept["items"]),
    )


def _read_item(kept: Any) -> Item:
    return Item(
        id=str(kept["id"]),
        skills=tuple(map(str, kept["skills"])),
        since=parse_datetime(kept["since"]),
        status=Status(kept["status"]),
        module=None if kept["module"] is None else read_module(kept["module"]),
        catalogue=str(kept["catalogue"]),
        synthetic=bool(kept["synthetic"]),
        note=str(kept["note"]),
        first=None if kept["first"] is None else date.fromisoformat(kept["first"]),
        last=None if kept["last"] is None else date.fromisoformat(kept["last"]),
    )
