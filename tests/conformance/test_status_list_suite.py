"""The statements of the public suite of Bitstring Status List: an issued credential names a list that is served."""

import pytest

from passport.credentials.status_entry import parse_status_entry
from passport.status import bit, decode, parse_status_list
from tests.simulators.suite_client import Door, credential


@pytest.fixture
def door():
    return Door.opened("bitstring/ed25519")


@pytest.fixture
def issued(door):
    return door.issue(credential(issuer=door.slot.did))


def served(door, entry):
    response = door.get(entry["statusListCredential"].removeprefix("http://localhost"))
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/vc"
    return response.json()


def test_the_entry_says_where_to_look(issued):
    entry = issued["credentialStatus"]
    assert entry["type"] == "BitstringStatusListEntry"
    assert entry["statusPurpose"] == "revocation"
    assert str(int(entry["statusListIndex"])) == entry["statusListIndex"]
    assert entry["id"] != entry["statusListCredential"]
    assert parse_status_entry(entry).status_size == 1


def test_the_list_is_a_credential_of_the_right_kind(door, issued):
    found = served(door, issued["credentialStatus"])
    parsed = parse_status_list(found)
    assert found["id"] == issued["credentialStatus"]["statusListCredential"]
    assert "BitstringStatusListCredential" in found["type"]
    assert found["credentialSubject"]["type"] == "BitstringStatusList"
    assert found["credentialSubject"]["encodedList"].startswith("u")
    assert parsed.purposes == ("revocation",)
    assert len(decode(parsed.encoded_list)) >= 16_384
    door.accepts(found)


def test_a_credential_in_force_is_verified_and_a_withdrawn_one_is_not(door, issued):
    checks = {"checks": ["proof", "credentialStatus"]}
    door.accepts(issued, **checks)
    answer = door.post(
        "credentials/status",
        {
            "credentialId": issued["id"],
            "credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"},
        },
    )
    assert answer.status_code == 200
    assert door.refuses(issued, **checks)["details"] == {"reason": "revoked"}
    entry = issued["credentialStatus"]
    parsed = parse_status_list(served(door, entry))
    assert bit(decode(parsed.encoded_list), int(entry["statusListIndex"]))


def test_another_credential_has_another_place(door, issued):
    other = door.issue(credential(id="urn:uuid:2", issuer=door.slot.did))
    assert other["credentialStatus"]["statusListIndex"] != issued["credentialStatus"]["statusListIndex"]


def test_the_list_of_another_issuer_says_nothing(door):
    of_another = door.issue(credential())
    told = door.refuses(of_another, checks=["credentialStatus"])
    assert told["details"] == {"reason": "status_list_issuer_mismatch"}


@pytest.mark.parametrize(
    "members",
    [
        {"statusListIndex": True},
        {"statusListIndex": 3},
        {"statusListIndex": "-1"},
        {"statusPurpose": 7},
        {"statusPurpose": ...},
        {"statusListCredential": "list"},
        {"statusSize": 0},
        {"statusSize": 2},
        {"type": ...},
    ],
)
def test_a_malformed_entry_is_refused(door, issued, members):
    entry = {**issued["credentialStatus"], **members}
    entry = {name: value for name, value in entry.items() if value is not ...}
    door.at("eddsa-rdfc-2022/ed25519").will_not_issue(credential(credentialStatus=entry))


def test_a_field_of_another_name_is_refused(door):
    door.will_not_issue(credential(statusEntry={"type": "BitstringStatusListEntry", "statusListIndex": True}))


@pytest.mark.parametrize(
    ("body", "status"), [({"credentialId": "urn:uuid:nobody"}, 404), ({}, 400), ({"credentialId": 7}, 400)]
)
def test_nothing_else_is_withdrawn(door, body, status):
    assert door.post("credentials/status", body).status_code == status


def test_only_the_slot_with_a_list_withdraws(door):
    plain = door.at("eddsa-rdfc-2022/ed25519")
    assert plain.post("credentials/status", {"credentialId": "urn:uuid:1"}).status_code == 400
    assert door.get("/status/2").status_code == 404
