"""Attacks on the validation of skills: other people's tokens, roles, files, words and moments."""

import asyncio
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from issuer.validation.limits import CASE
from issuer.validation.phases import RULES, CaseRole, Move, Phase
from passport.encoding import base64url_encode
from tests.simulators.issuing import HTTP
from tests.simulators.parties import Party
from tests.simulators.validating import (
    BREAD,
    DOUGH,
    Worker,
    assessment,
    sent_file,
    validation_service,
)

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


# --- what a request brings ------------------------------------------------------------------------------


def test_a_replayed_request_is_refused(provider, worker):
    claim = worker.claim(BREAD)
    body = provider.body(worker, [claim], [sent_file(claim)])
    assert provider.post(body).status_code == 201
    assert code(provider.post(body)) == (400, "challenge_not_ours")


def test_many_posts_of_one_presentation_open_one_case(provider, worker):
    body = provider.body(worker, [worker.claim(BREAD)])
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: provider.post(body).status_code, range(8)))
    assert answers.count(201) == 1


def test_a_request_for_another_organisation_is_refused(provider, other, worker):
    body = provider.body(worker, [worker.claim(BREAD)])
    assert code(other.post(body)) == (400, "challenge_not_ours")
    shown = worker.present([worker.claim(BREAD)], challenge=other.nonce(), domain=provider.did)
    assert code(other.post({"presentation": shown, "files": []})) == (400, "domain_mismatch")


@pytest.mark.parametrize("challenge", ["", "x", "1.2.3", "9999999999.abc.def", "é.é.é"])
def test_a_nonce_that_we_did_not_make_is_refused(provider, worker, challenge):
    shown = worker.present([worker.claim(BREAD)], challenge=challenge, domain=provider.did)
    assert provider.post({"presentation": shown, "files": []}).status_code == 400


def test_a_presentation_of_another_holder_is_refused(provider, worker):
    thief = Worker()
    shown = thief.present([worker.claim(BREAD)], challenge=provider.nonce(), domain=provider.did)
    assert code(provider.post({"presentation": shown, "files": []})) == (400, "not_of_holder")
    shown = thief.present(
        [worker.claim(BREAD)], challenge=provider.nonce(), domain=provider.did, holder=worker.did
    )
    assert provider.post({"presentation": shown, "files": []}).status_code == 400


def test_a_presentation_that_was_changed_is_refused(provider, worker):
    body = provider.body(worker, [worker.claim(BREAD)])
    body["presentation"]["verifiableCredential"][0]["credentialSubject"]["achievement"]["name"] = "More"
    assert provider.post(body).status_code == 400


def test_somebody_elses_badge_alone_is_no_claim(provider, worker):
    badge = Party("A school").issue(worker.did, [BREAD])
    assert code(provider.post(provider.body(worker, [badge]))) == (400, "no_claims")


def test_a_file_with_another_digest_is_refused_by_our_name_of_it_alone(provider, worker):
    claim = worker.claim(BREAD)
    answer = provider.post(provider.body(worker, [claim], [sent_file(claim, b"another,sheet\n")]))
    assert code(answer) == (400, "file_digest_differs")
    assert answer.json()["details"] == {"field": "files/0/content"}
    assert "sheet.csv" not in answer.text
    assert claim["evidence"][0]["id"] not in answer.text


def test_a_file_that_no_claim_binds_is_refused(provider, worker):
    claim = worker.claim(BREAD)
    answer = provider.post(provider.body(worker, [claim], [sent_file(claim, id="urn:x:somewhere")]))
    assert code(answer) == (400, "file_not_bound")
    twice = provider.post(provider.body(worker, [claim], [sent_file(claim), sent_file(claim)]))
    assert code(twice) == (400, "file_not_bound")


def test_an_archive_of_junk_that_calls_itself_a_table_is_refused(provider, worker):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("junk", bytes(100_000))
    claim = worker.claim(BREAD, sheet=data.getvalue())
    answer = provider.post(provider.body(worker, [claim], [sent_file(claim, data.getvalue())]))
    assert code(answer) == (400, "file_not_of_its_type")


