"""The vault as a state machine, and what opens it."""

import secrets

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from passport.errors import PassportError
from wallet.core import limits
from wallet.core.recovery import RecoveryKey, misspelt
from wallet.core.vault import create_vault, open_vault
from wallet.desktop.sodium import Sodium
from wallet.errors import (
    MalformedRecoveryWords,
    PassphraseTooLong,
    PassphraseTooShort,
    RolledBackVault,
    UnknownRecord,
    VaultTooLarge,
    WrongPassphrase,
)
from wallet.errors_leaving import RecoveryWordsDoNotFit, UnknownRecoveryWords, WrongNumberOfWords

PASSPHRASE = "een korte zin van mij"


class QuickSodium(Sodium):
    """The real cipher; Argon2id at its least cost, so that many vaults can be opened in a test."""

    def derive(self, passphrase, salt, *, memory, passes, lanes):
        return super().derive(passphrase, salt, memory=8, passes=1, lanes=1)


QUICK = QuickSodium()


def opened(data, secret=PASSPHRASE, **more):
    return open_vault(data, crypto=QUICK, random=secrets.token_bytes, secret=secret, **more)


def fresh():
    return create_vault(QUICK, secrets.token_bytes, PASSPHRASE)


def test_a_real_vault_opens_with_its_passphrase_and_with_its_words():
    vault, recovery = create_vault(Sodium(), secrets.token_bytes, PASSPHRASE)
    vault = vault.change(put={("credential", "a"): b"one"})
    data = vault.to_bytes()
    words = RecoveryKey.from_words(recovery.words().upper() + "  ")
    for secret in (PASSPHRASE, words):
        again = open_vault(data, crypto=Sodium(), random=secrets.token_bytes, secret=secret)
        assert again.get("credential", "a") == b"one"
        assert again.revision == 2


def test_the_same_passphrase_in_another_unicode_form_opens():
    vault, _ = create_vault(QUICK, secrets.token_bytes, "caf\u00e9 om de hoek")
    assert opened(vault.to_bytes(), "cafe\u0301 om de hoek").revision == 1


def test_a_wrong_passphrase_or_other_words_do_not_open():
    vault, _ = fresh()
    _, other_words = fresh()
    for secret in ("een andere zin", other_words):
        with pytest.raises(WrongPassphrase):
            opened(vault.to_bytes(), secret)


def test_after_a_change_of_passphrase_only_the_new_one_opens():
    vault, words = fresh()
    changed = vault.change(put={("x", "1"): b"kept"}).with_passphrase("een nieuwe lange zin")
    with pytest.raises(WrongPassphrase):
        opened(changed.to_bytes())
    assert opened(changed.to_bytes(), "een nieuwe lange zin").get("x", "1") == b"kept"
    assert opened(changed.to_bytes(), words).get("x", "1") == b"kept"


def test_new_words_replace_the_old_ones():
    vault, old = fresh()
    vault, new = vault.with_recovery()
    with pytest.raises(WrongPassphrase):
        opened(vault.to_bytes(), old)
    assert opened(vault.to_bytes(), new).revision == 2


def test_after_a_rekey_an_old_wrapped_key_opens_nothing():
    vault, _ = fresh()
    vault = vault.change(put={("x", "1"): b"kept"})
    rekeyed, words = vault.rekeyed("een nieuwe lange zin")
    assert rekeyed.data_key != vault.data_key
    assert rekeyed.records != vault.records
    assert opened(rekeyed.to_bytes(), words).get("x", "1") == b"kept"


def test_an_older_vault_is_noticed():
    vault, _ = fresh()
    newer = vault.change(put={("x", "1"): b""})
    with pytest.raises(RolledBackVault):
        opened(vault.to_bytes(), least_revision=newer.revision)
    assert opened(newer.to_bytes(), least_revision=newer.revision).revision == 2


def test_passphrases_have_bounds():
    least, most = limits.PASSPHRASE.least, limits.PASSPHRASE.most
    for good in ("a" * least, "a" * most):
        create_vault(QUICK, secrets.token_bytes, good)
    with pytest.raises(PassphraseTooShort):
        create_vault(QUICK, secrets.token_bytes, "a" * (least - 1))
    with pytest.raises(PassphraseTooLong):
        create_vault(QUICK, secrets.token_bytes, "a" * (most + 1))
    with pytest.raises(PassphraseTooLong):
        opened(fresh()[0].to_bytes(), "a" * (most + 1))


def test_a_record_has_a_bound():
    vault, _ = fresh()
    vault.change(put={("x", "1"): bytes(limits.VAULT.record)})
    with pytest.raises(VaultTooLarge):
        vault.change(put={("x", "1"): bytes(limits.VAULT.record + 1)})
    with pytest.raises(VaultTooLarge):
        vault.change(put={("x", "i" * (limits.VAULT.identifier + 1)): b""})


