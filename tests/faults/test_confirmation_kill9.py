"""kill -9 at every write point of a confirmation: one endorsement for a skill or none, no index twice, no mail lost.

The process dies at its named fault point, starts again on the same data, and the supervisor tries again, or the
worker asks how far it is. PASSPORT_KILL_ROUNDS says how often for each point; without it, only the points are
tried at which something is recorded that the next start must go on from.
"""

import os
from collections import Counter
from contextlib import suppress

import httpx
import pytest

from tests.simulators.confirming import SUPERVISOR, ConfirmedWorker, Outbox, SupervisorBrowser, allow
from tests.simulators.issuing import issuer_process, open_office

ROUNDS = int(os.environ.get("PASSPORT_KILL_ROUNDS", "1"))
SENDING = {
    "confirmation-answered": True,
    "endorsement-reserved": True,
    "endorsement-recorded": False,
    "endorsement-audited": True,
    "endorsement-signed": False,
    "endorsement-stored:2": True,
    "confirmation-signed": False,
    "before-reply": True,
}
"""Whether the supervisor sends again; else nobody does, and the worker's question is what finishes it."""
ASKING = ["confirmation-recorded", "confirmation-invited", "mail-taken", "mail-delivered"]
FEW = {
    "confirmation-answered",
    "endorsement-recorded",
    "endorsement-stored:2",
    "confirmation-recorded",
    "mail-delivered",
}
if "PASSPORT_KILL_ROUNDS" not in os.environ:
    SENDING = {point: again for point, again in SENDING.items() if point in FEW}
    ASKING = [point for point in ASKING if point in FEW]


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("killed")) as started:
        yield started


@pytest.fixture(scope="module")
def outbox(process):
    return Outbox.of(process)


@pytest.fixture
def office(process, request):
    """An organisation for this test alone, so that everything in it can be counted."""
    made = open_office(process, f"employer-{abs(hash(request.node.nodeid)) % 10**8}")
    allow(made, SUPERVISOR)
    return made


def ready_to_send(office, outbox):
    worker = ConfirmedWorker()
    worker.ask(office, supervisor={"email": SUPERVISOR})
    supervisor = SupervisorBrowser(outbox.link(), outbox)
    supervisor.prove()
    return worker, supervisor, supervisor.fill_in("work-record", "observation")


def check_invariants(office, workers):
    """Each worker has one endorsement for each skill, signed, logged once, with a place of its own."""
    told = [worker.told() for worker in workers]
    assert {each["state"] for each in told} == {"confirmed"}
    made = [credential for each in told for credential in each["credentials"]]
    assert len(made) == 2 * len(workers)
    assert all(credential["proof"]["proofValue"] for credential in made)
    places = [credential["credentialStatus"]["id"] for credential in made]
    assert len(set(places)) == len(made), "an index was given twice"
    events = office.get("/api/audit")["events"]
    issued = Counter(event["object"] for event in events if event["action"] == "endorsement.issue")
    assert set(issued.values()) == {1}
    assert len(issued) == len(made), "the log is not complete, or says something twice"
    assert [worker.told()["credentials"] for worker in workers] == [each["credentials"] for each in told]


@pytest.mark.parametrize(("point", "again"), SENDING.items(), ids=SENDING)
def test_a_killed_answer_is_signed_once_whoever_comes_by(process, office, outbox, point, again):
    workers = []
    for _ in range(ROUNDS):
        worker, supervisor, page = ready_to_send(office, outbox)
        with process.dying_at(point), pytest.raises(httpx.HTTPError):
            supervisor.send(page)
        if again:
            page = supervisor.send(page)
            assert "Thank you" in page.text, page.text
        workers.append(worker)
    check_invariants(office, workers)


@pytest.mark.parametrize("point", ASKING)
def test_an_invitation_that_was_killed_goes_out_once(process, office, outbox, point):
    before = outbox.count()
    worker = ConfirmedWorker()
    with process.dying_at(point), suppress(httpx.HTTPError):
        worker.ask(office, supervisor={"email": SUPERVISOR})
    link = outbox.link()
    assert outbox.count() == before + 1
    assert SupervisorBrowser(link, outbox).get().status_code == 200


def test_a_revocation_that_was_killed_is_made_after_all(process, office, outbox):
    worker, supervisor, page = ready_to_send(office, outbox)
    supervisor.send(page)
    told = worker.told()
    made = told["credentials"][0]["id"].removeprefix("urn:uuid:").replace("-", "")
    address = f"/console/confirmations/{told['id']}/endorsements/{made}/revoke"
    headers = {"Origin": office.url, "Accept": "text/html"}
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=office.url, headers=headers, timeout=60, limits=limits) as console:
        console.post("/console/session", data={"api_key": office.api_key})
        with process.dying_at("after-revoke"), pytest.raises(httpx.HTTPError):
            console.post(address)
        assert console.post(address).status_code == 303
    assert worker.told()["revoked"] == [told["credentials"][0]["id"]]
