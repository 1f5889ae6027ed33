"""Attacks on a request for validation: replays, other people's claims, files that are not what they say."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from issuer.validation.limits import CASE
from tests.simulators.issuing import HTTP
from tests.simulators.parties import Party
from tests.simulators.validating import BREAD, Worker, sent_file
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
