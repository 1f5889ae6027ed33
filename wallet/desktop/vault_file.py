"""The vault on disk: whole or not at all, for its owner only, the last good copy kept, one program at a time.

    vault            the present vault, mode 0600
    vault.previous   the one before it
    vault.revision   the highest revision acknowledged here: an older vault put back is noticed
    vault.lock       held while a program has the wallet open
    unlock.json      wrong passphrases in a row
    vault.gone       a wallet that is being destroyed

A write goes to a temporary file, is flushed to the disk (fsync), renamed over `vault`, and the folder is
flushed. Whatever stops the program, `vault` is the old or the new content. After `write_alone` there is no
older copy: that goes first, so that it never stands beside a vault from which something was removed.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wallet.errors import MalformedVault, NoVault, VaultExists, VaultInUse, VaultNotSaved

_OWNER_ONLY = 0o600
_GONE = "vault.gone"
_LEFT_BEHIND = ("vault.new", "vault.linked", "vault.revision.new", "unlock.json.new", _GONE)


class VaultFile:
    """Implements wallet.core.ports.Store for one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "vault"
        self.previous = folder / "vault.previous"

    @property
    def exists(self) -> bool:
        return self.path.exists()

    def prepare(self) -> None:
        """Make the folder, readable by its owner alone; raises VaultNotSaved."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise VaultNotSaved from None

    def create(self) -> None:
        """Make the folder for a new vault.

        Raises:
            VaultExists: there is a vault in it.
        """
        self.prepare()
        if self.path.exists():
            raise VaultExists

    def read(self) -> bytes:
        """Raises NoVault."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise NoVault from None
        except OSError:
            raise MalformedVault from None

    def write(self, data: bytes, revision: int) -> None:
        """Replace the vault, and note its revision beside it.

        Raises:
            VaultNotSaved: the disk refused; the old vault stands.
        """
        try:
            if self.path.exists():
                self._keep_previous()
            replace_file(self.path, data)
        except OSError:
            raise VaultNotSaved from None
        self.acknowledge(revision)

    def write_alone(self, data: bytes, revision: int) -> None:
        """Replace the vault and keep no older copy: of what was removed, or under an old passphrase.

        Raises:
            VaultNotSaved: the disk refused; the old vault stands.
        """
        try:
            self.sweep()
            self.previous.unlink(missing_ok=True)
            _flush_folder(self.folder)
            replace_file(self.path, data)
        except OSError:
            raise VaultNotSaved from None
        self.acknowledge(revision)

    def sweep(self) -> None:
        """Remove what a program that was stopped left behind; the caller holds the wallet."""
        for name in _LEFT_BEHIND:
            (self.folder / name).unlink(missing_ok=True)

    def destroy(self) -> None:
        """Remove the wallet and everything that was written beside it; the caller holds it.

        The first step is a rename: from then on there is no wallet here. Then the part that opens it is
        written over, for disks that write in place, and the file goes. `sweep` ends what was interrupted.

        Raises:
            VaultNotSaved: the disk refused; the wallet stands.
        """
        gone = self.folder / _GONE
        try:
            self.previous.unlink(missing_ok=True)
            self.path.replace(gone)
            _flush_folder(self.folder)
        except OSError:
            with suppress(OSError):
                gone.replace(self.path)
            raise VaultNotSaved from None
        with suppress(OSError):
            _write_over(gone)
        with suppress(OSError):
            self.sweep()
            for name in ("vault.revision", "unlock.json"):
                (self.folder / name).unlink(missing_ok=True)
            _flush_folder(self.folder)

    def _keep_previous(self) -> None:
        """A second name for the present file: no bytes are copied, and the rename leaves it alone."""
        linked = self.folder / "vault.linked"
        linked.unlink(missing_ok=True)
        os.link(self.path, linked)
        linked.replace(self.previous)

    def known_revision(self) -> int:
        """The highest revision that was acknowledged here; 0 when none is known."""
        try:
            return int((self.folder / "vault.revision").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def acknowledge(self, revision: int) -> None:
        """Remember a revision as known here; a failure costs only the notice of an old vault."""
        with suppress(OSError):
            replace_file(self.folder / "vault.revision", str(revision).encode("ascii"))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the wallet for this program; the kernel lets go when the program ends in whatever way.

        Raises:
            VaultInUse: another program holds it.
            NoVault: there is no folder.
        """
        try:
            descriptor = os.open(
                self.folder / "vault.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _OWNER_ONLY
            )
        except OSError:
            raise NoVault from None
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise VaultInUse from None
            yield
        finally:
            os.close(descriptor)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, mode 0600; raises OSError with the old file in place."""
    temporary = path.with_name(f"{path.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _flush_folder(path.parent)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _write_over(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
