"""The open wallet: one vault, one place it is written to, and what it holds as typed values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from passport.clock import Clock
from passport.documents import DocumentCache
from passport.json import JsonObject
from passport.keys import KeyType, load_signer
from wallet.core import documents_kept, limits
from wallet.core.holder import Holder, holder_of
from wallet.core.ports import Random, Store
from wallet.core.vault import Vault
from wallet.errors import NoHolderKey

Records = Mapping[tuple[str, str], bytes]


class Kind:
    """The kinds of records in the vault."""

    IDENTITY = "identity"
    SEED = "seed"
    CREDENTIAL = "credential"
    FORM = "form"
    """Another form of a credential; its id is the credential's, a space, and the form's name."""
    RECEIPT = "receipt"
    WITHDRAWN = "withdrawn-claim"
    """Since when a claim of one's own, named by its record, is no longer used."""
    ENDORSEMENT = "endorsement"
    """What somebody confirmed; its receipt is among the RECEIPTs."""
    ASKED = "asked"
    """What was asked of an organisation, and how it stands."""
    IMPORTED = "imported-document"
    """What is known of a diploma that was taken in as a file; the file is a FILE of the same id."""
    SKILL_MAP = "skill-map"
    FILE = "evidence-file"
    JOURNAL = "journal"
    TRUST_LIST = "trust-list"
    DOCUMENT = "document"
    REQUEST = "request"
    PROFILE = "profile"
    SETTING = "setting"
    """A choice of the person's about this wallet, such as when it locks by itself."""


@dataclass(slots=True)
class Wallet:
    """Everything the person has, open. Each `save` is one durable revision of the vault."""

    vault: Vault = field(repr=False)
    store: Store = field(repr=False)
    clock: Clock = field(repr=False)
    random: Random = field(repr=False)
    memory: dict[Any, Any] = field(default_factory=dict, repr=False)
    """Verification reports of this revision and minute; see wallet.core.shelf."""

    def now(self) -> datetime:
        return self.clock()

    def save(
        self, put: Records = MappingProxyType({}), remove: frozenset[tuple[str, str]] = frozenset()
    ) -> None:
        """Change the vault and write it; the wallet changes only when the write is done.

        Raises:
            VaultNotSaved, VaultTooLarge.
        """
        self.adopt(self.vault.change(put, remove))

    def erase(self, remove: frozenset[tuple[str, str]], put: Records = MappingProxyType({})) -> None:
        """Remove for good: a new data key, and no older copy of the vault stays (docs/leaving.md).

        Raises:
            VaultNotSaved, VaultTooLarge.
        """
        self.adopt(self.vault.change(put, remove, rotate=True), alone=True)

    def adopt(self, vault: Vault, *, alone: bool = False) -> None:
        """Write a changed vault and go on with it; `alone`: no older copy stays."""
        write = self.store.write_alone if alone else self.store.write
        write(vault.to_bytes(), vault.revision)
        self.vault = vault
        self.memory.clear()

    @property
    def did(self) -> str:
        """Whose wallet this is, also where the key itself is not here."""
        return str(json.loads(self.vault.get(Kind.IDENTITY, "holder"))["did"])

    @property
    def holder(self) -> Holder:
        """Raises NoHolderKey."""
        seeds = self.vault.of_kind(Kind.SEED)
        if "holder" not in seeds:
            raise NoHolderKey
        return holder_of(load_signer(KeyType.ED25519, seeds["holder"]))

    @property
    def has_key(self) -> bool:
        return "holder" in self.vault.of_kind(Kind.SEED)

    def documents(self) -> DocumentCache:
        """The DID documents, status lists and the like that were fetched before."""
        return documents_kept.read(self.vault.of_kind(Kind.DOCUMENT))

    def keep_documents(self, cache: DocumentCache) -> None:
        """Keep what was fetched, so that the next check works offline; no write when nothing is new."""
        here = self.vault.of_kind(Kind.DOCUMENT)
        fresh = documents_kept.changed(here, cache)
        if fresh:
            dropped = documents_kept.oldest(here, fresh, limits.DOCUMENTS)
            self.save(
                {(Kind.DOCUMENT, url): data for url, data in fresh.items() if url not in dropped},
                frozenset((Kind.DOCUMENT, url) for url in dropped),
            )

    def new_id(self) -> str:
        """128 random bits as a name that fits in an address."""
        return self.random(16).hex()


def as_json(document: JsonObject) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def seed_records(seed: bytes) -> Records:
    """The records of a new holder: the seed and, apart from it, the DID."""
    holder = holder_of(load_signer(KeyType.ED25519, seed))
    return {
        (Kind.SEED, "holder"): seed,
        (Kind.IDENTITY, "holder"): as_json({"did": holder.did}),
    }
