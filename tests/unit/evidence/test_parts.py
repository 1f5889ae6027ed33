"""Which parts a credential has, and which of them a demand needs: exactly those, and nothing else."""

import pytest

from passport.evidence.demand import Demand
from passport.evidence.kinds import Strength
from passport.evidence.parts import PartKind, kind_at, needed, parts_of
from tests.simulators.parties import ESCO

A, B = f"{ESCO}a", f"{ESCO}b"
SUBJECT = ("credentialSubject",)
ACHIEVEMENT = (*SUBJECT, "achievement")
BADGE = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": "urn:x:1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Welding",
    "image": {"id": "data:image/png;base64,AAAA", "type": "Image"},
    "issuer": {"id": "did:web:school.example", "type": ["Profile"], "name": "School"},
    "validFrom": "2026-01-01T00:00:00Z",
    "validUntil": "2030-01-01T00:00:00Z",
    "awardedDate": "2026-01-01T00:00:00Z",
    "credentialStatus": [{"id": "https://school.example/status#1", "type": "BitstringStatusListEntry"}],
    "credentialSubject": {
        "id": "did:key:z",
        "type": ["AchievementSubject"],
        "role": "apprentice",
        "activityEndDate": "2025-12-01T00:00:00Z",
        "source": {"id": "did:web:assessor.example", "type": ["Profile"], "name": "Assessor"},
        "result": [
            {"type": ["Result"], "achievedLevel": "urn:x:level", "value": "8"},
            {"type": ["Result"], "value": "7"},
        ],
        "achievement": {
            "id": "urn:x:achievement",
            "type": ["Achievement"],
            "name": "Welding",
            "description": "Welds.",
            "criteria": {"narrative": "A piece of work."},
            "achievementType": "Diploma",
            "tag": ["metal", "work"],
            "alignment": [
                {"type": ["Alignment"], "targetUrl": A, "targetName": "weld"},
                {"type": ["Alignment"], "targetUrl": B, "targetName": "cut"},
            ],
            "resultDescription": [{"id": "urn:x:scale", "type": ["ResultDescription"], "name": "Level"}],
        },
    },
    "evidence": [{"id": "urn:x:record", "type": ["Evidence"], "genre": "examination"}],
    "relatedResource": [{"id": "urn:x:record", "digestMultibase": "uEi"}],
    "proof": {"type": "DataIntegrityProof"},
}
EVERYTHING = frozenset(part.place for part in parts_of(BADGE))
PARTS = parts_of(BADGE, EVERYTHING)
ALWAYS = {
    *[
        "/issuer",
        "/validFrom",
        "/validUntil",
        "/credentialStatus",
        "/credentialSubject/id",
        "/credentialSubject/achievement/name",
        "/credentialSubject/achievement/description",
        "/credentialSubject/achievement/criteria",
        "/credentialSubject/achievement/alignment/0",
    ]
}
OF_STRENGTH = {
    *[
        "/evidence/0",
        "/relatedResource/0",
        "/credentialSubject/source",
        "/credentialSubject/achievement/tag",
        "/credentialSubject/achievement/achievementType",
        "/credentialSubject/result/0",
        "/credentialSubject/result/1",
    ]
}


def pointers(places):
    return {"".join(f"/{token}" for token in place) for place in places}


def of(demand, document=BADGE, parts=PARTS):
    return pointers(needed(parts, document, demand))


def test_every_statement_is_in_one_part():
    found = {part.pointer: part for part in parts_of(BADGE)}
    assert found["/credentialSubject/achievement/alignment/1"].skill == B
    assert found["/credentialSubject/achievement/alignment/1"].says == "cut"
    assert found["/credentialSubject/achievement/tag"].says == "metal, work"
    assert found["/image"].says == ""
    assert found["/credentialSubject/source"].kind is PartKind.ASSESSOR
    assert found["/credentialSubject/role"].kind is PartKind.OTHER
    assert found["/credentialSubject/result/1"].kind is PartKind.RESULT
    assert "/proof" not in found
    assert "/type" not in found
    assert not any(part.optional for part in found.values())


