"""While the wallet sends to a verifier or an organisation its person goes on: nothing else leaves than they saw.

The others who are waited for are in test_changed_meanwhile.py.
"""

import pytest

from tests.adversarial.test_changed_meanwhile import during
from tests.adversarial.test_vp_wallet_attacks import QUERY
from tests.simulators.asking import claimed, draft, new_desk, small_organisation
from tests.simulators.forms import SchoolOfForms
from tests.simulators.parties import World
from tests.simulators.vp_server import vp_server
from wallet.core.accept import examine, keep
from wallet.core.asked import all_asked, forget_asked
from wallet.core.asking import look
from wallet.core.forget import forget
from wallet.core.journal import journal
from wallet.core.openid4vp_plan import Choices
from wallet.core.shelf import kept
from wallet.desk import openid4vp
from wallet.desk import organisation_requests as requests
from wallet.desk.stacking import ask_for_stack, look_at_stack
from wallet.errors import UnknownRecord
from wallet.errors_claims import AskingChanged, UnknownAsked


@pytest.fixture
def desk(tmp_path):
    made = new_desk(tmp_path / "wallet")
    yield made
    made.close()


@pytest.fixture(scope="module")
def yard():
    with small_organisation() as made:
        yield made


@pytest.fixture
def badge(desk, yard):
    """A badge of a school, in the wallet, and what an organisation asks it for."""
    school, world = SchoolOfForms(), World()
    school.publish(world)
    with desk.wallet() as wallet:
        cache = wallet.documents()
        for document in world.cache.at_hand.values():
            cache.put(document)
        wallet.keep_documents(cache)
        unsigned = school.unsigned(wallet.did)
        keep(wallet, [examine(school.sign("dc+sd-jwt", unsigned), world.cache, wallet)])
        (one,) = kept(wallet)
    achievement = unsigned["credentialSubject"]["achievement"]["id"]
    yard.parts = [{"achievement": achievement, "name": "Welding", "issuers": [unsigned["issuer"]["id"]]}]
    yard.bodies.clear()
    return one


def test_a_request_that_is_forgotten_while_it_is_sent_does_not_come_back(desk, yard, monkeypatch):
    with desk.wallet() as wallet:
        made, _ = claimed(wallet)
        wanted = draft(desk, yard, made)
        mark = look(wallet, wanted).mark

        def forgotten(wallet):
            (one,) = all_asked(wallet)
            forget_asked(wallet, one.id)

        meanwhile = during(desk, monkeypatch, "post", "/confirmations", forgotten)
        with pytest.raises(UnknownAsked):
            requests.ask(desk, wallet, wanted, mark=mark)
        assert (meanwhile.act, meanwhile.refused) == (None, None)
        assert all_asked(wallet) == ()


def test_a_claim_that_is_forgotten_before_it_is_sent_stays_here(desk, yard, monkeypatch):
    yard.bodies.clear()
    with desk.wallet() as wallet:
        made, _ = claimed(wallet)
        wanted = draft(desk, yard, made)
        mark = look(wallet, wanted).mark
        meanwhile = during(desk, monkeypatch, "post", "/nonce", lambda wallet: forget(wallet, made.id))
        with pytest.raises((AskingChanged, UnknownRecord)):
            requests.ask(desk, wallet, wanted, mark=mark)
        assert (meanwhile.act, meanwhile.refused) == (None, None)
        assert (yard.bodies, all_asked(wallet)) == ([], ())


def test_a_part_that_is_forgotten_before_it_is_sent_stays_here(desk, yard, badge, monkeypatch):
    with desk.wallet() as wallet:
        found = look_at_stack(desk, wallet, f"{yard.url}/stacks/1")
        assert found.here.ready
        before = journal(wallet)
        meanwhile = during(desk, monkeypatch, "post", "/nonce", lambda wallet: forget(wallet, badge.id))
        with pytest.raises(AskingChanged):
            ask_for_stack(desk, wallet, f"{yard.url}/stacks/1", mark=found.here.mark)
        assert (meanwhile.act, meanwhile.refused) == (None, None)
        assert (yard.bodies, kept(wallet)) == ([], ())
        assert len(journal(wallet)) <= len(before) + 1, "of forgetting it, and of nothing that was sent"


def test_a_verifier_is_answered_once_though_two_windows_say_yes(desk, badge, monkeypatch):
    with vp_server() as verifier, desk.wallet() as wallet:
        verifier.asked = {"dcql_query": QUERY, "nonce": "nonce-of-two-windows-0123456789"}
        asked = openid4vp.take_link(desk, wallet, verifier.link())
        mark = openid4vp.look(desk, wallet, asked.id, Choices()).mark
        meanwhile = during(
            desk, monkeypatch, "post", "/answer",
            lambda wallet: openid4vp.answer(desk, wallet, asked.id, Choices(), mark=mark),
        )  # fmt: skip
        openid4vp.answer(desk, wallet, asked.id, Choices(), mark=mark)
        assert meanwhile.act is None
        assert meanwhile.refused is not None
        assert len(verifier.got) == 1


def test_what_is_forgotten_while_a_verifiers_request_is_fetched_is_not_proposed(desk, badge, monkeypatch):
    with vp_server() as verifier, desk.wallet() as wallet:
        verifier.asked = {"dcql_query": QUERY, "nonce": "nonce-of-who-forgets-0123456789"}
        meanwhile = during(desk, monkeypatch, "fetch", "/request", lambda wallet: forget(wallet, badge.id))
        asked = openid4vp.take_link(desk, wallet, verifier.link())
        assert (meanwhile.act, meanwhile.refused) == (None, None)
        consent = openid4vp.look(desk, wallet, asked.id, Choices())
        assert consent.leaving == ()
        assert verifier.got == []
