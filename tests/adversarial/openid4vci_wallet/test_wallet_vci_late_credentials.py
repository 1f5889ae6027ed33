"""Credentials that come later (OpenID4VCI 1.0, section 9): the key is fixed, patience has an end."""

from datetime import timedelta

import pytest

from passport.keys import KeyType
from tests.simulators.vci_wallets import paths
from wallet.core.claiming.waiting import WaitingState, waiting
from wallet.core.shelf import kept
from wallet.core.wallet import Kind
from wallet.desk.asking_again import ask_again, ask_all
from wallet.desk.receiving import receive_link
from wallet.errors import NotForThisHolder
from wallet.errors_claiming import (
    TooEarly,
    WaitingEnded,
)

# deferred issuance (section 9)


def later(desk, wallet, seconds):
    now = desk.keeper.clock()
    wallet.clock = lambda: now + timedelta(seconds=seconds)


def test_what_comes_later_is_kept_as_waiting_and_fetched_when_it_is_time(desk, wallet, issuer):
    """oid4vci-1_0-wallet-deferred."""
    issuer.pending = 2
    got = receive_link(desk, wallet, issuer.link())
    assert got.credentials == ()
    (one,) = waiting(wallet)
    assert one.name == "Lassen"
    with pytest.raises(TooEarly):
        ask_again(desk, wallet, one.id)
    assert "/deferred" not in paths(issuer)
    later(desk, wallet, 6)
    assert [each.received for each in ask_all(desk, wallet)] == [None]
    later(desk, wallet, 60)
    (answered,) = ask_all(desk, wallet)
    assert [each.answer for each in answered.received.credentials] == ["yes"]
    assert waiting(wallet) == ()
    assert [each.host for each in kept(wallet)] == [issuer.authority]
    assert issuer.told[-1] == {"notification_id": "note-2", "event": "credential_accepted"}


def test_a_person_who_heard_that_it_is_ready_need_not_wait_and_presses_no_issuer(desk, wallet, issuer):
    """Section 9.2: the interval SHOULD be waited; a person may know better, and not every second."""
    issuer.pending, issuer.knobs["interval"] = 2, 3_600
    receive_link(desk, wallet, issuer.link())
    (one,) = waiting(wallet)
    with pytest.raises(TooEarly):
        ask_again(desk, wallet, one.id, early=True)
    later(desk, wallet, 40)
    with pytest.raises(TooEarly):
        ask_again(desk, wallet, one.id)
    assert ask_all(desk, wallet) == (), "of itself the wallet waits"
    assert ask_again(desk, wallet, one.id, early=True).received is None
    with pytest.raises(TooEarly):
        ask_again(desk, wallet, one.id, early=True)
    later(desk, wallet, 80)
    answered = ask_again(desk, wallet, one.id, early=True)
    assert [each.answer for each in answered.received.credentials] == ["yes"]
    assert paths(issuer).count("/deferred") == 2


def test_what_comes_later_may_be_encrypted(desk, wallet, issuer):
    issuer.encrypted()
    issuer.pending = 1
    receive_link(desk, wallet, issuer.link("sd"))
    later(desk, wallet, 60)
    (answered,) = ask_all(desk, wallet)
    assert answered.received.credentials


def test_a_promise_is_kept_for_its_key_alone(desk, wallet, issuer):
    issuer.pending = 1
    receive_link(desk, wallet, issuer.link())
    issuer.knobs["subject"] = wallet.holder_with(KeyType.P256).did
    later(desk, wallet, 60)
    (one,) = waiting(wallet)
    with pytest.raises(NotForThisHolder):
        ask_again(desk, wallet, one.id)
    assert wallet.vault.of_kind(Kind.CREDENTIAL) == {}


def test_an_issuer_that_promises_for_ever_is_not_waited_for_for_ever(desk, wallet, issuer):
    issuer.pending, issuer.knobs["interval"] = 9, 31_536_000
    receive_link(desk, wallet, issuer.link())
    (one,) = waiting(wallet)
    assert one.ask_from - one.since <= timedelta(days=7)
    later(desk, wallet, 366 * 86_400)
    answered = ask_again(desk, wallet, one.id)
    assert answered.waiting.state is WaitingState.TOO_LONG
    with pytest.raises(WaitingEnded):
        ask_again(desk, wallet, one.id)
    assert ask_all(desk, wallet) == ()


@pytest.mark.parametrize("error", ["invalid_transaction_id", "credential_request_denied"])
def test_a_promise_that_is_taken_back_is_said_and_its_token_forgotten(desk, wallet, issuer, error):
    issuer.pending = 1
    receive_link(desk, wallet, issuer.link())
    issuer.knobs["deferred_error"] = error
    later(desk, wallet, 60)
    (one,) = waiting(wallet)
    with pytest.raises(WaitingEnded):
        ask_again(desk, wallet, one.id)
    (one,) = waiting(wallet)
    assert (one.state, one.access_token, one.dpop) == (WaitingState.REFUSED, "", None)
