"""Stacked achievements: made by an issuer's account, asked for by a holder's wallet without one."""

from typing import Annotated, Any

from fastapi import APIRouter, Response

from issuer.achievements.records import AchievementRecord
from issuer.limits import PAGE
from issuer.organisations.records import Organisation
from issuer.routes.access import IdempotencyKey, Issuer, Reader, ServiceOf
from issuer.stacking.make import NewStack, create_stack
from issuer.stacking.records import StackRule
from issuer.stacking.stack import stack
from passport import limits
from passport.json import JsonObject
from passport.web import Body, strict_body

router = APIRouter(tags=["stacking"])
_NO_STORE = {"Cache-Control": "no-store"}


class StackBody(Body):
    """A presentation by the holder: its challenge is a nonce of ours, its domain the organisation's DID."""

    presentation: dict[str, Any]


def rule_shown(service: ServiceOf, rule: StackRule, organisation: Organisation, name: str) -> JsonObject:
    """What a wallet needs to know before it shows anything."""
    return {
        "id": rule.id,
        "name": name,
        "url": f"{service.addresses.issuer(rule.organisation)}/stacks/{rule.id}",
        "achievement": service.addresses.achievement(rule.organisation, rule.id),
        "issuer": organisation.did,
        "least": rule.least,
        "parts": [part.model_dump() for part in rule.parts],
    }


@router.post("/api/stacks", status_code=201)
async def create(
    account: Issuer,
    body: Annotated[NewStack, strict_body(NewStack)],
    service: ServiceOf,
    idempotency_key: IdempotencyKey,
) -> JsonObject:
    """Publish an achievement that is given for parts: all of them, or `least` of them."""
    achievement, rule = await create_stack(service, account, body, idempotency_key)
    organisation = await Organisation.find_or_fail(account.organisation)
    return rule_shown(service, rule, organisation, achievement.name)


@router.get("/api/stacks")
async def index(account: Reader, service: ServiceOf) -> list[JsonObject]:
    """The newest hundred."""
    organisation = await Organisation.find_or_fail(account.organisation)
    found = []
    for rule in await StackRule.of_organisation(account.organisation, PAGE):
        achievement = await AchievementRecord.find_or_fail(account.organisation, rule.id)
        found.append(rule_shown(service, rule, organisation, achievement.name))
    return found


@router.get("/o/{slug}/stacks/{achievement_id}")
async def rule(slug: str, achievement_id: str, service: ServiceOf) -> JsonObject:
    """Which parts are needed, from whom."""
    organisation = await Organisation.find_or_fail(slug)
    found = await StackRule.find_or_fail(slug, achievement_id)
    achievement = await AchievementRecord.find_or_fail(slug, achievement_id)
    return rule_shown(service, found, organisation, achievement.name)


@router.post("/o/{slug}/stacks/{achievement_id}", status_code=201)
async def ask(
    slug: str,
    achievement_id: str,
    body: Annotated[StackBody, strict_body(StackBody, limits.PRESENTATION)],
    service: ServiceOf,
    response: Response,
) -> JsonObject:
    """Show the parts and get the offer of the stacked credential, for the holder's key alone."""
    made = await stack(service, slug, achievement_id, body.presentation)
    service.faults.reach("before-reply")
    response.headers.update(_NO_STORE)
    return {"id": made.offer.id, "offer": made.link, "parts": list(made.parts)}
