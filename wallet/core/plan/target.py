"""What a plan is for: an occupation, or a function profile that an employer published."""

from dataclasses import dataclass
from typing import Any

from matching.compared import Comparison, Demanded
from matching.explain import compare
from matching.taxonomy.compact import Taxonomy
from passport.evidence.profile import FunctionProfile
from passport.json import JsonObject
from wallet.core.plain_text import plain_name
from wallet.core.profile_skills import PersonProfile
from wallet.errors_plan import NoPlanTarget


@dataclass(frozen=True, slots=True)
class Target:
    """`occupation` is its IRI; a profile is kept as what it asks, since its publisher may take it away."""

    occupation: str | None = None
    profile: str | None = None
    """The profile's address."""
    name: str = ""
    publisher: str = ""
    demands: tuple[Demanded, ...] = ()

    def label(self, taxonomy: Taxonomy, language: str) -> str:
        return self.name if self.occupation is None else taxonomy.label(self.occupation, language)


def occupation_target(occupation: str, taxonomy: Taxonomy) -> Target:
    """Raises NoPlanTarget."""
    if occupation not in taxonomy.occupations:
        raise NoPlanTarget
    return Target(occupation=occupation)


def profile_target(profile: FunctionProfile, language: str) -> Target:
    """A function profile that was verified; its occupation, where it names one, is asked for the outlook."""
    return Target(
        profile=profile.id,
        name=plain_name(profile.name.get(language) or next(iter(profile.name.values()))),
        publisher=plain_name(profile.publisher_name),
        demands=tuple(
            Demanded(each.skill, each.required, plain_name(each.label_in(language)), each.level)
            for each in profile.demands
        ),
    )


def compare_with(target: Target, person: PersonProfile, taxonomy: Taxonomy, language: str) -> Comparison:
    """The person beside the target, as it stands now. Raises UnknownOccupation: of an older release."""
    return compare(
        person.weights,
        target.demands if target.occupation is None else target.occupation,
        taxonomy,
        language=language,
        strengths=person.strengths,
        levels=person.levels,
        name=target.name,
    )


def write_target(target: Target) -> JsonObject:
    if target.occupation is not None:
        return {"occupation": target.occupation}
    return {
        "profile": target.profile,
        "name": target.name,
        "publisher": target.publisher,
        "demands": [
            {"skill": each.skill, "required": each.required, "label": each.label, "level": each.level}
            for each in target.demands
        ],
    }


def read_target(value: Any) -> Target:
    if "occupation" in value:
        return Target(occupation=str(value["occupation"]))
    return Target(
        profile=str(value["profile"]),
        name=str(value["name"]),
        publisher=str(value["publisher"]),
        demands=tuple(
            Demanded(
                str(each["skill"]),
                bool(each["required"]),
                str(each["label"]),
                None if each["level"] is None else int(each["level"]),
            )
            for each in value["demands"]
        ),
    )
