"""What is kept in the wallet, counted for its owner: nothing is there that is not on this list."""

from dataclasses import dataclass

from wallet.core.imported import file_id, imported
from wallet.core.plain_text import plain_name
from wallet.core.shelf import kept
from wallet.core.wallet import Kind, Wallet


@dataclass(frozen=True, slots=True)
class StoredKind:
    kind: str
    count: int
    size: int
    """Bytes of all of them together."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    name: str
    size: int
    named_by: tuple[str, ...]
    """Names of the credentials that are signed for this very file."""


def stored_kinds(wallet: Wallet) -> tuple[StoredKind, ...]:
    counts: dict[str, StoredKind] = {}
    for key, record in wallet.vault.records.items():
        known = counts.get(key.kind, StoredKind(key.kind, 0, 0))
        counts[key.kind] = StoredKind(key.kind, known.count + 1, known.size + len(record.data))
    return tuple(counts[kind] for kind in sorted(counts))


def stored_files(wallet: Wallet) -> tuple[StoredFile, ...]:
    """Evidence files, the largest first."""
    names = {file_id(one.id): one.title for one in imported(wallet)}
    binding: dict[str, list[str]] = {}
    for one in kept(wallet):
        parsed = one.report.parsed
        if parsed is None:
            continue
        titled = {each.id: each.name for each in parsed.evidence if each.id is not None and each.name}
        for resource in parsed.related_resources:
            binding.setdefault(resource.id, []).append(plain_name(parsed.subject.achievement.name))
            names.setdefault(resource.id, titled.get(resource.id, ""))
    found = [
        StoredFile(
            record, plain_name(names.get(record, "")) or record, len(data), tuple(binding.get(record, ()))
        )
        for record, data in wallet.vault.of_kind(Kind.FILE).items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.size, one.id)))
