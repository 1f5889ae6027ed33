"""Every way in which a wallet can meet each demand: with which documents, showing which of their parts."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from passport import limits
from passport.answers import Answer
from passport.evidence.cover_way import Problem, Way, bits
from passport.evidence.demand import Demand
from passport.evidence.held import Held
from passport.evidence.link import Link
from passport.evidence.parts import Part, needed
from passport.evidence.policy import DemandResult

WORTH = {Answer.NO: 0, Answer.CANNOT_TELL: 1, Answer.YES: 2}
_ALL_TRIED = 4
"""Documents below a link of which every choice is tried; of more, those that one alone can be spared of."""
_REQUIRED = 65
"""A required demand matters more than all optional ones together (there are 64 demands at most)."""

Judge = Callable[[int], tuple[DemandResult, ...]]
"""What a verifier answers to each demand, shown the documents of a bit set and nothing else."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to meet a demand, and the answer that it gives."""

    answer: Answer
    way: Way


class Options:
    """The ways of all demands. `links` are for each demand those that count, each with its answer."""

    def __init__(
        self,
        demands: Sequence[Demand],
        held: Sequence[Held],
        links: Sequence[Sequence[tuple[Link, Answer]]],
        judge: Judge,
    ) -> None:
        self._demands, self._held, self._judge = demands, held, judge
        self._by_source = {
            digest: position
            for position, each in enumerate(held)
            for digest in (*each.embedded, each.source_digest)
        }
        self._by_digest = {each.digest: position for position, each in enumerate(held)}
        optional = [(position, part) for position, each in enumerate(held) for part in each.optional]
        self.parts = tuple(optional)
        """Each part that can stay behind, with the position of its document: bit sets count in this order."""
        self._place = {(position, part.place): place for place, (position, part) in enumerate(optional)}
        self._shape: dict[object, int] = {}
        asked = {demand.skill for demand in demands}
        beyond = sorted(frozenset().union(*(each.named for each in held)) - asked)
        self.beyond = tuple(beyond)
        self._beyond = {skill: 1 << place for place, skill in enumerate(beyond)}
        self._found = tuple(tuple(self._of_demand(thing, links[thing])) for thing in range(len(demands)))

    def answer(self, thing: int, documents: int, parts: int) -> Answer:
        """The best answer to a demand with these documents and optional parts at most."""
        return max(
            (each.answer for each in self._open(thing, documents, parts)),
            key=WORTH.__getitem__,
            default=Answer.NO,
        )

    def problem(self, documents: int, parts: int, ties: Sequence[int]) -> Problem:
        """What has to be chosen from: the ways that give each demand its best answer.

        `ties` are for each document those that may not stay behind when it is shown.
        """
        ways = []
        for thing in range(len(self._demands)):
            best = self.answer(thing, documents, parts)
            tied = [
                self._tied(each.way, ties)
                for each in self._open(thing, documents, parts)
                if each.answer is best
            ]
            ways.append(tuple(way for way in tied if way.documents & ~documents == 0))
        return Problem(
            ways=tuple(ways),
            reveals=tuple(
                self._reveals(each.parts, optional=False) | self._bits_of(each.inside) for each in self._held
            ),
            weights=tuple(sum(not part.optional for part in each.parts) for each in self._held),
            priorities=tuple(_REQUIRED if demand.required else 1 for demand in self._demands),
        )

    def _open(self, thing: int, documents: int, parts: int) -> Iterator[Option]:
        for each in self._found[thing]:
            if each.way.documents & ~documents == 0 and each.way.parts & ~parts == 0:
                yield each

    def _of_demand(self, thing: int, links: Sequence[tuple[Link, Answer]]) -> Iterator[Option]:
        kept: dict[int, Answer] = {}
        for link, answer in links:
            by = self._by_source[link.credential_digest]
            below = {self._by_digest[each] for each in link.rests_on if each in self._by_digest} - {by}
            found = {1 << by: answer} if not below else self._with_what_it_rests_on(thing, by, below, answer)
            for documents, given in found.items():
                if not any(other & ~documents == 0 and WORTH[kept[other]] >= WORTH[given] for other in kept):
                    kept[documents] = given
                    inside = link.credential_digest in self._held[by].embedded
                    yield Option(given, self._way(thing, by, documents, whole=inside))

    def _with_what_it_rests_on(
        self, thing: int, by: int, below: Collection[int], most: Answer
    ) -> dict[int, Answer]:
        """The least sets of documents around a link, for each answer they give; never more than `most`."""
        found: dict[int, Answer] = {}
        for documents in _choices(by, sorted(below)):
            answer = self._judge(documents)[thing].answer
            smaller = any(other & ~documents == 0 and WORTH[found[other]] >= WORTH[answer] for other in found)
            if not smaller and 0 < WORTH[answer] <= WORTH[most]:
                found[documents] = answer
        return found

    def _way(self, thing: int, by: int, documents: int, *, whole: bool) -> Way:
        demand, parts, shapes, reveals = self._demands[thing], 0, 0, 0
        for position in bits(documents):
            shown = self._shown(position, demand, whole=whole or position != by)
            reveals |= self._reveals(shown, optional=True)
            for part in shown:
                parts |= 1 << self._place[position, part.place]
                key = part.place if part.skill is None else part.skill
                shapes |= 1 << self._shape.setdefault(key, len(self._shape))
        return Way(by, documents, parts, shapes, reveals)

    def _shown(self, position: int, demand: Demand, *, whole: bool) -> Sequence[Part]:
        """The optional parts that a demand needs of a document; all, where another names it by its digest."""
        one = self._held[position]
        if whole and not one.keeps_digest:
            return one.optional
        places = needed(one.parts, one.document.document, demand) if one.optional else frozenset()
        return [part for part in one.optional if part.place in places]

    def _tied(self, way: Way, ties: Sequence[int]) -> Way:
        documents = way.documents
        while (more := _union_of(ties, documents) | documents) != documents:
            documents = more
        parts, reveals = way.parts, way.reveals
        for position in bits(documents & ~way.documents):
            reveals |= self._reveals(self._held[position].parts, optional=True)
            for part in self._held[position].optional:
                parts |= 1 << self._place[position, part.place]
        return Way(way.by, documents, parts, way.shapes, reveals)

    def _reveals(self, parts: Sequence[Part], *, optional: bool) -> int:
        found = 0
        for part in parts:
            if part.optional is optional:
                found |= self._bits_of(part.mentions)
        return found

    def _bits_of(self, skills: Collection[str]) -> int:
        found = 0
        for skill in skills:
            found |= self._beyond.get(skill, 0)
        return found


def _choices(by: int, below: Sequence[int]) -> Iterator[int]:
    """Sets of documents with the link's own, the smallest first."""
    if len(below) <= _ALL_TRIED:
        for size in range(len(below) + 1):
            for chosen in combinations(below, size):
                yield sum(1 << each for each in (by, *chosen))
        return
    everything = sum(1 << each for each in (by, *below))
    yield 1 << by
    if len(below) < limits.DOCUMENT.credentials:  # with more it can't be shown, and trying takes long
        yield from (everything & ~(1 << each) for each in below)
    yield everything


def _union_of(ties: Sequence[int], documents: int) -> int:
    found = 0
    for position in bits(documents):
        found |= ties[position]
    return found
