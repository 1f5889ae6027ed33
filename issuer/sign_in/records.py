"""What is kept of signing in: names with passphrases, passkeys, sessions, one-time links."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from beanie import Document
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from issuer.sign_in.errors import LinkOver, PasskeyKnown, SignInNameUnusable


class Way(StrEnum):
    """How a session was opened."""

    KEY = "key"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a way
    PASSKEY = "passkey"
    LINK = "link"


class SignIn(Document):
    """A sign-in name and its passphrase. `id` is made from the name, which itself is kept nowhere: what lies
    here tells nobody which addresses have an account.
    """

    id: str  # type: ignore[assignment]
    account: str
    passphrase_hash: str
    changed_at: datetime

    class Settings:
        name = "sign_ins"
        indexes: ClassVar = ["account"]

    @classmethod
    async def of(cls, account: str) -> "SignIn | None":
        return await cls.find_one({"account": account})

    async def take(self) -> None:
        """Put it under its name; the account's former name ends. Raises SignInNameUnusable: taken."""
        kept = {"account": self.account, "passphrase_hash": self.passphrase_hash}
        try:
            await self.insert()
        except DuplicateKeyError:
            changed = await SignIn.get_pymongo_collection().update_one(
                {"_id": self.id, "account": self.account},
                {"$set": {**kept, "changed_at": self.changed_at}},
            )
            if changed.matched_count != 1:
                raise SignInNameUnusable from None
        await SignIn.find({"account": self.account, "_id": {"$ne": self.id}}).delete()


class Passkey(Document):
    """`id` is the credential id, as base64url."""

    id: str  # type: ignore[assignment]
    account: str
    organisation: str
    name: str
    credential: bytes
    """Attested credential data (Web Authentication Level 3, section 6.5.1): AAGUID, id, public key."""
    sign_count: int
    backup_eligible: bool
    """It may be copied to the person's other devices; that never changes (section 6.1.3)."""
    backed_up: bool
    created_at: datetime
    used_at: datetime | None = None
    """The day of its last use, see issuer.organisations.last_used."""

    class Settings:
        name = "passkeys"
        indexes: ClassVar = ["account"]

    @classmethod
    async def of(cls, account: str) -> "list[Passkey]":
        return await cls.find({"account": account}).sort("+created_at").to_list()

    async def add(self) -> None:
        try:
            await self.insert()
        except DuplicateKeyError:
            raise PasskeyKnown from None

    async def note(self, *, sign_count: int, backed_up: bool, day: datetime) -> bool:
        """What an assertion told, if nobody told anything since this was read."""
        changed = await Passkey.get_pymongo_collection().update_one(
            {"_id": self.id, "sign_count": self.sign_count},
            {"$set": {"sign_count": sign_count, "backed_up": backed_up, "used_at": day}},
        )
        return changed.matched_count == 1


class ConsoleSession(Document):
    """`id` is the digest of what the cookie holds, so that this record opens nothing."""

    id: str  # type: ignore[assignment]
    account: str
    way: Way
    epoch: int
    """The account's, when it was opened: signing out everywhere counts that on."""
    key: str | None = None
    """Of a session opened by an API key: which key. A new key ends it."""
    opened_at: datetime
    until: datetime

    class Settings:
        name = "console_sessions"
        indexes: ClassVar = ["account", "until"]

    @classmethod
    async def of(cls, account: str) -> "list[ConsoleSession]":
        return await cls.find({"account": account}).sort("-opened_at").to_list()


class SignInLink(Document):
    """`id` is the digest of the link's secret; one for an account at a time."""

    id: str  # type: ignore[assignment]
    account: str
    organisation: str
    expires_at: datetime
    used_at: datetime | None = None

    class Settings:
        name = "sign_in_links"
        indexes: ClassVar = ["account", "expires_at"]

    @classmethod
    async def find_open(cls, digest: str, now: datetime) -> "SignInLink":
        """Raises LinkOver: there is none, or it is over. Which of these is told to nobody."""
        found = await cls.get(digest)
        if found is None or found.used_at is not None or found.expires_at <= now:
            raise LinkOver
        return found

    @classmethod
    async def use(cls, digest: str, now: datetime) -> None:
        """Use it up, as the only one who does; raises LinkOver."""
        used = await cls.get_pymongo_collection().find_one_and_update(
            {"_id": digest, "used_at": None, "expires_at": {"$gt": now}},
            {"$set": {"used_at": now}},
            return_document=ReturnDocument.AFTER,
        )
        if used is None:
            raise LinkOver
