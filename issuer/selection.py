"""A part of an organisation's records, page by page in the order of their ids, which never changes."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

from beanie import Document
from fastapi import Depends, Query

from passport.clock import parse_datetime

Record = TypeVar("Record", bound=Document)
_PAGE = 200
ORIGINALS: Mapping[str, Any] = {"copy_of": {"$eq": None}}
"""Credentials that are no copy of another. Without `$eq` the embedded store finds nothing beside a range."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which of them: of one achievement, of one batch, since a moment."""

    achievement: str | None = None
    batch: str | None = None
    since: datetime | None = None

    def filter(self, slug: str, moment: str) -> dict[str, Any]:
        """`moment` is the member that says when a record was made."""
        found: dict[str, Any] = {"organisation": slug}
        found |= {
            name: value for name in ("achievement", "batch") if (value := getattr(self, name)) is not None
        }
        if self.since is not None:
            found[moment] = {"$gte": self.since}
        return found


async def page(kind: type[Record], asked: dict[str, Any], before: str | None, most: int) -> list[Record]:
    """Those with smaller ids than `before`, the largest first."""
    if before is not None:
        asked = asked | {"_id": {"$lt": before}}
    return await kind.find(asked).sort("-_id").limit(most).to_list()


async def pages(kind: type[Record], asked: dict[str, Any]) -> AsyncIterator[list[Record]]:
    """All of them, some hundred at a time."""
    last: str | None = None
    while found := await page(kind, asked, last, _PAGE):
        yield found
        last = str(found[-1].id)


def selection(
    achievement: Annotated[str | None, Query(max_length=64, description="Only of this achievement.")] = None,
    batch: Annotated[str | None, Query(max_length=64, description="Only of this batch.")] = None,
    since: Annotated[
        str | None,
        Query(max_length=40, description="Only those made since then.", examples=["2026-09-01T00:00:00Z"]),
    ] = None,
) -> Selection:
    """Raises MalformedDateTime."""
    return Selection(achievement, batch, None if since is None else parse_datetime(since))


Selected = Annotated[Selection, Depends(selection)]
