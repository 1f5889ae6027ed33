"""The vault in the browser's database: wallet.core.ports.Store by way of the keeper."""

from dataclasses import dataclass, field

from wallet.errors import NoVault
from wallet.phone.host import Bridge


@dataclass(slots=True)
class PhoneStore:
    """One vault. A write goes through only on top of what this store read or wrote before."""

    bridge: Bridge = field(repr=False)
    _revision: int = 0

    @property
    def exists(self) -> bool:
        return bool(self.bridge.ask("vault.exists")[0]["exists"])

    @property
    def known_revision(self) -> int:
        """The newest revision that was written here; 0 when none was."""
        return int(self.bridge.ask("small.get", name="revision")[0]["value"] or 0)

    def read(self) -> bytes:
        """Raises NoVault, MalformedVault."""
        values, data = self.bridge.ask("vault.read")
        if not values["found"]:
            raise NoVault
        return data

    def stand_on(self, revision: int) -> None:
        """What was read is this revision; the next write replaces it and no other."""
        self._revision = revision

    def write(self, data: bytes, revision: int) -> None:
        """Raises VaultNotSaved; VaultInUse: another tab wrote meanwhile."""
        self._write(data, revision, alone=False)

    def write_alone(self, data: bytes, revision: int) -> None:
        """The same, and no older copy stays."""
        self._write(data, revision, alone=True)

    def _write(self, data: bytes, revision: int, *, alone: bool) -> None:
        self.bridge.ask("vault.write", data, revision=revision, expected=self._revision, alone=alone)
        self._revision = revision

    def destroy(self) -> None:
        """Raises VaultNotSaved."""
        self.bridge.ask("vault.destroy")
        self._revision = 0
