"""Licences and certificates that have to be renewed: until when they hold, and from when to think of it.

All of it is computed here, on the person's own device; no register is asked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from passport.answers import Answer
from wallet.core import limits
from wallet.core.plain_text import plain_name
from wallet.core.shelf import Kept, kept
from wallet.core.wallet import Wallet

LICENCE_TYPES = frozenset({"License", "Certification"})
"""`achievementType` (Open Badges 3.0, B.2.1) of what a register keeps."""
_SOON = timedelta(days=limits.RENEW_BEFORE_DAYS)


class RenewalState(StrEnum):
    IN_FORCE = "in-force"
    RENEW_SOON = "renew-soon"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """Revoked or suspended: its issuer says why."""
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Licence:
    """One licence. `duty` is what its issuer asks for keeping it, in the issuer's words."""

    id: str
    name: str
    issuer: str
    number: str | None
    valid_until: datetime | None
    days_left: int | None
    state: RenewalState
    duty: str | None


def licences(wallet: Wallet) -> tuple[Licence, ...]:
    """Every genuine licence, those that need the person in front; of a renewed one the newest."""
    found = [each for one in kept(wallet) if (each := licence_of(one, wallet.now())) is not None]
    newest: dict[tuple[str, ...], Licence] = {}
    for each in found:
        key = (each.id,) if each.number is None else (each.issuer, each.number, each.name)
        known = newest.get(key)
        if known is None or _end(known) < _end(each):
            newest[key] = each
    return tuple(sorted(newest.values(), key=lambda each: (_ORDER.index(each.state), _end(each), each.id)))


def to_renew(wallet: Wallet) -> tuple[Licence, ...]:
    """Licences that end soon or have ended: what the person should hear of without asking."""
    return tuple(each for each in licences(wallet) if each.state in _URGENT)


def licence_of(one: Kept, now: datetime) -> Licence | None:
    """The licence that a credential is, or None."""
    if one.verified is None:
        return None
    credential = one.verified.credential
    subject, achievement = credential.subject, credential.subject.achievement
    if subject.license_number is None and achievement.achievement_type not in LICENCE_TYPES:
        return None
    until = credential.valid_until
    return Licence(
        id=one.id,
        name=plain_name(achievement.name),
        issuer=plain_name(credential.issuer.name or credential.issuer.id),
        number=None if subject.license_number is None else plain_name(subject.license_number),
        valid_until=until,
        days_left=None if until is None else max(0, (until - now).days),
        state=_state(one, until, now),
        duty=achievement.criteria_narrative,
    )


def _state(one: Kept, until: datetime | None, now: datetime) -> RenewalState:
    if until is not None and until <= now:
        return RenewalState.EXPIRED
    if one.answer is Answer.NO:
        return RenewalState.WITHDRAWN
    if one.answer is Answer.CANNOT_TELL:
        return RenewalState.CANNOT_TELL
    if until is not None and until - now <= _SOON:
        return RenewalState.RENEW_SOON
    return RenewalState.IN_FORCE


_URGENT = frozenset({RenewalState.RENEW_SOON, RenewalState.EXPIRED})
_ORDER = (
    RenewalState.RENEW_SOON,
    RenewalState.EXPIRED,
    RenewalState.WITHDRAWN,
    RenewalState.CANNOT_TELL,
    RenewalState.IN_FORCE,
)


def _end(licence: Licence) -> float:
    return float("inf") if licence.valid_until is None else licence.valid_until.timestamp()
