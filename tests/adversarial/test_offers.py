"""A21, A22: a malicious or broken offer leaves nothing in the wallet, and the person is told why."""

import json
import threading
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

import pytest

from passport.clock import utc_now
from passport.errors import PassportError
from passport.json import dump
from passport.texts import Language
from tests.simulators.offering import RECORD, Answer, bound_record, offering_school
from tests.simulators.parties import Party
from wallet.core.shelf import kept
from wallet.core.wallet import Kind
from wallet.desk.receiving import receive_link
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings
from wallet.desktop.sodium import Sodium
from wallet.views.rendering import Renderer

ISSUER_PATH = "/.well-known/openid-credential-issuer/o/school"
SERVER_PATH = "/.well-known/oauth-authorization-server/o/school"


class QuickSodium(Sodium):
    def derive(self, passphrase, salt, *, memory, passes, lanes):
        return super().derive(passphrase, salt, memory=8, passes=1, lanes=1)


@pytest.fixture(scope="module")
def renderer():
    return Renderer(stylesheet="")


@dataclass
class Attempt:
    desk: Desk
    renderer: Renderer

    def claim(self, link, **more):
        with self.desk.wallet() as wallet:
            return receive_link(self.desk, wallet, link, **more)

    def refused(self, link, **more):
        """The refusal's code; nothing may have been stored and the sentence must be there in Dutch."""
        with self.desk.wallet() as wallet, pytest.raises(PassportError) as caught:
            receive_link(self.desk, wallet, link, **more)
        with self.desk.wallet() as wallet:
            for kind in (Kind.CREDENTIAL, Kind.RECEIPT, Kind.FILE):
                assert wallet.vault.of_kind(kind) == {}
        dutch = self.renderer.error(caught.value, Language.NL)
        assert dutch
        assert dutch != caught.value.code
        return caught.value.code


def a_desk(folder, *, allow_loopback=True):
    desk = Desk(
        WalletSettings(folder, allow_loopback=allow_loopback), keeper=Keeper(folder, crypto=QuickSodium())
    )
    desk.create("een korte zin van mij")
    return desk


@pytest.fixture
def attempt(tmp_path, renderer):
    desk = a_desk(tmp_path / "wallet")
    yield Attempt(desk, renderer)
    desk.close()


@pytest.fixture
def school():
    with offering_school() as made:
        yield made


def changed(document, **members):
    return Answer(dump({**document, **members}))


def test_an_honest_offer_is_kept_with_its_evidence(attempt, school):
    received = attempt.claim(school.link)
    assert [one.answer for one in received.credentials] == ["yes"]
    assert received.files == 1
    with attempt.desk.wallet() as wallet:
        (one,) = kept(wallet)
        assert one.host == school.authority
        assert wallet.vault.of_kind(Kind.FILE) == {school.record_id: RECORD}


def elsewhere(school):
    return school.address.replace("localhost", "127.0.0.1")


OFFERS = {
    "metadata that names another issuer": lambda s: {
        ISSUER_PATH: changed(s.metadata(), credential_issuer="https://other.example")
    },
    "metadata of another issuer on the same host": lambda s: {
        ISSUER_PATH: changed(s.metadata(), credential_issuer=f"{s.address}/o/other")
    },
    "server metadata of another issuer": lambda s: {
        SERVER_PATH: changed(s.server(), issuer=f"{s.address}/o/other")
    },
    "an offer of an issuer on another host": lambda s: {
        "/o/school/offers/1": changed(s.offer(), credential_issuer=f"{elsewhere(s)}/o/school")
    },
    "a credential endpoint on another host": lambda s: {
        ISSUER_PATH: changed(s.metadata(), credential_endpoint=f"{elsewhere(s)}/o/school/credential")
    },
    "a nonce endpoint on another host": lambda s: {
        ISSUER_PATH: changed(s.metadata(), nonce_endpoint=f"{elsewhere(s)}/o/school/nonce")
    },
    "a token endpoint on another host": lambda s: {
        SERVER_PATH: changed(s.server(), token_endpoint=f"{elsewhere(s)}/o/school/token")
    },
    "a deferred endpoint on another host": lambda s: {
        ISSUER_PATH: changed(s.metadata(), deferred_credential_endpoint=f"{elsewhere(s)}/o/school/deferred")
    },
    "a notification endpoint on another host": lambda s: {
        ISSUER_PATH: changed(s.metadata(), notification_endpoint=f"{elsewhere(s)}/o/school/notification")
    },
}