def test_too_large_a_file_and_too_many_are_refused(provider, worker):
    sheet = b"a" * (CASE.file + 1)
    claim = worker.claim(BREAD, sheet=sheet)
    file = sent_file(claim, sheet, mediaType="text/plain")
    assert provider.post(provider.body(worker, [claim], [file])).status_code in {400, 413}
    many = [sent_file(claim, b"a")] * (CASE.files + 1)
    assert provider.post(provider.body(worker, [claim], many)).status_code == 400


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(provider):
    answer = HTTP.post(
        f"{provider.issuer}/validations",
        content=b" " * (CASE.body + 1),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413


def test_more_skills_than_a_case_may_have_are_refused(provider, worker):
    skills = [f"{BREAD}-{number}" for number in range(CASE.skills + 1)]
    claim = worker.claim(*skills)
    assert code(provider.post(provider.body(worker, [claim]))) == (413, "too_many_case_skills")
    assert provider.post(provider.body(worker, [worker.claim(*skills[:-1])])).status_code == 201


def test_renewing_somebody_elses_case_is_refused(provider, worker):
    asked = provider.asked(BREAD)
    answer = provider.post(provider.body(worker, [worker.claim(BREAD)], renews=asked.id))
    assert code(answer) == (400, "nothing_to_renew")


# --- who follows it ------------------------------------------------------------------------------------


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


# --- who moves it --------------------------------------------------------------------------------------

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


# --- what is kept and shown ----------------------------------------------------------------------------


def test_files_and_words_are_unreadable_on_disk(service, provider, worker):
    secret = b"date,hours\n2026-03-02,a-very-particular-sheet\n"
    claim = worker.claim(BREAD, sheet=secret, narrative="a-very-particular-narrative")
    file = sent_file(claim, secret, name="a-very-particular-name.csv")
    body = provider.body(worker, [claim], [file], message="a-very-particular-message")
    case = provider.post(body).json()["id"]
    provider["coordinator"].move(case, "note", note="a-very-particular-note")
    stored = b"".join(path.read_bytes() for path in service.folder.rglob("*") if path.is_file())
    assert len(stored) > 10_000
    assert b"very-particular" not in stored
    assert base64url_encode(secret).encode()[:40] not in stored


def test_nothing_personal_is_in_mails(service, provider, worker):
    claim = worker.claim(BREAD, name="a-named-thing")
    body = provider.body(worker, [claim], message="a-named-thing", contact={"email": "worker@home.example"})
    case = provider.post(body).json()["id"]
    provider.until(case, "aftercare", number=1)
    until = asyncio.run(_mails(service, "worker@home.example"))
    assert until, "the worker is told that there is news"
    for mail in service.mails():
        for word in ("a-named-thing", "bake bread", worker.did, "A morning in the bakery"):
            assert word not in mail


async def _mails(service, address):
    for _ in range(100):
        found = [mail for mail in service.mails() if address in mail]
        if found:
            return found
        await asyncio.sleep(0.1)
    return []


def test_nothing_personal_is_in_the_log(provider, worker, caplog):
    with caplog.at_level("INFO"):
        claim = worker.claim(BREAD, name="a-logged-thing", skill="a-logged-skill")
        body = provider.body(worker, [claim], [sent_file(claim, b"wrong\n")], message="a-logged-word")
        provider.post(body)
        good = provider.body(worker, [claim], [sent_file(claim)], message="a-logged-word")
        case = provider.post(good).json()["id"]
        provider["coordinator"].move(case, "note", note="a-logged-note")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpcore")]
    assert "a-logged" not in "\n".join(ours)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_script_in_every_text_field_is_shown_as_text(provider, worker, language):
    claim = worker.claim(
        BREAD, DOUGH, name=SCRIPT, description=SCRIPT, skill=SCRIPT, record=SCRIPT, narrative=SCRIPT
    )
    file = sent_file(claim, name=f"{SCRIPT}.csv")
    case = provider.post(provider.body(worker, [claim], [file], message=SCRIPT)).json()["id"]
    coordinator = provider["coordinator"]
    coordinator.move(case, "note", note=SCRIPT)
    provider.until(case, "assessment")
    results = [{"skill": each, "result": "not-met", "reason": SCRIPT} for each in (0, 1)]
    provider["assessor"].move(case, "assess", assessment=assessment(*results, how=SCRIPT))
    headers = {"Origin": provider.url, "Accept": "text/html", "Accept-Language": language}
    with httpx.Client(base_url=provider.url, headers=headers, timeout=60) as browser:
        browser.post("/console/session", data={"api_key": coordinator.api_key})
        for path in ("/console/validations", f"/console/validations/{case}"):
            page = browser.get(path)
            assert page.status_code == 200
            assert SCRIPT not in page.text
            assert "&lt;script&gt;" in page.text


def test_a_file_is_never_shown_as_a_page(provider, worker):
    page = b"<html><script>alert(1)</script></html>"
    claim = worker.claim(BREAD, sheet=page)
    body = provider.body(worker, [claim], [sent_file(claim, page, mediaType="text/plain")])
    made = provider.post(body)
    assert made.status_code == 201
    file = made.json()["files"][0]["id"]
    answer = provider["coordinator"].ask("GET", f"/api/validations/{made.json()['id']}/files/{file}")
    assert answer.content == page
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "html" not in answer.headers["content-type"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_forms_from_another_site_move_nothing(provider):
    case = provider.asked().id
    with httpx.Client(base_url=provider.url, timeout=60) as browser:
        browser.post(
            "/console/session",
            data={"api_key": provider["coordinator"].api_key},
            headers={"Origin": provider.url},
        )
        for path in (f"/{case}/moves", "/setup/staff", "/setup/settings"):
            answer = browser.post(
                f"/console/validations{path}",
                data={"move": "note", "note": "x"},
                headers={"Origin": "https://evil.example"},
            )
            assert answer.status_code == 403
    history = provider["coordinator"].get(f"/api/validations/{case}")["history"]
    assert [entry["move"] for entry in history] == ["supplement"]


def test_what_a_stranger_sent_is_never_echoed(provider, worker):
    marker = "a-marker-of-mine"
    claim = worker.claim(BREAD, name=marker)
    for body in (
        {"presentation": {"proof": {"challenge": marker}}, "files": []},
        provider.body(worker, [claim], [sent_file(claim, id=f"urn:{marker}")]),
        provider.body(worker, [claim], [sent_file(claim, mediaType=marker)]),
        provider.body(worker, [claim], [], contact={"email": marker}),
        {**provider.body(worker, [claim]), marker: marker},
    ):
        answer = provider.post(body)
        assert 400 <= answer.status_code < 500
        assert marker not in json.dumps(answer.json())
