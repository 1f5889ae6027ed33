"""What a new release changes for one person: their skills, and the places of the work that is near to them.

Both rankings are computed from the same skills, each with its own release. Nothing is estimated.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from matching.profile import Skills, read_profile
from matching.score import Ranking, rank
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from matching.upgrade.changes import Changed, Fate, ReleaseDiff, diff_releases
from passport.answers import Reason

TOP = 10
"""How many of the nearest occupations of either release are looked at."""


class Stage(StrEnum):
    """How far the upgrade is for this person."""

    MOVED = "moved"
    OFFERED = "offered"
    """The newer release is there; nothing is counted with it yet."""
    BEGAN = "began"
    """The person never had the older one: there is nothing to tell of skills and places."""


@dataclass(frozen=True, slots=True)
class NeedOfWork:
    """A change in what one occupation asks, seen by this person."""

    skill: str
    label: str
    have: bool
    before: Grade | None
    after: Grade | None

    @property
    def reason(self) -> Reason:
        values = {"skill": self.label}
        if self.before is None:
            return Reason("upgrade.asks-yours" if self.have else "upgrade.asks-other", values)
        if self.after is None:
            return Reason("upgrade.drops-yours" if self.have else "upgrade.drops-other", values)
        order = tuple(Grade)
        if order.index(self.after) < order.index(self.before):
            return Reason("upgrade.asks-more", values)
        return Reason("upgrade.asks-less", values)


@dataclass(frozen=True, slots=True)
class WorkMoved:
    """An occupation at its place in both rankings; a place is None where the release does not have it."""

    occupation: str
    label: str
    before: int | None
    after: int | None
    needs: tuple[NeedOfWork, ...]
    into_label: str = ""
    """Where it went: what stands in its place; `after` is the place of that."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return (self._moved(), *(need.reason for need in self.needs), *self._unchanged())

    def _moved(self) -> Reason:
        if self.after is None:
            return Reason("upgrade.work-gone", {"name": self.label, "before": self.before or 0})
        if self.into_label:
            return Reason(
                "upgrade.work-into", {"name": self.label, "into": self.into_label, "after": self.after}
            )
        if self.before is None:
            return Reason("upgrade.work-new", {"name": self.label, "after": self.after})
        values: dict[str, str | int] = {"name": self.label, "before": self.before, "after": self.after}
        if self.after == self.before:
            return Reason("upgrade.work-same", values)
        return Reason("upgrade.work-up" if self.after < self.before else "upgrade.work-down", values)

    @property
    def shifted(self) -> bool:
        """Whether it has another place while nothing changed in the work itself."""
        both = self.before is not None and self.after is not None and not self.into_label
        return both and not self.needs and self.before != self.after

    def _unchanged(self) -> Iterator[Reason]:
        if self.shifted:
            yield Reason("upgrade.others-changed")


@dataclass(frozen=True, slots=True)
class PersonalDiff:
    """An upgrade as it is explained to a person."""

    release: ReleaseDiff
    skills: tuple[Changed, ...]
    """The person's own skills that changed. APPEARED: one that the older release did not know."""
    counted_before: int
    counted_after: int
    works: tuple[WorkMoved, ...]
    """The nearest occupations of either release and those that are followed, by their places."""
    stage: Stage = Stage.MOVED

    @property
    def moved(self) -> tuple[WorkMoved, ...]:
        return tuple(one for one in self.works if one.before != one.after or one.needs or one.into_label)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The whole in sentences: counts first, then the person's skills."""
        return tuple(_summary(self))


