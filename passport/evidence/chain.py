"""The hardening chain: which act builds on which, and whether what it builds on holds.

A graph of acts. An act names others by identifier and digest, so what is named can't be changed or exchanged
afterwards; what it names may be shown, or stay with the holder.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from passport import limits
from passport.answers import Answer, together
from passport.credentials import Alignment, Endorsement
from passport.evidence.acts import Act, Confirmation, Reference
from passport.evidence.kinds import EvidenceState
from passport.evidence.parties import Parties
from passport.securing import Withheld
from passport.trust import NO_TRUST

_ANSWERS = {
    EvidenceState.MATCHES: Answer.YES,
    EvidenceState.UNCERTAIN: Answer.CANNOT_TELL,
    EvidenceState.HIDDEN: Answer.CANNOT_TELL,
}
_STATES = {
    Answer.YES: EvidenceState.MATCHES,
    Answer.CANNOT_TELL: EvidenceState.UNCERTAIN,
    Answer.NO: EvidenceState.FALLEN,
}
_SPEAKS_AGAINST = {EvidenceState.CHANGED: Answer.NO, EvidenceState.HIDDEN: Answer.CANNOT_TELL}
"""Of any base: what is hidden may have been changed, or rest on this act in a circle."""
_BEST_FIRST = (Answer.YES, Answer.CANNOT_TELL, Answer.NO)


class Chain:
    """All acts of one weighing, each looked at once, what it rests on before it."""

    def __init__(self, acts: Iterable[Act], parties: Parties, holder: str | None) -> None:
        by_id: dict[str, list[Act]] = defaultdict(list)
        for act in {each.digest: each for each in acts}.values():
            by_id[act.id].append(act)
        self._parties = parties
        self._by_id: Mapping[str, Sequence[Act]] = by_id
        self._holds: dict[str, Answer] = {}
        self._level: dict[str, int] = {}
        self._place: dict[str, int] = {}
        self._scopes: dict[str, Mapping[str, Alignment]] = {}
        self._below: dict[str, tuple[tuple[Act, ...], tuple[str, ...]]] = {}
        self._unseen: dict[str, bool] = {}
        self.looped: frozenset[str] = frozenset()
        """Digests of acts that rest on each other, all round."""
        for act in self._in_order(
            sorted((each for some in by_id.values() for each in some), key=lambda act: act.digest)
        ):
            self._look_at(act, holder)

    @property
    def confirmations(self) -> Iterable[Confirmation]:
        return (act for some in self._by_id.values() for act in some if isinstance(act, Confirmation))

    def look_up(self, reference: Reference) -> tuple[EvidenceState, Act | None]:
        """What is known of something that an act builds on, and that act where it is at hand."""
        shown = self._by_id.get(reference.id, ())
        for act in shown:
            if act.has(reference.digest):
                deep = self._level[act.digest] >= limits.CHAIN.depth
                return (EvidenceState.HIDDEN, None) if deep else (_STATES[self._holds[act.digest]], act)
        if any(not act.derived for act in shown):
            return EvidenceState.CHANGED, None
        return EvidenceState.HIDDEN, None

    def hides(self, reference: Reference) -> bool:
        """Whether something below an act at hand is not shown: it may rest on all that builds on that act.

        Changed is as good as not shown, since another was put in its place; below a circle nobody looks.
        """
        act = self.look_up(reference)[1]
        return act is not None and self._unseen[act.digest]

    def rests_on(self, act: Act) -> tuple[tuple[Act, ...], tuple[str, ...]]:
        """The acts at hand that it rests on, each after what that rests on, and the digests of others."""
        if act.digest not in self._below:
            below = self._find_below(act)
            self._below[act.digest] = (below, self._missing((*below, act)))
        return self._below[act.digest]

    def _find_below(self, act: Act) -> tuple[Act, ...]:
        found: dict[str, Act] = {}
        todo = [act]
        while todo:
            for lower in self._bases(todo.pop()):
                if lower.digest not in found:
                    found[lower.digest] = lower
                    todo.append(lower)
        return tuple(sorted(found.values(), key=lambda each: self._place[each.digest]))

    def _missing(self, acts: Iterable[Act]) -> tuple[str, ...]:
        """Digests that these acts name and that nothing at hand has, as they write them."""
        named = (reference for act in acts for reference in act.references)
        return tuple(
            dict.fromkeys(each.digest for each in named if self.look_up(each)[0] is EvidenceState.HIDDEN)
        )

    def holds(self, act: Act) -> Answer:
        """Whether an act is in force, and confirms what holds; what a badge rests on is judged with it."""
        return self._holds[act.digest]

    def by_holder(self, act: Act) -> bool:
        """Whether it is the holder's own word."""
        return self._parties.is_holder(act.document.issuer.id)

    def scope(self, act: Act) -> Mapping[str, Alignment]:
        """The skills that an act speaks of: those a badge names, those of what an endorsement confirms."""
        return self._scopes[act.digest]

    def _bases(self, act: Act) -> Iterable[Act]:
        return (lower for reference in act.references for lower in (self.look_up(reference)[1],) if lower)

    def _look_at(self, act: Act, holder: str | None) -> None:
        self._place[act.digest] = len(self._place)
        if act.digest in self.looped:
            self._level[act.digest], self._holds[act.digest], self._scopes[act.digest] = 1, Answer.NO, {}
            self._unseen[act.digest] = True
            return
        bases = [self.look_up(reference) for reference in act.references]
        states = {state for state, _ in bases}
        self._unseen[act.digest] = bool(states & _SPEAKS_AGAINST.keys()) or any(
            map(self.hides, act.references)
        )
        own = [act.verified.standing, *(_SPEAKS_AGAINST[state] for state in states & _SPEAKS_AGAINST.keys())]
        if Withheld.BASES in act.verified.withheld:
            own.append(Answer.CANNOT_TELL)
        if isinstance(act, Confirmation):
            levels = (self._level[lower.digest] for _, lower in bases if lower is not None)
            self._level[act.digest] = 1 + max(levels, default=0)
            scopes = [
                {} if lower is None else confirmed(act.document, lower, self.scope(lower))
                for _, lower in bases
            ]
            answers = {
                _ANSWERS.get(state, Answer.NO)
                for (state, lower), scope in zip(bases, scopes, strict=True)
                if lower is None or scope  # what it names besides, a record, does not stand for the claim
            }
            own.append(next((each for each in _BEST_FIRST if each in answers), Answer.NO))
            self._scopes[act.digest] = {
                skill: alignment for scope in scopes for skill, alignment in scope.items()
            }
        else:
            self._level[act.digest] = 1  # what it was built on may lower a badge, and leaves it in force
            others = self._parties.not_the_holders(act.document.subject.id, holder)
            own.append(Answer.YES if others is None else Answer.NO)
            self._scopes[act.digest] = {each.target_url: each for each in act.skills}
        self._holds[act.digest] = together(own)

    def _in_order(self, acts: Sequence[Act]) -> Iterable[Act]:
        """Each act after those it builds on. Of a circle nothing comes first: it counts for nothing."""
        below = {act.digest: {each.digest: each for each in self._edges(act)} for act in acts}
        above: dict[str, list[Act]] = defaultdict(list)
        for act in acts:
            for digest in below[act.digest]:
                above[digest].append(act)
        ready = deque(act for act in acts if not below[act.digest])
        left = {act.digest: act for act in acts}
        while left:
            if not ready:
                circle = {digest for digest in left if digest in _reached(digest, below, left)}
                self.looped |= circle
                ready.extend(left[digest] for digest in sorted(circle))
            act = ready.popleft()
            del left[act.digest]
            yield act
            for upper in above[act.digest]:
                if upper.digest in left and upper.digest not in self.looped:
                    below[upper.digest].pop(act.digest, None)
                    if not below[upper.digest]:
                        ready.append(upper)

    def _edges(self, act: Act) -> Iterable[Act]:
        """What it names by digest; where nothing at hand has that digest, whatever has the identifier."""
        for reference in act.references:
            shown = self._by_id.get(reference.id, ())
            yield from [each for each in shown if each.has(reference.digest)] or shown


def confirmed(endorsement: Endorsement, base: Act, scope: Mapping[str, Alignment]) -> Mapping[str, Alignment]:
    """The skills of a base that an endorsement confirms: all where it names the base, or the one it names."""
    if endorsement.subject_id == base.id:
        return scope
    subject = endorsement.subject_id
    return {subject: scope[subject]} if subject in scope else {}


def _reached(start: str, below: Mapping[str, Mapping[str, Act]], left: Mapping[str, Act]) -> set[str]:
    """What can be come to from an act, among those that are left."""
    found: set[str] = set()
    todo = [start]
    while todo:
        for digest in below[todo.pop()]:
            if digest in left and digest not in found:
                found.add(digest)
                todo.append(digest)
    return found


NO_CHAIN: Final = Chain((), Parties((), NO_TRUST), None)
"""Of nothing, for badges that build on nothing."""
