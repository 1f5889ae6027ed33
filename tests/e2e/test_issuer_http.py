"""The issuer over real HTTP: a school works with it, wallets claim from it, verifiers read what it publishes.

Longer than most: one story with one running service.
"""

import csv
import io
import json
import time
from datetime import UTC, datetime

import pytest

from passport.answers import Answer
from passport.documents import DocumentCache
from passport.encoding import check_digest_multibase
from passport.fetch import Fetcher, gather_sync
from passport.status import bitstring
from passport.verification import Context, verify_credential
from tests.simulators.issuing import ESCO, HTTP, HolderWallet, issuer_process, open_office

PDF = b"%PDF-1.4 time sheet of week 12"


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("issuer")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement()


@pytest.fixture
def wallet():
    return HolderWallet()


def verified(credential):
    """What any verifier finds, with everything fetched over HTTP."""
    source = json.dumps(credential).encode()
    return gather_sync(
        lambda documents: verify_credential(source, Context(documents, datetime.now(UTC))),
        DocumentCache(),
        Fetcher(allow_loopback=True),
    )


def issued(office, achievement, wallet, **claims):
    return office.post("/api/credentials", {"achievement": achievement, "subject": wallet.did} | claims)


def test_a_credential_issued_to_a_known_holder_verifies(office, achievement, wallet):
    made = issued(
        office,
        achievement,
        wallet,
        validUntil="2036-01-31T00:00:00Z",
        role="apprentice",
        result=[{"value": "8"}],
        evidence=[{"genre": "examination", "narrative": "Four hours, two assessors."}],
        source={"id": "https://assessors.example/team", "name": "Examenbureau Ñandú"},
    )
    report = verified(made["credential"])
    assert report.answer is Answer.YES, report.checks
    credential = report.require().credential
    assert credential.subject.id == wallet.did
    assert credential.issuer.id == office.did
    assert credential.subject.achievement.alignments[0].target_url == f"{ESCO}bake-bread"
    assert credential.subject.achievement.name == "Brood bakken 🍞"
    assert credential.subject.results[0].value == "8"
    fetched = office.ask("GET", f"/api/credentials/{made['id']}")
    assert fetched.headers["content-type"] == "application/vc"
    assert fetched.json() == made["credential"]


def test_an_offer_is_claimed_by_link_with_proof_of_a_key(office, achievement, wallet):
    offer = office.post("/api/offers", {"achievement": achievement})
    assert offer["tx_code"] is None
    credential = wallet.claim(offer["link"])
    assert verified(credential).answer is Answer.YES
    assert credential["credentialSubject"]["id"] == wallet.did
    assert office.get(f"/api/offers/{offer['id']}")["state"] == "issued"
    assert HTTP.get(offer["credential_offer_uri"]).status_code == 410


def test_a_credential_without_a_subject_becomes_an_offer(office, achievement, wallet):
    offer = office.post("/api/credentials", {"achievement": achievement})["offer"]
    assert wallet.claim(offer["link"])["credentialSubject"]["id"] == wallet.did


def test_an_offer_with_a_transaction_code_asks_for_it(office, achievement, wallet):
    offer = office.post("/api/offers", {"achievement": achievement, "tx_code": True})
    fetched = wallet.fetch_offer(offer["link"])
    assert (fetched.tx_code.input_mode, fetched.tx_code.length) == ("numeric", 6)
    refused = wallet.token(fetched)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request")
    assert wallet.claim(offer["link"], offer["tx_code"])


def test_the_protocols_answers_may_not_be_cached(office, achievement, wallet):
    offer = office.post("/api/offers", {"achievement": achievement})
    fetched = wallet.fetch_offer(offer["link"])
    token = wallet.token(fetched)
    answer = wallet.request(fetched, token.json()["access_token"])
    nonce = HTTP.post(f"{office.issuer}/nonce")
    assert {item.headers["cache-control"] for item in (token, answer, nonce)} == {"no-store"}
    assert token.json()["token_type"] == "Bearer"
    assert set(answer.json()) == {"credentials", "notification_id"}


