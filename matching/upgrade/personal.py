"""What a new release changes for one person: their skills, and the places of the work that is near to them.

Both rankings are computed, each with its own release, from the same skills; but what follows from past work
follows from what a release says of it, and differs with it. Nothing is estimated.
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

NAMED = 5
"""Skills of one kind that a sentence names."""
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
    derived: bool = False
    """The person has it with one release only: it follows from their own work, as that release says."""

    @property
    def reason(self) -> Reason:
        values = {"skill": self.label}
        if self.derived:
            return Reason("upgrade.asks-follows" if self.have else "upgrade.drops-followed", values)
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
    came: tuple[str, ...] = ()
    """Labels of skills that follow from past work with the newer release only."""
    fell: tuple[str, ...] = ()
    """The same with the older one only."""

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
    earlier: Skills | None = None,
    language: str = "en",
    followed: Collection[str] = (),
    top: int = TOP,
    stage: Stage = Stage.MOVED,
) -> PersonalDiff:
    """Explain an upgrade for somebody's skills; `followed` are occupations that the person chose.

    `earlier` are the skills with the older release, where some of them follow from what it says of past work.

    Raises:
        TooManySkills, WeightOutOfRange: the profile is beyond the limits.
    """
    release = diff_releases(older, newer, language)
    earlier = skills if earlier is None else earlier
    before, after = rank(earlier, older), rank(skills, newer)
    came, fell = _only(skills, earlier, newer), _only(earlier, skills, newer)
    kept = {iri: 1.0 for iri in earlier if iri not in fell}
    near = {one.occupation for ranking in (before, after) for one in ranking[:top] if one.score > 0}
    near.update(iri for iri in followed if iri in older.occupations or iri in newer.occupations)
    seen = _Seen(newer, language, release, _places(before), _places(after), _has(skills, newer), came, fell)
    works = sorted(
        map(seen.work, near),
        key=lambda work: (work.after or work.before or 0, work.before or 0, work.occupation),
    )
    return PersonalDiff(
        release,
        tuple(_mine(kept, release)),
        len(read_profile(kept, older).numbers),
        len(read_profile(kept, newer).numbers),
        tuple(works),
        stage,
        tuple(newer.label(iri, language) for iri in sorted(came)),
        tuple(newer.label(iri, language) for iri in sorted(fell)),
    )


def _only(some: Skills, others: Skills, newer: Taxonomy) -> frozenset[str]:
    """Skills that are in the first alone, also under the identifiers that the newer release has for them."""
    there = _has(others, newer)
    return frozenset(iri for iri in some if iri not in there and not _has([iri], newer) & there)


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
    came: frozenset[str]
    fell: frozenset[str]

    def work(self, iri: str) -> WorkMoved:
        needs = tuple(
            NeedOfWork(
                one.skill,
                self.newer.label(one.skill, self.language),
                one.skill in self.has,
                one.before,
                one.after,
                one.skill in (self.came if one.before is None else self.fell if one.after is None else ()),
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
    if not (found.skills or found.came or found.fell):
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
    for code, labels in (("upgrade.follows", found.came), ("upgrade.follows-no-more", found.fell)):
        if labels:
            named = ", ".join(f"“{label}”" for label in labels[:NAMED])
            yield Reason(code, {"count": len(labels), "skills": named + ("…" if labels[NAMED:] else "")})
