"""What modules ask first, as far as the person does not have it, and which others would give it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from matching.plan.catalogue import Module, ModuleCatalogue, TaughtSkill
from matching.taxonomy.compact import Taxonomy

Offer = tuple[Module, ModuleCatalogue]


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody has before any module of a proposal begins."""

    skills: Mapping[str, int | None] = field(default_factory=dict)
    """With the level where it is known. Where it is not, it counts as reached, as in a match."""
    modules: Collection[str] = ()
    """That were done, or are in the plan already, by id."""
    achievements: Collection[str] = ()
    """Of credentials that are here, by id."""


def successor(skill: str, taxonomy: Taxonomy) -> str:
    """The skill itself, or what took its place in the taxonomy."""
    gone = taxonomy.retired.get(skill)
    return (gone.successor if gone else None) or skill


def gives(module: Module, asked: TaughtSkill, taxonomy: Taxonomy) -> bool:
    """Whether it teaches a skill up to the level that is asked; a level that is not stated is no level."""
    wanted = successor(asked.skill, taxonomy)
    return any(
        successor(one.skill, taxonomy) == wanted and (one.level or 0) >= (asked.level or 0)
        for one in module.skills
    )


def comes_before(first: Module, then: Module, taxonomy: Taxonomy) -> bool:
    """Whether one gives something that the other asks."""
    return first.id in then.asks_modules or any(gives(first, asked, taxonomy) for asked in then.asks_skills)


class Before:
    """The modules of some catalogues, by what they can come before. Built once for a proposal."""

    def __init__(self, offers: Iterable[Offer], held: Held, taxonomy: Taxonomy) -> None:
        self._held, self._taxonomy = held, taxonomy
        self._skills = {successor(skill, taxonomy): level for skill, level in held.skills.items()}
        self._by_id: defaultdict[str, list[Offer]] = defaultdict(list)
        self._by_skill: defaultdict[str, list[Offer]] = defaultdict(list)
        for offer in offers:
            self._by_id[offer[0].id].append(offer)
            for skill in {successor(one.skill, taxonomy) for one in offer[0].skills}:
                self._by_skill[skill].append(offer)

    def unmet(self, module: Module) -> Sequence[Sequence[Offer]]:
        """For each thing that it asks and the person lacks: the modules that give it; none is never."""
        found = [self._by_id[each] for each in module.asks_modules if not self._did(each)]
        for asked in module.asks_skills:
            if not self.has(asked):
                offers = self._by_skill[successor(asked.skill, self._taxonomy)]
                found.append([one for one in offers if gives(one[0], asked, self._taxonomy)])
        return found

    def has(self, asked: TaughtSkill) -> bool:
        """Whether the person has a skill, at its level as far as that is known."""
        skill = successor(asked.skill, self._taxonomy)
        if skill not in self._skills:
            return False
        level = self._skills[skill]
        return asked.level is None or level is None or level >= asked.level

    def _did(self, identifier: str) -> bool:
        """Done, or its credential is here, or all that it teaches is: by whatever route."""
        if identifier in self._held.modules:
            return True
        return any(
            module.achievement in self._held.achievements or all(map(self.has, module.skills))
            for module, _ in self._by_id[identifier]
        )
