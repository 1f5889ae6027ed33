"""Make a stacked achievement: the achievement is published first, then the rule under its id."""

import hashlib
from typing import Annotated

from pydantic import Field

from issuer.achievements.manage import create_achievement
from issuer.achievements.records import AchievementRecord
from issuer.achievements.requests import Iri, Name, NewAchievement
from issuer.errors import IdempotencyKeyReused
from issuer.identifiers import request_digest
from issuer.limits import STACK
from issuer.organisations.records import Account, Organisation
from issuer.service import Service
from issuer.stacking.errors import StackRuleWrong
from issuer.stacking.records import Part, StackRule
from passport.dids import check_did
from passport.json import JsonObject, canonicalize
from passport.web import Body


class NewPart(Body):
    """A part: an achievement of ours by its id, or anybody's by its address with the issuers that count."""

    achievement: Iri
    name: Name | None = None
    issuers: Annotated[list[Iri], Field(max_length=STACK.issuers)] | None = None


class NewStack(Body):
    """`least` of the parts are needed; all of them where it is left out."""

    achievement: NewAchievement
    parts: Annotated[list[NewPart], Field(max_length=STACK.parts)]
    least: int | None = None


async def create_stack(
    service: Service, actor: Account, new: NewStack, idempotency_key: str | None
) -> tuple[AchievementRecord, StackRule]:
    """Publish an achievement that is stacked from parts.

    Raises:
        StackRuleWrong, UnknownAchievement
        Invalid: it would not be a readable Achievement, or an issuer is no DID.
        IdempotencyKeyReused
    """
    organisation = await Organisation.find_or_fail(actor.organisation)
    parts = [await _part(service, organisation, each) for each in new.parts]
    least = len(parts) if new.least is None else new.least
    different = {part.achievement for part in parts}
    if len(different) != len(parts) or not STACK.least <= least <= len(parts):
        raise StackRuleWrong
    written: list[JsonObject] = [part.model_dump() for part in parts]
    key = None if idempotency_key is None else _key(idempotency_key, written, least)
    achievement = await create_achievement(service, actor, new.achievement, key)
    rule = StackRule(
        id=achievement.id,
        organisation=organisation.id,
        parts=parts,
        least=least,
        account=actor.id,
        request=request_digest("stack", written, least),
        created_at=service.clock(),
    )
    recorded = await rule.record()
    if recorded.request != rule.request:
        raise IdempotencyKeyReused
    return achievement, recorded


async def _part(service: Service, organisation: Organisation, new: NewPart) -> Part:
    if "/" not in new.achievement and ":" not in new.achievement:
        own = await AchievementRecord.find_or_fail(organisation.id, new.achievement)
        address = service.addresses.achievement(organisation.id, own.id)
        return Part(achievement=address, name=new.name or own.name, issuers=[organisation.did])
    if not new.issuers:
        raise StackRuleWrong  # anybody may write somebody else's achievement into a badge
    return Part(
        achievement=new.achievement,
        name=new.name or new.achievement,
        issuers=[check_did(each) for each in dict.fromkeys(new.issuers)],
    )


def _key(idempotency_key: str, parts: list[JsonObject], least: int) -> str:
    """Of the request with its parts: the same achievement over other parts is another."""
    digest = hashlib.sha256(canonicalize([idempotency_key, parts, least])).hexdigest()
    return f"stack {digest}"
