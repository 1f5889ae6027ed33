"""One act, two lists: whoever revokes or suspends changes the bitstrings and the Status List Token together."""

from datetime import UTC, datetime

import pytest

from passport.answers import Answer
from passport.credentials import StatusEntry
from passport.documents import DocumentCache
from passport.fetch import Fetcher, gather_sync
from passport.proofs import method_source
from passport.status import StatusLists, check_status, token_list
from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("issuer")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture
def made(office):
    achievement = office.achievement(suspendable=True)
    return office.post("/api/credentials", {"achievement": achievement, "subject": HolderWallet().did})


def place(made):
    entries = made["credential"]["credentialStatus"]
    assert len({entry["statusListIndex"] for entry in entries}) == 1
    return int(entries[0]["statusListIndex"])


def standing(office, made, credential_issuer=None):
    """What any verifier of a token finds, with everything fetched over HTTP."""
    entry = StatusEntry(None, "TokenStatusList", "", place(made), f"{office.issuer}/token-status/1")

    def check(documents):
        lists = StatusLists(documents, now=datetime.now(UTC), method_for=method_source(documents))
        return check_status(entry, credential_issuer=credential_issuer or office.did, lists=lists)

    found = gather_sync(check, DocumentCache(), Fetcher(allow_loopback=True))
    return found.answer, found.reason.code


def test_a_revocation_is_in_both_lists_by_one_act(office, made):
    assert standing(office, made) == (Answer.YES, "not_withdrawn")
    office.post(f"/api/credentials/{made['id']}/suspend")
    assert standing(office, made) == (Answer.NO, "suspended")
    office.post(f"/api/credentials/{made['id']}/resume")
    assert standing(office, made) == (Answer.YES, "not_withdrawn")
    office.post(f"/api/credentials/{made['id']}/suspend")
    office.post(f"/api/credentials/{made['id']}/revoke")
    assert standing(office, made) == (Answer.NO, "revoked")
    assert standing(office, made, "did:web:other.example") == (
        Answer.CANNOT_TELL,
        "status_list_issuer_mismatch",
    )


def test_the_token_is_what_the_draft_says_and_answers_304_until_it_changes(office, made):
    url = f"{office.issuer}/token-status/1"
    first = HTTP.get(url, headers={"Accept": token_list.MEDIA_TYPE})
    assert first.headers["content-type"] == "application/statuslist+jwt"
    assert first.headers["access-control-allow-origin"] == "*"
    token = token_list.parse(first.content)
    assert token.jws.header == {
        "typ": "statuslist+jwt",
        "alg": "ES256",
        "kid": f"{office.did}#p256-1",
    }
    assert (token.uri, token.size, token.ttl.total_seconds()) == (url, 2, 300)
    assert token.issued_at < token.expires
    assert len(token.decode()) * 8 == 2 * 131_072
    known = {"If-None-Match": first.headers["etag"]}
    again = HTTP.get(url, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    office.post(f"/api/credentials/{made['id']}/revoke")
    changed = HTTP.get(url, headers=known)
    assert changed.status_code == 200
    assert token_list.status_at(token_list.parse(changed.content).decode(), place(made), size=2) == 1
    assert changed.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("path", ["token-status/2", "token-status/1000000", "status/3"])
def test_a_list_that_no_credential_uses_is_not_there(office, made, path):
    assert HTTP.get(f"{office.issuer}/{path}").status_code == 404


def test_a_browser_may_read_what_is_public(office, made):
    for path in ("did.json", "status/1", "token-status/1"):
        response = HTTP.get(f"{office.issuer}/{path}", headers={"Origin": "https://wallet.example"})
        assert response.headers["access-control-allow-origin"] == "*", path


def test_the_same_version_means_the_same_after_a_restart(process, office, made):
    url = f"{office.issuer}/token-status/1"
    before = HTTP.get(url)
    process.kill()
    process.start()
    after = HTTP.get(url)
    assert before.headers["etag"] == after.headers["etag"]
    assert token_list.parse(before.content).encoded_list == token_list.parse(after.content).encoded_list


def test_a_revoked_key_signs_no_list_any_more(process):
    office = open_office(process, "compromised")
    achievement = office.achievement(suspendable=True)
    made = office.post("/api/credentials", {"achievement": achievement, "subject": HolderWallet().did})
    url = f"{office.issuer}/token-status/1"
    assert token_list.parse(HTTP.get(url).content).verification_method.endswith("#p256-1")
    office.post("/api/keys/p256-1/revoke")
    assert token_list.parse(HTTP.get(url).content).verification_method.endswith("#p256-2")
    assert standing(office, made) == (Answer.YES, "not_withdrawn")
