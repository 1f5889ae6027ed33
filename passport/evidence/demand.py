"""What a requesting party asks for one skill, and the purposes that it may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from passport.evidence.kinds import Strength
from passport.statements import Members
from passport.trust import Recognition

MOST_DEMANDS = 64
"""Demands in one profile. More would not fit in QR pictures, nor in anybody's head."""
MOST_ISSUERS = 64
"""Issuers that one demand names."""
MOST_LEVEL = 100
MOST_MONTHS = 1_200


class Purpose(StrEnum):
    """What a passport is used for, as the first criterion for skills passports names them."""

    DEVELOPMENT = "development"
    EDUCATION = "education"
    LABOUR_MARKET = "labour-market"
    TALENT = "talent"


@dataclass(frozen=True, slots=True)
class Demand:
    """One skill that is asked for, and what proof of it is enough.

    Accepted recognitions and accepted issuers add up: one of either will do; two empty sets accept anybody.
    `records_shown` asks to see the records themselves, where else their digest is enough.
    """

    skill: str
    label: str
    required: bool = True
    level: int | None = None
    minimum_strength: Strength = Strength.SOFT
    maximum_age_months: int | None = None
    accepted_recognitions: frozenset[Recognition] = frozenset()
    accepted_issuers: frozenset[str] = frozenset()
    records_shown: bool = False
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The label by language, in Dutch, in English or in both, where the publisher has them."""

    def label_in(self, language: str) -> str:
        return self.labels.get(language, self.label)


def read_demand(members: Members) -> Demand:
    """Read one demand; whatever is wrong is raised as the refusal that the document has."""
    demand = Demand(
        skill=members.url("skill"),
        label=members.text("label"),
        required=members.boolean("required"),
        level=members.maybe("level", members.integer, most=MOST_LEVEL),
        minimum_strength=members.word("minimumStrength", Strength),
        maximum_age_months=members.maybe("maximumAgeMonths", members.integer, most=MOST_MONTHS),
        accepted_recognitions=_recognitions(members),
        accepted_issuers=members.maybe("acceptedIssuers", members.dids, most=MOST_ISSUERS) or frozenset(),
        records_shown=members.maybe("recordsShown", members.boolean) or False,
        labels=members.maybe("labels", members.names) or {},
    )
    members.close()
    return demand


def _recognitions(members: Members) -> frozenset[Recognition]:
    if "acceptedRecognitions" not in members:
        return frozenset()
    return members.words("acceptedRecognitions", Recognition)


def write_demand(demand: Demand) -> Mapping[str, object]:
    """The JSON of a demand; what is absent is not written."""
    written: dict[str, object] = {
        "skill": demand.skill,
        "label": demand.label,
        "required": demand.required,
        "minimumStrength": str(demand.minimum_strength),
    }
    optional = {
        "level": demand.level,
        "maximumAgeMonths": demand.maximum_age_months,
        "acceptedRecognitions": sorted(map(str, demand.accepted_recognitions)) or None,
        "acceptedIssuers": sorted(demand.accepted_issuers) or None,
        "recordsShown": demand.records_shown or None,
        "labels": dict(demand.labels) or None,
    }
    return written | {name: value for name, value in optional.items() if value is not None}
