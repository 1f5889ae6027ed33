"""Issuances: one record for each credential, written before it is signed.

What a credential says is sealed, see issuer.issuance.sealed. Who it is for and where it stands in the status
lists is not: that is what the service finds it by.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from beanie import Document
from pydantic import BaseModel, Field
from pymongo import UpdateOne
from pymongo.errors import BulkWriteError

from issuer.errors import UnknownCredential
from passport.storage.first import first_of

_DUPLICATE = 11_000
_NUMBER = re.compile(r"[0-9a-f]{32}")


class SignedForm(BaseModel):
    """The bytes of one form, as they are delivered, under their seal."""

    source: bytes
    key: str
    signed_at: datetime


class Copy(BaseModel):
    """What sets a copy apart from its first: the same award, for another key of the same wallet."""

    id: str
    subject: str
    status_index: int


class Issuance(Document):
    """A recorded credential; `credential` is there once it is signed, and never changes after that."""

    id: str  # type: ignore[assignment]
    """Made from what asked for it (an offer, a row, an Idempotency-Key): asked twice, it is the same."""
    organisation: str
    achievement: str
    subject: str
    status_index: int
    suspendable: bool
    copies: list[Copy] = Field(default_factory=list)
    """Settled with the record, so that whoever withdraws it withdraws all of them, made or not made yet."""
    copy_of: str | None = None
    """The first, of a copy. Lists show the first alone."""
    license_number: str | None = None
    valid_until: datetime | None = None
    """As in the credential: what a register looks through for what has to be renewed."""
    evidence: list[str] = Field(default_factory=list)
    offer: str | None = None
    batch: str | None = None
    request: str
    account: str
    unsigned: bytes
    """The credential's JSON without its proof: the one source of all its forms. Sealed."""
    credential: bytes | None = None
    """The form that is always made, ldp_vc. Sealed."""
    forms: dict[str, SignedForm] = Field(default_factory=dict)
    """The others, as soon as somebody asked for one."""
    key: str | None = None
    recorded_at: datetime
    signed_at: datetime | None = None

    class Settings:
        name = "issuances"
        indexes: ClassVar = ["organisation"]

    @property
    def holders(self) -> list[str]:
        """Everybody whom it was made for, the first one first."""
        return [self.subject, *(copy.subject for copy in self.copies)]

    @property
    def status_indexes(self) -> list[int]:
        """Its own place and those of its copies."""
        return [self.status_index, *(copy.status_index for copy in self.copies)]

    @classmethod
    async def find_or_fail(cls, slug: str, issuance_id: str) -> "Issuance":
        found = await cls.get(issuance_id)
        if found is None or found.organisation != slug:
            raise UnknownCredential
        return found

    async def record(self) -> "Issuance":
        """Write it, or return the one that was first."""
        return await first_of(self)

    @classmethod
    async def record_many(cls, issuances: Sequence["Issuance"]) -> dict[str, "Issuance"]:
        """Write those that are not there yet; what is recorded is returned, whoever was first."""
        documents = [{"_id": item.id, **item.model_dump(exclude={"id", "revision_id"})} for item in issuances]
        try:
            await cls.get_pymongo_collection().insert_many(documents, ordered=False)
        except BulkWriteError as error:
            if any(item["code"] != _DUPLICATE for item in error.details["writeErrors"]):
                raise
            return await cls.among([item.id for item in issuances])
        return {item.id: item for item in issuances}

    async def keep_signed(self, credential: bytes, key: str, now: datetime) -> "Issuance":
        """Keep the signed form, or return the record with the one that was first."""
        changed = await Issuance.get_pymongo_collection().update_one(*self._signing(credential, key, now))
        if changed.matched_count == 1:
            self.credential, self.key, self.signed_at = credential, key, now
            return self
        found = await Issuance.get(self.id)
        assert found is not None
        return found

    async def keep_form(self, form: str, signed: SignedForm) -> "Issuance":
        """Keep one more form, or return the record with the one that was first."""
        changed = await Issuance.get_pymongo_collection().update_one(
            {"_id": self.id, f"forms.{form}": {"$exists": False}},
            {"$set": {f"forms.{form}": signed.model_dump()}},
        )
        if changed.matched_count == 1:
            self.forms[form] = signed
            return self
        found = await Issuance.get(self.id)
        assert found is not None
        return found

    @classmethod
    async def keep_signed_many(
        cls, signed: Sequence[tuple["Issuance", bytes]], key: str, now: datetime
    ) -> None:
        updates = [UpdateOne(*issuance._signing(credential, key, now)) for issuance, credential in signed]  # noqa: SLF001
        await cls.get_pymongo_collection().bulk_write(updates, ordered=False)

    def _signing(self, credential: bytes, key: str, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
        return (
            {"_id": self.id, "credential": None},
            {"$set": {"credential": credential, "key": key, "signed_at": now}},
        )

    @classmethod
    async def among(cls, ids: Sequence[str]) -> dict[str, "Issuance"]:
        found = await cls.find({"_id": {"$in": list(ids)}}).to_list()
        return {item.id: item for item in found}

    @classmethod
    async def count_signed(cls, slug: str, key: str) -> int:
        """How many credentials a key signed first; other forms of them are not counted again."""
        return await cls.find({"organisation": slug, "key": key}).count()

    @classmethod
    async def newest(
        cls, slug: str, most: int, *, skip: int = 0, achievement: str = "", by: str = ""
    ) -> list["Issuance"]:
        """Newest first; of an achievement, or with `by` as number, holder or place in a register."""
        firsts: dict[str, Any] = {"organisation": slug, "copy_of": None}
        if achievement:
            firsts["achievement"] = achievement
        if by:
            number = by.lower().removeprefix("urn:uuid:").replace("-", "")
            kind = (
                "_id"
                if _NUMBER.fullmatch(number)
                else "subject"
                if by.startswith("did:")
                else "license_number"
            )
            firsts[kind] = number if kind == "_id" else by
        return await cls.find(firsts).sort("-recorded_at").skip(skip).limit(most).to_list()