def test_the_public_page_of_an_offer_shows_who_and_where_in_both_languages(office, achievement):
    offer = office.post("/api/offers", {"achievement": achievement, "tx_code": True})
    for language, words in (("en", "Scan this code"), ("nl", "Scan deze code")):
        page = HTTP.get(offer["page"], headers={"Accept": "text/html", "Accept-Language": language})
        assert page.status_code == 200
        assert words in page.text
        assert "Bakkersschool Noord" in page.text
        assert "<svg" in page.text
        assert offer["tx_code"] not in page.text
        assert "unsafe" not in page.headers["content-security-policy"]


def test_evidence_is_bound_by_its_digest_and_travels_to_the_holder_alone(office, achievement, wallet):
    kept = office.ask(
        "POST", "/api/evidence", content=PDF, headers={"Content-Type": "application/pdf"}
    ).json()
    evidence = [{"file": kept["id"], "genre": "work-record", "name": "Time sheet"}]
    offer = office.post("/api/offers", {"achievement": achievement, "evidence": evidence})
    fetched = wallet.fetch_offer(offer["link"])
    token = wallet.token(fetched).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert HTTP.get(kept["url"], headers=bearer).status_code == 404, "before a key was proven"
    credential = json.loads(wallet.request(fetched, token).content)["credentials"][0]["credential"]
    assert credential["evidence"][0]["id"] == kept["url"]
    (related,) = credential["relatedResource"]
    assert related["id"] == kept["url"]
    file = HTTP.get(kept["url"], headers=bearer)
    assert file.content == PDF
    assert file.headers["content-disposition"] == "attachment"
    check_digest_multibase(file.content, related["digestMultibase"])
    assert HTTP.get(kept["url"]).status_code == 401
    other = office.ask(
        "POST", "/api/evidence", content=b"other", headers={"Content-Type": "text/plain"}
    ).json()
    assert HTTP.get(other["url"], headers=bearer).status_code == 404
    assert office.ask("GET", f"/api/evidence/{kept['id']}").content == PDF


@pytest.mark.parametrize("size", [0, 1_048_577])
def test_an_empty_or_too_large_evidence_file_is_refused(office, size):
    refused = office.ask("POST", "/api/evidence", content=b"x" * size, headers={"Content-Type": "text/plain"})
    assert refused.status_code == (400 if size == 0 else 413)


def test_an_evidence_file_of_the_greatest_size_is_kept(office):
    data = b"x" * 1_048_576
    kept = office.ask("POST", "/api/evidence", content=data, headers={"Content-Type": "text/plain"})
    assert kept.status_code == 201
    assert office.ask("GET", f"/api/evidence/{kept.json()['id']}").content == data


def test_a_revocation_bites_at_the_next_look(office, achievement, wallet):
    made = issued(office, achievement, wallet)
    assert verified(made["credential"]).require().standing is Answer.YES
    assert (
        office.post(f"/api/credentials/{made['id']}/revoke", {"reason": "mistake"})["standing"] == "revoked"
    )
    assert verified(made["credential"]).answer is Answer.NO
    assert office.post(f"/api/credentials/{made['id']}/revoke")["standing"] == "revoked", "again is no error"
    assert office.ask("POST", f"/api/credentials/{made['id']}/resume", json={}).status_code == 409


def test_a_suspension_ends_and_a_revocation_does_not(office, wallet):
    licence = office.achievement(name="Forklift licence", suspendable=True)
    made = issued(office, licence, wallet)
    assert len(made["credential"]["credentialStatus"]) == 2
    for action, standing, answer in (
        ("suspend", "suspended", Answer.NO),
        ("suspend", "suspended", Answer.NO),
        ("resume", "valid", Answer.YES),
        ("revoke", "revoked", Answer.NO),
    ):
        assert office.post(f"/api/credentials/{made['id']}/{action}")["standing"] == standing
        assert verified(made["credential"]).answer is answer
    assert (
        office.ask("POST", f"/api/credentials/{made['id']}/suspend", json={}).json()["code"]
        == "already_revoked"
    )


