"""The list of cases that somebody may see: overdue first, with a count for each phase."""

from dataclasses import dataclass

from issuer.service import Service
from issuer.validation.deadlines import overdue as is_overdue
from issuer.validation.limits import CASE
from issuer.validation.phases import CaseRole, Phase
from issuer.validation.records import Case, CaseState
from issuer.validation.staff import Member

_CLOSED = 100
_OWN = frozenset({CaseRole.ADVISER, CaseRole.ASSESSOR})


@dataclass(frozen=True, slots=True)
class Listing:
    cases: list[Case]
    counts: dict[str, int]
    """Of all that this person may see, by phase."""
    overdue: int


async def listing(
    service: Service, member: Member, *, phase: Phase | None, mine: bool, overdue: bool
) -> Listing:
    """Open cases by their due dates, so that the overdue ones come first; then the newest closed ones."""
    slug, now = member.account.organisation, service.clock()
    found = await Case.of_state(slug, CaseState.OPEN, CASE.open_cases)
    found += await Case.of_state(slug, CaseState.CLOSED, _CLOSED)
    seen = [each for each in found if member.roles_in(each)]
    counts = {each.value: sum(case.phase is each for case in seen) for each in Phase}
    late = sum(is_overdue(each, now) for each in seen)
    shown = [
        each
        for each in seen
        if (phase is None or each.phase is phase)
        and (not mine or member.roles_in(each) & _OWN)
        and (not overdue or is_overdue(each, now))
    ]
    return Listing(shown, counts, late)
