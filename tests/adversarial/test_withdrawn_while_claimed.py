"""A22: what a school withdraws is not handed over any more, whatever a wallet does at that very moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office

ROUNDS = 12


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("withdrawing")) as started:
        yield open_office(started)


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement()


def at_once(*deeds):
    gate = threading.Barrier(len(deeds))

    def do(deed):
        gate.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def prepared(office, achievement, wallet, **more):
    """An offer with a token and a proof: all that is left is to ask."""
    made = office.post("/api/offers", {"achievement": achievement, **more})
    offer = wallet.fetch_offer(made["link"])
    token = wallet.token(offer).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    body = {
        "credential_configuration_id": achievement,
        "proofs": {"jwt": [wallet.key_proof(office.issuer)]},
    }
    return made["id"], lambda: HTTP.post(f"{office.issuer}/credential", json=body, headers=headers), headers


def events(office, page="/api/audit"):
    told = office.get(page)
    yield from told["events"]
    if told["next"] is not None:
        yield from events(office, f"/api/audit?before={told['next']}")


def check_nothing_is_left_that_nobody_holds(office):
    """A claim that lost leaves no signature behind, and what it recorded is revoked."""
    signed = {each["object"] for each in events(office) if each["action"] == "credential.issue"}
    for each in office.get("/api/credentials")["credentials"]:
        assert each["standing"] == ("valid" if each["id"] in signed else "revoked"), each


def test_a22_of_a_claim_and_a_withdrawal_at_once_one_wins(office, achievement):
    wallet, both = HolderWallet(), []
    for _ in range(ROUNDS):
        offer, claim, _ = prepared(office, achievement, wallet)
        claimed, withdrawn = at_once(claim, lambda offer=offer: office.ask("DELETE", f"/api/offers/{offer}"))
        both.append((claimed.status_code == 200, withdrawn.is_success))
    assert (True, True) not in both
    assert (False, False) not in both
    check_nothing_is_left_that_nobody_holds(office)


def test_a22_of_a_deferred_claim_and_a_withdrawal_at_once_one_wins(office, achievement):
    wallet, both = HolderWallet(), []
    for _ in range(ROUNDS):
        offer, claim, headers = prepared(office, achievement, wallet, held=True)
        transaction = claim().json()["transaction_id"]
        office.post(f"/api/offers/{offer}/release")
        fetched, withdrawn = at_once(
            lambda body={"transaction_id": transaction}, headers=headers: HTTP.post(
                f"{office.issuer}/deferred", json=body, headers=headers
            ),
            lambda offer=offer: office.ask("DELETE", f"/api/offers/{offer}"),
        )
        both.append((fetched.status_code == 200, withdrawn.is_success))
    assert (True, True) not in both
    assert (False, False) not in both
    check_nothing_is_left_that_nobody_holds(office)