def test_what_is_not_suspendable_has_one_status_entry_as_the_badge_schema_wants(office, achievement, wallet):
    made = issued(office, achievement, wallet)
    assert isinstance(made["credential"]["credentialStatus"], dict)
    refused = office.ask("POST", f"/api/credentials/{made['id']}/suspend", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_suspendable")


def test_the_status_list_is_signed_whole_and_answers_304_until_it_changes(office, achievement, wallet):
    made = issued(office, achievement, wallet)
    url = made["credential"]["credentialStatus"]["statusListCredential"]
    first = HTTP.get(url)
    assert first.headers["content-type"] == "application/vc"
    subject = first.json()["credentialSubject"]
    assert len(bitstring.decode(subject["encodedList"])) * 8 == 131_072
    assert subject["ttl"] == 300_000
    assert first.json()["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
    assert first.json()["validFrom"] < first.json()["validUntil"]
    known = {"If-None-Match": first.headers["etag"]}
    again = HTTP.get(url, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert HTTP.get(url).content == first.content
    office.post(f"/api/credentials/{made['id']}/revoke")
    changed = HTTP.get(url, headers=known)
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]
    assert HTTP.get(f"{office.issuer}/status/99").status_code == 404


def test_the_same_idempotency_key_gives_the_same_credential(office, achievement, wallet):
    bodies = {"achievement": achievement, "subject": wallet.did}
    first = office.post("/api/credentials", bodies, once="enrolment-7")
    again = office.post("/api/credentials", bodies, once="enrolment-7")
    assert first["credential"] == again["credential"]
    other = office.ask("POST", "/api/credentials", json=bodies | {"role": "x"}, once="enrolment-7")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert office.post("/api/credentials", bodies)["id"] != first["id"]
    offer = office.post("/api/offers", {"achievement": achievement, "tx_code": True}, once="o-1")
    assert office.post("/api/offers", {"achievement": achievement, "tx_code": True}, once="o-1") == offer
    assert (
        office.ask("POST", "/api/offers", json={"achievement": achievement}, once="x" * 129).status_code
        == 400
    )


def test_a_rotated_key_still_verifies_what_it_signed_and_signs_no_more(process, wallet):
    office = open_office(process, "rotating")
    achievement = office.achievement()
    before = issued(office, achievement, wallet)["credential"]
    keys = office.post("/api/keys/rotate")["keys"]
    assert [(key["id"], key["state"]) for key in keys] == [
        ("key-2", "current"),
        ("p256-2", "current"),
        ("key-1", "retired"),
        ("p256-1", "retired"),
    ]
    after = issued(office, achievement, wallet)["credential"]
    assert before["proof"]["verificationMethod"].endswith("#key-1")
    assert after["proof"]["verificationMethod"].endswith("#key-2")
    assert verified(before).answer is Answer.YES
    assert verified(after).answer is Answer.YES
    document = HTTP.get(f"{office.issuer}/did.json").json()
    assert document["authentication"] == [f"{office.did}#key-2"]
    assert len(document["assertionMethod"]) == 4


def test_nothing_signed_with_a_revoked_key_is_accepted(process, wallet):
    office = open_office(process, "compromised")
    achievement = office.achievement()
    before = issued(office, achievement, wallet)["credential"]
    listed = before["credentialStatus"]["statusListCredential"]
    assert HTTP.get(listed).json()["proof"]["verificationMethod"].endswith("#key-1")
    keys = office.post("/api/keys/key-1/revoke")["keys"]
    assert {key["id"]: key["state"] for key in keys} == {
        "key-2": "current",
        "p256-1": "current",
        "key-1": "revoked",
    }
    assert verified(before).answer is Answer.NO
    assert HTTP.get(listed).json()["proof"]["verificationMethod"].endswith("#key-2")
    assert verified(issued(office, achievement, wallet)["credential"]).answer is Answer.YES
    assert office.ask("POST", "/api/keys/key-9/revoke").status_code == 404


def batch_of(office, achievement, text, **query):
    response = office.ask(
        "POST",
        "/api/batches",
        params={"achievement": achievement, **query},
        content=text.encode(),
        headers={"Content-Type": "text/csv"},
    )
    assert response.status_code == 202, response.text
    return response.json()


def finished(office, batch):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = office.get(f"/api/batches/{batch['id']}")
        if found["state"] == "done":
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def lines(office, batch):
    response = office.ask("GET", f"/api/batches/{batch['id']}/report")
    assert response.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.text)))


