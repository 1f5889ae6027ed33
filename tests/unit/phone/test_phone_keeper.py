"""The wallet of a browser: its keys are WebCrypto's, and only who can open the vault gets them elsewhere."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from passport.keys import use_backend, verify_signature
from passport.texts import Language
from tests.simulators.phone_host import BrowserHost, Bytes
from wallet.core import limits
from wallet.core.archive import open_archive, write_archive
from wallet.core.recovery import RecoveryKey
from wallet.core.wallet import FIRST, Kind, seed_records
from wallet.errors import (
    NoHolderKey,
    NoVault,
    RolledBackVault,
    UnlockThrottled,
    VaultExists,
    VaultInUse,
    WrongPassphrase,
)
from wallet.pages.answer import HTML
from wallet.pages.visit import Visit
from wallet.phone.begin import _followed, _Place, begin
from wallet.phone.host import Bridge
from wallet.phone.keeper import PhoneKeeper
from wallet.phone.kept_keys import is_kept, raw_secrets
from wallet.phone.keys import PhoneBackend

PASSPHRASE, ANOTHER = "zon op het dak", "een heel andere zin"


class Town:
    def __init__(self):
        self.host = BrowserHost()
        self.bridge = Bridge(self.host)
        self.now = datetime(2026, 5, 1, tzinfo=UTC)
        self.keeper = PhoneKeeper(self.bridge, lambda: self.now)


@pytest.fixture
def town():
    made = Town()
    before = use_backend(PhoneBackend(made.host.cryptography, made.bridge))
    yield made
    use_backend(before)


def test_the_holder_signs_with_a_key_that_is_in_no_record(town):
    wallet, _ = town.keeper.create(PASSPHRASE)
    signature = wallet.holder.signer.sign(b"hello")
    verify_signature(wallet.holder.public_key, b"hello", signature)
    record = wallet.vault.get(Kind.SEED, FIRST)
    assert is_kept(record)
    [key] = town.host.keys.values()
    assert all(key.secret not in each.data for each in wallet.vault.records.values())
    assert wallet.holder.did == f"did:key:{wallet.holder.public_key.to_multikey()}"


def test_an_open_wallet_gives_no_secret_key_away(town):
    wallet, _ = town.keeper.create(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        write_archive(wallet, with_seed=True)
    assert b'"keys"' not in write_archive(wallet, with_seed=False)


@pytest.mark.parametrize("by", ["passphrase", "words"])
def test_who_can_open_the_vault_takes_the_same_key_to_another_phone(town, by):
    wallet, recovery = town.keeper.create(PASSPHRASE)
    if by == "words":
        wallet = town.keeper.unlock(RecoveryKey.from_words(recovery.words()))
    else:
        town.keeper.confirm(wallet, PASSPHRASE)
    backup = open_archive(write_archive(wallet, with_seed=True))
    other = Town()
    use_backend(PhoneBackend(other.host.cryptography, other.bridge))
    restored, _ = other.keeper.create(ANOTHER, backup.records)
    assert restored.did == wallet.did
    assert is_kept(restored.vault.get(Kind.SEED, FIRST))
    verify_signature(restored.holder.public_key, b"x", restored.holder.signer.sign(b"x"))


def test_a_new_passphrase_and_new_words_keep_the_key(town):
    wallet, words = town.keeper.create(PASSPHRASE)
    did = wallet.did
    town.keeper.confirm(wallet, PASSPHRASE)
    wallet.adopt(wallet.vault.with_passphrase(ANOTHER), alone=True)
    wallet = town.keeper.unlock(ANOTHER)
    town.keeper.confirm(wallet, ANOTHER)
    vault, newer = wallet.vault.with_recovery()
    wallet.adopt(vault, alone=True)
    with pytest.raises(WrongPassphrase):
        town.keeper.unlock(words)
    again = town.keeper.unlock(newer)
    assert again.did == did
    assert town.host.before is None
    public_of = again._public_of
    assert raw_secrets(again.vault, newer, public_of) == raw_secrets(again.vault, ANOTHER, public_of)


def test_nobody_changes_the_locks_without_what_opens_them(town):
    wallet, _ = town.keeper.create(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        wallet.adopt(wallet.vault.with_passphrase(ANOTHER))


def test_a_key_that_came_as_a_secret_is_handed_to_webcrypto(town):
    seed = secrets.token_bytes(32)
    wallet, _ = town.keeper.create(PASSPHRASE, seed_records(seed))
    assert [key.secret for key in town.host.keys.values()] == [seed]
    assert all(seed not in record.data for record in wallet.vault.records.values())


def test_a_key_goes_where_its_record_goes(town):
    wallet, _ = town.keeper.create(PASSPHRASE)
    wallet.erase(frozenset({(Kind.SEED, FIRST)}))
    assert town.host.keys == {}


def test_a_browser_that_lost_the_key_says_so(town):
    wallet, _ = town.keeper.create(PASSPHRASE)
    town.host.keys.clear()
    with pytest.raises(NoHolderKey):
        wallet.holder.signer.sign(b"x")


def test_there_is_one_wallet_in_a_browser_and_none_after_it_was_destroyed(town):
    with pytest.raises(NoVault):
        town.keeper.unlock(PASSPHRASE)
    town.keeper.create(PASSPHRASE)
    with pytest.raises(VaultExists):
        town.keeper.create(PASSPHRASE)
    town.keeper.destroy()
    assert (town.host.keys, town.host.small, town.keeper.exists) == ({}, {}, False)


def test_wrong_passphrases_are_counted_over_restarts(town):
    town.keeper.create(PASSPHRASE)
    town.host.small["unlock"] = json.dumps({"failures": 10, "last": "2026-04-30T23:59:50Z"})
    with pytest.raises(UnlockThrottled):
        town.keeper.unlock(PASSPHRASE)
    town.now += timedelta(minutes=1)
    assert town.keeper.unlock(PASSPHRASE).did
    assert town.host.small["unlock"] is None


def test_an_older_vault_that_was_put_back_is_noticed(town):
    wallet, _ = town.keeper.create(PASSPHRASE)
    older = town.host.vault
    wallet.save({(Kind.SETTING, "x"): b"{}"})
    town.host.vault = older
    with pytest.raises(RolledBackVault):
        town.keeper.unlock(PASSPHRASE)
    assert town.keeper.unlock(PASSPHRASE, accept_older=True).did


def test_another_tab_that_wrote_meanwhile_is_not_written_over(town):
    town.keeper.create(PASSPHRASE)
    first, second = town.keeper.unlock(PASSPHRASE), town.keeper.unlock(PASSPHRASE)
    first.save({(Kind.SETTING, "x"): b"1"})
    with pytest.raises(VaultInUse):
        second.save({(Kind.SETTING, "x"): b"2"})
    assert second.vault.revision == first.vault.revision - 1


class Given:
    """A form as it comes from the browser's script."""

    def to_py(self):
        return [["text", ""], ["file", {"name": "", "bytes": Bytes(), "codes": [], "large": True}]]


def test_a_file_that_no_page_takes_is_refused_before_it_is_in_pythons_memory(town):
    status, media_type, _, at, page = begin(town.host, "0" * 16)("POST", "/receive", Given(), "en")
    assert (status, media_type, at) == (413, HTML, "/receive")
    assert b"larger than what is accepted" in page
    script = (files("wallet.phone") / "web" / "src" / "fields.js").read_text("utf-8").replace("_", "")
    for name, most in {
        "BACKUP": limits.BACKUP,
        "EVIDENCE": limits.FILES_TOGETHER,
        "UPLOAD": limits.UPLOAD,
    }.items():
        assert f"const {name} = {most};" in script, "as many as on every host"


def test_a_request_that_breaks_forgets_the_passphrase_as_one_that_does_not(town):
    """Whoever holds the open phone next is asked again."""
    begin(town.host, "0" * 16)
    desk = _Place.desk
    desk.create(PASSPHRASE)
    with desk.wallet() as wallet:
        PhoneKeeper(town.bridge).confirm(wallet, PASSPHRASE)
        assert wallet.proved
    with pytest.raises(AttributeError):
        _followed(Visit(method="GET", url="/", language=Language.NL, desk=desk, renderer=None))
    assert wallet.proved is None
    desk.lock()
