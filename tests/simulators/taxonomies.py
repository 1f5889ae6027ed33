"""A made-up newer list of occupations, signed: of the shipped one a few concepts, some of them otherwise."""

from datetime import UTC, datetime

from matching.bundle import build_bundle, load_bundle
from matching.published.documents import write_taxonomy
from matching.taxonomy.model import Concept, Grade, Occupation, Release, Retired, Skill
from passport.json import JsonObject
from passport.keys import Signer

SIGNED = datetime(2026, 1, 1, tzinfo=UTC)
WELDER = load_bundle().occupations.iris[100]
"""Some occupation that both lists have."""
ESSENTIAL = load_bundle().skills_of(WELDER, Grade.ESSENTIAL)
NEW_WORK = "http://data.europa.eu/esco/occupation/00000000-0000-4000-8000-000000000001"
NEW_SKILL = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000001"


def newer_release(version: str = "9.0.0", scheme: str = "ESCO", retired: tuple[Retired, ...] = ()) -> Release:
    """One occupation that stayed and asks one skill less, and one that is new."""
    shipped = load_bundle()
    labels = {one: {"en": shipped.label(one)} for one in (*ESSENTIAL, WELDER)}
    skills = [Skill(one, labels[one]) for one in ESSENTIAL[1:]]
    return Release(
        scheme=scheme,
        version=version,
        licence="none",
        attribution=("Made up for a test.",),
        occupations=tuple(
            sorted(
                (
                    Occupation(NEW_WORK, {"en": "made-up work"}, skills={Grade.ESSENTIAL: (NEW_SKILL,)}),
                    Occupation(WELDER, labels[WELDER], skills={Grade.ESSENTIAL: ESSENTIAL[1:]}),
                ),
                key=lambda one: one.iri,
            )
        ),
        skills=tuple(sorted((*skills, Skill(NEW_SKILL, {"en": "made-up skill"})), key=lambda one: one.iri)),
        skill_groups=(Concept("http://data.europa.eu/esco/skill/made-up-group", {"en": "made-up group"}),),
        occupation_groups=(
            Concept("http://data.europa.eu/esco/isco/made-up-group", {"en": "made-up group"}),
        ),
        retired=retired,
    )


def published_taxonomy(signer: Signer, release: Release | None = None) -> JsonObject:
    """As it stands in a published set."""
    return write_taxonomy(build_bundle(release or newer_release(), signer=signer, created=SIGNED))
