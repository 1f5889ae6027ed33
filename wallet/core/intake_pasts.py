"""What somebody did: work and schooling with years, in the vault, each a record that can be forgotten."""

import json
from dataclasses import dataclass
from datetime import datetime

from matching.intake.limits import INTAKE
from matching.intake.past import SCHOOL_LEVELS, Past, PastKind
from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime, parse_datetime
from wallet.core.plain_text import plain_text
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_intake import (
    IntakeTextTooLong,
    PastSchoolLevel,
    PastWithoutOccupation,
    PastYears,
    TooManyPasts,
    UnknownPast,
)


@dataclass(frozen=True, slots=True)
class PastDraft:
    """What a person fills in; the years as they are typed."""

    kind: PastKind
    occupations: tuple[str, ...]
    since: str = ""
    until: str = ""
    title: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class KeptPast:
    past: Past
    at: datetime
    """When the person last said so."""


def keep_past(wallet: Wallet, draft: PastDraft, taxonomy: Taxonomy, *, record: str = "") -> Past:
    """Keep a job or school; `record` names one that this replaces.

    Raises:
        PastWithoutOccupation, PastYears, PastSchoolLevel, IntakeTextTooLong, TooManyPasts
        UnknownPast: `record` is not here.
    """
    here = wallet.vault.of_kind(Kind.PAST)
    if record and record not in here:
        raise UnknownPast
    if not record and len(here) >= INTAKE.pasts:
        raise TooManyPasts(limit=INTAKE.pasts)
    past = _read(draft, taxonomy, record or wallet.new_id(), wallet.now().year)
    wallet.save({(Kind.PAST, past.id): _written(past, wallet.now())})
    return past


def pasts_kept(wallet: Wallet) -> tuple[KeptPast, ...]:
    """All of them, what goes on and the latest first."""
    found = [_parsed(record, data) for record, data in wallet.vault.of_kind(Kind.PAST).items()]
    return tuple(sorted(found, key=_place))


def pasts(wallet: Wallet) -> tuple[Past, ...]:
    return tuple(kept.past for kept in pasts_kept(wallet))


def past_kept(wallet: Wallet, record: str) -> KeptPast:
    """Raises UnknownPast."""
    data = wallet.vault.of_kind(Kind.PAST).get(record)
    if data is None:
        raise UnknownPast
    return _parsed(record, data)


def forget_past(wallet: Wallet, record: str) -> Records:
    """Erase it for good, and with it what followed from it. Raises UnknownPast."""
    past_kept(wallet, record)
    return wallet.erase(frozenset({(Kind.PAST, record)}))


def _read(draft: PastDraft, taxonomy: Taxonomy, record: str, now: int) -> Past:
    occupations = tuple(dict.fromkeys(draft.occupations))
    if not 0 < len(occupations) <= INTAKE.occupations or any(
        each not in taxonomy.occupations for each in occupations
    ):
        raise PastWithoutOccupation
    title = plain_text(draft.title)
    if len(title) > INTAKE.title:
        raise IntakeTextTooLong(limit=INTAKE.title)
    if draft.level and (draft.kind is PastKind.WORK or draft.level not in SCHOOL_LEVELS):
        raise PastSchoolLevel
    since = _year(draft.since, now)
    until = _year(draft.until, now) if draft.until.strip() else None
    if until is not None and until < since:
        raise PastYears
    return Past(record, draft.kind, occupations, since, until, title, draft.level)


def _year(text: str, now: int) -> int:
    digits = text.strip()
    if not (len(digits) == len("2018") and digits.isascii() and digits.isdigit()):
        raise PastYears
    if not INTAKE.first_year <= int(digits) <= now:
        raise PastYears
    return int(digits)


def _written(past: Past, now: datetime) -> bytes:
    return as_json(
        {
            "kind": str(past.kind),
            "occupations": list(past.occupations),
            "since": past.since,
            "until": past.until,
            "title": past.title,
            "level": past.level,
            "at": format_datetime(now),
        }
    )


def _parsed(record: str, data: bytes) -> KeptPast:
    kept = json.loads(data)
    until = kept["until"]
    past = Past(
        record,
        PastKind(kept["kind"]),
        tuple(str(each) for each in kept["occupations"]),
        int(kept["since"]),
        None if until is None else int(until),
        str(kept["title"]),
        str(kept["level"]),
    )
    return KeptPast(past, parse_datetime(kept["at"]))


def _place(kept: KeptPast) -> tuple[bool, int, int, str]:
    until = kept.past.until
    return (until is not None, -(until or 0), -kept.past.since, kept.past.id)
