"""A40, for what replaces secrets and what must be gone: killed at every step, and at random moments.

After a new passphrase, new words or something forgotten, `vault` is the old one or the new one. Where it is the
new one, nothing in the folder opens with the old secret, and nothing holds what was forgotten.
`PASSPORT_KILL_ROUNDS=500` runs the long form.
"""

import os
import random
import secrets
import signal
import time

import pytest

from tests.simulators.wallets import QuickSodium
from wallet.core.forget import forget_file
from wallet.core.merging import merge
from wallet.core.recovery import RecoveryKey
from wallet.core.trial import check_records
from wallet.core.vault import open_vault
from wallet.core.wallet import Kind
from wallet.desktop.keeper import Keeper
from wallet.errors import MalformedVault, NoVault, TamperedVault, WrongPassphrase

ROUNDS = int(os.environ.get("PASSPORT_KILL_ROUNDS", "60")) // 3
OLD, NEW = "een korte zin van mij", "een nieuwe lange zin"
FORGOTTEN = "urn:uuid:forgotten"
STEPS = ("open", "fsync", "replace", "link", "unlink", "write", "close")


def opens(data, secret):
    """The records that a file opens to with a secret; None where it opens to nothing."""
    try:
        vault = open_vault(data, crypto=QuickSodium(), random=secrets.token_bytes, secret=secret)
    except (WrongPassphrase, MalformedVault, TamperedVault):
        return None
    return {(key.kind, key.id): record.data for key, record in vault.records.items()}


@pytest.fixture
def made(tmp_path):
    """A wallet with a file to forget, a previous copy and its words."""
    keeper = Keeper(tmp_path / "wallet", crypto=QuickSodium())
    wallet, words = keeper.create(OLD)
    wallet.save({(Kind.FILE, FORGOTTEN): secrets.token_bytes(5_000), (Kind.SKILL_MAP, "x"): b"{}"})
    wallet.save({(Kind.SKILL_MAP, "y"): b"{}"})
    assert keeper.file.previous.exists()
    return keeper, RecoveryKey.from_words(words.words())


def new_passphrase(wallet, _told):
    wallet.adopt(wallet.vault.with_passphrase(NEW), alone=True)


def new_words(wallet, told):
    vault, words = wallet.vault.with_recovery()
    os.write(told, words.entropy)
    wallet.adopt(vault, alone=True)


def forget_a_file(wallet, _told):
    forget_file(wallet, FORGOTTEN)


def take_over(wallet, _told):
    here = {(key.kind, key.id): record.data for key, record in wallet.vault.records.items()}
    more = {(Kind.SKILL_MAP, f"more-{number}"): b"{}" for number in range(20)}
    merge(wallet, check_records({**here, **more}, clock=wallet.clock, random=wallet.random))


def destroy(wallet, _told):
    wallet.store.destroy()


CHANGES = {
    "a new passphrase": new_passphrase,
    "new words": new_words,
    "something forgotten": forget_a_file,
    "a backup taken over": take_over,
    "the wallet destroyed": destroy,
}


def killed_at(step, change, wallet):
    """Run a change in another process that dies at its n-th step on the disk; what it told, and whether it died."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            count = [0]
            for name in STEPS:
                setattr(os, name, dying(getattr(os, name), count, step, writer))
            change(wallet, writer)
        finally:
            os._exit(0)
    os.close(writer)
    _, ended = os.waitpid(child, 0)
    told = os.read(reader, 64)
    os.close(reader)
    return told, os.WIFSIGNALED(ended)


def dying(real, count, step, telling):
    """The system's call, before or after which the process dies when its turn has come."""

    def call(*arguments, **more):
        if arguments[:1] == (telling,):
            return real(*arguments, **more)
        count[0] += 1
        if count[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*arguments, **more)
        count[0] += 1
        if count[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return call


def everything_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def check(keeper, before, words, told, case):
    """The state after a kill: old or new, and where it is new, without a trace of the old."""
    after = everything_in(keeper.folder)
    try:
        present = keeper.file.read()
    except NoVault:
        assert case == "the wallet destroyed"
        keeper.file.sweep()  # what the next start does first
        assert not [name for name in everything_in(keeper.folder) if opens(after[name], OLD) is not None]
        return True
    new_secrets = [NEW, *([RecoveryKey(told[:32])] if len(told) >= 32 else [])]
    old = [opens(present, secret) for secret in (OLD, words)]
    new = [opens(present, secret) for secret in new_secrets]
    assert any(found is not None for found in (*old, *new)), "neither the old nor the new opens"
    if present == before:
        assert None not in old
        return False
    others = [data for name, data in after.items() if name != "vault"]
    if case == "a new passphrase":
        assert old[0] is None
        assert new[0] == old[1] is not None
        assert all(opens(data, OLD) is None for data in others)
    if case == "new words":
        assert old[1] is None
        assert new[1] == old[0] is not None
        assert all(opens(data, words) is None for data in others)
    if case == "something forgotten":
        assert (Kind.FILE, FORGOTTEN) not in old[0]
        assert all((Kind.FILE, FORGOTTEN) not in (opens(data, OLD) or {}) for data in others)
    if case == "a backup taken over":
        assert sum(1 for kind, _ in old[0] if kind == Kind.SKILL_MAP) == 22
    return True


@pytest.mark.parametrize("case", CHANGES)
def test_killed_at_each_step_it_is_the_old_state_or_the_new(made, case):
    keeper, words = made
    start = everything_in(keeper.folder)
    done = []
    for step in range(1, 200):
        for path in keeper.folder.iterdir():
            path.unlink()
        for name, data in start.items():
            (keeper.folder / name).write_bytes(data)
        wallet = keeper.unlock(OLD)
        told, died = killed_at(step, CHANGES[case], wallet)
        done.append(check(keeper, start["vault"], words, told, case))
        if not died:
            break
    assert not died, "it never came to its end"
    assert done[-1]
    assert done == sorted(done), "once it was new it was never the old again"
    assert len(done) > 10
    assert False in done


@pytest.mark.parametrize("case", CHANGES)
def test_killed_at_any_moment_it_is_the_old_state_or_the_new(made, case):
    keeper, words = made
    start = everything_in(keeper.folder)
    for _ in range(max(ROUNDS // len(CHANGES), 3)):
        for path in keeper.folder.iterdir():
            path.unlink()
        for name, data in start.items():
            (keeper.folder / name).write_bytes(data)
        wallet = keeper.unlock(OLD)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                CHANGES[case](wallet, writer)
                time.sleep(10)
            finally:
                os._exit(1)
        os.close(writer)
        time.sleep(random.uniform(0, 0.01))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told = os.read(reader, 64)
        os.close(reader)
        check(keeper, start["vault"], words, told, case)
