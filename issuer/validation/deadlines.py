"""When each phase should be done, and whether it is late."""

from datetime import datetime, timedelta

from issuer.validation.phases import Phase
from issuer.validation.records import Case, CaseState, Outcome, ValidationSettings

NOT_YET = frozenset({Outcome.NOT_RECOGNISED, Outcome.NOT_ASSESSED})
"""Outcomes of an assessment that the holder may appeal."""
EXPIRY_NOTICE = timedelta(days=90)
"""Before the end of a credential; the worker and the coordinator hear of it, and may renew."""


def due(settings: ValidationSettings, phase: Phase, now: datetime) -> datetime | None:
    """The date of a phase that begins now; None for aftercare."""
    days = settings.days.get(phase)
    return None if days is None else now + timedelta(days=days)


def overdue(case: Case, now: datetime) -> bool:
    return case.state is CaseState.OPEN and case.due_at is not None and case.due_at < now


def appeal_until(case: Case, settings: ValidationSettings) -> datetime | None:
    """Until when the decision may be appealed; None where nothing was decided, or it was appealed before."""
    if case.decided_at is None or case.round > 0:
        return None
    if not any(each.outcome in NOT_YET for each in case.skills):
        return None
    return case.decided_at + timedelta(days=settings.appeal_days)


def final(case: Case, settings: ValidationSettings, now: datetime) -> bool:
    """Closed, and no appeal may come any more."""
    until = appeal_until(case, settings)
    return case.state is CaseState.CLOSED and case.pending is None and (until is None or until < now)


def files_until(case: Case, settings: ValidationSettings) -> datetime | None:
    """Until when files are kept after a decision; None while there is none."""
    if case.state is not CaseState.CLOSED or case.decided_at is None:
        return None
    return (appeal_until(case, settings) or case.decided_at) + timedelta(days=settings.file_days)
