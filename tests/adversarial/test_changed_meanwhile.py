"""While the wallet waits for another side its person goes on: what they did meanwhile is never undone."""

import threading
from datetime import timedelta

import pytest

from passport.errors import PassportError
from tests.simulators.asking import new_desk
from tests.simulators.published import Publisher, served
from tests.simulators.vci_issuer import vci_issuer
from tests.unit.wallet.test_published_sets import documents
from wallet.core.claiming.waiting import stop_waiting, waiting
from wallet.core.published_sets import followed, stop_following
from wallet.core.shelf import kept
from wallet.core.wallet import Kind
from wallet.desk.asking_again import ask_again
from wallet.desk.published import follow, update
from wallet.desk.receiving import receive_link
from wallet.errors import UnknownRecord
from wallet.errors_claiming import TooEarly
from wallet.errors_sets import NotFollowed


@pytest.fixture
def desk(tmp_path):
    made = new_desk(tmp_path / "wallet")
    yield made
    made.close()


@pytest.fixture(scope="module")
def issuer():
    with vci_issuer() as made:
        yield made


class Meanwhile:
    """Somebody at another page, once, when something goes out to an address that ends so."""

    def __init__(self, desk, place, act):
        self.desk, self.place, self.act = desk, place, act
        self.refused = None

    def now(self, url):
        if self.act is None or not url.endswith(self.place):
            return
        act, self.act = self.act, None
        other = threading.Thread(target=self._page, args=(act,))
        other.start()
        other.join(30)
        assert not other.is_alive(), "the wallet was held"

    def _page(self, act):
        try:
            with self.desk.wallet() as wallet:
                act(wallet)
        except PassportError as error:
            self.refused = error


def during(desk, monkeypatch, name, place, act):
    """Let `act` be done while the wallet waits for an answer to `name`, a way of asking."""
    meanwhile = Meanwhile(desk, place, act)
    whose = desk.outside.fetcher if name == "fetch" else desk.outside.exchange
    method = "get" if name == "fetch" else name
    real = getattr(whose, method)

    async def asked(url, *args, **fields):
        meanwhile.now(url)
        return await real(url, *args, **fields)

    monkeypatch.setattr(whose, method, asked)
    return meanwhile


@pytest.fixture
def promised(desk, issuer):
    """A credential for later, whose time has come."""
    issuer.honest()
    issuer.pending = 1
    with desk.wallet() as wallet:
        receive_link(desk, wallet, issuer.link())
        now = desk.keeper.clock()
        wallet.clock = lambda: now + timedelta(seconds=60)
        (one,) = waiting(wallet)
    return one


def test_what_a_person_waits_for_no_more_is_not_kept_when_it_comes(desk, issuer, promised, monkeypatch):
    meanwhile = during(
        desk, monkeypatch, "post", "/deferred", lambda wallet: stop_waiting(wallet, promised.id)
    )
    with desk.wallet() as wallet:
        with pytest.raises(UnknownRecord):
            ask_again(desk, wallet, promised.id)
        assert (meanwhile.act, meanwhile.refused) == (None, None)
        assert (waiting(wallet), list(kept(wallet))) == ((), [])
    assert issuer.told[-1]["event"] == "credential_failure"


def test_an_issuer_is_asked_once_at_a_time(desk, promised, monkeypatch):
    meanwhile = during(
        desk, monkeypatch, "post", "/deferred", lambda wallet: ask_again(desk, wallet, promised.id)
    )
    with desk.wallet() as wallet:
        ask_again(desk, wallet, promised.id)
        assert isinstance(meanwhile.refused, TooEarly)
        assert waiting(wallet) == ()
        assert len(kept(wallet)) == 1


def test_an_address_that_is_followed_no_more_gives_nothing(desk, tmp_path, monkeypatch):
    publisher = Publisher(tmp_path / "www")
    publisher.publish(documents(), desk.keeper.clock())
    with served(publisher.folder, etags=True) as here:
        with desk.wallet() as wallet:
            one = follow(desk.outside, wallet, here.address)
            before = wallet.vault.of_kind(Kind.PROFILE)
        during(desk, monkeypatch, "fetch", "index.json", lambda wallet: stop_following(wallet, one.record))
        with desk.wallet() as wallet:
            with pytest.raises(NotFollowed):
                update(desk.outside, wallet, one.record)
            assert followed(wallet) == ()
            assert before == wallet.vault.of_kind(Kind.PROFILE)
