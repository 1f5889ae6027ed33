"""Attacks on a validation under way: other people's tokens and roles, moves out of turn and at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from issuer.validation.phases import RULES, CaseRole, Move, Phase
from tests.simulators.issuing import HTTP
from tests.simulators.validating import BREAD, Worker, assessment, sent_file
from tests.simulators.validation_service import validation_service

SCRIPT = "<script>alert(1)</script>"
IDENTIFIED = {"method": "in-person", "on": "2026-01-05"}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with validation_service(tmp_path_factory.mktemp("attacked")) as made:
        yield made


@pytest.fixture(scope="module")
def provider(service):
    return service.staffed()


@pytest.fixture(scope="module")
def other(service):
    return service.staffed()


@pytest.fixture
def worker():
    return Worker()


def code(answer):
    return answer.status_code, answer.json().get("code")


def test_anothers_token_finds_nothing(provider, other):
    mine, theirs, elsewhere = provider.asked(), provider.asked(), other.asked()
    for token in (theirs.token, elsewhere.token, "x", mine.token + "x", mine.token[:-1]):
        for method, path in (
            ("GET", ""),
            ("POST", "/withdraw"),
            ("POST", "/appeal"),
            ("DELETE", "/files"),
        ):
            answer = HTTP.request(
                method,
                provider.url + mine.path + path,
                headers={"Authorization": f"Bearer {token}"},
                json={"message": "x"} if path == "/appeal" else None,
            )
            assert answer.status_code == 404, (token, path, answer.text)
    wrong_house = f"{provider.url}/o/{other.slug}/validations/{mine.id}"
    assert HTTP.get(wrong_house, headers={"Authorization": f"Bearer {mine.token}"}).status_code == 404
    assert HTTP.get(provider.url + mine.path).status_code == 404


def test_the_same_request_again_gives_the_same_case_and_ends_the_old_token(provider, worker):
    claim = worker.claim(BREAD)
    first = provider.post(provider.body(worker, [claim], [sent_file(claim)])).json()
    again = provider.post(provider.body(worker, [claim], [sent_file(claim)])).json()
    assert first["id"] == again["id"]
    url = first["url"]
    assert HTTP.get(url, headers={"Authorization": f"Bearer {first['token']}"}).status_code == 404
    assert HTTP.get(url, headers={"Authorization": f"Bearer {again['token']}"}).status_code == 200


BODIES = {
    Move.DECLINE: {"note": "No."},
    Move.SEND_BACK: {"note": "More."},
    Move.REOPEN: {"note": "Wrong."},
    Move.NOTE: {"note": "A note."},
    Move.IDENTIFY: {"identification": IDENTIFIED},
}


def test_every_move_of_every_role_in_every_phase(provider):
    """Illegal jumps for all pairs of phases and roles: what the table doesn't have changes nothing."""
    staff = {
        CaseRole.COORDINATOR: provider["coordinator"],
        CaseRole.ADVISER: provider["adviser"],
        CaseRole.ASSESSOR: provider["assessor"],
    }
    refused = 0
    for phase in Phase:
        case = provider.asked().id
        provider.until(case, phase.value)
        for role, colleague in staff.items():
            for move in Move:
                if any((row.move, row.origin, row.role) == (move, phase, role) for row in RULES):
                    continue
                body = dict(BODIES.get(move, {}))
                if move is Move.ASSESS:
                    body["assessment"] = assessment()
                answer = colleague.try_move(case, move.value, **body)
                assert answer.status_code in {403, 404, 409}, (phase, role, move, answer.text)
                refused += 1
        seen = provider["coordinator"].get(f"/api/validations/{case}")
        assert seen["phase"] == phase
    assert refused > 150


def test_every_route_is_closed_to_strangers_readers_and_other_organisations(provider, other):
    asked = provider.asked()
    provider.until(asked.id, "assessment")
    reader = provider.hire("reader") if "reader" not in provider.people else provider["reader"]
    file = provider["coordinator"].get(f"/api/validations/{asked.id}")["files"][0]["id"]
    routes = [
        ("GET", "/api/validations", None),
        ("GET", "/api/validations/expiring", None),
        ("GET", f"/api/validations/{asked.id}", None),
        ("GET", f"/api/validations/{asked.id}/files/{file}", None),
        ("POST", f"/api/validations/{asked.id}/moves", {"move": "note", "note": "x"}),
        ("GET", "/api/validation-staff", None),
        ("PUT", f"/api/validation-staff/{reader.id}", {"roles": ["assessor"], "name": "x"}),
        ("PUT", "/api/validation-settings", {}),
    ]
    for method, path, body in routes:
        nobody = HTTP.request(method, provider.url + path, json=body)
        assert nobody.status_code == 401, path
        assert reader.ask(method, path, json=body).status_code in {403, 404}, path
        if asked.id in path:
            for colleague in (*other.people.values(), other.owner, provider["second"]):
                assert colleague.ask(method, path, json=body).status_code in {403, 404}, path
        if path.startswith("/api/validation-"):
            for colleague in provider.people.values():
                assert colleague.ask(method, path, json=body).status_code == 403, path