@pytest.mark.parametrize("case", OFFERS)
def test_a_mix_up_of_issuers_is_refused(attempt, school, case):
    school.answers.update(OFFERS[case](school))
    assert attempt.refused(school.link) == "issuer_mismatch"
    assert not any("/token" in asked for asked in school.asked)


BROKEN = {
    "a redirect for the offer": (
        "/o/school/offers/1",
        Answer(b"", 302, headers={"Location": "/o/school/offers/2"}),
    ),
    "3 MB of metadata": (ISSUER_PATH, Answer(b'{"a":"' + b"x" * 3_000_000 + b'"}')),
    "HTML for the offer": ("/o/school/offers/1", Answer(b"<p>hello", media_type="text/html")),
    "a server that is ill": ("/o/school/offers/1", Answer(b"{}", 503)),
    "an error of the token endpoint": ("/o/school/token", Answer(b"{}", 500)),
    "a redirect of the token endpoint": ("/o/school/token", Answer(b"", 307, headers={"Location": "/x"})),
    "an error of the credential endpoint": ("/o/school/credential", Answer(b"oops", 500, "text/html")),
    "HTML instead of a nonce": ("/o/school/nonce", Answer(b"<p>", media_type="text/html")),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_issuer_leaves_nothing(attempt, school, case):
    path, answer = BROKEN[case]
    school.answers[path] = answer
    assert attempt.refused(school.link) == "issuer_unreachable"


@pytest.mark.parametrize("status", [404, 410])
def test_an_offer_that_is_gone_is_said_to_be_gone(attempt, school, status):
    school.answers["/o/school/offers/1"] = Answer(b"{}", status)
    assert attempt.refused(school.link) == "offer_refused"


MALFORMED = {
    "no JSON": Answer(b"nonsense"),
    "a key twice": Answer(b'{"credential_issuer":"a","credential_issuer":"b"}'),
    "no grant": Answer(b'{"credential_issuer":"https://a.example","credential_configuration_ids":["x"]}'),
    "an issuer over plain http": Answer(
        b'{"credential_issuer":"http://school.example","credential_configuration_ids":["x"],"grants":{}}'
    ),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_offer_is_refused(attempt, school, case):
    school.answers["/o/school/offers/1"] = MALFORMED[case]
    attempt.refused(school.link)


CREDENTIALS = {
    "for another subject": (lambda s: {"subject": Party("A thief").did}, "not_for_this_holder"),
    "signed by another issuer on that host": (
        lambda s: {"by": Party("Other", did=f"{s.school.did.removesuffix(':o:school')}:o:other")},
        "signer_not_tied",
    ),
    "of an issuer elsewhere": (
        lambda s: {"by": Party.on_the_web("Other", "other.example")},
        "signer_not_tied",
    ),
    "of a bare key": (lambda s: {"by": Party("Anybody")}, "signer_not_tied"),
    "signed with a key that the issuer does not have": (
        lambda s: {"by": Party("Forger", did=s.school.did)},
        "credential_not_genuine",
    ),
    "already expired": (
        lambda s: {"valid_from": utc_now() - timedelta(days=9), "valid_until": utc_now() - timedelta(days=1)},
        "credential_not_good",
    ),
    "not valid yet": (lambda s: {"valid_from": utc_now() + timedelta(days=1)}, "credential_not_good"),
    "of other types than offered": (
        lambda s: {"type": ["VerifiableCredential", "AchievementCredential"]},
        "not_offered",
    ),
    "that is no badge": (lambda s: {"document": {"type": ["VerifiableCredential"]}}, "not_offered"),
    "with an inline context": (
        lambda s: {"@context": ["https://www.w3.org/ns/credentials/v2", {"x": "https://evil.example"}]},
        None,
    ),
}


@pytest.mark.parametrize("case", CREDENTIALS)
def test_a_credential_that_was_not_offered_to_this_person_is_refused(attempt, school, case):
    change, code = CREDENTIALS[case]
    try:
        school.issued.update(change(school))
        found = attempt.refused(school.link)
    except PassportError:
        pytest.fail("raised outside the wallet")
    assert code is None or found == code


def test_a_revoked_credential_is_refused(attempt, school):
    school.revoked.add(7)
    assert attempt.refused(school.link) == "credential_not_good"


def test_a_changed_credential_is_refused(attempt, school):
    with attempt.desk.wallet() as wallet:
        document = school.credential(wallet.did)
    document["credentialSubject"]["achievement"]["name"] = "Lassen, niveau 4"
    school.issued["document"] = document
    assert attempt.refused(school.link) == "credential_not_genuine"


def test_an_extra_credential_is_refused(attempt, school):
    with attempt.desk.wallet() as wallet:
        one = {"credential": school.credential(wallet.did)}
    school.answers["/o/school/credential"] = Answer(dump({"credentials": [one, one]}))
    assert attempt.refused(school.link) == "malformed_issuer_response"


def test_a_configuration_that_the_issuer_does_not_list_is_refused(attempt, school):
    school.answers["/o/school/offers/1"] = changed(school.offer(), credential_configuration_ids=["other"])
    assert attempt.refused(school.link) == "configuration_not_supported"


def test_a_status_list_that_is_away_keeps_the_credential_as_uncertain(attempt, school):
    school.answers["/o/school/status/1"] = Answer(b"{}", 503)
    received = attempt.claim(school.link)
    assert [one.answer for one in received.credentials] == ["cannot-tell"]
    with attempt.desk.wallet() as wallet:
        assert [one.answer for one in kept(wallet)] == ["cannot-tell"]


def test_an_evidence_file_that_was_swapped_is_left_out(attempt, school):
    school.answers["/o/school/evidence/1"] = Answer(b"another file", media_type="text/plain")
    received = attempt.claim(school.link)
    assert received.files == 0
    with attempt.desk.wallet() as wallet:
        assert wallet.vault.of_kind(Kind.FILE) == {}


@pytest.mark.parametrize("identifier", ["https://[", "http://[::1", "https://a]b/", "urn:x:["])
def test_an_evidence_file_at_no_address_is_left_out(attempt, school, identifier):
    school.issued = {"relatedResource": [bound_record(identifier)["relatedResource"]]}
    received = attempt.claim(school.link)
    assert ([one.answer for one in received.credentials], received.files) == (["yes"], 0)


def test_a_used_offer_is_refused(attempt, school):
    school.used = True
    assert attempt.refused(school.link) == "offer_refused"


def test_a_code_is_asked_for_and_a_wrong_one_refused(attempt, school):
    school.tx_code = "493536"
    assert attempt.refused(school.link) == "tx_code_needed"
    assert not any("/token" in asked for asked in school.asked)
    assert attempt.refused(school.link, tx_code="000000") == "offer_refused"
    assert attempt.claim(school.link, tx_code="493536").credentials


PRIVATE = [
    "https://10.0.0.1/o/a/offers/1",
    "https://192.168.1.1/offer",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/offer",
    "https://[::ffff:127.0.0.1]/offer",
    "https://2130706433/offer",
    "https://0x7f.1/offer",
    "https://localhost/offer",
    "https://wallet.localhost/offer",
    "https://printer.local/offer",
    "https://user@school.example/offer",
    "http://school.example/offer",
    "file:///etc/passwd",
    "ftp://school.example/offer",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_never_asked(tmp_path, renderer, address):
    desk = a_desk(tmp_path / "wallet", allow_loopback=False)
    link = f"openid-credential-offer://?credential_offer_uri={quote(address, safe='')}"
    code = Attempt(desk, renderer).refused(link)
    assert code in {"offer_address_not_allowed", "malformed_offer_link"}
    desk.close()


def test_a_loopback_offer_is_refused_where_that_is_not_allowed(tmp_path, renderer, school):
    desk = a_desk(tmp_path / "wallet", allow_loopback=False)
    assert Attempt(desk, renderer).refused(school.link) == "offer_address_not_allowed"
    assert school.asked == []
    desk.close()


@pytest.mark.parametrize(
    "link",
    ["", "https://school.example", "openid-credential-offer://", "openid-credential-offer://?credential_offer={}",
     "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example&credential_offer=%7B%7D",
     "openid-credential-offer://?" + "a=b&" * 50, "openid-credential-offer://?credential_offer_uri=" + "a" * 9_000],
)  # fmt: skip
def test_links_that_are_no_offers_are_refused(attempt, link):
    attempt.refused(link)


def test_two_wallets_that_race_for_one_offer_do_not_both_get_it(tmp_path, school):
    desks = [a_desk(tmp_path / str(number)) for number in range(2)]
    kept_by = []

    def claim(desk):
        with desk.wallet() as wallet:
            try:
                receive_link(desk, wallet, school.link)
                kept_by.append(json.dumps(wallet.did))
            except PassportError:
                pass

    threads = [threading.Thread(target=claim, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept_by) == 1
    for desk in desks:
        desk.close()
