"""The desk of any host: in memory here, with the least that a host brings."""

import secrets
from dataclasses import dataclass, field

import pytest

from passport.errors import PassportError
from tests.simulators.parties import NOW
from tests.simulators.wallets import MemoryStore, QuickSodium
from wallet.core.vault import create_vault, open_vault
from wallet.core.wallet import Wallet, seed_records
from wallet.desk.desk import Desk
from wallet.desk.outside import Outside
from wallet.errors import VaultExists, WalletLocked, WrongPassphrase
from wallet.errors_device import NotOnThisDevice

SENTENCE = "een korte zin van mij"


@dataclass
class Keeper:
    """Keeps a vault in memory (wallet.desk.ports.Keeper)."""

    store: MemoryStore = field(default_factory=MemoryStore)
    crypto: QuickSodium = field(default_factory=QuickSodium)

    @staticmethod
    def clock():
        return NOW

    @property
    def exists(self):
        return bool(self.store.data)

    def _wallet(self, vault):
        return Wallet(vault, self.store, self.clock, secrets.token_bytes)

    def create(self, passphrase, records=None):
        if self.exists:
            raise VaultExists
        vault, recovery = create_vault(self.crypto, secrets.token_bytes, passphrase)
        wallet = self._wallet(vault)
        wallet.save(dict(seed_records(secrets.token_bytes(32)) if records is None else records))
        return wallet, recovery

    def unlock(self, secret, *, accept_older=False):
        del accept_older
        return self._wallet(
            open_vault(
                self.store.data,
                crypto=self.crypto,
                random=secrets.token_bytes,
                secret=secret,
                least_revision=0,
            )
        )

    def confirm(self, wallet, passphrase):
        wallet.vault.check_secret(passphrase)

    def destroy(self):
        self.store.data = b""


@pytest.fixture
def desk():
    made = Desk(Keeper(), Outside(None, None, clock=Keeper.clock))
    made.create(SENTENCE)
    return made


def test_a_wallet_is_made_locked_opened_and_destroyed(desk):
    with desk.wallet() as wallet:
        did = wallet.did
    desk.lock()
    assert (desk.exists, desk.is_open, desk.lock_minutes) == (True, False, 0)
    with pytest.raises(WalletLocked), desk.wallet():
        pass
    with pytest.raises(WrongPassphrase):
        desk.unlock("een andere zin dan die")
    desk.unlock(SENTENCE)
    with desk.wallet() as wallet:
        assert wallet.did == did
    desk.destroy()
    assert not desk.exists


def test_the_words_open_it_and_the_passphrase_is_chosen_anew(desk):
    words = desk.new_words(SENTENCE)
    desk.lock()
    desk.unlock(words)
    desk.change_passphrase("een nieuwe zin van mij", old="")
    desk.lock()
    with pytest.raises(WrongPassphrase):
        desk.unlock(SENTENCE)
    desk.unlock("een nieuwe zin van mij")


def test_locking_drops_all_that_came_out_of_the_wallet(desk):
    shown = desk.showing.add(b"{}")
    look = desk.incoming.put([], [])
    desk.lock()
    for gone in (lambda: desk.showing.get(shown.id), lambda: desk.incoming.get(look.id)):
        with pytest.raises(PassportError):
            gone()
    assert desk.aside.words is None


def test_work_beside_the_pages_is_done_at_once_where_nothing_runs_beside_them(desk):
    done = []
    desk.beside(lambda: done.append(1))
    assert done == [1]


def test_what_the_host_lacks_is_refused(desk):
    tools = desk.tools
    for lacking in (
        lambda: tools.pictures.draw_png("text"),
        lambda: tools.pictures.reading(2).texts(b""),
        lambda: tools.papers.card([], "nl", holder=""),
        lambda: tools.photos.small_enough("a.jpg", b""),
        lambda: tools.age.open(b"", ""),
        lambda: desk.certificates.verify([], NOW),
    ):
        with pytest.raises(NotOnThisDevice):
            lacking()
    assert desk.attestation() is None
