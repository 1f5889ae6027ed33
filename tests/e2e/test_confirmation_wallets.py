"""A supervisor with a wallet: it proves in place of the mailbox, and may sign instead of the organisation."""

import html
import json
import re
import uuid
from datetime import UTC, datetime

import httpx
import pytest

from passport.dids import create_did_jwk
from passport.proofs import add_proof
from tests.simulators.confirming import (
    BREAD,
    SUPERVISOR,
    ConfirmedWorker,
    Outbox,
    SupervisorBrowser,
    allow,
    seen,
)
from tests.simulators.issuing import issuer_process, open_office


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("wallets")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    made = open_office(process, "bakery")
    allow(made, SUPERVISOR)
    return made


@pytest.fixture(scope="module")
def outbox(process):
    return Outbox.of(process)


@pytest.fixture
def console(office):
    headers = {"Origin": office.url, "Accept": "text/html"}
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=office.url, headers=headers, timeout=60, limits=limits) as client:
        client.post("/console/session", data={"api_key": office.api_key})
        yield client


def proof_of(wallet, page):
    """What a wallet answers to the question on the page."""
    challenge, domain = (
        html.unescape(each) for each in re.findall(r'<dd class="code">([^<]+)</dd>', page.text)
    )
    return json.dumps(wallet.present([wallet.claim()], challenge=challenge, domain=domain))


