"""The demands of a profile as it asks them, and with other demands on proof of the same skills."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from passport.evidence.demand import Demand
from passport.evidence.kinds import Strength
from passport.trust import Recognition


class Policy(StrEnum):
    """The least that is asked first."""

    SKILLS = "skills"
    """The skills alone, on the person's own word."""
    SEMI_HARD = "semi-hard"
    HARD = "hard"
    DIPLOMA = "diploma"
    """Every skill by a recognised school: what asking for a diploma comes to."""
    AS_ASKED = "as-asked"
    AS_ASKED_NO_DIPLOMA = "as-asked-anybody"
    """As the profile asks, whoever gave the proof."""
    AS_ASKED_ANY_AGE = "as-asked-any-age"
    AS_ASKED_ANY_LEVEL = "as-asked-any-level"


def demands_under(policy: Policy, demands: Iterable[Demand]) -> tuple[Demand, ...]:
    """The same skills, with the proof that a policy asks for."""
    return tuple(_under(policy, demand) for demand in demands)


def _under(policy: Policy, demand: Demand) -> Demand:
    plain = replace(
        demand,
        level=None,
        minimum_strength=Strength.SOFT,
        maximum_age_months=None,
        accepted_recognitions=frozenset(),
        accepted_issuers=frozenset(),
        records_shown=False,
    )
    anybody = replace(demand, accepted_issuers=frozenset(), records_shown=False)
    changed = {
        Policy.SKILLS: plain,
        Policy.SEMI_HARD: replace(plain, minimum_strength=Strength.SEMI_HARD),
        Policy.HARD: replace(plain, minimum_strength=Strength.HARD),
        Policy.DIPLOMA: replace(
            plain, minimum_strength=Strength.HARD, accepted_recognitions=frozenset({Recognition.EDUCATOR})
        ),
        Policy.AS_ASKED: anybody,
        Policy.AS_ASKED_NO_DIPLOMA: replace(anybody, accepted_recognitions=frozenset()),
        Policy.AS_ASKED_ANY_AGE: replace(anybody, maximum_age_months=None),
        Policy.AS_ASKED_ANY_LEVEL: replace(anybody, level=None),
    }
    return changed[policy]