def test_a_batch_issues_offers_and_reports_every_row(office, achievement, wallet):
    rows = [
        f"a1;{wallet.did};2036-01-31;8",
        "a2;;;",
        "a3;did:web:evil.example;;",
        "a4;;31-01-2036;",
        f"a1;{wallet.did};;",
        "=cmd;;;",
        "a5;;",
    ]
    text = "reference;subject;valid_until;result_value\n" + "\n".join(rows) + "\n"
    done = finished(office, batch_of(office, achievement, text, tx_code="true"))
    assert (done["rows"], done["issued"], done["offered"], done["failed"]) == (7, 1, 2, 4)
    found = lines(office, done)
    assert [line["outcome"] for line in found] == [
        "issued",
        "offered",
        "failed",
        "failed",
        "failed",
        "offered",
        "failed",
    ]
    assert [line["error"] for line in found if line["error"]] == [
        "wrong_subject",
        "wrong_date",
        "duplicate_reference",
        "wrong_number_of_cells",
    ]
    assert found[5]["reference"] == "'=cmd", "no formula for the spreadsheet"
    credential = office.ask("GET", f"/api/credentials/{found[0]['credential']}").json()
    assert verified(credential).answer is Answer.YES
    assert credential["validUntil"] == "2036-01-31T23:59:59Z"
    assert HolderWallet().claim(found[1]["offer"], found[1]["tx_code"])


def test_the_same_batch_again_issues_nothing_twice(office, achievement, wallet):
    text = "reference,subject\n" + "".join(f"twice-{n},{wallet.did}\n" for n in range(150))
    first = finished(office, batch_of(office, achievement, text))
    second = finished(office, batch_of(office, achievement, text))
    assert (first["issued"], second["issued"]) == (150, 0)
    assert {line["outcome"] for line in lines(office, second)} == {"already"}
    assert [x["credential"] for x in lines(office, first)] == [x["credential"] for x in lines(office, second)]


def test_a_batch_of_offers_again_offers_nothing_twice_and_ends(office, achievement):
    text = "reference,role\n" + "".join(f"offered-{n},monteur\n" for n in range(3))
    first = finished(office, batch_of(office, achievement, text))
    second = finished(office, batch_of(office, achievement, text))
    assert (first["offered"], second["offered"]) == (3, 0)
    assert {line["outcome"] for line in lines(office, second)} == {"already"}


def test_a_draft_waits_until_it_is_started(office, achievement, wallet):
    text = f"subject\n{wallet.did}\n"
    draft = batch_of(office, achievement, text, draft="true")
    assert draft["state"] == "draft"
    assert {line["outcome"] for line in lines(office, draft)} == {"waiting"}
    assert office.ask("POST", f"/api/batches/{draft['id']}/start").status_code == 200
    assert finished(office, draft)["issued"] == 1
    assert office.ask("POST", f"/api/batches/{draft['id']}/start").status_code == 409
    thrown = batch_of(office, achievement, text, draft="true")
    assert office.ask("DELETE", f"/api/batches/{thrown['id']}").status_code == 204
    assert office.ask("POST", f"/api/batches/{thrown['id']}/start").status_code == 409


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "malformed_csv"),
        ("reference\n", "no_rows"),
        ("name\nx\n", "unknown_column"),
        ("reference,reference\nx,y\n", "unknown_column"),
        ('reference\n"x\n', "malformed_csv"),
        ("reference\n" + "x\n" * 10_001, "too_many_rows"),
    ],
)
def test_a_file_that_is_no_batch_is_refused_as_a_whole(office, achievement, text, code):
    refused = office.ask(
        "POST",
        f"/api/batches?achievement={achievement}",
        content=text.encode(),
        headers={"Content-Type": "text/csv"},
    )
    assert refused.json()["code"] == code
    assert refused.status_code in {400, 413}


