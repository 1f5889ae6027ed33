"""The vault's bytes: magic, then parts each preceded by its length. First the header, then sealed parts."""

from collections.abc import Iterable

from wallet.core import limits
from wallet.errors import MalformedVault, VaultTooLarge

MAGIC = b"skills-passport-vault\n"
_LENGTH = 4


def join_parts(header: bytes, sealed: Iterable[bytes]) -> bytes:
    """Raises VaultTooLarge."""
    written = bytearray(MAGIC)
    for part in (header, *sealed):
        written += len(part).to_bytes(_LENGTH, "big") + part
    if len(written) > limits.VAULT.size:
        raise VaultTooLarge(limit=limits.VAULT.size)
    return bytes(written)


def split_parts(data: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """The header and the sealed parts; a part never reaches past the end and nothing trails.

    Raises:
        MalformedVault: cut off, no vault, or a length that can't be.
        VaultTooLarge: more bytes or parts than a vault may have.
    """
    if len(data) > limits.VAULT.size:
        raise VaultTooLarge(limit=limits.VAULT.size)
    if not data.startswith(MAGIC):
        raise MalformedVault
    parts: list[bytes] = []
    at = len(MAGIC)
    while at < len(data):
        start = at + _LENGTH
        end = start + int.from_bytes(data[at:start], "big")
        if start > len(data) or end > len(data):
            raise MalformedVault
        parts.append(data[start:end])
        if len(parts) > limits.VAULT.records + 2:
            raise VaultTooLarge(limit=limits.VAULT.records)
        at = end
    if len(parts) < 2 or len(parts[0]) > limits.VAULT.header:  # noqa: PLR2004
        raise MalformedVault
    return parts[0], tuple(parts[1:])
