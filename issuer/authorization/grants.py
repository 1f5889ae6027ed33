"""What a client was granted: some offers, by access tokens of minutes and refresh tokens that rotate.

A grant is one document, so a rotation is one change. A refresh token is the grant's id, its number and a
seal: every one that we ever made is known for ours, and one that was used before ends the grant (RFC 9700,
section 4.14.2).
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any, ClassVar

from beanie import Document

from issuer.secrets import MasterSecret
from passport.encoding import base64url_encode
from passport.errors.oauth import InvalidAccessToken, InvalidGrant

_LONGEST_NUMBER = 9


class AccessGrant(Document):
    id: str  # type: ignore[assignment]
    organisation: str
    offers: list[str]
    client_id: str | None = None
    client_jkt: str | None = None
    """The attested key of the wallet's instance."""
    jkt: str | None = None
    """The key that its tokens are bound to; None means that whoever has a token may use it."""
    scope: list[str] = []  # noqa: RUF012  # pydantic copies it
    learner: bytes | None = None
    """The digest of the mailbox that was proved."""
    token: bytes
    """Digest of the one access token that is good."""
    token_until: datetime
    number: int = 0
    """Of the one refresh token that is good."""
    refresh_until: datetime | None = None
    """None: there are no refresh tokens."""
    ended_at: datetime | None = None
    created_at: datetime

    class Settings:
        name = "access_grants"
        indexes: ClassVar = ["token_until", "learner"]

    @property
    def binding(self) -> bytes:
        """What stands on its offers, whichever token is good at the moment."""
        return digest(self.id)

    @property
    def expires(self) -> datetime:
        return max(self.token_until, self.refresh_until or self.token_until)

    async def rotate(self, *, token: bytes, token_until: datetime, refresh_until: datetime) -> bool:
        """Take the next tokens for the good ones, unless somebody did with the same refresh token."""
        changed = await AccessGrant.get_pymongo_collection().update_one(
            {"_id": self.id, "number": self.number, "ended_at": None},
            {
                "$set": {"token": token, "token_until": token_until, "refresh_until": refresh_until},
                "$inc": {"number": 1},
            },
        )
        return changed.matched_count == 1

    @classmethod
    async def end(cls, grant_id: str, now: datetime) -> None:
        """End a grant with all its tokens, for good."""
        await cls.get_pymongo_collection().update_one(
            {"_id": grant_id, "ended_at": None}, {"$set": {"ended_at": now}}
        )

    @classmethod
    async def forget_before(cls, moment: datetime) -> None:
        """Sweep what gives no tokens any more."""
        past: dict[str, Any] = {"token_until": {"$lt": moment}}
        await cls.find({**past, "refresh_until": None}).delete()
        await cls.find({**past, "refresh_until": {"$lt": moment}}).delete()


def new_grant_id() -> str:
    return secrets.token_hex(16)


def new_access_token(grant_id: str) -> tuple[str, bytes]:
    """An access token and the digest that is stored."""
    token = f"{grant_id}.{secrets.token_urlsafe(32)}"
    return token, digest(token)


def grant_of_token(token: str) -> str:
    """The id of the grant that a token says it is of; raises InvalidAccessToken."""
    grant_id, _, secret = token.partition(".")
    if not secret or not grant_id.isalnum() or not token.isascii():
        raise InvalidAccessToken
    return grant_id


def refresh_token(master: MasterSecret, slug: str, grant_id: str, number: int) -> str:
    """The refresh token of a grant with a number, the same whenever it is made."""
    return f"{grant_id}.{number}.{_seal(master, slug, grant_id, number)}"


def read_refresh_token(master: MasterSecret, slug: str, token: str) -> tuple[str, int]:
    """The grant's id and the token's number; raises InvalidGrant where we did not make it."""
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii() or not parts[1].isdigit():  # noqa: PLR2004
        raise InvalidGrant
    if len(parts[1]) > _LONGEST_NUMBER:
        raise InvalidGrant
    number = int(parts[1])
    if not hmac.compare_digest(token, refresh_token(master, slug, parts[0], number)):
        raise InvalidGrant
    return parts[0], number


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _seal(master: MasterSecret, slug: str, grant_id: str, number: int) -> str:
    return base64url_encode(master.code("refresh_token", slug, grant_id, str(number)))
