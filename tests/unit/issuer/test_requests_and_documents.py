"""Requests in the words of Open Badges, ids that a retry meets again, addresses, settings."""

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from issuer.achievements.document import achievement_document
from issuer.achievements.requests import NewAchievement
from issuer.addresses import Addresses
from issuer.errors import FaultNotAllowed, PeriodReversed
from issuer.faults import Faults
from issuer.identifiers import record_id, request_digest
from issuer.issuance.claims import Claims
from issuer.secrets import MasterSecret
from issuer.settings import Settings
from passport.errors import Invalid

MASTER = MasterSecret("m" * 43)
ACHIEVEMENT = "0" * 32
URL = "https://school.example/o/school/achievements/1"


def new(**changes):
    body = {"name": "Bread", "description": "Bakes bread.", "criteria": {"narrative": "An exam."}} | changes
    return NewAchievement.model_validate_json(json.dumps(body))


def test_an_achievement_gets_its_ids_the_same_at_every_retry():
    described = {
        "name": "Grade",
        "resultType": "RubricCriterionLevel",
        "rubricCriterionLevel": [{"name": "Good", "level": "2"}],
    }
    made = achievement_document(new(resultDescription=[described]), url=URL)
    assert made == achievement_document(new(resultDescription=[described]), url=URL)
    assert made["id"] == URL
    assert made["type"] == ["Achievement"]
    assert made["resultDescription"][0]["id"].startswith("urn:uuid:")
    assert "suspendable" not in made, "our word, not Open Badges'"


@pytest.mark.parametrize(
    "changes",
    [
        {"alignment": [{"targetUrl": "no url", "targetName": "x"}]},
        {"alignment": [{"targetUrl": "javascript:x", "targetName": "x"}]},
    ],
)
def test_an_achievement_that_is_no_badge_is_refused(changes):
    try:
        achievement_document(new(**changes), url=URL)
    except Invalid:
        return
    assert changes["alignment"][0]["targetUrl"].startswith("javascript:"), "a URI with a scheme is an IRI"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": 1},
        {"name": "x" * 257},
        {"criteria": {}},
        {"evil": 1},
        {"tag": ["x"] * 65},
        {"alignment": [{"targetName": "x"}]},
    ],
)
def test_a_malformed_achievement_is_refused(changes):
    with pytest.raises(ValidationError):
        new(**changes)


def test_claims_are_read_again_as_they_were_stored():
    body = {
        "achievement": ACHIEVEMENT,
        "validUntil": "2030-01-01T00:00:00Z",
        "role": "baker",
        "evidence": [{"file": "1" * 32, "genre": "work-record"}],
        "result": [{"value": "8"}],
        "source": {"id": "https://assessor.example"},
    }
    claims = Claims.model_validate_json(json.dumps(body))
    again = Claims.restored(json.loads(claims.stored()))
    assert again.members() == claims.members()
    assert again.valid_until == datetime(2030, 1, 1, tzinfo=UTC)
    assert again.files == ["1" * 32]


@pytest.mark.parametrize(
    "moment", ["2026-W05-1", "2026-01-01", "1700000000", 1700000000, "2026-01-01T00:00:00"]
)
def test_a_claim_takes_moments_with_a_zone_only(moment):
    with pytest.raises((ValidationError, Invalid)):
        Claims.model_validate_json(json.dumps({"achievement": ACHIEVEMENT, "validUntil": moment}))


def test_a_claim_whose_end_comes_first_is_refused():
    body = {
        "achievement": ACHIEVEMENT,
        "validFrom": "2027-01-01T00:00:00Z",
        "validUntil": "2026-01-01T00:00:00Z",
    }
    with pytest.raises(PeriodReversed):
        Claims.model_validate_json(json.dumps(body)).check()


def test_an_idempotency_key_makes_the_same_id_and_no_other():
    first = record_id(MASTER, "offer", "school", "k")
    assert first == record_id(MASTER, "offer", "school", "k")
    others = {
        record_id(MASTER, "credential", "school", "k"),
        record_id(MASTER, "offer", "other", "k"),
        record_id(MASTER, "offer", "school", "l"),
        record_id(MasterSecret("n" * 43), "offer", "school", "k"),
        record_id(MASTER, "offer", "school", None),
        record_id(MASTER, "offer", "school", None),
    }
    assert first not in others
    assert len(others) == 6


def test_parts_of_an_id_can_not_flow_into_each_other():
    assert MASTER.code("x", "a", "bc") != MASTER.code("x", "ab", "c")
    assert request_digest("a", "b") != request_digest("ab")


def test_addresses_stand_under_one_origin():
    addresses = Addresses("http://localhost:8101")
    assert addresses.did("school") == "did:web:localhost%3A8101:o:school"
    assert addresses.status("school", 1) == "http://localhost:8101/o/school/status/1"
    assert Addresses("https://school.example").did("a") == "did:web:school.example:o:a"


def test_settings_come_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("PASSPORT_ISSUER_BASE_URL", "https://school.example/")
    monkeypatch.setenv("PASSPORT_ISSUER_DATA_DIRECTORY", str(tmp_path))
    settings = Settings()
    assert settings.origin == "https://school.example"
    assert settings.master_secret == tmp_path / "master.secret"
    assert settings.web().secure


def test_a_public_address_must_be_https(monkeypatch):
    monkeypatch.setenv("PASSPORT_ISSUER_BASE_URL", "http://school.example")
    with pytest.raises(Invalid):
        Settings()


def test_faults_are_for_tests_on_one_machine(tmp_path):
    with pytest.raises(FaultNotAllowed):
        Settings(fault_file=tmp_path / "fault")


def test_without_a_fault_file_no_point_does_anything(tmp_path):
    Faults(None).reach("after-sign")
    Faults(tmp_path / "missing").reach("after-sign")
    (tmp_path / "fault").write_text("after-record")
    Faults(tmp_path / "fault").reach("after-sign")
