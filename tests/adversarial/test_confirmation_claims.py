"""What people try with the claim: somebody else's, sent twice, changed, or another than was confirmed."""

import json
import uuid
from datetime import UTC, datetime

from passport.credentials.digest import credential_digest
from passport.documents import DocumentCache
from passport.evidence import Strength, weigh
from passport.json import dump
from passport.trust import Recognition
from passport.verification import Context, verify_credential, verify_endorsement
from tests.simulators.confirming import (
    BREAD,
    SHEET,
    ConfirmedWorker,
    invited,
    number_of,
)
from tests.simulators.issuing import HTTP, open_office
from tests.simulators.parties import Party, World, recognise

# the claim


def test_the_presentation_of_a_worker_cannot_be_sent_again(employer):
    worker = ConfirmedWorker()
    body = worker.body(employer, worker.claim())
    address = f"{employer.issuer}/confirmations"
    assert HTTP.post(address, json=body).status_code == 201
    again = HTTP.post(address, json=body)
    assert (again.status_code, again.json()["code"]) == (400, "confirmation_stale_challenge")
    other = HTTP.post(
        f"{employer.issuer}/validations", json={"presentation": body["presentation"], "files": []}
    )
    assert other.status_code in {400, 403}, "nor for something else"


def test_a_presentation_for_another_organisation_is_none_for_this_one(employer_process, employer):
    other = open_office(employer_process, "other")
    worker = ConfirmedWorker()
    for nonce_of, domain in (
        (other, employer.did),
        (employer, other.did),
        (employer, "https://elsewhere.example"),
    ):
        vp = worker.present([worker.claim()], challenge=worker.nonce(nonce_of.issuer), domain=domain)
        asked = HTTP.post(f"{employer.issuer}/confirmations", json={"presentation": vp})
        assert asked.status_code == 400, asked.text


def test_nobody_asks_with_somebody_elses_claim(employer):
    victim, thief = ConfirmedWorker(), ConfirmedWorker()
    claim = victim.claim()
    assert thief.ask(employer, claim).status_code == 400
    about_the_thief = victim.claim(subject=thief.did)
    assert thief.ask(employer, about_the_thief).json()["code"] == "not_one_claim"
    forged = thief.claim(issuer=victim.did, subject=victim.did)
    assert thief.ask(employer, forged).status_code == 400
    as_the_victim = thief.present(
        [claim], challenge=thief.nonce(employer.issuer), domain=employer.did, holder=victim.did
    )
    asked = HTTP.post(f"{employer.issuer}/confirmations", json={"presentation": as_the_victim})
    assert asked.status_code == 400


def test_a_claim_that_was_changed_after_signing_is_no_claim(employer):
    worker = ConfirmedWorker()
    claim = worker.claim()
    claim["credentialSubject"]["achievement"]["alignment"][0]["targetName"] = "surgery"
    assert worker.ask(employer, claim).status_code == 400


def test_exactly_one_claim_with_skills_is_asked_about(employer):
    worker = ConfirmedWorker()
    challenge = worker.nonce(employer.issuer)
    two = worker.present([worker.claim(), worker.claim()], challenge=challenge, domain=employer.did)
    asked = HTTP.post(f"{employer.issuer}/confirmations", json={"presentation": two})
    assert asked.json()["code"] == "not_one_claim"
    many = {f"{BREAD}-{number}": f"skill {number}" for number in range(17)}
    assert worker.ask(employer, worker.claim(many)).json()["code"] == "too_many_claimed_skills"
    assert (
        worker.ask(employer, skills=["http://elsewhere.example/skill"]).json()["code"]
        == "claim_without_skills"
    )
    assert worker.ask(employer, skills=[]).json()["code"] == "claim_without_skills"


def test_one_holder_has_few_open_requests(employer):
    worker = ConfirmedWorker()
    assert [worker.ask(employer).status_code for _ in range(6)] == [201] * 5 + [409]
    assert worker.hears("/withdraw", "POST").json()["state"] == "withdrawn"
    assert worker.ask(employer).status_code == 201


def test_a_file_that_the_claim_does_not_bind_is_not_sent_along(employer):
    worker = ConfirmedWorker()
    file = {"id": f"urn:uuid:{uuid.uuid4()}", "name": "x.csv", "mediaType": "text/csv", "data": SHEET}
    claim = worker.claim(files=[file])
    assert (
        worker.ask(employer, claim, files=[file | {"data": b"other"}]).json()["code"] == "record_not_of_claim"
    )
    assert (
        worker.ask(employer, claim, files=[file | {"id": "urn:uuid:0"}]).json()["code"]
        == "record_not_of_claim"
    )
    assert worker.ask(employer, claim, files=[file]).status_code == 201


def test_a_word_about_one_claim_counts_for_no_other(employer, employer_outbox):
    """The worker has bread confirmed, and shows the confirmation with a claim that says more, or about another."""
    worker, supervisor = invited(employer, employer_outbox, skills=[BREAD])
    supervisor.prove()
    supervisor.send(supervisor.fill_in("work-record"))
    (confirmation,) = worker.told()["credentials"]
    inflated = worker.claim({BREAD: "bake bread", f"{BREAD}-2": "lead a bakery"})
    accomplice = ConfirmedWorker()
    for holder, claim in ((worker, inflated), (accomplice, accomplice.claim())):
        assert credential_digest(claim) not in json.dumps(confirmation)
        found = strengths(employer, holder, claim, [confirmation])
        assert set(found.values()) == {Strength.SOFT}, found


def strengths(employer, holder, claim, confirmations):
    world, now = World(now=datetime.now(UTC)), datetime.now(UTC)
    trust = world.trusting(recognise(Party("Employer", did=employer.did), Recognition.EMPLOYER))
    from passport.documents import Fetched

    cache = DocumentCache()
    while True:
        context = Context(cache, now)
        badge = verify_credential(dump(claim), context).require()
        reports = [verify_endorsement(each, context) for each in confirmations]
        genuine = [each.endorsement for each in reports if each.endorsement is not None]
        weighed = weigh([badge], trust=trust, now=now, files={}, holder=holder.did, endorsements=genuine)
        if not cache.wanted:
            assert len(genuine) == len(confirmations)
            return {each.skill: each.strength for each in weighed}
        for url in list(cache.wanted):
            answer = HTTP.get(url.replace("https://localhost", "http://localhost"))
            media_type = answer.headers["content-type"].partition(";")[0]
            cache.put(Fetched(url, answer.content, now, media_type))


# the token


def test_a_token_opens_its_own_request_only(employer):
    mine, other = ConfirmedWorker(), ConfirmedWorker()
    mine.ask(employer)
    other.ask(employer)
    mine.url = other.url
    assert mine.hears().status_code == 401
    for header in (
        {},
        {"Authorization": "Bearer"},
        {"Authorization": f"Basic {other.token}"},
        {"Authorization": f"Bearer {other.token}x"},
    ):
        assert HTTP.get(other.url, headers=header).status_code == 401
    missing = other.url.replace(number_of(other), uuid.uuid4().hex)
    assert HTTP.get(missing, headers={"Authorization": f"Bearer {other.token}"}).status_code == 401
