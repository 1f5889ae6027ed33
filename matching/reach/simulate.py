"""Count how many made-up people meet a profile under each policy, by a verifier's own rules."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from matching.reach.errors import NoSkillToReachBy, TooManyPeople
from matching.reach.policies import Policy, demands_under
from matching.reach.population import ASSUMED, Assumptions, people
from matching.taxonomy.compact import Taxonomy
from passport.answers import Answer
from passport.evidence.demand import Demand
from passport.evidence.link import SkillEvidence
from passport.evidence.policy import decide

MOST_PEOPLE = 100_000
"""In one simulation: a minute of computing, and an interval of a third of a point."""
_Z = 1.96
"""Of an interval that holds in 95 of 100 cases."""


@dataclass(frozen=True, slots=True)
class PolicyReach:
    """How many of the made-up people one policy reaches."""

    policy: Policy
    reached: int
    of: int
    same_as: Policy | None = None
    """A policy before this one that asks of this profile exactly the same."""

    @property
    def share(self) -> float:
        return self.reached / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """The share among more such people, in 95 of 100 cases (Wilson 1927); nothing of real ones."""
        n, share = self.of, self.share
        middle = (share + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
        half = _Z / (1 + _Z * _Z / n) * math.sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Reach:
    """What comes out of a simulation. Synthetic, all of it."""

    policies: tuple[PolicyReach, ...]
    people: int
    seed: int
    share: Fraction
    """Of the required demands, so many are enough."""
    left_out: int
    """Demands for skills that the taxonomy does not know: nobody here could meet them."""
    assumed: Assumptions
    synthetic: bool = True

    @property
    def told(self) -> tuple[PolicyReach, ...]:
        """What asks something of its own, and what the profile itself asks."""
        return tuple(one for one in self.policies if one.same_as is None or one.policy is Policy.AS_ASKED)

    @property
    def alike(self) -> bool:
        """Two policies that ask something else reach as many."""
        own = [one.reached for one in self.policies if one.same_as is None]
        return len(set(own)) < len(own)

    def of(self, policy: Policy) -> PolicyReach:
        return next(one for one in self.policies if one.policy is policy)

    @property
    def times(self) -> float | None:
        """How many people the skills alone reach for each one by diploma; None where those are none."""
        diploma = self.of(Policy.DIPLOMA).reached
        return self.of(Policy.SKILLS).reached / diploma if diploma else None


def simulate(
    demands: Sequence[Demand],
    taxonomy: Taxonomy,
    *,
    now: datetime,
    count: int = 1_000,
    seed: int = 1,
    share: Fraction = Fraction(4, 5),
    assumed: Assumptions = ASSUMED,
) -> Reach:
    """Try the demands of a profile on made-up people whose work lies near it.

    The same demands, seed and number of people give the same result everywhere. A demand for a skill of
    another taxonomy is left out and counted. Where nothing is required, all demands count as required.

    Raises:
        TooManyPeople: none, or more than MOST_PEOPLE.
        NoSkillToReachBy: none of the skills is in the taxonomy.
    """
    if not 0 < count <= MOST_PEOPLE:
        raise TooManyPeople(most=MOST_PEOPLE)
    known = [demand for demand in demands if demand.skill in taxonomy.skills]
    required = [demand for demand in known if demand.required] or known
    if not required:
        raise NoSkillToReachBy
    enough = math.ceil(share * len(required))
    tried = {policy: demands_under(policy, required) for policy in Policy}
    same = {policy: _before(policy, tried) for policy in Policy}
    own = {policy: changed for policy, changed in tried.items() if same[policy] is None}
    reached = dict.fromkeys(own, 0)
    asked = [demand.skill for demand in required]
    for someone in people(asked, taxonomy, count=count, seed=seed, now=now, assumed=assumed):
        if len(someone.evidence) < enough:
            continue
        for policy, changed in own.items():
            reached[policy] += _meets(changed, someone.evidence, enough, now)
    return Reach(
        tuple(PolicyReach(policy, reached[same[policy] or policy], count, same[policy]) for policy in Policy),
        count,
        seed,
        share,
        len(demands) - len(known),
        assumed,
    )


def _before(policy: Policy, tried: Mapping[Policy, tuple[Demand, ...]]) -> Policy | None:
    """The first of the policies before this one that comes to the same demands."""
    first = next(one for one in tried if tried[one] == tried[policy])
    return None if first is policy else first


def _meets(demands: Sequence[Demand], evidence: Sequence[SkillEvidence], enough: int, now: datetime) -> bool:
    return sum(1 for one in decide(demands, evidence, now) if one.answer is Answer.YES) >= enough
