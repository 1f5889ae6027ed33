"""The age of evidence: of the activity, never of the signature."""

from collections.abc import Iterable
from datetime import datetime

from passport.credentials import Credential, Endorsement


def evidence_date(credential: Credential, now: datetime) -> datetime | None:
    """When the skill was last shown: the end of the activity, its start, or the day of the award.

    A date in the future is no date. Signing again does not make evidence younger.
    """
    subject = credential.subject
    dates = (subject.activity_end, subject.activity_start, credential.awarded_date)
    return next((date for date in dates if date is not None and date <= now), None)


def endorsed_date(endorsement: Endorsement, claims: Iterable[Credential], now: datetime) -> datetime | None:
    """When what an endorsement confirms was last shown: the activity of the claim, or the day of endorsing.

    The earliest of these: nobody confirms what comes after. The day of the claim itself is no date of
    anything.
    """
    done = (
        next((date for date in (subject.activity_end, subject.activity_start) if date and date <= now), None)
        for subject in (claim.subject for claim in claims)
    )
    dates = [date for date in (*done, endorsement.awarded_date) if date is not None and date <= now]
    return min(dates, default=None)


def months_between(date: datetime, now: datetime) -> int:
    """Whole months from a date to now."""
    months = (now.year - date.year) * 12 + now.month - date.month
    return months if _shift(date, months) <= _place(now) else months - 1


def older_than(date: datetime, months: int, now: datetime) -> bool:
    """Whether more than so many months have passed; on the day itself they have not."""
    return _shift(date, months)[:3] < _place(now)[:3]


def _place(moment: datetime) -> tuple[int, ...]:
    return (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)


def _shift(date: datetime, months: int) -> tuple[int, ...]:
    """The date so many months later; the 31st of a short month compares after its last day."""
    years, month = divmod(date.month - 1 + months, 12)
    return (date.year + years, month + 1, *_place(date)[2:])
