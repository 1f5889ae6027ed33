"""What an organisation lets the service do by itself: whom it invites, and for how long it keeps files.

An entry is a domain (everybody who has an address there) or one address. Whoever lists a whole domain lets a
worker name any colleague; a list of supervisors' addresses is narrower. Without entries nobody is invited
before the coordinator looked.
"""

from datetime import datetime

from beanie import Document
from pydantic import Field

from issuer.audit.records import AuditEvent
from issuer.confirmations.errors import MalformedAllowance
from issuer.confirmations.limits import CONFIRMATION
from issuer.mail.address import Address, is_domain, parse_address
from issuer.mail.errors import MalformedAddress
from issuer.organisations.records import Account
from issuer.service import Service


class ConfirmationPolicy(Document):
    """`id` is the organisation."""

    id: str  # type: ignore[assignment]
    allowed: list[str] = Field(default_factory=list)
    retention: int = CONFIRMATION.retention
    changed_at: datetime | None = None

    class Settings:
        name = "confirmation_policies"

    @classmethod
    async def of(cls, slug: str) -> "ConfirmationPolicy":
        return await cls.get(slug) or cls(id=slug)

    def allows(self, address: Address) -> bool:
        return address.domain in self.allowed or str(address).lower() in self.allowed


async def change_policy(
    service: Service, actor: Account, allowed: list[str], retention: int
) -> ConfirmationPolicy:
    """Raises MalformedAllowance."""
    entries = list(dict.fromkeys(_entry(line) for line in allowed))
    if len(entries) > CONFIRMATION.allowed or not 1 <= retention <= CONFIRMATION.retention:
        raise MalformedAllowance
    now = service.clock()
    made = ConfirmationPolicy(id=actor.organisation, allowed=entries, retention=retention, changed_at=now)
    await AuditEvent.of(actor.organisation, now, actor.id, "confirmation.policy", actor.organisation).write()
    await made.save()
    return made


def _entry(line: str) -> str:
    text = line.strip().lower().removeprefix("@")
    if is_domain(text):
        return text
    try:
        return str(parse_address(text))
    except MalformedAddress:
        raise MalformedAllowance from None
