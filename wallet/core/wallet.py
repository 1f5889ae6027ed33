"""The open wallet: one vault, one place it is written to, and what it holds as typed values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from passport.clock import Clock
from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.errors import MalformedKey
from passport.json import JsonObject
from passport.keys import KeyType, PublicKey, load_signer
from passport.x509 import Certificates
from wallet.core import documents_kept, limits
from wallet.core.holder import Holder, holder_of, names_of
from wallet.core.ports import Random, Store
from wallet.core.vault import Vault
from wallet.errors import NoHolderKey, WalletLocked
from wallet.errors_holding import HolderNotNamed

Records = Mapping[tuple[str, str], bytes]
FIRST = "holder"
"""The record of the key whose wallet it is."""
SECOND = "holder-p256"
"""The record of the key for issuers that take only ES256; it is made when one asks."""
COPY = "copy-"
"""How the record of a key begins that one copy of a credential alone is bound to."""
_SCALAR = 32


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
    VP_REQUEST = "vp-request"
    """A request by OpenID4VP; its id is a digest of who asks and the request's nonce."""
    PROFILE = "profile"
    """A function profile that the person took in, as its publisher signed it."""
    CHOSEN_WORK = "chosen-work"
    """An occupation that the person keeps an eye on; its id is the occupation's IRI."""
    WAITING = "waiting"
    """A credential that an issuer promised for later, with the token to ask for it."""
    COPY = "copy"
    """A copy of a credential under a key of its own; its id is the credential's, a space, and the key's."""
    SHARED = "shared-link"
    """A link that shares a presentation: its key, its end, and the secret that takes it away."""
    PLATFORM = "badge-platform"
    """A badge platform that the person connected, with the tokens for it."""
    PROGRAM = "connected-program"
    """A program on this machine that the person lets read or send badges."""
    PAST = "past"
    """Work or schooling that the person had, with years."""
    OWN_SKILL = "own-skill"
    """A skill that the person ticked or said not to have; its id is the skill's IRI."""
    MARKET = "market-data"
    """A set of labour-market data that the person loaded, as its publisher signed it."""
    CHECK_UP = "check-up"
    """A dated snapshot of the person's skills and chances that the holder signed."""
    CATALOGUE = "module-catalogue"
    """A catalogue of modules, as it was published; its id is a digest of its address."""
    PLAN = "plan"
    """What the person plans to learn, for which work, and how far it is."""
    OUTCOME = "plan-outcome"
    """How often something was planned, begun and done, where the person has that counted."""
    ASSESSMENT = "self-assessment"
    """Answers of the self-assessment, in one record."""
    VACANCY = "vacancy"
    """What a vacancy asks, as the person ticked it."""
    WISHES = "wishes"
    """Motives, attitude and wishes, a record each; they never leave."""
    ADVICE = "advice"
    """A visit of an adviser with its log, or a proposal of theirs."""
    PUBLISHED = "published-sets"
    """Published sets that the wallet follows: a source with its index, and the content of each set."""
    TAXONOMY = "taxonomy"
    """A newer list of occupations and skills that the person took into use, as it was published."""
    SETTING = "setting"
    """A choice of the person's about this wallet, such as when it locks by itself."""


class Bound(Protocol):
    """A credential, as far as it says which key it is bound to: `wallet.core.shelf.Kept`."""

    @property
    def holder(self) -> str | None: ...


