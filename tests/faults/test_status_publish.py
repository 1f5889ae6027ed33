"""A34: a revocation is never lost and never comes back, whoever revokes at the same time and whatever dies."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from passport.status import bitstring, token_list
from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office

ROUNDS = int(os.environ.get("PASSPORT_KILL_ROUNDS", "1"))
PAIRS = 200 if "PASSPORT_KILL_ROUNDS" in os.environ else 40


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("status")) as started:
        yield started


@pytest.fixture
def office(process, request):
    """An organisation for this test alone, so that the bits of its lists can be counted."""
    return open_office(process, f"office-{abs(hash(request.node.nodeid)) % 10**8}")


def bits_of(url):
    """The published bits; the list is whole or this fails."""
    response = HTTP.get(url)
    assert response.status_code == 200
    document = response.json()
    assert document["proof"]["proofValue"]
    return bitstring.decode(document["credentialSubject"]["encodedList"])


def in_token_list(url, index):
    """What the Status List Token of the same places says; it is whole or this fails."""
    response = HTTP.get(url.rpartition("/status/")[0] + "/token-status/1")
    assert response.status_code == 200
    return token_list.status_at(token_list.parse(response.content).decode(), index, size=2)


def entry(made):
    status = made["credential"]["credentialStatus"]
    return status["statusListCredential"], int(status["statusListIndex"])


def issue_many(office, count):
    achievement, wallet = office.achievement(), HolderWallet()
    body = {"achievement": achievement, "subject": wallet.did}
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda _: office.post("/api/credentials", body), range(count)))


def test_two_people_who_revoke_different_credentials_at_once_both_land(office):
    made = issue_many(office, 2 * PAIRS)
    url = entry(made[0])[0]
    for first, second in zip(made[::2], made[1::2], strict=True):
        gate = threading.Barrier(2)

        def revoke(item, gate=gate):
            gate.wait()
            return office.post(f"/api/credentials/{item['id']}/revoke")["standing"]

        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(revoke, (first, second))) == ["revoked", "revoked"]
    bits = bits_of(url)
    assert sum(byte.bit_count() for byte in bits) == 2 * PAIRS
    assert all(bitstring.bit(bits, entry(item)[1]) for item in made)


@pytest.mark.parametrize("point", ["after-revoke-audit", "after-revoke", "before-reply"])
def test_a_revocation_that_was_cut_off_is_done_or_not_done_and_then_done(process, office, point):
    made = issue_many(office, ROUNDS + 1)
    kept = made.pop()
    for item in made:
        with process.dying_at(point), pytest.raises(httpx.HTTPError):
            office.ask("POST", f"/api/credentials/{item['id']}/revoke", json={})
        url, index = entry(item)
        assert bitstring.bit(bits_of(url), index) is (point != "after-revoke-audit")
        assert in_token_list(url, index) == (point != "after-revoke-audit")
        assert office.post(f"/api/credentials/{item['id']}/revoke")["standing"] == "revoked"
        assert bitstring.bit(bits_of(url), index)
    url, index = entry(kept)
    assert not bitstring.bit(bits_of(url), index)
    assert sum(byte.bit_count() for byte in bits_of(url)) == ROUNDS


def test_a_list_whose_publishing_was_cut_off_is_published_whole(process, office):
    made = issue_many(office, ROUNDS)
    url = entry(made[0])[0]
    for count, item in enumerate(made, start=1):
        office.post(f"/api/credentials/{item['id']}/revoke")
        with process.dying_at("after-publish"), pytest.raises(httpx.HTTPError):
            HTTP.get(url)
        with process.dying_at("after-publish"), pytest.raises(httpx.HTTPError):
            in_token_list(*entry(item))
        assert sum(byte.bit_count() for byte in bits_of(url)) == count
        assert in_token_list(*entry(item)) == token_list.INVALID


def test_the_same_version_is_the_same_bytes_after_a_restart(process, office):
    (made,) = issue_many(office, 1)
    url = entry(made)[0]
    before = HTTP.get(url)
    process.kill()
    process.start()
    after = HTTP.get(url)
    assert (before.content, before.headers["etag"]) == (after.content, after.headers["etag"])


def test_once_seen_as_revoked_a_credential_is_never_seen_as_good_again(office):
    (made,) = issue_many(office, 1)
    url, index = entry(made)
    seen, stop = [], threading.Event()

    def watch():
        found = []
        while not stop.is_set():
            found.append(bitstring.bit(bits_of(url), index))
        return found

    with ThreadPoolExecutor(4) as pool:
        watchers = [pool.submit(watch) for _ in range(4)]
        while HTTP.get(f"{office.url}/healthz").status_code != 200:
            pass
        acknowledged = office.post(f"/api/credentials/{made['id']}/revoke")["standing"]
        now = bitstring.bit(bits_of(url), index)
        for _ in range(20):
            HTTP.get(url)
        stop.set()
        seen = [watcher.result() for watcher in watchers]
    assert (acknowledged, now) == ("revoked", True)
    for found in seen:
        assert found == sorted(found), "revoked, and then good again"
