"""Offers: open → redeemed (an access token was given) → issued → what the wallet says became of it.

open → redeemed → issued → accepted → deleted
↓ failed, deleted, or no word at all: handed over again → open
void: too many wrong transaction codes. withdrawn: by the organisation.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from beanie import Document
from pydantic import Field
from pymongo import ReturnDocument
from pymongo.errors import BulkWriteError

from issuer.errors import UnknownOffer
from issuer.issuance.forms import FORMS, IssuedForm
from passport.storage.first import first_of

_DUPLICATE = 11_000


class OfferState(StrEnum):
    OPEN = "open"
    REDEEMED = "redeemed"
    """One access token was given. It lapses unused after its lifetime, and a fresh code may follow."""
    ISSUED = "issued"
    """Handed over; the wallet did not say yet that it kept it."""
    ACCEPTED = "accepted"
    """The wallet verified and kept it (OpenID4VCI 1.0, section 11)."""
    FAILED = "failed"
    """The wallet could not keep it."""
    DELETED = "deleted"
    """The person did not want it."""
    VOID = "void"
    """Too many wrong transaction codes."""
    WITHDRAWN = "withdrawn"


class OfferGrant(StrEnum):
    """How a wallet may get at it (OpenID4VCI 1.0, section 3.4)."""

    PRE_AUTHORIZED = "pre-authorized_code"
    """Whoever has the offer, and the transaction code where there is one."""
    AUTHORIZATION = "authorization_code"
    """The learner gives permission on our page, and proves who they are."""


HANDED_OVER = (OfferState.ISSUED, OfferState.ACCEPTED, OfferState.FAILED, OfferState.DELETED)
"""The credential left; the access token may fetch it again while it lives."""
_FROM = {
    OfferState.ACCEPTED: (OfferState.ISSUED, OfferState.FAILED),
    OfferState.FAILED: (OfferState.ISSUED,),
    OfferState.DELETED: (OfferState.ISSUED, OfferState.ACCEPTED, OfferState.FAILED),
}
"""What a wallet may say after what. That one form of several failed takes nothing back of what is kept."""


class Offer(Document):
    id: str  # type: ignore[assignment]
    organisation: str
    achievement: str
    claims: bytes | dict[str, Any]
    """What the credential will say, sealed: see issuer.offers.sealed. Of before that: as it is."""
    subject: str | None = None
    """The only holder that may take it, where that is known."""
    state: OfferState = OfferState.OPEN
    tx_code: bool = False
    tries_left: int
    grants: list[OfferGrant] = Field(default_factory=lambda: [OfferGrant.PRE_AUTHORIZED])
    learner: bytes | None = None
    """The digest of the mailbox of the one whom it is for, where the school wrote one."""
    learner_sealed: bytes | None = None
    """The address itself, see issuer.learners.mailbox."""
    token_digest: bytes | None = None
    """Which grant it went to: the digest of the grant's id."""
    token_expires_at: datetime | None = None
    forms: list[IssuedForm] = Field(default_factory=lambda: list(FORMS))
    """In which forms it may be fetched."""
    held: bool = False
    """May be claimed and is not given before it is released (OpenID4VCI 1.0, section 9)."""
    released_at: datetime | None = None
    holders: list[str] | None = None
    """Of a held one: whose keys were proved first. It is for nobody else, however long it takes."""
    round: int = 0
    """Raised when it is handed over again after its credential was revoked: then another one is issued."""
    batch: str | None = None
    request: str
    account: str
    created_at: datetime
    expires_at: datetime

    class Settings:
        name = "offers"
        indexes: ClassVar = ["organisation", "learner"]

    @property
    def waiting(self) -> bool:
        """Whether it is held back still."""
        return self.held and self.released_at is None

    @classmethod
    async def find_or_fail(cls, slug: str, offer_id: str) -> "Offer":
        found = await cls.get(offer_id)
        if found is None or found.organisation != slug:
            raise UnknownOffer
        return found

    async def record(self) -> "Offer":
        """Write it, or return the one that was first."""
        return await first_of(self)

    @classmethod
    async def record_many(cls, offers: Sequence["Offer"]) -> None:
        documents = [{"_id": item.id, **item.model_dump(exclude={"id", "revision_id"})} for item in offers]
        try:
            await cls.get_pymongo_collection().insert_many(documents, ordered=False)
        except BulkWriteError as error:
            if any(item["code"] != _DUPLICATE for item in error.details["writeErrors"]):
                raise

    @classmethod
    async def among(cls, ids: Sequence[str]) -> dict[str, "Offer"]:
        found = await cls.find({"_id": {"$in": list(ids)}}).to_list()
        return {item.id: item for item in found}

    @classmethod
    async def take_try(cls, offer_id: str, now: datetime) -> int | None:
        """Use up one try of the transaction code; what is left, or None when there was none."""
        for expected in _redeemable(offer_id, now):
            found = await cls.get_pymongo_collection().find_one_and_update(
                {**expected, "tries_left": {"$gt": 0}},
                {"$inc": {"tries_left": -1}},
                projection={"tries_left": 1},
                return_document=ReturnDocument.AFTER,
            )
            if found is not None:
                return int(found["tries_left"])
        return None

    @classmethod
    async def void(cls, offer_id: str) -> None:
        await cls.get_pymongo_collection().update_one(
            {"_id": offer_id, "state": OfferState.OPEN.value, "tries_left": 0},
            {"$set": {"state": OfferState.VOID.value}},
        )

    @classmethod
    async def redeem(cls, offer_id: str, token_digest: bytes, now: datetime, until: datetime) -> bool:
        """Give the one access token; of many at once one gets True."""
        given = {
            "state": OfferState.REDEEMED.value,
            "token_digest": token_digest,
            "token_expires_at": until,
        }
        for expected in _redeemable(offer_id, now):
            changed = await cls.get_pymongo_collection().update_one(expected, {"$set": given})
            if changed.matched_count == 1:
                return True
        return False

    @classmethod
    async def prolong(cls, offer_ids: Sequence[str], token_digest: bytes, until: datetime) -> None:
        """Another access token of the same grant lives until then."""
        for offer_id in offer_ids:
            await cls.get_pymongo_collection().update_one(
                {"_id": offer_id, "token_digest": token_digest}, {"$set": {"token_expires_at": until}}
            )

    @classmethod
    async def of_learner(cls, slug: str, mailbox: bytes, most: int) -> list["Offer"]:
        """A learner's offers that may be open still, the newest first."""
        found = {
            "learner": mailbox,
            "organisation": slug,
            "state": {"$in": [OfferState.OPEN.value, OfferState.REDEEMED.value]},
        }
        return await cls.find(found).sort("-created_at").limit(most).to_list()

    @classmethod
    async def hold(cls, offer_id: str, token_digest: bytes, holders: Sequence[str]) -> "Offer":
        """Settle for whose keys it is, if nobody did before; how it stands after that."""
        await cls.get_pymongo_collection().update_one(
            {"_id": offer_id, "token_digest": token_digest, "holders": None},
            {"$set": {"holders": list(holders)}},
        )
        found = await cls.get(offer_id)
        assert found is not None
        return found

    @classmethod
    async def release(cls, slug: str, offer_id: str, now: datetime) -> bool:
        """Let go of it; False when it was not held, or is over."""
        changed = await cls.get_pymongo_collection().update_one(
            {
                "_id": offer_id,
                "organisation": slug,
                "held": True,
                "released_at": None,
                "state": {"$in": [OfferState.OPEN.value, OfferState.REDEEMED.value]},
            },
            {"$set": {"released_at": now}},
        )
        return changed.matched_count == 1

    @classmethod
    async def mark_issued(cls, offer_id: str, token_digest: bytes) -> bool:
        """Whether it is handed over with this token: not where it was withdrawn or opened again meanwhile."""
        changed = await cls.get_pymongo_collection().update_one(
            {"_id": offer_id, "state": OfferState.REDEEMED.value, "token_digest": token_digest},
            {"$set": {"state": OfferState.ISSUED.value}},
        )
        if changed.matched_count == 1:
            return True
        found = await cls.get(offer_id)
        return found is not None and found.token_digest == token_digest and found.state in HANDED_OVER

    @classmethod
    async def note(cls, offer_id: str, token_digest: bytes, state: OfferState) -> bool:
        """Keep what the wallet says became of it; the same again, or what came too late, changes nothing."""
        changed = await cls.get_pymongo_collection().update_one(
            {
                "_id": offer_id,
                "token_digest": token_digest,
                "state": {"$in": [before.value for before in _FROM[state]]},
            },
            {"$set": {"state": state.value}},
        )
        return changed.matched_count == 1

    async def open_again(self, *, another: bool, tries: int, until: datetime) -> bool:
        """Open it once more, if nothing changed since it was read; its old token opens nothing any more."""
        changed = await Offer.get_pymongo_collection().update_one(
            {"_id": self.id, "state": self.state.value, "token_digest": self.token_digest},
            {
                "$set": {
                    "state": OfferState.OPEN.value,
                    "round": self.round + 1 if another else self.round,
                    "tries_left": tries,
                    "token_digest": None,
                    "token_expires_at": None,
                    "expires_at": until,
                    "holders": None if another else self.holders,
                }
            },
        )
        return changed.matched_count == 1

    @classmethod
    async def withdraw(cls, slug: str, offer_id: str) -> bool:
        changed = await cls.get_pymongo_collection().update_one(
            {
                "_id": offer_id,
                "organisation": slug,
                "state": {"$in": [OfferState.OPEN.value, OfferState.REDEEMED.value, OfferState.VOID.value]},
            },
            {"$set": {"state": OfferState.WITHDRAWN.value}},
        )
        return changed.matched_count == 1

    @classmethod
    async def page(cls, slug: str, most: int) -> list["Offer"]:
        return await cls.find({"organisation": slug}).sort("-created_at").limit(most).to_list()


def _redeemable(offer_id: str, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Open; or redeemed with an access token that lapsed unused, since its reply never arrived.

    Two filters and no $or: the embedded store can update another document than an $or finds.
    """
    alive = {"_id": offer_id, "expires_at": {"$gt": now}}
    return (
        {**alive, "state": OfferState.OPEN.value},
        {**alive, "state": OfferState.REDEEMED.value, "token_expires_at": {"$lte": now}},
    )
