"""How the intake stands: which parts of is, can and wants are filled in, and how fresh each of them is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from matching.intake.past import PastKind
from wallet.core.intake_answers import answers_given
from wallet.core.intake_pasts import pasts_kept
from wallet.core.intake_skills import own_skills
from wallet.core.intake_vacancies import vacancies
from wallet.core.intake_wishes import Attitude, Motives, Wishes, attitude, motives, wishes
from wallet.core.wallet import Wallet

_OLD = timedelta(days=366)
"""After a year somebody should look at it again: the check-up is yearly."""


class Section(StrEnum):
    """Who somebody is, what they can do, what they want (R47)."""

    IS = "is"
    CAN = "can"
    WANTS = "wants"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to fill in."""

    code: str
    section: Section
    count: int
    """How many things are filled in."""
    at: datetime | None
    """When the person last changed something of it."""
    old: bool
    """That is more than a year ago."""


@dataclass(frozen=True, slots=True)
class IntakeState:
    parts: tuple[Part, ...]

    @property
    def done(self) -> int:
        return sum(part.count > 0 for part in self.parts)

    def of(self, section: Section) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.section is section)


def intake_state(wallet: Wallet) -> IntakeState:
    """Every part, in the order in which the page asks for them."""
    kept, now = pasts_kept(wallet), wallet.now()

    def part(code: str, section: Section, moments: Iterable[datetime]) -> Part:
        found = tuple(moments)
        at = max(found, default=None)
        return Part(code, section, len(found), at, at is not None and now - at > _OLD)

    def past(kind: PastKind) -> Iterable[datetime]:
        return (each.at for each in kept if each.past.kind is kind)

    def one(kept: Motives | Attitude | Wishes | None) -> tuple[datetime, ...]:
        return () if kept is None else (kept.at,)

    return IntakeState(
        (
            part("work", Section.IS, past(PastKind.WORK)),
            part("school", Section.IS, past(PastKind.SCHOOL)),
            part("motives", Section.IS, one(motives(wallet))),
            part("attitude", Section.IS, one(attitude(wallet))),
            part("assess", Section.CAN, (each.at for each in answers_given(wallet))),
            part("skills", Section.CAN, (each.at for each in own_skills(wallet))),
            part("wishes", Section.WANTS, one(wishes(wallet))),
            part("vacancies", Section.WANTS, (each.at for each in vacancies(wallet))),
        )
    )
