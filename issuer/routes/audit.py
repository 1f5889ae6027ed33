"""The audit log, newest first."""

from typing import Annotated

from fastapi import APIRouter, Query

from issuer.audit.records import AuditEvent
from issuer.limits import PAGE
from issuer.routes.access import Reader
from issuer.routes.answers import AuditPage
from passport.json import JsonObject

router = APIRouter(prefix="/api", tags=["audit"])


@router.get("/audit", response_model=AuditPage)
async def index(
    account: Reader,
    before: Annotated[str | None, Query(max_length=256, description="Page on from this id.")] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
) -> JsonObject:
    """Who did what to what, and when. Page on with `before` until `next` is null."""
    events = await AuditEvent.page(account.organisation, before, limit)
    return {
        "events": [
            {
                "id": event.id,
                "at": event.at.isoformat(),
                "account": event.account,
                "action": event.action,
                "object": event.object,
            }
            for event in events
        ],
        "next": events[-1].id if len(events) == limit else None,
    }
