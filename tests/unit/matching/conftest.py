"""A taxonomy of three occupations, made up, and the shipped one."""

from datetime import UTC, datetime

import pytest

from matching.building import read_releases
from matching.bundle import build_bundle, load_bundle, read_bundle
from matching.taxonomy.model import (
    Concept,
    Grade,
    Occupation,
    Release,
    Retired,
    Reuse,
    Skill,
    SkillKind,
)
from passport.dids.did_key import create_did_key
from passport.keys import KeyType, load_signer

CREATED = datetime(2026, 1, 2, tzinfo=UTC)


def iri(kind, number):
    return f"http://example.org/{kind}/{number:08x}-0000-4000-8000-000000000000"


def skill(number, label, broader=(1,), **more):
    groups = tuple(iri("group", group) for group in broader)
    return Skill(iri("skill", number), {"en": label, **more}, {"en": (f"be good at {label}",)}, groups)


@pytest.fixture(scope="session")
def small_release():
    skills = (
        skill(1, "weld pipes", nl="pijpen lassen"),
        skill(2, "read drawings"),
        skill(3, "speak Frisian", (2,)),
        skill(4, "bake bread", (3,)),
        Skill(
            iri("skill", 5), {"en": "metals"}, {}, (iri("group", 1),), SkillKind.KNOWLEDGE, Reuse.TRANSVERSAL
        ),
    )
    occupations = (
        Occupation(
            iri("occupation", 1),
            {"en": "welder", "nl": "lasser"},
            {"en": ("pipe welder",), "nl": ("pijplasser",)},
            code="7212.3",
            skills={Grade.ESSENTIAL: (iri("skill", 1), iri("skill", 2)), Grade.OPTIONAL: (iri("skill", 5),)},
        ),
        Occupation(
            iri("occupation", 2),
            {"en": "baker", "nl": "bakker"},
            code="7512.1",
            skills={Grade.ESSENTIAL: (iri("skill", 4),), Grade.OPTIONAL: (iri("skill", 3),)},
        ),
        Occupation(iri("occupation", 3), {"en": "idler"}, code="9999"),
    )
    return Release(
        scheme="TEST",
        version="2.0.0",
        licence="none",
        attribution=("Made up for a test.",),
        occupations=occupations,
        skills=skills,
        skill_groups=tuple(Concept(iri("group", number), {"en": f"group {number}"}) for number in (1, 2, 3)),
        occupation_groups=(Concept("http://example.org/isco/7", {"en": "crafts"}),),
        retired=(
            Retired("http://example.org/skill/old", "weld pipe", iri("skill", 1)),
            Retired("http://example.org/skill/gone", "light lanterns"),
        ),
        dropped={"relation-to-unknown-occupation": 2},
    )


@pytest.fixture(scope="session")
def signer():
    return load_signer(KeyType.ED25519, bytes(range(32)))


@pytest.fixture(scope="session")
def small_bundle(small_release, signer):
    return build_bundle(small_release, signer=signer, created=CREATED)


@pytest.fixture(scope="session")
def publisher(signer):
    return create_did_key(signer.public_key)


@pytest.fixture(scope="session")
def small(small_bundle, publisher):
    return read_bundle(small_bundle, publishers={publisher})


@pytest.fixture(scope="session")
def esco():
    return load_bundle()


@pytest.fixture(scope="session")
def published_releases(shared_data):
    """ESCO from its publisher's archives: both releases, and the date of the youngest file in them."""
    return read_releases(shared_data / "esco", shared_data / "esco-nl")


@pytest.fixture(scope="session")
def published(published_releases):
    """The newer release, and that date."""
    return published_releases.newer, published_releases.newest