def unsigned_on(page):
    text = re.search(r'<textarea id="unsigned"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)[1]
    return json.loads(html.unescape(text))


def invited_wallet(office, outbox, console, wallet):
    worker = ConfirmedWorker()
    worker.ask(office)
    number = worker.url.rpartition("/")[2]
    form = {"email": "chef@employer.example", "did": wallet.did}
    assert console.post(f"/console/confirmations/{number}/invite", data=form).status_code == 303
    return worker, SupervisorBrowser(outbox.link(), outbox)


def test_the_wallet_that_the_coordinator_named_opens_the_pages(office, outbox, console):
    wallet = ConfirmedWorker()
    worker, supervisor = invited_wallet(office, outbox, console, wallet)
    assert "/wallet" in supervisor.get().text
    page = supervisor.post("wallet", {"presentation": proof_of(wallet, supervisor.get("wallet"))})
    assert "What can you confirm?" in page.text
    supervisor.send(supervisor.fill_in("observation", "no"))
    told = worker.told()
    assert [each["answer"] for each in told["skills"]] == ["observation", "no"]
    (made,) = told["credentials"]
    assert made["issuer"]["id"] == office.did
    assert "wallet" in made["evidence"][0]["narrative"]


def test_another_wallet_opens_nothing_however_right_its_answer(office, outbox, console):
    named, other = ConfirmedWorker(), ConfirmedWorker()
    _, supervisor = invited_wallet(office, outbox, console, named)
    page = supervisor.post("wallet", {"presentation": proof_of(other, supervisor.get("wallet"))})
    assert page.status_code == 400
    assert supervisor.get("statement").status_code == 401
    page = supervisor.post("wallet", {"presentation": proof_of(named, supervisor.get("wallet"))})
    assert "What can you confirm?" in page.text


def test_where_no_wallet_was_named_the_code_comes_first(office, outbox):
    worker = ConfirmedWorker()
    worker.ask(office, supervisor={"email": SUPERVISOR})
    supervisor = SupervisorBrowser(outbox.link(), outbox)
    assert supervisor.get("wallet").status_code == 401
    assert supervisor.post("wallet", {"presentation": "{}"}).status_code == 401


def test_the_wallet_of_the_one_who_asks_is_refused(office, outbox):
    """Also under another DID with the same key."""
    worker = ConfirmedWorker()
    worker.ask(office, supervisor={"email": SUPERVISOR})
    supervisor = SupervisorBrowser(outbox.link(), outbox)
    supervisor.prove()
    page = supervisor.post("wallet", {"presentation": proof_of(worker, supervisor.get("wallet"))})
    assert page.status_code == 403
    assert "their own claim" in page.text
    twin = Twin(worker.signer)
    page = supervisor.post("wallet", {"presentation": proof_of(twin, supervisor.get("wallet"))})
    assert page.status_code == 403


class Twin(ConfirmedWorker):
    """The same key under a did:jwk."""

    @property
    def did(self):
        return create_did_jwk(self.signer.public_key)

    def signed(self, document, **options):
        return add_proof(
            document,
            signer=self.signer,
            verification_method=f"{self.did}#0",
            created=datetime.now(UTC).replace(microsecond=0),
            **options,
        )


def test_the_answer_of_a_wallet_is_taken_once_and_for_its_own_invitation(office, outbox):
    wallet, links = ConfirmedWorker(), []
    for _ in range(2):
        ConfirmedWorker().ask(office, supervisor={"email": SUPERVISOR})
        links.append(outbox.link())
    first, second = (SupervisorBrowser(link, outbox) for link in links)
    first.prove()
    second.prove()
    answer = proof_of(wallet, first.get("wallet"))
    assert second.post("wallet", {"presentation": answer}).status_code == 400, "another invitation's question"
    assert first.post("wallet", {"presentation": answer}).status_code == 200
    assert first.post("wallet", {"presentation": answer}).status_code == 400, "used"


def signing(office, outbox, wallet):
    """A supervisor who proved the mailbox and a wallet, and looks at what it would sign."""
    worker = ConfirmedWorker()
    worker.ask(office, supervisor={"email": SUPERVISOR})
    supervisor = SupervisorBrowser(outbox.link(), outbox)
    supervisor.prove()
    supervisor.fill_in("work-record", "work-record")
    page = supervisor.post("wallet", {"presentation": proof_of(wallet, supervisor.get("wallet"))})
    assert "Signed by your wallet" in page.text, page.text
    return worker, supervisor, page


def test_a_supervisor_signs_with_a_wallet_of_their_own(office, outbox, console):
    wallet = ConfirmedWorker()
    worker, supervisor, page = signing(office, outbox, wallet)
    signed = [wallet.signed(each) for each in unsigned_on(page)]
    done = supervisor.post("send-own", {"seen": seen(page), "signed": json.dumps(signed)})
    assert "Thank you" in done.text, done.text
    told = worker.told()
    assert told["credentials"] == signed
    assert {each["issuer"]["id"] for each in signed} == {wallet.did}
    assert signed[0]["credentialSubject"]["id"] == BREAD
    number, made = told["id"], uuid.UUID(signed[0]["id"]).hex
    refused = console.post(f"/console/confirmations/{number}/endorsements/{made}/revoke")
    assert refused.status_code == 403


SPOILT = [
    lambda signed, wallet: signed[:1],
    lambda signed, wallet: [*signed, signed[0]],
    lambda signed, wallet: [signed[0], signed[0]],
    lambda signed, wallet: [{**signed[0], "name": "A diploma"}, signed[1]],
    lambda signed, wallet: [wallet.signed({**unproved(signed[0]), "name": "A diploma"}), signed[1]],
    lambda signed, wallet: [
        wallet.signed({**unproved(signed[0]), "validFrom": "2020-01-01T00:00:00Z"}),
        signed[1],
    ],
    lambda signed, wallet: [ConfirmedWorker().signed(unproved(signed[0])), signed[1]],
    lambda signed, wallet: [unproved(signed[0]), signed[1]],
    lambda signed, wallet: "no list",
    lambda signed, wallet: [1, 2],
    lambda signed, wallet: {},
]


def test_what_a_wallet_signs_is_exactly_what_was_shown(office, outbox):
    wallet = ConfirmedWorker()
    worker, supervisor, page = signing(office, outbox, wallet)
    signed = [wallet.signed(each) for each in unsigned_on(page)]
    for spoil in SPOILT:
        given = json.dumps(spoil(signed, wallet))
        refused = supervisor.post("send-own", {"seen": seen(page), "signed": given})
        assert refused.status_code == 400, given
        assert "not what was shown" in refused.text
    told = worker.told()
    assert (told["state"], told["credentials"]) == ("invited", [])


def unproved(document):
    return {name: value for name, value in document.items() if name != "proof"}


def test_without_a_proved_wallet_nothing_signed_is_taken(office, outbox):
    ConfirmedWorker().ask(office, supervisor={"email": SUPERVISOR})
    supervisor = SupervisorBrowser(outbox.link(), outbox)
    supervisor.prove()
    page = supervisor.fill_in("observation", "observation")
    refused = supervisor.post("send-own", {"seen": seen(page), "signed": "[]"})
    assert refused.status_code == 400
