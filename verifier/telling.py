"""What a verifier's webhooks tell, and how to see that it came about (docs/hr.md lists it)."""

from collections.abc import Mapping

from passport.webhooks import Event
from passport.webhooks.service import Holds
from verifier.records import Report

ANSWERED = "request.answered"


def answered(employer: str, request: str) -> Event:
    """A request got its report, which has the id of the request."""
    return Event(employer, ANSWERED, request, {"report": request})


async def _answered(request: str) -> bool:
    return await Report.get(request) is not None


CHANGES: Mapping[str, Holds] = {ANSWERED: _answered}
