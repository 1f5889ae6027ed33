"""What the builders write is what the parser reads, and says nothing that is empty."""

from datetime import UTC, datetime, timedelta

from passport.credentials import parse_credential, status_entry
from tests.simulators.exchange import NOW, Signatory

SCHOOL, WORKER = Signatory.web(1), Signatory.key(2)


def test_everything_given_comes_back() -> None:
    built = SCHOOL.badge(
        WORKER,
        valid_until=NOW + timedelta(days=365),
        evidence=[{"id": "urn:uuid:e1", "genre": "assessment"}],
        related_resources=[{"id": "urn:uuid:e1", "digestMultibase": "uEiDx"}],
        status=[status_entry(url="https://school.example/status/1", index=7, purpose="revocation")],
        results=[{"value": "8", "resultDescription": "urn:uuid:r"}],
        role="lasser",
        activity_start=datetime(2025, 9, 1, tzinfo=UTC),
        activity_end=datetime(2026, 6, 30, tzinfo=UTC),
        source={"id": "did:web:assessor.example", "name": "Assessor"},
        name="Lassen, niveau 2",
    )
    found = parse_credential(built)
    assert found.name == "Lassen, niveau 2"
    assert found.subject.role == "lasser"
    assert found.subject.source is not None
    assert found.subject.source.id == "did:web:assessor.example"
    assert found.subject.activity_end == datetime(2026, 6, 30, tzinfo=UTC)
    assert found.subject.results[0].result_description == "urn:uuid:r"
    assert found.valid_until == NOW + timedelta(days=365)
    assert found.statuses[0].id == "https://school.example/status/1#7"


def test_what_is_not_given_is_not_written() -> None:
    built = SCHOOL.badge(WORKER)
    for member in ("validUntil", "evidence", "relatedResource", "credentialStatus"):
        assert member not in built
    for member in ("role", "result", "source", "activityStartDate"):
        assert member not in built["credentialSubject"]


def test_several_statuses_are_a_list_and_one_is_an_object() -> None:
    url = "https://school.example/status/"
    entries = [status_entry(url=url + p, index=1, purpose=p) for p in ("revocation", "suspension")]
    assert SCHOOL.badge(WORKER, status=entries[:1])["credentialStatus"] == entries[0]
    assert SCHOOL.badge(WORKER, status=entries)["credentialStatus"] == entries
    assert len(parse_credential(SCHOOL.badge(WORKER, status=entries)).statuses) == 2


def test_the_arguments_are_left_alone() -> None:
    achievement = {
        "id": "https://a.example/1",
        "name": "n",
        "description": "d",
        "criteria": {"narrative": "c"},
        "alignment": [{"targetUrl": "https://a.example/skill", "targetName": "s"}],
    }
    before = repr(achievement)
    SCHOOL.badge(WORKER, achievement=achievement)
    assert repr(achievement) == before