def explain_upgrade(
    skills: Skills,
    older: Taxonomy,
    newer: Taxonomy,
    *,
    language: str = "en",
    followed: Collection[str] = (),
    top: int = TOP,
    stage: Stage = Stage.MOVED,
) -> PersonalDiff:
    """Explain an upgrade for somebody's skills; `followed` are occupations that the person chose.

    Raises:
        TooManySkills, WeightOutOfRange: the profile is beyond the limits.
    """
    release = diff_releases(older, newer, language)
    before, after = rank(skills, older), rank(skills, newer)
    near = {one.occupation for ranking in (before, after) for one in ranking[:top] if one.score > 0}
    near.update(iri for iri in followed if iri in older.occupations or iri in newer.occupations)
    seen = _Seen(newer, language, release, _places(before), _places(after), _has(skills, newer))
    works = sorted(
        map(seen.work, near),
        key=lambda work: (work.after or work.before or 0, work.before or 0, work.occupation),
    )
    return PersonalDiff(
        release,
        tuple(_mine(skills, release)),
        len(before.profile.numbers),
        len(after.profile.numbers),
        tuple(works),
        stage,
    )


def _has(skills: Skills, newer: Taxonomy) -> frozenset[str]:
    """The person's skills, also under the identifiers that the newer release has for them."""
    followed = (newer.skills.iris[number] for number in read_profile(skills, newer).numbers)
    return frozenset((*skills, *followed))


def _places(ranking: Ranking) -> dict[str, int]:
    return {one.occupation: one.place for one in ranking}


def _mine(skills: Iterable[str], release: ReleaseDiff) -> Iterator[Changed]:
    mine = frozenset(skills)
    return (one for one in (*release.skills, *release.groups) if one.iri in mine)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Two rankings of one person's skills, and what differs between the releases behind them."""

    newer: Taxonomy
    language: str
    release: ReleaseDiff
    before: Mapping[str, int]
    after: Mapping[str, int]
    has: frozenset[str]

    def work(self, iri: str) -> WorkMoved:
        needs = tuple(
            NeedOfWork(
                one.skill,
                self.newer.label(one.skill, self.language),
                one.skill in self.has,
                one.before,
                one.after,
            )
            for one in self.release.needs.get(iri, ())
        )
        before, after = self.before.get(iri), self.after.get(iri)
        gone = next((one for one in self.release.occupations if one.iri == iri and one.into), None)
        if gone is not None:
            return WorkMoved(iri, gone.label, before, self.after.get(gone.into), needs, gone.into_label)
        return WorkMoved(iri, self._name(iri), before, after, needs)

    def _name(self, iri: str) -> str:
        """Work that went without a successor has its name among the changes only."""
        changed = next((one.label for one in self.release.occupations if one.iri == iri), "")
        return changed or self.newer.label(iri, self.language)


_STAGE = {
    Stage.MOVED: "upgrade.releases",
    Stage.OFFERED: "upgrade.offered",
    Stage.BEGAN: "upgrade.began",
}
_SKILL = {
    Fate.APPEARED: "upgrade.skill-appeared",
    Fate.GONE: "upgrade.skill-gone",
    Fate.RENAMED: "upgrade.skill-renamed",
    Fate.REPLACED: "upgrade.skill-replaced",
    Fate.MERGED: "upgrade.skill-merged",
}


def _of_skill(one: Changed) -> Reason:
    values = {"name": one.label, "before": one.before, "into": one.into_label}
    return Reason(_SKILL[one.fate], values)


def _summary(found: PersonalDiff) -> Iterator[Reason]:
    yield Reason(_STAGE[found.stage], {"older": found.release.older, "newer": found.release.newer})
    if found.stage is Stage.BEGAN:
        return
    if not found.skills:
        yield Reason("upgrade.skills-same", {"count": found.counted_after})
    lost = found.counted_before - found.counted_after
    if lost > 0:
        yield Reason("upgrade.counted-less", {"count": lost})
    elif lost < 0:
        yield Reason("upgrade.counted-more", {"count": -lost})
    moved = sum(one.before != one.after for one in found.works)
    if moved:
        yield Reason("upgrade.moved", {"count": moved, "of": len(found.works)})
    elif found.works:
        yield Reason("upgrade.nothing-moved", {"of": len(found.works)})
    yield from map(_of_skill, found.skills)
