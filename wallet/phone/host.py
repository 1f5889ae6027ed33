"""What JavaScript brings to Python (wallet/phone/web/src/python.js), and how it is asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from passport.errors import PassportError
from passport.errors.fetch import FetchedTooLarge, FetchTimedOut, Redirected, Unreachable
from passport.limits import FETCH
from wallet.errors import MalformedVault, NoHolderKey, VaultInUse, VaultNotSaved


class Bytes(Protocol):
    """A Uint8Array of JavaScript."""

    def to_bytes(self) -> bytes: ...


class Cryptography(Protocol):
    """What answers at once: libsodium and the Noble curves. Undefined in JavaScript is None here."""

    def seal(self, key: bytes, nonce: bytes, text: bytes, associated: bytes) -> Bytes: ...
    def unseal(self, key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> Bytes | None: ...
    def argon2id(self, passphrase: bytes, salt: bytes, memory: int, passes: int) -> Bytes: ...
    def scrypt(self, passphrase: bytes, salt: bytes, log_n: int) -> Bytes | None: ...
    def chachaSeal(self, key: bytes, nonce: bytes, text: bytes) -> Bytes: ...  # noqa: N802  # JavaScript's names
    def chachaUnseal(self, key: bytes, nonce: bytes, sealed: bytes) -> Bytes | None: ...  # noqa: N802
    def x25519Public(self, secret: bytes) -> Bytes: ...  # noqa: N802
    def x25519(self, secret: bytes, point: bytes) -> Bytes | None: ...
    def ed25519Public(self, seed: bytes) -> Bytes: ...  # noqa: N802
    def ed25519Sign(self, seed: bytes, data: bytes) -> Bytes: ...  # noqa: N802
    def ed25519Verify(self, key: bytes, data: bytes, signature: bytes) -> bool: ...  # noqa: N802
    def ecPublic(self, type: str, secret: bytes) -> Bytes | None: ...  # noqa: N802, A002
    def ecSign(self, type: str, secret: bytes, data: bytes) -> Bytes: ...  # noqa: N802, A002
    def ecVerify(self, type: str, key: bytes, data: bytes, signature: bytes) -> bool: ...  # noqa: N802, A002
    def ecdh(self, secret: bytes, point: bytes) -> Bytes | None: ...
    def gcmSeal(self, key: bytes, nonce: bytes, text: bytes, associated: bytes) -> Bytes: ...  # noqa: N802
    def gcmUnseal(self, key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> Bytes | None: ...  # noqa: N802


class Host(Protocol):
    """The worker that Python runs in."""

    @property
    def cryptography(self) -> Cryptography: ...

    @property
    def loopback(self) -> bool:
        """This page comes from this machine itself, to try it: issuers on this machine may be asked too."""
        ...

    @property
    def base(self) -> str:
        """The address of the app, with a slash at its end."""
        ...

    @property
    def lists(self) -> str:
        """The trust lists that came with this app (wallet.core.shipped_lists); empty where none did."""
        ...

    def ask(self, name: str, values: str, data: bytes | None) -> tuple[str, Bytes]:
        """Ask the keeper (bridge.js) and sleep until it has answered: JSON in, JSON and bytes out."""
        ...

    def zone(self, moment: float) -> int:
        """Minutes that this place is ahead of UTC at a moment in seconds since 1970."""
        ...


_REFUSED: Mapping[str, type[PassportError]] = {
    "not-saved": VaultNotSaved,
    "QuotaExceededError": VaultNotSaved,
    "no-storage": VaultNotSaved,
    "not-readable": MalformedVault,
    "opened-elsewhere": VaultInUse,
    "no-key": NoHolderKey,
    "redirected": Redirected,
    "unreachable": Unreachable,
}


@dataclass(frozen=True, slots=True)
class Bridge:
    """Asks the keeper; a refusal comes back as an error of the wallet."""

    host: Host

    def ask(self, question: str, data: bytes | None = None, /, **values: Any) -> tuple[dict[str, Any], bytes]:
        """One question. Raises VaultNotSaved, VaultInUse, MalformedVault, NoHolderKey, NotFetched."""
        text, found = self.host.ask(question, json.dumps(values), data)
        answered: dict[str, Any] = json.loads(text)
        refused = answered.get("failed")
        if refused == "timed-out":
            raise FetchTimedOut(seconds=int(FETCH.seconds))
        if refused == "too-large":
            raise FetchedTooLarge(limit=FETCH.size)
        if refused is not None:
            raise _REFUSED.get(refused, VaultNotSaved)
        return answered, found.to_bytes()
