"""Organisations with their signing keys, and accounts with their API keys."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from beanie import Document
from pydantic import BaseModel, Field
from pymongo.errors import DuplicateKeyError

from issuer.errors import ChangedMeanwhile, OrganisationExists, UnknownAccount, UnknownOrganisation
from passport.keys import KeyType


class KeyState(StrEnum):
    CURRENT = "current"
    RETIRED = "retired"
    """Signs no more; what it signed is verified with it."""
    REVOKED = "revoked"
    """Leaked: nothing that it signed is accepted any more."""


class SigningKeyRecord(BaseModel):
    id: str
    """The fragment of its verification method."""
    type: KeyType = KeyType.ED25519
    """Ed25519 for what we sign first and for status lists; P-256 for selective disclosure and for tokens."""
    public_key: str
    """Multikey."""
    sealed: bytes
    state: KeyState
    created_at: datetime
    certificates: list[str] = Field(default_factory=list)
    """Of a P-256 key, where somebody certified it: base64 of DER, its own first (RFC 7515, section 4.1.6)."""
    retired_at: datetime | None = None
    revoked_at: datetime | None = None


class Organisation(Document):
    """`id` is its short name in addresses. The keys stand in it, so that a rotation is one document."""

    id: str  # type: ignore[assignment]
    did: str
    name: str
    url: str | None = None
    created_at: datetime
    keys: list[SigningKeyRecord]
    revision: int = 0

    class Settings:
        name = "organisations"

    @property
    def current_key(self) -> SigningKeyRecord:
        return self.current(KeyType.ED25519)

    def current(self, key_type: KeyType) -> SigningKeyRecord:
        """The key of a kind that signs at present; each organisation has one of both, see `complete`."""
        return next(key for key in self.keys if key.type is key_type and key.state is KeyState.CURRENT)

    @classmethod
    async def find_or_fail(cls, slug: str) -> "Organisation":
        found = await cls.get(slug)
        if found is None:
            raise UnknownOrganisation
        return found

    async def add(self) -> None:
        try:
            await self.insert()
        except DuplicateKeyError:
            raise OrganisationExists from None

    async def replace_keys(self, keys: list[SigningKeyRecord]) -> None:
        """Put new keys in place if nobody did meanwhile; raises ChangedMeanwhile."""
        changed = await Organisation.get_pymongo_collection().update_one(
            {"_id": self.id, "revision": self.revision},
            {"$set": {"keys": [key.model_dump() for key in keys]}, "$inc": {"revision": 1}},
        )
        if changed.matched_count != 1:
            raise ChangedMeanwhile
        self.keys, self.revision = keys, self.revision + 1


class Role(StrEnum):
    """What an account may do; each may what the next may."""

    OWNER = "owner"
    ISSUER = "issuer"
    """Issues, assesses, withdraws."""
    READER = "reader"


class Account(Document):
    id: str  # type: ignore[assignment]
    organisation: str
    name: str
    role: Role
    key_hash: str = ""
    """argon2id of the API key's secret part; empty for somebody who has none."""
    created_at: datetime
    disabled_at: datetime | None = None
    """Switched off for good."""
    suspended_at: datetime | None = None
    """Kept out until an owner lets it in again."""
    epoch: int = 0
    """Counted on to end every session of the account."""
    used_at: datetime | None = None
    """The day on which its key was used last."""

    class Settings:
        name = "accounts"
        indexes: ClassVar = ["organisation"]

    @property
    def active(self) -> bool:
        return self.disabled_at is None and self.suspended_at is None

    @classmethod
    async def find_or_fail(cls, account_id: str) -> "Account":
        found = await cls.get(account_id)
        if found is None:
            raise UnknownAccount
        return found

    @classmethod
    async def count_on(cls, account_id: str) -> None:
        await cls.get_pymongo_collection().update_one({"_id": account_id}, {"$inc": {"epoch": 1}})

    @classmethod
    async def of_organisation(cls, slug: str, most: int) -> list["Account"]:
        return await cls.find({"organisation": slug}).sort("+_id").limit(most).to_list()

    @classmethod
    async def change(cls, account_id: str, slug: str, values: dict[str, Any]) -> bool:
        changed = await cls.get_pymongo_collection().update_one(
            {"_id": account_id, "organisation": slug}, {"$set": values}
        )
        return changed.matched_count == 1
