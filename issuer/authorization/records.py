"""One permission from request to code: pushed → open → proved → granted → redeemed; or refused, or void.

Every step is one document, found with the stage that it expects; of many at once one gets through.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self

from beanie import Document
from pymongo import ReturnDocument


class Stage(StrEnum):
    PUSHED = "pushed"
    """The client pushed it, nobody came yet (RFC 9126)."""
    OPEN = "open"
    """Somebody is at our page and proved nothing yet."""
    PROVED = "proved"
    """They proved a mailbox or a code, and are asked for permission."""
    GRANTED = "granted"
    """They agreed, and a code went to the client."""
    REDEEMED = "redeemed"
    """The code was exchanged, once."""
    REFUSED = "refused"


class Proof(StrEnum):
    MAILBOX = "mailbox"
    PICKUP_CODE = "pickup-code"


class Authorization(Document):
    id: str  # type: ignore[assignment]
    organisation: str
    stage: Stage
    client_id: str
    wallet_name: str | None = None
    """As its provider attests it."""
    provider: str | None = None
    client_jkt: str | None = None
    """The attested key of the wallet's instance: the code and its tokens are for the same one."""
    redirect_uri: str
    code_challenge: str
    state: str | None = None
    wanted: list[str] = []  # noqa: RUF012  # pydantic copies it
    """Credential configurations that were asked for; none means whatever the learner chooses."""
    by_details: bool = False
    """Whether they were asked for with authorization details, which are then granted with identifiers."""
    scope: list[str] = []  # noqa: RUF012
    offer: str | None = None
    """The one that the `issuer_state` names."""
    dpop_jkt: str | None = None
    created_at: datetime
    expires_at: datetime
    browser: bytes | None = None
    """Digest of the secret in the cookie of whoever came: nobody else's browser goes on with it."""
    mailbox: bytes | None = None
    mail_code: bytes | None = None
    mail_code_until: datetime | None = None
    tries_left: int = 0
    codes: int = 0
    proof: Proof | None = None
    chosen: list[str] = []  # noqa: RUF012
    """Offers that the learner gives this wallet."""
    code: bytes | None = None
    """Digest of the authorization code."""
    code_until: datetime | None = None
    grant: str | None = None
    """What came of the code."""

    class Settings:
        name = "authorizations"
        indexes: ClassVar = ["expires_at"]

    async def change(
        self, expected: Stage, values: dict[str, Any], *, where: dict[str, Any] | None = None
    ) -> Self | None:
        """Change it if it is at that stage still; None where somebody was first."""
        found = await self.get_pymongo_collection().find_one_and_update(
            {"_id": self.id, "stage": expected.value, **(where or {})},
            {"$set": values},
            return_document=ReturnDocument.AFTER,
        )
        return None if found is None else self.model_validate({**found, "id": found["_id"]})

    async def take_try(self, now: datetime) -> bytes | None:
        """Use up a try of the code from the mail; its digest, or None where there is no try or no code."""
        found = await self.get_pymongo_collection().find_one_and_update(
            {
                "_id": self.id,
                "stage": Stage.OPEN.value,
                "tries_left": {"$gt": 0},
                "mail_code_until": {"$gt": now},
            },
            {"$inc": {"tries_left": -1}},
            projection={"mail_code": 1},
        )
        code = None if found is None else found["mail_code"]
        return None if code is None else bytes(code)

    @classmethod
    async def forget_before(cls, moment: datetime, *stages: Stage) -> None:
        """Sweep those that ended before `moment` at one of these stages."""
        for stage in stages:
            await cls.find({"stage": stage.value, "expires_at": {"$lt": moment}}).delete()
