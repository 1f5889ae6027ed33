"""Many function profiles at once beside what the person can do: skills first, proof as a second view."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.explain import Comparison, Demanded
from matching.taxonomy.compact import Taxonomy
from passport.answers import Answer
from passport.evidence.policy import DemandResult, decide
from passport.evidence.profile import FunctionProfile
from wallet.core.matches import match_demands
from wallet.core.plain_text import plain_name
from wallet.core.profile import profile_of
from wallet.core.profile_skills import PersonProfile
from wallet.core.profiles_kept import KeptProfile, profiles_kept
from wallet.core.skills import skill_evidence
from wallet.core.wallet import Wallet


@dataclass(frozen=True, slots=True)
class ProfileMatch:
    """One function profile beside the person's skills, and whether each demand is proven."""

    kept: KeptProfile
    name: str
    publisher: str
    comparison: Comparison
    results: tuple[DemandResult, ...]

    @property
    def proven(self) -> int:
        """Demands that the person could prove today."""
        return sum(1 for one in self.results if one.answer is Answer.YES)


def match_profiles(
    wallet: Wallet, taxonomy: Taxonomy, *, language: str, only: Sequence[KeptProfile] | None = None
) -> tuple[ProfileMatch, ...]:
    """All kept profiles, those that fit best in front; what does not hold or can't be told comes last."""
    person = profile_of(wallet)
    evidence = skill_evidence(wallet)
    found = [
        ProfileMatch(
            kept,
            plain_name(kept.name(language)),
            plain_name(kept.profile.publisher_name),
            compare_profile(person, kept.profile, taxonomy, language=language),
            decide(kept.profile.demands, evidence, wallet.now()),
        )
        for kept in (profiles_kept(wallet) if only is None else only)
    ]
    return tuple(sorted(found, key=_order))


def compare_profile(
    person: PersonProfile, profile: FunctionProfile, taxonomy: Taxonomy, *, language: str
) -> Comparison:
    """What the person has of a profile, with the levels that it asks."""
    asked = [
        Demanded(demand.skill, demand.required, plain_name(demand.label_in(language)), demand.level)
        for demand in profile.demands
    ]
    name = plain_name(profile.name.get(language) or next(iter(profile.name.values())))
    return match_demands(person, asked, taxonomy, language=language, name=name)


def _order(one: ProfileMatch) -> tuple[bool, float, float, str]:
    found = one.comparison
    return (
        one.kept.answer is not Answer.YES,
        -float(found.essential.fraction),
        -float(found.optional.fraction),
        one.kept.id,
    )
