"""Minimal disclosure: the least that gives every demand the best answer there is.

Least: the fewest documents, then the fewest skills shown beyond the demands, then the fewest claims. A
document that rests on others takes them along. Of a credential that can be shown in part only those parts
leave that the demands need. The same wallet and demands always give the same choice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from passport import limits
from passport.answers import Answer, Reason
from passport.evidence.board import NONE_SEPARABLE, Board, Laid, Refusals
from passport.evidence.codes import PolicyCode
from passport.evidence.cover import STEPS
from passport.evidence.demand import Demand
from passport.evidence.held import Held, Separable
from passport.evidence.integrity import Files
from passport.evidence.options import WORTH
from passport.evidence.over_asking import over_asked
from passport.evidence.parts import Part, Place
from passport.evidence.policy import DemandResult
from passport.trust import TrustStore
from passport.verification import VerifiedCredential, VerifiedEndorsement

_NO_FILES: Files = {}


@dataclass(frozen=True, slots=True)
class RefusalCost:
    """A demand whose answer gets worse because the person refuses to show something."""

    demand: Demand
    with_all: Answer
    without: Answer
    reason: Reason


@dataclass(frozen=True, slots=True)
class Shown:
    """One document that would be shown: what of it, and for which demands."""

    verified: VerifiedCredential | VerifiedEndorsement
    shown: tuple[Part, ...]
    hidden: tuple[Part, ...]
    serves: tuple[str, ...]
    """The skills that are asked for and that it helps to prove, by itself or under another."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What to show, what that gives, and what it costs. Nothing is shown before the person agrees."""

    chosen: tuple[VerifiedCredential, ...]
    endorsements: tuple[VerifiedEndorsement, ...]
    """What confirms them, and has to be shown beside them."""
    documents: tuple[Shown, ...]
    """The chosen credentials, then the endorsements, with the parts of each."""
    hidden: tuple[VerifiedCredential, ...]
    hidden_endorsements: tuple[VerifiedEndorsement, ...]
    results: tuple[DemandResult, ...]
    """One for each demand, in order: what a verifier with the same trust lists finds in what is shown."""
    proofs: tuple[tuple[str, ...], ...]
    """For each demand the ids of the documents that meet it; a verifier finds out for itself."""
    unmet: tuple[DemandResult, ...]
    """Those that are not met, whatever is shown; cannot tell among them."""
    raise_by: tuple[tuple[Reason, ...], ...]
    """For each demand what would make it met, or the proof stronger; nothing where it is met."""
    over_asked: tuple[Reason, ...]
    """What is asked beyond the profile that was published."""
    revealed: tuple[str, ...]
    """Skills that are shown beyond the demands."""
    cost: tuple[RefusalCost, ...]
    """What refusing costs."""
    exact: bool
    """Whether nothing smaller exists; if not, there was too much to try everything."""


def smallest(
    demands: Sequence[Demand],
    credentials: Sequence[VerifiedCredential],
    *,
    trust: TrustStore,
    now: datetime,
    files: Files = _NO_FILES,
    shown_files: Files | None = None,
    refused: Collection[str] = (),
    refused_parts: Collection[tuple[str, Place]] = (),
    refused_skills: Collection[str] = (),
    published: Sequence[Demand] | None = None,
    holder: str | None = None,
    separable: Mapping[str, Separable] = NONE_SEPARABLE,
    endorsements: Sequence[VerifiedEndorsement] = (),
) -> Disclosure:
    """Find the smallest disclosure for some demands.

    Strength is weighed with the whole wallet: an employer does not become an independent assessor because
    its work record stays hidden.

    Args:
        demands: what is asked.
        credentials: the wallet's genuine badges.
        trust: who is recognised as what, by the lists that the wallet uses.
        now: the moment.
        files: records at hand, by evidence id.
        shown_files: those that travel with what is shown; None for all of them.
        refused: ids of credentials and endorsements that the person won't show.
        refused_parts: parts that the person won't show, each with its credential's id.
        refused_skills: skills that the person won't show, whatever they stand in.
        published: the demands of the profile that the one who asks made public; what goes beyond is said.
        holder: whose wallet it is.
        separable: by credential id what can be left out of it.
        endorsements: the wallet's genuine endorsements.
    """
    board = Board(
        demands,
        credentials,
        trust=trust,
        now=now,
        files=files,
        shown_files=shown_files,
        holder=holder,
        separable=separable,
        endorsements=endorsements,
    )
    refusals = Refusals(frozenset(refused), frozenset(refused_parts), frozenset(refused_skills))
    return least(board, refusals, published=published)


