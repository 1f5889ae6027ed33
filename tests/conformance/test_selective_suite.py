"""The statements of the public suite of ecdsa-sd-2023: issue, derive, verify, with contexts of the suite's own."""

import copy

import pytest

from passport.encoding import multibase_decode
from tests.simulators.suite_client import V1, V2, Door, credential

SAILING = {
    "@protected": True,
    "ExampleAchievementCredential": "urn:example:ExampleAchievementCredential",
    "WindsailingAchievement": {
        "@id": "urn:example:WindsailingAchievement",
        "@context": {
            "@protected": True,
            "id": "@id",
            "type": "@type",
            "sailNumber": "urn:example:sailNumber",
            "sails": {
                "@id": "urn:example:sails",
                "@context": {
                    "@protected": True,
                    "sailName": "urn:example:sailName",
                    "size": "urn:example:size",
                    "year": "urn:example:year",
                },
            },
        },
    },
    "achievements": {"@id": "urn:example:achievements", "@type": "@id"},
}
SAILS = [
    {"size": 5.5, "sailName": "Osprey", "year": 2023},
    {"size": 6.1, "sailName": "Eagle-FR", "year": 2023},
    {"size": 7.0, "sailName": "Eagle-FR", "year": 2020},
]
PLAIN = credential(credentialSubject={"id": "urn:uuid:s", "name": "Alice", "description": "About Alice."})
SAILOR = credential(
    **{
        "@context": [V2, SAILING],
        "type": ["VerifiableCredential", "ExampleAchievementCredential"],
        "credentialSubject": {
            "name": "Jane Doe",
            "achievements": [
                {"type": "WindsailingAchievement", "sailNumber": "Earth101", "sails": SAILS},
                {"type": "WindsailingAchievement", "sailNumber": "Mars101", "sails": SAILS[:1]},
            ],
        },
    }
)
OLD_SAILOR = {
    **SAILOR,
    "@context": [V1, {"name": "https://schema.org/name", **SAILING}],
    "issuanceDate": "2020-03-16T22:37:26Z",
}
FIRST = "/credentialSubject/achievements/0"


@pytest.fixture(scope="module")
def door():
    return Door.opened("ecdsa-sd-2023/p-256")


@pytest.fixture(scope="module")
def base(door):
    return door.issue(PLAIN, mandatoryPointers=["/issuer"])


@pytest.fixture(scope="module", params=[SAILOR, OLD_SAILOR], ids=["2.0", "1.1"])
def sailor(request, door):
    dates = ["/issuanceDate"] if "issuanceDate" in request.param else []
    return door.issue(request.param, mandatoryPointers=["/issuer", "/credentialSubject/name", *dates])


def test_a_base_proof_is_base64url_with_its_header(base):
    assert base["proof"]["cryptosuite"] == "ecdsa-sd-2023"
    assert base["proof"]["proofValue"].startswith("u")
    assert multibase_decode(base["proof"]["proofValue"]).startswith(b"\xd9\x5d\x00")


def test_a_base_proof_is_not_verified(door, base):
    assert door.refuses(base)["code"] == "base_proof_shown"


def test_a_derived_proof_is_verified(door, base):
    shown = door.derive(base, "/credentialSubject/id")
    assert multibase_decode(shown["proof"]["proofValue"]).startswith(b"\xd9\x5d\x01")
    assert "name" not in shown["credentialSubject"]
    door.accepts(shown)


@pytest.mark.parametrize(
    ("pointers", "sails"),
    [
        ([f"{FIRST}/sailNumber"], None),
        ([f"{FIRST}/sails"], [sail["sailName"] for sail in SAILS]),
        ([f"{FIRST}/sails/0", f"{FIRST}/sails/2"], ["Osprey", "Eagle-FR"]),
        ([f"{FIRST}/sails/1"], ["Eagle-FR"]),
        (["/credentialSubject/achievements/1/sailNumber"], None),
        (["/credentialSubject"], [sail["sailName"] for sail in SAILS]),
    ],
)
def test_nested_members_and_parts_of_lists_are_shown_and_verified(door, sailor, pointers, sails):
    shown = door.derive(sailor, *pointers)
    assert shown["@context"] == sailor["@context"]
    assert shown["credentialSubject"]["name"] == "Jane Doe"
    if sails is not None:
        assert [sail["sailName"] for sail in shown["credentialSubject"]["achievements"][0]["sails"]] == sails
    door.accepts(shown)


def test_a_changed_part_is_refused(door, base, sailor):
    shown = door.derive(base, "/credentialSubject/id")
    door.refuses({**shown, "credentialSubject": {"id": "urn:invalid"}})
    part = door.derive(sailor, f"{FIRST}/sailNumber")
    changed = copy.deepcopy(part)
    changed["credentialSubject"]["achievements"][0]["sailNumber"] = "Earth102"
    door.refuses(changed)
    redefined = copy.deepcopy(part)
    redefined["@context"][1]["WindsailingAchievement"]["@context"]["sailNumber"] = "urn:example:size"
    door.refuses(redefined)


@pytest.mark.parametrize("value", ["a", "uv", "u", "z2", "u2V0", "u2V0A", "u2V0B"])
def test_another_proof_value_is_refused(door, base, value):
    shown = door.derive(base, "/credentialSubject/id")
    door.refuses({**shown, "proof": {**shown["proof"], "proofValue": value}})


def test_another_cryptosuite_is_refused(door, base):
    shown = door.derive(base, "/credentialSubject/id")
    door.refuses({**shown, "proof": {**shown["proof"], "cryptosuite": "invalid-cryptosuite"}})


@pytest.mark.parametrize("pointers", [["/non/existent/path"], ["issuer"], ["/issuer/~2"]])
def test_a_pointer_that_points_at_nothing_is_refused(door, base, pointers):
    door.will_not_issue(PLAIN, mandatoryPointers=pointers)
    body = {"verifiableCredential": base, "options": {"selectivePointers": pointers}}
    assert door.post("credentials/derive", body).status_code == 400


def test_pointers_are_for_this_suite_alone(door, base):
    whole = door.at("ecdsa-rdfc-2019/p-256")
    whole.will_not_issue(PLAIN, mandatoryPointers=["/issuer"])
    assert whole.post("credentials/derive", {"verifiableCredential": base}).status_code == 400


def test_a_derived_proof_is_not_derived_from(door, base):
    shown = door.derive(base, "/credentialSubject/id")
    body = {"verifiableCredential": shown, "options": {"selectivePointers": ["/credentialSubject/id"]}}
    assert door.post("credentials/derive", body).status_code == 400
