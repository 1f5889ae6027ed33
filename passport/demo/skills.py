"""The skills of the story: ESCO 1.1.1, around the occupation solar energy technician."""

from dataclasses import dataclass

FRAMEWORK = "ESCO 1.1.1"
OCCUPATION = "http://data.europa.eu/esco/occupation/75b63949-1b93-4bf2-a777-ccf978dc3e8a"
"""solar energy technician"""
_SKILL = "http://data.europa.eu/esco/skill/"


@dataclass(frozen=True, slots=True)
class Skill:
    iri: str
    label: str

    def alignment(self) -> dict[str, str]:
        """As an Alignment of Open Badges 3.0."""
        return {
            "targetUrl": self.iri,
            "targetName": self.label,
            "targetFramework": FRAMEWORK,
            "targetType": "CFItem",
        }


def _skill(identifier: str, label: str) -> Skill:
    return Skill(_SKILL + identifier, label)


INSTALL = _skill("52797dce-911c-4e6d-b0cb-491f6469014f", "install electrical and electronic equipment")
INSPECT = _skill("2179e0fd-7431-41a3-bbf4-76451c615ce2", "inspect electrical supplies")
ELECTRICITY = _skill("c8ac1986-38fa-43b2-89dc-50a4beeb420e", "electricity")
HEIGHTS = _skill("fafbb75f-ec35-4cc2-996a-20c85ef6c266", "follow safety procedures when working at heights")
SAFETY = _skill("86df7af2-f9f3-4c06-a500-7f1fba9e78fe", "follow health and safety procedures in construction")
MOUNT = _skill("08a5f6dd-d3dd-4371-9919-6d730f34499c", "mount photovoltaic panels")
MEASURE = _skill("b92758d4-4591-4df1-9ceb-f907aa71ebd9", "use measurement instruments")
TRANSPORT = _skill("4af56376-7b2f-4ced-ac58-0c3967bd1e83", "transport construction supplies")
PLANS = _skill("dfce2aba-783e-4e17-9c17-e74aca505ec2", "interpret 2D plans")
WIRING = _skill("d15e92c4-c8dc-48cd-a1f6-94fe13347f87", "electrical wiring plans")
ERGONOMICS = _skill("156f8c5b-894a-4ccc-a70e-37a2726f3f00", "work ergonomically")
FORKLIFT = _skill("28cb374e-6261-4133-8371-f9a5470145da", "operate forklift")
BREAKERS = _skill("76b9e515-715d-4a53-a702-019adad1059b", "install circuit breakers")

COURSE = (INSTALL, INSPECT, ELECTRICITY)
CERTIFICATE = (HEIGHTS, SAFETY)
OTHER = (FORKLIFT,)
EXPERIENCE = (MOUNT, MEASURE, TRANSPORT)
SELF = (PLANS, WIRING, ERGONOMICS)

DEMANDS = (
    (INSTALL, True, "hard"),
    (HEIGHTS, True, "hard"),
    (MOUNT, True, "semi-hard"),
    (PLANS, True, "soft"),
    (MEASURE, False, "semi-hard"),
    (BREAKERS, False, "soft"),
)
"""What the asking employer wants: skill, required, at least this strength."""

TIME_SHEETS = b"""week;hours;work;confirmed by
2026-30;36;mounting panels, 14 roofs;foreman
2026-31;38;mounting panels, 12 roofs;foreman
2026-32;34;measuring strings and inverters;foreman
2026-33;40;mounting panels, 15 roofs;foreman
# synthetic data, made for a demonstration
"""