def test_an_owner_without_a_role_reads_no_case(provider):
    asked = provider.asked()
    assert provider.owner.ask("GET", f"/api/validations/{asked.id}").status_code == 403


def test_an_owner_gives_no_roles_in_another_organisation(provider, other):
    body = {"roles": ["coordinator"], "name": "x"}
    path = f"/api/validation-staff/{other['assessor'].id}"
    assert code(provider.owner.ask("PUT", path, json=body)) == (404, "unknown_account")


def test_who_guides_never_assesses_also_with_both_roles_and_after_being_replaced(provider):
    both = provider.hire("both", "adviser", "assessor")
    coordinator, case = provider["coordinator"], provider.asked().id
    coordinator.move(case, "appoint-adviser", account=both.id)
    assert code(coordinator.try_move(case, "appoint-assessor", account=both.id)) == (
        403,
        "adviser_as_assessor",
    )
    coordinator.move(case, "appoint-adviser", account=provider["adviser"].id)
    assert code(coordinator.try_move(case, "appoint-assessor", account=both.id)) == (
        403,
        "adviser_as_assessor",
    )
    second = provider.asked().id
    coordinator.move(second, "appoint-assessor", account=both.id)
    assert coordinator.try_move(second, "appoint-adviser", account=both.id).status_code == 403


def test_somebody_without_the_role_or_from_elsewhere_is_not_appointed(provider, other):
    coordinator, case = provider["coordinator"], provider.asked().id
    for account in (provider["adviser"].id, other["assessor"].id, "0" * 16):
        answer = coordinator.try_move(case, "appoint-assessor", account=account)
        assert code(answer) == (403, "not_on_staff")


def test_of_two_assessments_at_once_one_wins(provider):
    case = provider.asked().id
    provider.until(case, "assessment")
    judge = provider["assessor"]
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda _: judge.try_move(case, "assess", assessment=assessment()).status_code, range(6))
        )
    assert answers.count(200) == 1
    assert set(answers) <= {200, 409}
    history = judge.get(f"/api/validations/{case}")["history"]
    assert [entry["move"] for entry in history].count("assess") == 1


def test_withdrawing_and_signing_at_once_leaves_one_of_the_two(provider):
    for _ in range(3):
        asked = provider.asked()
        provider.until(asked.id, "certification")
        with ThreadPoolExecutor(2) as pool:
            signed = pool.submit(provider["assessor"].try_move, asked.id, "certify")
            gone = pool.submit(asked.ask, "POST", "/withdraw")
        assert [signed.result().is_success, gone.result().is_success].count(True) == 1
        seen = asked.follow()
        assert ("offer" in seen) is signed.result().is_success


def test_a_case_that_changed_since_it_was_looked_at_is_not_moved(provider):
    case, coordinator = provider.asked().id, provider["coordinator"]
    seen = coordinator.get(f"/api/validations/{case}")["revision"]
    coordinator.move(case, "note", note="first", revision=seen)
    assert code(coordinator.try_move(case, "note", note="second", revision=seen)) == (
        409,
        "changed_meanwhile",
    )


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"results": [{"skill": 0, "result": "met", "level": "2"}]}, "judgement_missing"),
        ({"results": [{"skill": each, "result": "met", "level": "9"} for each in (0, 1)]}, "unknown_level"),
        ({"results": [{"skill": each, "result": "not-met"} for each in (0, 1)]}, "judgement_missing"),
        ({"results": [{"skill": 0, "result": "met", "level": "2"}] * 2}, "judgement_missing"),
        ({"on": "2999-01-01"}, "date_in_the_future"),
        ({"validUntil": "2001-01-01T00:00:00Z"}, "must_be_later"),
        ({"files": ["0" * 32]}, "evidence_of_assessment_missing"),
    ],
)
def test_an_assessment_that_lacks_something_is_refused(provider, changes, refused):
    case = provider.asked().id
    provider.until(case, "assessment")
    answer = provider["assessor"].try_move(case, "assess", assessment=assessment() | changes)
    assert code(answer) == (400, refused)
