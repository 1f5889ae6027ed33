"""What of a badge may be left out, and what of it is always visible."""

import json

import pytest

from passport.credentials import parse_credential
from passport.errors.sd_jwt import NotDisclosable, PointerNotFound
from passport.sd_jwt.disclosable import check_disclosable, disclosable_pointers, mandatory_pointers
from passport.sd_jwt.pointers import parse_pointer, resolve_pointer
from tests.simulators.parties import NOW, Party, status_entry

SCHOOL, WORKER = Party("School"), Party("Worker")
SKILLS = {"http://a.example/1": "Weld", "http://a.example/2": "Solder"}


def badge(**members):
    return {name: value for name, value in SCHOOL.issue(WORKER, SKILLS, **members).items() if name != "proof"}


def full():
    """A badge with all that a check or the strength looks at."""
    made = badge(
        genres=["WorkRecord"],
        results=[{"status": "Completed", "value": "8"}, {"value": "9"}],
        source={"id": "did:web:assessor.example", "name": "Assessor"},
        role="apprentice",
        activity_end=NOW,
        valid_until=NOW.replace(year=2030),
        status=[status_entry("https://school.example/status/1", 7)],
        achievement={"tag": ["a/b", "c~d"], "image": {"id": "https://a.example/i.png", "type": "Image"}},
    )
    made |= {"image": {"id": "https://a.example/b.png", "type": "Image"}, "description": "Text"}
    made["credentialSubject"]["narrative"] = "Text"
    made["credentialSubject"]["identifier"] = [{"type": "IdentityObject"}] * 2
    return made


def test_skills_are_left_out_one_by_one_and_little_else():
    assert disclosable_pointers(badge(results=[{"status": "Completed", "value": "8"}])) == (
        "/credentialSubject/achievement/alignment/0",
        "/credentialSubject/achievement/alignment/1",
        "/credentialSubject/result/0/value",
    )


def test_where_all_that_counts_is_to_be_seen_more_can_be_left_out():
    assert disclosable_pointers(full()) == (
        "/description",
        "/image",
        "/credentialSubject/identifier/0",
        "/credentialSubject/identifier/1",
        "/credentialSubject/narrative",
        "/credentialSubject/achievement/alignment/0",
        "/credentialSubject/achievement/alignment/1",
        "/credentialSubject/achievement/image",
        "/credentialSubject/result/0/value",
    )


@pytest.mark.parametrize(
    ("missing", "kept"),
    [
        ("/validUntil", "/image"),
        ("/credentialStatus", "/description"),
        ("/evidence", "/image"),
        ("/credentialSubject/source", "/credentialSubject/narrative"),
        ("/credentialSubject/achievement/tag", "/credentialSubject/achievement/image"),
        ("/credentialSubject/result/0/status", "/credentialSubject/result/0/value"),
    ],
)
def test_a_member_stays_where_what_counts_could_hide_behind_it(missing, kept):
    document = full()
    place = parse_pointer(missing)
    del resolve_pointer(document, place[:-1])[place[-1]]
    assert kept in disclosable_pointers(full())
    assert kept not in disclosable_pointers(document)


def test_single_objects_are_weighed_like_lists_of_one():
    document = full()
    subject = document["credentialSubject"]
    subject["result"] = subject["result"][0]
    subject["achievement"]["alignment"] = subject["achievement"]["alignment"][0]
    found = disclosable_pointers(document)
    assert {"/credentialSubject/result/value", "/credentialSubject/achievement/alignment"} < set(found)
    del subject["result"]["status"], subject["achievement"]["tag"]
    kept = disclosable_pointers(document)
    assert not {"/credentialSubject/result/value", "/credentialSubject/achievement/alignment"} & set(kept)


def test_the_rest_is_mandatory_and_together_they_are_all():
    document = full()
    mandatory = mandatory_pointers(document)
    assert {"/issuer", "/evidence", "/credentialStatus", "/credentialSubject/result/0/status"} < set(
        mandatory
    )
    assert not any(pointer.startswith(("/@context", "/proof")) for pointer in mandatory)
    rebuilt = {pointer: resolve_pointer(document, parse_pointer(pointer)) for pointer in mandatory}
    hidden = {
        pointer: resolve_pointer(document, parse_pointer(pointer))
        for pointer in disclosable_pointers(document)
    }
    leaves = sorted(map(json.dumps, leaf_values({**document, "@context": []})))
    assert sorted(map(json.dumps, leaf_values([*rebuilt.values(), *hidden.values()]))) == leaves


def leaf_values(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return [value] if inner is None else [leaf for each in inner for leaf in leaf_values(each)]


def test_a_badge_without_what_can_be_left_out_is_still_a_badge():
    document = full()
    for pointer in sorted(disclosable_pointers(document), reverse=True):
        place = parse_pointer(pointer)
        around = resolve_pointer(document, place[:-1])
        del around[int(place[-1]) if isinstance(around, list) else place[-1]]
    assert parse_credential(document).subject.achievement.alignments == ()


def test_what_may_be_left_out_is_never_protected():
    check_disclosable(full(), disclosable_pointers(full()))
    check_disclosable(full(), [])


@pytest.mark.parametrize(
    "pointer",
    [
        "",
        "/@context",
        "/id",
        "/type",
        "/type/0",
        "/issuer",
        "/issuer/name",
        "/validFrom",
        "/validUntil",
        "/credentialStatus",
        "/credentialStatus/statusListIndex",
        "/evidence",
        "/evidence/0",
        "/evidence/0/genre",
        "/relatedResource",
        "/credentialSubject",
        "/credentialSubject/id",
        "/credentialSubject/type",
        "/credentialSubject/role",
        "/credentialSubject/source",
        "/credentialSubject/activityEndDate",
        "/credentialSubject/result",
        "/credentialSubject/result/0",
        "/credentialSubject/result/0/status",
        "/credentialSubject/achievement",
        "/credentialSubject/achievement/achievementType",
        "/credentialSubject/achievement/criteria",
        "/credentialSubject/achievement/tag",
        "/credentialSubject/achievement/tag/0",
    ],
)
def test_what_counts_is_protected(pointer):
    document = full()
    document["credentialSubject"]["achievement"]["achievementType"] = "Diploma"
    with pytest.raises(NotDisclosable):
        check_disclosable(document, [pointer])


@pytest.mark.parametrize("pointer", ["/name/0", "/no", "image", "/credentialSubject/achievement/alignment/2"])
def test_what_is_not_there_can_not_be_left_out(pointer):
    with pytest.raises(PointerNotFound):
        check_disclosable(full(), [pointer])
