"""Files of a confirmation: records that the supervisor sends, and those of the claim.

Their bytes and names are sealed. They can be removed when the worker fetched them; their digests stay in what
was signed.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from beanie import Document

from issuer.confirmations.content import Sealed
from issuer.confirmations.errors import RecordGone, UnknownConfirmation
from issuer.confirmations.intake import TakenIn
from issuer.confirmations.records import Confirmation
from issuer.service import Service
from passport.encoding import check_digest_multibase, digest_multibase
from passport.json import JsonObject, dump


class Origin(StrEnum):
    SUPERVISOR = "supervisor"
    WORKER = "worker"


class ConfirmationFile(Document):
    """`id` is `<confirmation>/<number>`."""

    id: str  # type: ignore[assignment]
    confirmation: str
    number: int
    organisation: str
    origin: Origin
    evidence_id: str
    """What it is called in what is signed: its address here, or the claim's own name for it."""
    media_type: str
    kind: str
    size: int
    digest_multibase: str
    sealed: bytes | None
    about: bytes | None
    """Sealed: the name and, of a time sheet, the totals."""
    created_at: datetime

    class Settings:
        name = "confirmation_files"
        indexes: ClassVar = ["confirmation"]

    @classmethod
    async def of(cls, confirmation: str) -> list["ConfirmationFile"]:
        return await cls.find({"confirmation": confirmation}).sort("+number").to_list()

    @classmethod
    async def find_or_fail(cls, confirmation: str, number: int) -> "ConfirmationFile":
        found = await cls.get(f"{confirmation}/{number}")
        if found is None:
            raise UnknownConfirmation
        return found

    @classmethod
    async def forget(cls, confirmation: str) -> None:
        """Remove the bytes and names; that they were there stays."""
        await cls.get_pymongo_collection().update_many(
            {"confirmation": confirmation}, {"$set": {"sealed": None, "about": None}}
        )


def evidence_address(service: Service, confirmation: Confirmation, number: int) -> str:
    return service.addresses.confirmation_file(confirmation.organisation, confirmation.id, number)


async def keep_file(
    service: Service,
    confirmation: Confirmation,
    number: int,
    taken: TakenIn,
    *,
    origin: Origin,
    evidence_id: str | None = None,
) -> ConfirmationFile:
    """Seal and write a file under a number that was taken for it."""
    sealed = sealed_of(service, confirmation)
    file = ConfirmationFile(
        id=f"{confirmation.id}/{number}",
        confirmation=confirmation.id,
        number=number,
        organisation=confirmation.organisation,
        origin=origin,
        evidence_id=evidence_id or evidence_address(service, confirmation, number),
        media_type=taken.media_type,
        kind=taken.kind,
        size=len(taken.data),
        digest_multibase=digest_multibase(taken.data),
        sealed=sealed.seal(taken.data, f"file {number}"),
        about=sealed.seal(dump({"name": taken.name, **taken.summary}), f"about {number}"),
        created_at=service.clock(),
    )
    await file.insert()
    return file


def open_bytes(service: Service, file: ConfirmationFile) -> bytes:
    """Raises RecordGone; SealBroken or DigestMismatch when the store was changed."""
    if file.sealed is None:
        raise RecordGone
    sealed = Sealed(service.master, file.organisation, file.confirmation)
    data = sealed.open(file.sealed, f"file {file.number}")
    check_digest_multibase(data, file.digest_multibase)
    return data


def about(service: Service, file: ConfirmationFile) -> JsonObject:
    """The name, and the totals of a time sheet; nothing once the file was removed."""
    if file.about is None:
        return {}
    sealed = Sealed(service.master, file.organisation, file.confirmation)
    return sealed.open_json(file.about, f"about {file.number}")


def sealed_of(service: Service, confirmation: Confirmation) -> Sealed:
    return Sealed(service.master, confirmation.organisation, confirmation.id)


def shown_file(service: Service, file: ConfirmationFile) -> dict[str, Any]:
    """A file for a page."""
    return {
        "number": file.number,
        "kind": file.kind,
        "origin": file.origin.value,
        "size": file.size,
        "gone": file.sealed is None,
        "about": about(service, file),
    }
