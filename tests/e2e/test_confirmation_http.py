"""A confirmation over real HTTP: claim, request, invitation by mail, the supervisor's forms, endorsements, revocation.

The endorsements are verified and weighed as any verifier does, with the employer on a trust list.
"""

from datetime import UTC, datetime

import httpx
import pytest

from passport.credentials.digest import credential_digest
from passport.documents import DocumentCache, Fetched
from passport.encoding import digest_multibase
from passport.evidence import Strength, weigh
from passport.json import dump
from passport.trust import Recognition
from passport.verification import Context, verify_credential, verify_endorsement
from tests.simulators.confirming import (
    BREAD,
    OVEN,
    SUPERVISOR,
    ConfirmedWorker,
    Outbox,
    SupervisorBrowser,
    allow,
)
from tests.simulators.issuing import HTTP, issuer_process, open_office
from tests.simulators.parties import Party, World, recognise


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("confirming")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    made = open_office(process, "bakery")
    allow(made, SUPERVISOR)
    return made


@pytest.fixture(scope="module")
def outbox(process):
    return Outbox.of(process)


def fetched(url):
    answer = HTTP.get(url.replace("https://localhost", "http://localhost"))
    answer.raise_for_status()
    return Fetched(url, answer.content, datetime.now(UTC), answer.headers["content-type"].partition(";")[0])


def documents(check):
    """Run a check until nothing is missing any more."""
    cache = DocumentCache()
    for _ in range(5):
        result = check(cache)
        if not cache.wanted:
            return result
        for url in list(cache.wanted):
            cache.put(fetched(url))
    raise AssertionError(cache.wanted)


def trusting(office):
    """A registrar's list on which this employer stands as an employer."""
    world = World(now=datetime.now(UTC))
    return world.trusting(recognise(Party("Bakery", did=office.did), Recognition.EMPLOYER))


def strength(office, worker, claim, told, files=None):
    now = datetime.now(UTC)

    def check(cache):
        context = Context(cache, now)
        badge = verify_credential(dump(claim), context).require()
        reports = [verify_endorsement(each, context) for each in told["credentials"]]
        confirmed = [report.endorsement for report in reports if report.endorsement is not None]
        return weigh(
            [badge],
            trust=trusting(office),
            now=now,
            files=files or {},
            holder=worker.did,
            endorsements=confirmed,
        )

    return {each.skill: each for each in documents(check)}


def test_a_claim_is_confirmed_by_somebody_without_an_account(process, office, outbox):
    worker = ConfirmedWorker()
    claim = worker.claim()
    asked = worker.ask(office, claim, supervisor={"email": SUPERVISOR})
    assert asked.status_code == 201, asked.text
    assert asked.json()["state"] == "invited"
    assert worker.told()["phase"] == "supervisor"

    mail = outbox.next()
    assert mail["To"] == SUPERVISOR
    text = mail.get_content()
    for private in ("A worker", "bake", "bakery", worker.did, claim["id"]):
        assert private not in text.replace("Bakkersschool Noord", "").replace(process.url, ""), private
    link = text[text.index("http") :].split()[0]

    supervisor = SupervisorBrowser(link, outbox)
    page = supervisor.get()
    assert page.status_code == 200
    assert "A worker" not in page.text
    assert "bake bread" not in page.text
    page = supervisor.prove()
    assert "A worker" in page.text
    assert "bake bread" in page.text
    page = supervisor.fill_in(
        "work-record", "observation", start="2025-01-01", end="2026-03-31", text="Always on time."
    )
    assert "Is this right?" in page.text, page.text
    assert "2 days, 15.5 hours" in page.text
    assert worker.told()["credentials"] == []
    page = supervisor.send(page)
    assert "Thank you" in page.text

    told = worker.told()
    assert told["state"] == "confirmed"
    assert [skill["answer"] for skill in told["skills"]] == ["work-record", "observation"]
    assert [each["credentialSubject"]["id"] for each in told["credentials"]] == [BREAD, OVEN]
    first = told["credentials"][0]
    assert first["issuer"]["id"] == office.did
    assert worker.did not in dump(told["credentials"]).decode()
    assert SUPERVISOR not in dump(told["credentials"]).decode()
    assert "team leader of the bakery" in first["evidence"][0]["narrative"]
    bound = {each["id"]: each["digestMultibase"] for each in first["relatedResource"]}
    assert bound[claim["id"]] == credential_digest(claim)
    (file,) = told["files"]
    record = worker.hears(f"/files/{file['n']}")
    assert record.headers["content-type"].startswith("text/csv")
    assert bound[file["id"]] == file["digestMultibase"] == digest_multibase(record.content)

    weighed = strength(office, worker, claim, told, {file["id"]: record.content})
    assert {skill: found.strength for skill, found in weighed.items()} == {
        BREAD: Strength.SEMI_HARD,
        OVEN: Strength.SEMI_HARD,
    }


def test_revoking_one_confirmation_takes_that_skill_back_to_soft(office, outbox):
    worker = ConfirmedWorker()
    claim = worker.claim()
    worker.ask(office, claim, supervisor={"email": SUPERVISOR})
    supervisor = SupervisorBrowser(outbox.link(), outbox)
    supervisor.prove()
    supervisor.send(supervisor.fill_in("work-record", "work-record"))
    told = worker.told()
    number = told["id"]
    with httpx.Client(
        base_url=office.url, headers={"Origin": office.url, "Accept": "text/html"}, timeout=60
    ) as console:
        console.post("/console/session", data={"api_key": office.api_key})
        page = console.get("/console/confirmations")
        assert f"/console/confirmations/{number}" in page.text
        page = console.get(f"/console/confirmations/{number}")
        assert "team leader of the bakery" in page.text
        made = told["credentials"][0]["id"].removeprefix("urn:uuid:").replace("-", "")
        for _ in range(2):
            done = console.post(f"/console/confirmations/{number}/endorsements/{made}/revoke")
            assert done.status_code == 303
    told = worker.told()
    assert told["revoked"] == [told["credentials"][0]["id"]]
    weighed = strength(office, worker, claim, told)
    assert weighed[BREAD].strength is Strength.SOFT
    assert weighed[OVEN].strength is Strength.SEMI_HARD
