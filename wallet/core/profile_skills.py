"""What matching takes of a person: per skill a weight, level, strength and freshness, and where each is from.

A source tells what it knows of one skill; `wallet.core.profile` puts the sources together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from matching.recency import Age, age_of, recency
from passport.answers import Answer, Reason
from passport.evidence.age import months_between
from passport.evidence.kinds import Strength


class SourceKind(StrEnum):
    """Where a skill comes from. All but CREDENTIAL are the person's own word: soft."""

    CREDENTIAL = "credential"
    """Somebody else signed it."""
    OWN_CLAIM = "own-claim"
    """A claim that the person signed."""
    DERIVED = "derived"
    """It follows from schooling or from work; nobody saw it."""
    ASSESSED = "assessed"
    """The person's answer in a self-assessment."""
    TICKED = "ticked"
    """The person ticked it when a text was read."""


@dataclass(frozen=True, slots=True)
class SkillSource:
    """One thing that is known of one skill.

    `weight` is what it counts for before its age is taken into account: above 0 and at most 1, for example
    0.5 for a skill that is optional in past work. `at` is when the skill was last used or shown; the weight
    falls with its age here and nowhere else.
    """

    skill: str
    label: str
    kind: SourceKind
    name: str
    """Who says so, or the work or schooling that it follows from; plain text."""
    weight: float = 1.0
    at: datetime | None = None
    level: int | None = None
    strength: Strength = Strength.SOFT
    """What holds whatever the uncertain links turn out to be."""
    answer: Answer = Answer.YES
    """NO for proof that no longer holds: it counts as the person's own word. CANNOT_TELL for unchecked."""
    reasons: tuple[Reason, ...] = ()
    record: str | None = None
    """The wallet's id of the record behind it."""

    def months(self, now: datetime) -> int | None:
        """Whole months since it was last used; a date in the future is no date."""
        if self.at is None or self.at > now:
            return None
        return months_between(self.at, now)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the latest dated use of a skill is, and what age does to its weight."""

    at: datetime | None
    months: int | None
    factor: float
    """What age leaves of the weight of the source that counts: 1 for what is fresh or has no date."""

    @property
    def age(self) -> Age:
        return age_of(self.months)


@dataclass(frozen=True, slots=True)
class ProfileSkill:
    """One skill of the person: the best of all sources, which stay at hand, the one that counts first."""

    skill: str
    label: str
    weight: float
    level: int | None
    """The highest level among the sources that hold; None where none names one."""
    strength: Strength
    freshness: Freshness
    sources: tuple[SkillSource, ...]

    @property
    def kind(self) -> SourceKind:
        """Where the source that counts is from."""
        return self.sources[0].kind

    @property
    def answer(self) -> Answer:
        """Whether any source holds: yes, cannot tell, or none of them."""
        answers = {source.answer for source in self.sources}
        return next(answer for answer in (Answer.YES, Answer.CANNOT_TELL, Answer.NO) if answer in answers)


@dataclass(frozen=True)
class PersonProfile:
    """All skills of the person, in the order of their IRIs."""

    skills: tuple[ProfileSkill, ...]
    left_out: int = 0
    """Skills beyond what matching takes: those that count for least."""

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """As `matching.score.rank` and `matching.explain.compare` take it."""
        return MappingProxyType({one.skill: one.weight for one in self.skills})

    @cached_property
    def strengths(self) -> Mapping[str, str]:
        return MappingProxyType({one.skill: str(one.strength) for one in self.skills})

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """Only of the skills with a level."""
        return MappingProxyType({one.skill: one.level for one in self.skills if one.level is not None})

    @cached_property
    def by_skill(self) -> Mapping[str, ProfileSkill]:
        return MappingProxyType({one.skill: one for one in self.skills})


def together(sources: tuple[SkillSource, ...], now: datetime) -> ProfileSkill:
    """One skill from everything that is known of it; at least one source."""
    ordered = sorted(sources, key=lambda source: _order(source, now))
    best = ordered[0]
    return ProfileSkill(
        skill=best.skill,
        label=best.label,
        weight=_weight(best, now),
        level=max(
            (one.level for one in ordered if one.level is not None and one.answer is not Answer.NO),
            default=None,
        ),
        strength=max(one.strength for one in ordered),
        freshness=_freshness(ordered, now),
        sources=tuple(ordered),
    )


def _freshness(ordered: Sequence[SkillSource], now: datetime) -> Freshness:
    dates = [one.at for one in ordered if one.at is not None and one.at <= now]
    latest = max(dates, default=None)
    return Freshness(
        latest,
        None if latest is None else months_between(latest, now),
        recency(ordered[0].months(now)),
    )


def _weight(source: SkillSource, now: datetime) -> float:
    return source.weight * recency(source.months(now))


def _order(source: SkillSource, now: datetime) -> tuple[float, int, int, int, str, str]:
    """What counts for most first, then what is proven best, then the youngest."""
    months = source.months(now)
    return (
        -_weight(source, now),
        source.answer is Answer.NO,
        -source.strength.rank,
        1_000_000 if months is None else months,
        str(source.kind),
        source.name,
    )