def test_the_log_says_who_did_what_without_saying_what_was_claimed(process, wallet):
    office = open_office(process, "logged")
    achievement = office.achievement()
    made = issued(office, achievement, wallet, role="secret role")
    office.post(f"/api/credentials/{made['id']}/revoke", {"reason": "Jan de Vries cheated"})
    HolderWallet().claim(office.post("/api/offers", {"achievement": achievement})["link"])
    log = office.get("/api/audit")
    assert [event["action"] for event in log["events"]] == [
        "credential.issue",
        "offer.make",
        "credential.revoke",
        "credential.issue",
        "achievement.create",
        "organisation.create",
    ]
    assert wallet.did not in json.dumps(log)
    assert "secret role" not in json.dumps(log)
    assert "Vries" not in json.dumps(log)
    paged = office.get("/api/audit?limit=2")
    rest = office.get(f"/api/audit?limit=100&before={paged['next']}")
    assert paged["events"] + rest["events"] == log["events"]
    stolen = office.ask("GET", "/api/audit", params={"before": "zzz/9"}).json()
    assert stolen["events"] == log["events"], "no cursor reaches another organisation"


def test_credentials_are_listed_in_pages(process, wallet):
    office = open_office(process, "paged")
    achievement = office.achievement()
    made = {issued(office, achievement, wallet)["id"] for _ in range(5)}
    seen, before = set(), ""
    while True:
        page = office.get(f"/api/credentials?limit=2{before}")
        seen |= {item["id"] for item in page["credentials"]}
        if page["next"] is None:
            break
        before = f"&before={page['next']}"
    assert seen == made


def test_everything_is_in_the_openapi_document(office):
    document = HTTP.get(f"{office.url}/openapi.json").json()
    assert {
        "/api/credentials",
        "/api/batches/{batch_id}/report",
        "/o/{slug}/did.json",
        "/o/{slug}/token",
    } <= set(document["paths"])
    assert document["paths"]["/api/offers"]["post"]["requestBody"]["required"]


def test_an_achievement_has_a_page_and_a_document(office, achievement):
    url = f"{office.issuer}/achievements/{achievement}"
    assert HTTP.get(url).json()["name"] == "Brood bakken 🍞"
    page = HTTP.get(url, headers={"Accept": "text/html"})
    assert "bake bread" in page.text
    assert HTTP.get(f"{office.issuer}/achievements/{'0' * 32}").status_code == 404


def test_a_wrong_achievement_is_refused_without_repeating_it(office):
    for body in (
        {"name": "x"},
        {"name": "x", "description": "y", "criteria": {"narrative": "z"}, "evil": "<script>"},
        {
            "name": "x",
            "description": "y",
            "criteria": {"narrative": "z"},
            "alignment": [{"targetUrl": "no url", "targetName": "<b>"}],
        },
        {"name": "", "description": "y", "criteria": {"narrative": "z"}},
    ):
        refused = office.ask("POST", "/api/achievements", json=body)
        assert refused.status_code == 400, refused.text
        assert "<" not in refused.text


def test_a_holder_that_would_have_to_be_fetched_is_refused(office, achievement):
    for subject in ("did:web:evil.example", "did:key:zzz", "https://a.example", "x"):
        refused = office.ask(
            "POST", "/api/credentials", json={"achievement": achievement, "subject": subject}
        )
        assert (refused.status_code, refused.json()["code"]) == (400, "subject_not_supported")


def test_a_period_that_ends_before_it_begins_is_refused(office, achievement, wallet):
    refused = office.ask(
        "POST",
        "/api/credentials",
        json={
            "achievement": achievement,
            "subject": wallet.did,
            "activityStartDate": "2026-02-01T00:00:00Z",
            "activityEndDate": "2026-01-01T00:00:00Z",
        },
    )
    assert refused.json()["code"] == "period_reversed"