def least(
    board: Board,
    refusals: Refusals,
    *,
    published: Sequence[Demand] | None = None,
    most: int = limits.DOCUMENT.credentials,
    most_endorsements: int = limits.DOCUMENT.endorsements,
    steps: int = STEPS,
) -> Disclosure:
    """The smallest disclosure of a wallet that is laid out: what one presentation may hold.

    Where the smallest of all has more badges or more endorsements than that, it is one of `most` documents,
    of either kind.
    """
    laid = board.choose(refusals, most=most + most_endorsements, steps=steps)
    badges = len(_badges(board.apart(laid.documents)[0]))
    if badges > most or len(laid.documents) - badges > most_endorsements:
        laid = board.choose(refusals, most=most, steps=steps)
    chosen, hidden = board.apart(laid.documents)
    documents = tuple(_shown(board, position, laid) for position in laid.documents)
    named = frozenset().union(
        *(board.held[position].inside for position in laid.documents),
        *(part.mentions for one in documents for part in one.shown),
    )
    return Disclosure(
        chosen=_badges(chosen),
        endorsements=_endorsements(chosen),
        documents=documents,
        hidden=_badges(hidden),
        hidden_endorsements=_endorsements(hidden),
        results=laid.results,
        proofs=tuple(tuple(board.held[position].document.id for position in proof) for proof in laid.proofs),
        unmet=tuple(result for result in laid.results if result.answer is not Answer.YES),
        raise_by=tuple(
            () if result.answer is Answer.YES else raising
            for result, raising in zip(laid.results, board.raise_by, strict=True)
        ),
        over_asked=() if published is None else tuple(over_asked(board.demands, published)),
        revealed=tuple(skill for skill in board.beyond if skill in named),
        cost=costs(board.demands, board.answers(), [result.answer for result in laid.results]),
        exact=laid.exact,
    )


def costs(
    demands: Sequence[Demand], before: Sequence[Answer], after: Sequence[Answer]
) -> tuple[RefusalCost, ...]:
    """What gets worse from one set of answers to another."""
    return tuple(
        RefusalCost(demand, had, left, Reason(PolicyCode.REFUSAL_COSTS, {"skill": demand.label}))
        for demand, had, left in zip(demands, before, after, strict=True)
        if WORTH[left] < WORTH[had]
    )


def _shown(board: Board, position: int, laid: Laid) -> Shown:
    held = board.held[position]
    leaves = [not part.optional or (position, part.place) in laid.shown for part in held.parts]
    return Shown(
        verified=held.verified,
        shown=tuple(part for part, goes in zip(held.parts, leaves, strict=True) if goes),
        hidden=tuple(part for part, goes in zip(held.parts, leaves, strict=True) if not goes),
        serves=tuple(
            demand.skill
            for demand, proof in zip(board.demands, laid.proofs, strict=True)
            if position in proof
        ),
    )


def _badges(held: Sequence[Held]) -> tuple[VerifiedCredential, ...]:
    return tuple(each.verified for each in held if isinstance(each.verified, VerifiedCredential))


def _endorsements(held: Sequence[Held]) -> tuple[VerifiedEndorsement, ...]:
    return tuple(each.verified for each in held if isinstance(each.verified, VerifiedEndorsement))
