"""Skill maps: whose they are, what they may contain, and what they give for a qualification."""

import copy
from datetime import timedelta

import pytest

from passport import limits
from passport.errors.elm import MalformedSkillMap, SkillMapExpired, SkillMapNotYetValid
from passport.errors.trust import PublisherMismatch, UnexpectedPublisher
from passport.evidence.skill_map import (
    Closeness,
    MappedQualification,
    MappedSkill,
    build_skill_map,
    parse_skill_map,
    verify_skill_map,
)
from passport.json import dump
from tests.simulators.parties import ESCO, NOW, Party, World

DAY = timedelta(days=1)
BODY = Party("Sector body (synthetic)")
WORLD = World()
LASSER = MappedQualification(
    "urn:example:qualification:welder",
    {"nl": "Lasser"},
    (
        MappedSkill(f"{ESCO}weld", "lassen", Closeness.EXACT, "core task 1"),
        MappedSkill(f"{ESCO}read", "tekeningen lezen", Closeness.BROAD, "core task 2"),
    ),
    ("crebo 12345", "dossier 99999"),
)
OTHER = MappedQualification(
    "urn:example:qualification:baker",
    {"nl": "Bakker", "en": "Baker"},
    (MappedSkill(f"{ESCO}bake", "bakken", Closeness.CLOSE, "core task 1"),),
)


def made(*entries, **changes):
    members = {
        "map_id": "https://sector.example/map",
        "version": 1,
        "name": {"nl": "Proeflijst"},
        "publisher": BODY.did,
        "publisher_name": BODY.name,
        "taxonomy": "ESCO 1.1.1",
        "valid_from": NOW - DAY,
        "valid_until": NOW + 30 * DAY,
        "entries": entries or (LASSER, OTHER),
    }
    return build_skill_map(**{**members, **changes})


def signed(*entries, **changes):
    return dump(BODY.sign(made(*entries, **changes)))


def test_what_is_built_is_read_back_and_verified():
    found = verify_skill_map(signed(), context=WORLD.context, expected_publishers={BODY.did})
    assert found.entries == (LASSER, OTHER)
    assert (found.version, found.publisher, found.taxonomy) == (1, BODY.did, "ESCO 1.1.1")


@pytest.mark.parametrize(
    ("named", "entry"),
    [
        ("urn:example:qualification:welder", LASSER),
        ("crebo 12345", LASSER),
        ("CREBO12345", LASSER),
        ("urn:example:qualification:baker", OTHER),
        ("crebo 1", None),
        ("", None),
    ],
)
def test_a_qualification_is_found_by_its_address_or_code(named, entry):
    assert parse_skill_map(made()).find(named) == entry


def test_only_its_publisher_signs_it_and_only_for_its_time():
    other = Party("Somebody")
    with pytest.raises(PublisherMismatch):
        verify_skill_map(dump(other.sign(made())), context=WORLD.context)
    with pytest.raises(UnexpectedPublisher):
        verify_skill_map(signed(), context=WORLD.context, expected_publishers={other.did})
    with pytest.raises(SkillMapNotYetValid):
        verify_skill_map(signed(valid_from=NOW + DAY), context=WORLD.context)
    with pytest.raises(SkillMapExpired):
        verify_skill_map(signed(valid_until=NOW - DAY / 2), context=WORLD.context)


def changed(change):
    document = copy.deepcopy(made())
    change(document)
    return document


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(type="FunctionProfile"),
        lambda d: d.update(extra=1),
        lambda d: d.update(entries=[]),
        lambda d: d.update(entries=[*d["entries"], d["entries"][0]]),
        lambda d: d["entries"][1].update(codes=[{"code": "DOSSIER 99999"}]),
        lambda d: d["entries"][0].update(codes=[]),
        lambda d: d["entries"][0].update(codes=[{"code": "x", "more": 1}]),
        lambda d: d["entries"][0].update(extra=1),
        lambda d: d["entries"][0]["skills"].append(d["entries"][0]["skills"][0]),
        lambda d: d["entries"][0]["skills"][0].update(match="perhaps"),
        lambda d: d["entries"][0]["skills"][0].update(skill="no address"),
        lambda d: d["entries"][0]["skills"][0].update(more=1),
        lambda d: d["entries"][0]["skills"][0].update(name="a\u202eb"),
        lambda d: d.update(validUntil=d["validFrom"]),
        lambda d: d["publisher"].update(more=1),
        lambda d: d.update(publisher={"id": "https://sector.example", "name": "x"}),
    ],
)
def test_what_is_not_of_its_form_is_refused(change):
    with pytest.raises(MalformedSkillMap):
        parse_skill_map(changed(change))


def everything(skills=1, entries=1, codes=1):
    listed = tuple(MappedSkill(f"{ESCO}{at}", "x", Closeness.EXACT, "x") for at in range(skills))
    return made(
        *(
            MappedQualification(
                f"urn:q:{at}", {"nl": "x"}, listed, tuple(f"{at}/{code}" for code in range(codes))
            )
            for at in range(entries)
        )
    )


@pytest.mark.parametrize(
    ("bound", "most"),
    [
        ("skills", limits.SKILL_MAP.skills),
        ("entries", limits.SKILL_MAP.entries),
        ("codes", limits.SKILL_MAP.codes),
    ],
)
def test_a_map_of_everything_to_everything_is_refused(bound, most):
    everything(**{bound: most})
    with pytest.raises(MalformedSkillMap):
        everything(**{bound: most + 1})
