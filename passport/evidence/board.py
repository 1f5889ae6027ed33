"""A wallet laid out before some demands: weighed once, asked as often as the person thinks again.

What is chosen is weighed on its own before it is promised, as its verifier will weigh it. Where that would
think more of it than the wallet knows, since something that speaks against it stays hidden, that something is
shown as well; if it can't be, what it speaks against stays hidden too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from types import MappingProxyType

from passport.answers import Answer, Reason
from passport.evidence.codes import PolicyCode
from passport.evidence.cover import Choice, smallest_choice
from passport.evidence.cover_way import Problem, Way, bits
from passport.evidence.demand import Demand
from passport.evidence.held import Held, Separable, in_order
from passport.evidence.integrity import Files
from passport.evidence.link import Link, SkillEvidence
from passport.evidence.options import WORTH, Options
from passport.evidence.parts import Part, Place
from passport.evidence.policy import DemandResult, decide, link_answer
from passport.evidence.strength import weigh
from passport.trust import TrustStore
from passport.verification import VerifiedCredential, VerifiedEndorsement

NONE_SEPARABLE: Mapping[str, Separable] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Refusals:
    """What the person won't show: documents by their ids, parts by a credential's id and a place, skills."""

    documents: frozenset[str] = frozenset()
    parts: frozenset[tuple[str, Place]] = frozenset()
    skills: frozenset[str] = frozenset()

    def refuses(self, document: str, part: Part) -> bool:
        return (document, part.place) in self.parts or not self.skills.isdisjoint(part.mentions)


NO_REFUSALS = Refusals()


@dataclass(frozen=True, slots=True)
class Laid:
    """A choice: positions of documents, the optional parts of them, and what that gives."""

    documents: tuple[int, ...]
    shown: frozenset[tuple[int, Place]]
    proofs: tuple[tuple[int, ...], ...]
    """For each demand the positions of the documents that meet it."""
    results: tuple[DemandResult, ...]
    exact: bool


class Board:
    def __init__(
        self,
        demands: Sequence[Demand],
        credentials: Iterable[VerifiedCredential],
        *,
        trust: TrustStore,
        now: datetime,
        files: Files,
        shown_files: Files | None,
        holder: str | None,
        separable: Mapping[str, Separable],
        endorsements: Iterable[VerifiedEndorsement],
    ) -> None:
        """See `passport.evidence.disclosure.smallest`."""
        self.demands, self._trust, self._now, self._holder = tuple(demands), trust, now, holder
        self._files = files if shown_files is None else shown_files
        self.held = tuple(in_order(credentials, endorsements, separable))
        self._all = (1 << len(self.held)) - 1
        whole = self._weigh(self._all, files)
        self.known = decide(self.demands, whole, now)
        """The answers with everything that the wallet knows."""
        raising = {each.skill: each.raise_by for each in whole}
        self.raise_by = tuple(raising.get(demand.skill, ()) for demand in self.demands)
        """For each demand what would make the proof of its skill stronger."""
        travelling = whole if self._files is files else self._weigh(self._all, self._files)
        judge = cache(lambda documents: decide(self.demands, self._weigh(documents, self._files), now))
        self._options = Options(self.demands, self.held, self._links(whole, travelling), judge)

    @property
    def beyond(self) -> tuple[str, ...]:
        """The skills in the wallet that are not asked for."""
        return self._options.beyond

    def answers(self, refusals: Refusals = NO_REFUSALS) -> tuple[Answer, ...]:
        """The best answer to each demand when some things stay behind; quicker than choosing."""
        documents, parts = self._willing(refusals)
        return tuple(self._options.answer(thing, documents, parts) for thing in range(len(self.demands)))

    def apart(self, documents: Sequence[int]) -> tuple[list[Held], list[Held]]:
        """The documents at these positions, and the others."""
        chosen = frozenset(documents)
        return (
            [each for place, each in enumerate(self.held) if place in chosen],
            [each for place, each in enumerate(self.held) if place not in chosen],
        )

    def problem(self, refusals: Refusals = NO_REFUSALS) -> Problem:
        """What there is to choose from."""
        return self._options.problem(*self._willing(refusals), [0] * len(self.held))

    def choose(self, refusals: Refusals, *, most: int, steps: int) -> Laid:
        """The smallest choice that gives, weighed on its own, what is promised."""
        willing, parts = self._willing(refusals)
        ties, barred, exact = [0] * len(self.held), 0, True
        while True:
            problem = self._options.problem(willing & ~barred, parts, ties)
            choice = smallest_choice(problem, most=most, steps=steps)
            found = self._judged(choice.documents, choice.parts)
            over = self._over_judged(found)
            if not over:
                return self._laid(problem, choice, found, exact=exact and choice.exact)
            exact = False
            by = self._position_of(choice, found[over[0]])
            companion = self._companion(choice, willing & ~barred, over)
            if companion is None:
                barred |= 1 << by
            else:
                ties[by] |= 1 << companion

    def _laid(self, problem: Problem, choice: Choice, found: Sequence[DemandResult], *, exact: bool) -> Laid:
        return Laid(
            documents=choice.documents,
            shown=frozenset(
                (position, part.place)
                for position, part in (self._options.parts[place] for place in bits(choice.parts))
            ),
            proofs=tuple(() if way is None else tuple(bits(way.documents)) for way in choice.ways),
            results=tuple(
                _explained(each, known, way, any_way=bool(ways))
                for each, known, way, ways in zip(found, self.known, choice.ways, problem.ways, strict=True)
            ),
            exact=exact,
        )

    def _willing(self, refusals: Refusals) -> tuple[int, int]:
        """The documents and the optional parts that may leave.

        Where a part that is refused can't be left out, the whole credential stays.
        """
        documents = self._all
        for position, held in enumerate(self.held):
            fixed = (part for part in held.parts if not part.optional)
            name = held.document.id
            whole = name in refusals.documents or not refusals.skills.isdisjoint(held.inside)
            if whole or any(refusals.refuses(name, part) for part in fixed):
                documents &= ~(1 << position)
        parts = sum(
            1 << place
            for place, (position, part) in enumerate(self._options.parts)
            if not refusals.refuses(self.held[position].document.id, part)
        )
        return documents, parts

    def _weigh(self, documents: int, files: Files) -> tuple[SkillEvidence, ...]:
        held = [self.held[position].verified for position in bits(documents)]
        return weigh(
            [each for each in held if isinstance(each, VerifiedCredential)],
            trust=self._trust,
            now=self._now,
            files=files,
            holder=self._holder,
            endorsements=[each for each in held if isinstance(each, VerifiedEndorsement)],
        )

    def _links(
        self, whole: Iterable[SkillEvidence], travelling: Iterable[SkillEvidence]
    ) -> list[list[tuple[Link, Answer]]]:
        """For each demand the links that count, with the answer that both the wallet and a verifier give."""
        known = {(each.skill, link.credential_digest): link for each in whole for link in each.links}
        seen = {each.skill: each.links for each in travelling}
        found: list[list[tuple[Link, Answer]]] = []
        for demand in self.demands:
            counted: list[tuple[Link, Answer]] = []
            for link in seen.get(demand.skill, ()):
                answers = (
                    link_answer(demand, link, self._now),
                    link_answer(demand, known[demand.skill, link.credential_digest], self._now),
                )
                answer = min(answers, key=WORTH.__getitem__)
                if answer is not Answer.NO:
                    counted.append((link, answer))
            found.append(counted)
        return found

    def _judged(self, documents: Sequence[int], parts: int) -> tuple[DemandResult, ...]:
        """What a verifier answers who sees these documents, and of the optional parts these."""
        shown = {
            (self.held[position].source_digest, skill)
            for position in documents
            for skill in self._named(position, parts)
        }
        badges = {self.held[each].source_digest for each in range(len(self.held)) if self._is_badge(each)}
        evidence = self._weigh(sum(1 << position for position in documents), self._files)
        visible = [
            replace(
                each,
                links=tuple(
                    link
                    for link in each.links
                    if link.credential_digest not in badges or (link.credential_digest, each.skill) in shown
                ),
            )
            for each in evidence
        ]
        return decide(self.demands, [each for each in visible if each.links], self._now)

    def _is_badge(self, position: int) -> bool:
        return isinstance(self.held[position].verified, VerifiedCredential)

    def _named(self, position: int, parts: int) -> Iterable[str]:
        """The skills that can be read in a credential when only these optional parts are shown."""
        left_out = {
            part.place
            for place, (owner, part) in enumerate(self._options.parts)
            if owner == position and not parts >> place & 1
        }
        return (
            part.skill
            for part in self.held[position].parts
            if part.skill is not None and part.place not in left_out
        )

    def _over_judged(self, found: Sequence[DemandResult]) -> list[int]:
        """The demands of which more would be thought than the wallet knows."""
        return [
            thing
            for thing, (each, known) in enumerate(zip(found, self.known, strict=True))
            if WORTH[each.answer] > WORTH[known.answer]
        ]

    def _position_of(self, choice: Choice, result: DemandResult) -> int:
        return next(each for each in choice.documents if result.credential_id in self.held[each].ids)

    def _companion(self, choice: Choice, willing: int, over: Sequence[int]) -> int | None:
        """A document that makes a verifier think no more of the first of these than the wallet does."""
        for position in bits(willing & ~sum(1 << each for each in choice.documents)):
            found = self._judged((*choice.documents, position), choice.parts | self._parts_of(position))
            if over[0] not in self._over_judged(found):
                return position
        return None

    def _parts_of(self, position: int) -> int:
        return sum(1 << place for place, (owner, _) in enumerate(self._options.parts) if owner == position)


def _explained(found: DemandResult, known: DemandResult, way: Way | None, *, any_way: bool) -> DemandResult:
    """A demand for which nothing is shown keeps the wallet's reasons, or says why it stays."""
    if found.answer is not Answer.NO or way is not None:
        return found
    if known.answer is Answer.NO:
        return known
    code = PolicyCode.DOES_NOT_FIT if any_way else PolicyCode.STAYS_HIDDEN
    return replace(found, reasons=(Reason(code, {"skill": found.demand.label}),))