def test_secrets_are_in_no_repr_and_no_error():
    vault, words = fresh()
    vault = vault.change(put={("holder", "seed"): b"SEED-SEED-SEED"})
    shown = repr(vault) + repr(words) + repr(vault.records) + repr(vault.of_kind)
    try:
        opened(vault.to_bytes(), "verkeerd verkeerd")
    except PassportError as error:
        shown += repr(error) + str(error)
    for secret in (
        repr(vault.data_key),
        "SEED-SEED",
        repr(words.entropy),
        words.words(),
        PASSPHRASE,
        "verkeerd",
    ):
        assert secret not in shown


class TestRecoveryWords:
    def test_the_published_vectors_of_bip_39(self):
        assert RecoveryKey(bytes(32)).words() == "abandon " * 23 + "art"
        assert (
            RecoveryKey(b"\x7f" * 32).words().startswith("legal winner thank year wave sausage worth useful")
        )
        assert RecoveryKey(b"\xff" * 32).words() == "zoo " * 23 + "vote"

    def test_any_single_wrong_word_is_noticed_nearly_always(self):
        words = RecoveryKey(bytes(range(32))).words().split()
        missed = 0
        for place in range(24):
            changed = [*words[:place], "zebra" if words[place] != "zebra" else "zero", *words[place + 1 :]]
            try:
                RecoveryKey.from_words(" ".join(changed))
                missed += 1
            except MalformedRecoveryWords:
                pass
        assert missed <= 3  # the checksum has 8 bits: one in 256 is missed

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "abandon " * 24,
            "abandon " * 23,
            "abandon " * 23 + "artt",
            "a" * 600,
            "abandon " * 22 + "art\0 art",
        ],
    )
    def test_other_texts_are_refused(self, text):
        with pytest.raises(MalformedRecoveryWords):
            RecoveryKey.from_words(text)

    def test_what_is_wrong_is_said_by_place_and_repeats_no_word(self):
        words = "abandon " * 23
        with pytest.raises(UnknownRecoveryWords) as unknown:
            RecoveryKey.from_words("abandom " + words)
        assert unknown.value.details == {"places": "1"}
        assert "abandom" not in str(unknown.value)
        with pytest.raises(WrongNumberOfWords) as number:
            RecoveryKey.from_words(words)
        assert number.value.details == {"count": 23}
        with pytest.raises(RecoveryWordsDoNotFit):
            RecoveryKey.from_words(words + "abandon")

    def test_a_slip_of_the_pen_is_recognised(self):
        assert [(each.number, each.alike[0]) for each in misspelt("abandom zo zebra legall")] == [
            (1, "abandon"), (2, "zoo"), (4, "legal"),
        ]  # fmt: skip
        assert misspelt("qqqqqqq")[0].alike == ()
        assert misspelt("x " * 600) == ()
        assert "abandom" not in repr(misspelt("abandom"))


class VaultMachine(RuleBasedStateMachine):
    """Whatever is done in whatever order, the file opens to exactly what was put in."""

    def __init__(self):
        super().__init__()
        self.vault, self.words = fresh()
        self.passphrase = PASSPHRASE
        self.model = {}

    keys = st.tuples(st.sampled_from(["credential", "journal", "file"]), st.text(max_size=8))

    @rule(key=keys, data=st.binary(max_size=64))
    def put(self, key, data):
        self.vault = self.vault.change(put={key: data})
        self.model[key] = data

    @rule(key=keys)
    def remove(self, key):
        self.vault = self.vault.change(remove=frozenset({key}))
        self.model.pop(key, None)

    @rule(number=st.integers(0, 999))
    def change_passphrase(self, number):
        self.passphrase = f"een nieuwe zin {number}"
        self.vault = self.vault.with_passphrase(self.passphrase)

    @rule()
    def new_words(self):
        self.vault, self.words = self.vault.with_recovery()

    @rule(number=st.integers(0, 999))
    def rekey(self, number):
        self.passphrase = f"een andere zin {number}"
        self.vault, self.words = self.vault.rekeyed(self.passphrase)

    @rule(by_words=st.booleans())
    def close_and_open(self, by_words):
        secret = self.words if by_words else self.passphrase
        revision = self.vault.revision
        self.vault = opened(self.vault.to_bytes(), secret, least_revision=revision)
        assert self.vault.revision == revision

    @invariant()
    def holds_what_was_put(self):
        assert {(key.kind, key.id): record.data for key, record in self.vault.records.items()} == self.model
        for kind, record_id in self.model:
            assert self.vault.get(kind, record_id) == self.model[kind, record_id]
        with pytest.raises(UnknownRecord):
            self.vault.get("nothing", "like this")


TestVaultMachine = VaultMachine.TestCase
TestVaultMachine.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