@dataclass(slots=True)
class Wallet:
    """Everything the person has, open. Each `save` is one durable revision of the vault."""

    vault: Vault = field(repr=False)
    store: Store = field(repr=False)
    clock: Clock = field(repr=False)
    random: Random = field(repr=False)
    certificates: Certificates | None = field(default=None, repr=False)
    """How to check issuers that have a certificate and no DID; a host that can't gives none."""
    memory: dict[Any, Any] = field(default_factory=dict, repr=False)
    """Verification reports of this revision and minute; see wallet.core.shelf."""
    erased: int = 0
    """How often something was removed for good since it was opened: what was begun before may hold traces."""
    closed: bool = False
    """Set when a host locks it: whoever still has it in hand can write nothing any more."""

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

    def erase(self, remove: frozenset[tuple[str, str]]) -> Records:
        """Remove for good: a new data key, and no older copy of the vault stays (docs/leaving.md).

        Gives what was removed, for a host that offers to put it back for a moment.

        Raises:
            VaultNotSaved.
        """
        removed = {
            (key.kind, key.id): record.data
            for key, record in self.vault.records.items()
            if (key.kind, key.id) in remove
        }
        self.adopt(self.vault.change(remove=remove, rotate=True), alone=True)
        self.erased += 1
        return MappingProxyType(removed)

    def adopt(self, vault: Vault, *, alone: bool = False) -> None:
        """Write a changed vault and go on with it; `alone`: no older copy stays. Raises WalletLocked."""
        if self.closed:
            raise WalletLocked
        write = self.store.write_alone if alone else self.store.write
        write(vault.to_bytes(), vault.revision)
        self.vault = vault
        self.memory.clear()

    @property
    def did(self) -> str:
        """Whose wallet this is, also where the key itself is not here."""
        return str(json.loads(self.vault.get(Kind.IDENTITY, FIRST))["did"])

    @property
    def holder(self) -> Holder:
        """Raises NoHolderKey."""
        return self._holder(FIRST)

    @property
    def holders(self) -> tuple[Holder, ...]:
        """Every key that is here to sign with, the first one in front."""
        here = self.vault.of_kind(Kind.SEED)
        return tuple(self._holder(record) for record in sorted(here, key=_place))

    @property
    def own_dids(self) -> dict[str, str]:
        """The DIDs of this wallet's keys by their records, the first in front, also where no key is here."""
        identities = self.vault.of_kind(Kind.IDENTITY)
        return {
            record: str(json.loads(identities[record])["did"]) for record in sorted(identities, key=_place)
        }

    @property
    def keys(self) -> tuple[PublicKey, ...]:
        """Every public key of this wallet, the first in front, also where the key itself is not here."""
        dids = self.own_dids.values()
        return tuple(resolve_did(did, DocumentCache()).methods[0].public_key for did in dids)

    @property
    def names(self) -> frozenset[str]:
        """Every DID that is a key of this wallet."""
        return frozenset(name for key in self.keys for name in names_of(key))

    def holder_named(self, did: str) -> Holder:
        """The key that this DID is a name of, under that name; raises NoHolderKey."""
        for holder in self.holders:
            try:
                return holder.named(did)
            except HolderNotNamed:
                continue
        raise NoHolderKey

    def holder_with(self, key_type: KeyType) -> Holder:
        """The person's key of this kind; the P-256 key is made, and kept, when it is first asked for.

        Raises:
            NoHolderKey: it was left out of the backup that this wallet was made from.
            VaultNotSaved
        """
        record = FIRST if key_type is KeyType.ED25519 else SECOND
        if record == SECOND and SECOND not in self.vault.of_kind(Kind.IDENTITY) and self.has_key:
            self.save(key_records(SECOND, self.random))
        return self._holder(record)

    def holder_for(self, bound: "Bound") -> Holder:
        """The key that a credential is bound to, under the name that the credential has for it.

        Whoever shows it signs with this key: a presentation by this DID, or the key binding of an SD-JWT.

        Raises:
            NoHolderKey: it is bound to no key that is here.
        """
        if bound.holder is None:
            raise NoHolderKey
        return self.holder_named(bound.holder)

    def _holder(self, record: str) -> Holder:
        seeds = self.vault.of_kind(Kind.SEED)
        if record not in seeds:
            raise NoHolderKey
        return holder_of(load_signer(type_of_key(record), seeds[record]))

    @property
    def has_key(self) -> bool:
        return FIRST in self.vault.of_kind(Kind.SEED)

    def secrets(self) -> Mapping[str, bytes]:
        """The secret keys by their records, for a backup that is to hold them.

        Raises:
            WrongPassphrase: this host keeps them from an open wallet, and nobody proved who they are.
        """
        return self.vault.of_kind(Kind.SEED)

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


def type_of_key(record: str) -> KeyType:
    """The kind of key that a record holds, by its name."""
    return KeyType.ED25519 if record == FIRST else KeyType.P256


def seed_records(seed: bytes, record: str = FIRST) -> Records:
    """The records of a key: its secret and, apart from it, the DID."""
    holder = holder_of(load_signer(type_of_key(record), seed))
    return {
        (Kind.SEED, record): seed,
        (Kind.IDENTITY, record): as_json({"did": holder.did}),
    }


def key_records(record: str, random: Random) -> Records:
    """The records of a new P-256 key; one draw in 2^32 is no scalar of the curve (FIPS 186-5, A.2.2)."""
    while True:
        try:
            return seed_records(random(_SCALAR), record)
        except MalformedKey:
            continue


def _place(record: str) -> tuple[bool, bool, str]:
    return (record != FIRST, record != SECOND, record)
