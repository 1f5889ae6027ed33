"""The answers of the self-assessment, in the order in which they were given: sealed and dated."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from matching.intake.adaptive import Progress, progress
from matching.intake.assessment import LEVELS, fit
from matching.onet.crosswalk import MatchType
from matching.onet.items import ITEMS
from matching.onet.model import Onet
from passport.clock import format_datetime, parse_datetime
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_intake import NotALevel, NotAnItem, NothingAnswered

RECORD = "onet"
SHOWN = 10
"""Occupations that a result shows: what the questions were tested for."""
_ITEMS = frozenset(item.id for item in ITEMS)


@dataclass(frozen=True, slots=True)
class Answer:
    item: str
    level: int | None
    """1 to 5; none where the person would not say."""
    at: datetime


@dataclass(frozen=True, slots=True)
class FittingWork:
    """An O*NET occupation that the answers are like, and the ESCO occupations that it stands for."""

    place: int
    title: str
    difference: float
    """Steps that an answer is away, on average."""
    esco: tuple[tuple[str, MatchType], ...]


def answers_given(wallet: Wallet) -> tuple[Answer, ...]:
    data = wallet.vault.of_kind(Kind.ASSESSMENT)
    return tuple(answer for record in data.values() for answer in _parsed(record))


def levels(wallet: Wallet) -> dict[str, int]:
    """By item, in the order in which they were answered."""
    return {each.item: each.level for each in answers_given(wallet) if each.level is not None}


def skipped(wallet: Wallet) -> tuple[str, ...]:
    return tuple(each.item for each in answers_given(wallet) if each.level is None)


def keep_answers(wallet: Wallet, given: Mapping[str, int | None]) -> None:
    """Keep answers in one revision; an item that was answered before is answered anew.

    Raises:
        NothingAnswered, NotAnItem, NotALevel
    """
    if not given:
        raise NothingAnswered
    if not _ITEMS.issuperset(given):
        raise NotAnItem
    if any(level is not None and level not in LEVELS for level in given.values()):
        raise NotALevel
    now = wallet.now()
    kept = {each.item: each for each in answers_given(wallet)}
    for item, level in given.items():
        if item not in kept or kept[item].level != level:
            kept.pop(item, None)
            kept[item] = Answer(item, level, now)
    wallet.save({(Kind.ASSESSMENT, RECORD): _written(tuple(kept.values()))})


def forget_answers(wallet: Wallet) -> Records:
    """Erase all answers for good. Raises NothingAnswered."""
    records = wallet.vault.of_kind(Kind.ASSESSMENT)
    if not records:
        raise NothingAnswered
    return wallet.erase(frozenset((Kind.ASSESSMENT, record) for record in records))


def how_far(wallet: Wallet, onet: Onet) -> Progress:
    return progress(tuple(levels(wallet).items()), onet)


def fitting_work(wallet: Wallet, onet: Onet, *, most: int = SHOWN) -> tuple[FittingWork, ...]:
    """The work whose pattern the answers are most like; none as long as they have no pattern."""
    return tuple(
        FittingWork(
            one.place,
            one.title,
            one.difference,
            tuple((match.iri, match.match_type) for match in onet.esco_of(one.code)),
        )
        for one in fit(levels(wallet), onet)[:most]
    )


def _written(answers: tuple[Answer, ...]) -> bytes:
    return as_json(
        {
            "answers": [
                {"item": each.item, "level": each.level, "at": format_datetime(each.at)} for each in answers
            ]
        }
    )


def _parsed(data: bytes) -> list[Answer]:
    return [
        Answer(
            str(each["item"]),
            None if each["level"] is None else int(each["level"]),
            parse_datetime(each["at"]),
        )
        for each in json.loads(data)["answers"]
        if each["item"] in _ITEMS
    ]
