"""A40, A43: whatever stops a write, the vault is the last acknowledged state or the one being written.

`PASSPORT_KILL_ROUNDS=500` runs the long form.
"""

import errno
import os
import random
import resource
import secrets
import signal
import stat
import time
from pathlib import Path

import pytest

from wallet.core.vault import create_vault, open_vault
from wallet.desktop.sodium import Sodium
from wallet.desktop.vault_file import VaultFile
from wallet.errors import NoVault, VaultExists, VaultInUse, VaultNotSaved

ROUNDS = int(os.environ.get("PASSPORT_KILL_ROUNDS", "60"))
PASSPHRASE = "een korte zin van mij"


class QuickSodium(Sodium):
    def derive(self, passphrase, salt, *, memory, passes, lanes):
        return super().derive(passphrase, salt, memory=8, passes=1, lanes=1)


def opened(data, words, least=0):
    return open_vault(
        data, crypto=QuickSodium(), random=secrets.token_bytes, secret=words, least_revision=least
    )


@pytest.fixture
def made(tmp_path):
    file = VaultFile(tmp_path / "wallet")
    file.create()
    vault, words = create_vault(QuickSodium(), secrets.token_bytes, PASSPHRASE)
    vault = vault.change(put={("credential", "0"): secrets.token_bytes(20_000)})
    file.write(vault.to_bytes(), vault.revision)
    return file, vault, words


def write_for_ever(file, vault, acknowledgements):
    """Insert, replace, delete, change the passphrase; tell every revision once it is written."""
    number = 0
    while True:
        number += 1
        if number % 7 == 0:
            vault = vault.with_passphrase(f"een nieuwe zin {number}")
        elif number % 5 == 0:
            vault = vault.change(remove=frozenset({("credential", str(number % 4))}))
        else:
            vault = vault.change(
                put={("credential", str(number % 4)): secrets.token_bytes(random.randint(0, 60_000))}
            )
        file.write(vault.to_bytes(), vault.revision)
        os.write(acknowledgements, vault.revision.to_bytes(8, "big"))


def run_and_kill(file, vault, after, moment):
    """The revisions that a writer acknowledged before it was killed, in another process.

    It is killed a moment after its n-th acknowledgement, so in the middle of whatever it does then.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            write_for_ever(file, vault, writer)
        finally:
            os._exit(1)
    os.close(writer)
    told = b""
    while len(told) < 8 * after and (piece := os.read(reader, 8)):
        told += piece
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reader, 65_536):
        told += piece
    os.close(reader)
    return [int.from_bytes(told[at : at + 8], "big") for at in range(0, len(told) - 7, 8)]


def test_kill_9_during_writes_never_tears_the_vault(made):
    file, vault, words = made
    writes = 0
    for _ in range(ROUNDS):
        acknowledged = run_and_kill(file, vault, random.randint(0, 6), random.uniform(0, 0.006))
        writes += len(acknowledged)
        last = max([vault.revision, *acknowledged])
        vault = opened(file.read(), words, least=last)  # TamperedVault or RolledBackVault would be a loss
        assert file.known_revision() <= vault.revision  # a crash never makes an honest vault look rolled back
        assert vault.revision in {last, last + 1}
        if file.previous.exists():
            opened(file.previous.read_bytes(), words)
    assert writes >= ROUNDS


FAULTS = {
    "no space while writing": ("os.fdopen", errno.ENOSPC),
    "no file can be made": ("os.open", errno.EROFS),
    "fsync fails": ("os.fsync", errno.EIO),
    "rename fails": ("pathlib.Path.replace", errno.EIO),
    "link fails": ("os.link", errno.EMLINK),
    "quota": ("os.fsync", errno.EDQUOT),
    "no more descriptors": ("os.open", errno.EMFILE),
    "not permitted": ("pathlib.Path.replace", errno.EPERM),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_failing_disk_gives_no_acknowledgement_and_leaves_the_old_vault(made, monkeypatch, case):
    name, number = FAULTS[case]
    file, vault, words = made
    before = file.read()

    def fail(*_args, **_more):
        raise OSError(number, "fault")

    with monkeypatch.context() as patched:
        patched.setattr(name, fail)
        with pytest.raises(VaultNotSaved):
            file.write(vault.change(put={("x", "1"): b"new"}).to_bytes(), vault.revision + 1)
    assert file.read() == before
    assert opened(file.read(), words).revision == vault.revision
    file.write(vault.change(put={("x", "1"): b"new"}).to_bytes(), vault.revision + 1)
    assert opened(file.read(), words).get("x", "1") == b"new"


def test_a_file_size_limit_of_the_kernel_gives_no_acknowledgement(made):
    file, vault, words = made
    before = file.read()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096))
        try:
            file.write(vault.change(put={("x", "1"): bytes(100_000)}).to_bytes(), vault.revision + 1)
        except VaultNotSaved:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert file.read() == before
    assert not list(file.folder.glob("*.new"))
    opened(before, words)


def test_files_are_for_their_owner_and_the_last_good_copy_is_kept(made):
    file, vault, words = made
    before = file.read()
    file.write(vault.change(put={("x", "1"): b"new"}).to_bytes(), vault.revision + 1)
    assert file.previous.read_bytes() == before
    for path in (file.path, file.previous):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.folder.stat().st_mode) == 0o700
    assert opened(file.read(), words).get("x", "1") == b"new"


def test_two_programs_can_not_hold_the_wallet_at_once(made):
    file, _, _ = made
    with file.locked():
        child = os.fork()
        if child == 0:
            try:
                with VaultFile(file.folder).locked():
                    os._exit(0)
            except VaultInUse:
                os._exit(7)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        with pytest.raises(VaultInUse), VaultFile(file.folder).locked():
            pass
    with file.locked():
        pass


def test_an_existing_wallet_is_never_overwritten_by_a_new_one(made):
    with pytest.raises(VaultExists):
        made[0].create()


def test_no_wallet_is_said_so(tmp_path):
    with pytest.raises(NoVault):
        VaultFile(tmp_path).read()
    with pytest.raises(NoVault), VaultFile(tmp_path / "none").locked():
        pass


def test_the_known_revision_survives_and_nonsense_counts_as_none(made):
    file, _, _ = made
    assert file.known_revision() == 2
    file.write(file.read(), 12)
    assert VaultFile(Path(file.folder)).known_revision() == 12
    (file.folder / "vault.revision").write_text("not a number")
    assert file.known_revision() == 0