@pytest.mark.parametrize(
    ("demand", "more"),
    [
        (Demand(A, "weld"), set()),
        (Demand(A, "weld", minimum_strength=Strength.SEMI_HARD), OF_STRENGTH),
        (Demand(A, "weld", minimum_strength=Strength.HARD), OF_STRENGTH),
        (Demand(A, "weld", maximum_age_months=12), {"/credentialSubject/activityEndDate"}),
        (
            Demand(A, "weld", level=3),
            {
                "/credentialSubject/result/0",
                "/credentialSubject/result/1",
                "/credentialSubject/achievement/resultDescription/0",
            },
        ),
        (Demand(A, "weld", records_shown=True), {"/evidence/0", "/relatedResource/0"}),
    ],
)
def test_a_demand_needs_exactly_what_it_is_weighed_by(demand, more):
    assert of(demand) == ALWAYS | more


def test_another_skill_needs_another_alignment():
    assert "/credentialSubject/achievement/alignment/1" in of(Demand(B, "cut"))
    assert "/credentialSubject/achievement/alignment/0" not in of(Demand(B, "cut"))


def test_what_can_not_be_left_out_is_never_asked_for():
    assert of(Demand(A, "weld", minimum_strength=Strength.HARD), parts=parts_of(BADGE)) == set()


def test_a_value_is_needed_only_where_nothing_else_states_the_outcome():
    optional = {(*SUBJECT, "result", place, "value") for place in "01"}
    parts = parts_of(BADGE, optional)
    hard = Demand(A, "weld", minimum_strength=Strength.HARD)
    assert of(hard, parts=parts) == {"/credentialSubject/result/1/value"}
    assert of(Demand(A, "weld"), parts=parts) == set()
    single = {**BADGE, "credentialSubject": {**BADGE["credentialSubject"], "result": {"value": "7"}}}
    one = parts_of(single, {(*SUBJECT, "result", "value")})
    assert of(hard, single, one) == {"/credentialSubject/result/value"}


@pytest.mark.parametrize(
    ("without", "counts"),
    [((), "activityEndDate"), (("activityEndDate",), "awardedDate")],
)
def test_of_several_dates_the_one_that_counts(without, counts):
    subject = {name: value for name, value in BADGE["credentialSubject"].items() if name not in without}
    document = {**BADGE, "credentialSubject": subject}
    parts = parts_of(document, {part.place for part in parts_of(document)})
    dates = {each for each in of(Demand(A, "weld", maximum_age_months=12), document, parts) if "Date" in each}
    assert {each.rsplit("/", 1)[-1] for each in dates} == {counts}


def test_a_list_that_is_left_out_as_one_is_one_part():
    parts = parts_of(BADGE, {("evidence",)})
    assert [part.pointer for part in parts if part.kind is PartKind.EVIDENCE] == ["/evidence"]
    whole = parts_of({**BADGE, "evidence": {"id": "urn:x:record", "type": ["Evidence"]}})
    assert [part.pointer for part in whole if part.kind is PartKind.EVIDENCE] == ["/evidence"]


def test_a_pointer_escapes_what_has_to_be():
    (part,) = (part for part in parts_of({"a/b~c": 1}))
    assert (part.pointer, part.says) == ("/a~1b~0c", "1")


def test_one_of_several_entries_that_can_be_left_out_is_a_part():
    parts = parts_of(BADGE, {("credentialStatus", "0")})
    (part,) = (part for part in parts if part.pointer == "/credentialStatus/0")
    assert (part.kind, part.optional) == (PartKind.VALIDITY, True)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (("credentialSubject", "achievement", "alignment", "0", "targetUrl"), PartKind.SKILL),
        (("credentialSubject", "result", "value"), PartKind.RESULT),
        (("issuer", "id"), PartKind.ISSUER),
        (("credentialSubject", "achievement", "criteria"), PartKind.OTHER),
        ((), PartKind.OTHER),
    ],
)
def test_a_place_is_of_the_kind_of_the_part_that_it_stands_in(place, kind):
    assert kind_at(place) is kind
