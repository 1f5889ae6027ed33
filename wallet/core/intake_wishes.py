"""Motives, attitude and wishes (R98): what drives somebody and what they want. They stay in the wallet.

No presentation, link, card or answer to an employer reads these records; a test holds that. An adviser sees
them only when the person says so.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from matching.intake.limits import INTAKE
from passport.clock import format_datetime, parse_datetime
from passport.json import JsonObject
from wallet.core.plain_text import plain_text
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_intake import IntakeTextTooLong, NotAChoice, NotALevel, NothingToForget, WishOutOfRange

MOTIVES = (
    *("helping", "making", "learning", "security", "freedom", "colleagues"),
    *("respect", "money", "variety", "calm", "leading", "outside"),
)
MOST_MOTIVES = 4
"""Whoever finds everything important has said nothing."""
ATTITUDES = ("promises", "pressure", "criticism", "start", "together", "careful", "new", "on")
LEVELS = (1, 2, 3, 4, 5)
TIMES = ("day", "evening", "night", "weekend")
HOURS = range(1, 61)
"""Hours of work a week."""
TRAVEL = range(181)
"""Minutes of travel one way."""
LEARN = range(41)
"""Hours a week for learning."""
NUMBERS = {"hours": HOURS, "travel": TRAVEL, "learn": LEARN}


@dataclass(frozen=True, slots=True)
class Motives:
    """The four at most that matter most."""

    chosen: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Attitude:
    """How much each sentence is like the person: 1 to 5."""

    levels: Mapping[str, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Wishes:
    hours: int | None
    travel: int | None
    learn: int | None
    times: tuple[str, ...]
    note: str
    at: datetime


def keep_motives(wallet: Wallet, chosen: tuple[str, ...]) -> None:
    """Raises NotAChoice."""
    found = tuple(dict.fromkeys(chosen))
    if not 0 < len(found) <= MOST_MOTIVES or not set(MOTIVES).issuperset(found):
        raise NotAChoice
    _keep(wallet, "motives", {"chosen": list(found)})


def keep_attitude(wallet: Wallet, levels: Mapping[str, int]) -> None:
    """Raises NotAChoice, NotALevel."""
    if not levels or not set(ATTITUDES).issuperset(levels):
        raise NotAChoice
    if not set(LEVELS).issuperset(levels.values()):
        raise NotALevel
    _keep(wallet, "attitude", {"levels": dict(levels)})


def check_number(name: str, value: int | None) -> None:
    """Raises WishOutOfRange."""
    allowed = NUMBERS[name]
    if value is not None and value not in allowed:
        raise WishOutOfRange(least=allowed[0], most=allowed[-1])


def keep_wishes(
    wallet: Wallet,
    *,
    hours: int | None = None,
    travel: int | None = None,
    learn: int | None = None,
    times: tuple[str, ...] = (),
    note: str = "",
) -> None:
    """Raises NotAChoice, WishOutOfRange, IntakeTextTooLong."""
    for name, value in (("hours", hours), ("travel", travel), ("learn", learn)):
        check_number(name, value)
    if not set(TIMES).issuperset(times):
        raise NotAChoice
    plain = plain_text(note)
    if len(plain) > INTAKE.note:
        raise IntakeTextTooLong(limit=INTAKE.note)
    _keep(
        wallet,
        "wishes",
        {
            "hours": hours,
            "travel": travel,
            "learn": learn,
            "times": [each for each in TIMES if each in times],
            "note": plain,
        },
    )


def change_wishes(wallet: Wallet, named: JsonObject) -> None:
    """Say some of the wishes anew, by the names of keep_wishes; the others stay. Raises as keep_wishes."""
    old = wishes(wallet)
    said: JsonObject = {} if old is None else asdict(old)
    said.pop("at", None)
    said |= named
    keep_wishes(wallet, **{**said, "times": tuple(said.get("times", ()))})


def motives(wallet: Wallet) -> Motives | None:
    kept = _kept(wallet).get("motives")
    return None if kept is None else Motives(tuple(map(str, kept["chosen"])), parse_datetime(kept["at"]))


def attitude(wallet: Wallet) -> Attitude | None:
    kept = _kept(wallet).get("attitude")
    if kept is None:
        return None
    levels = {str(code): int(level) for code, level in kept["levels"].items()}
    return Attitude(levels, parse_datetime(kept["at"]))


def wishes(wallet: Wallet) -> Wishes | None:
    kept = _kept(wallet).get("wishes")
    if kept is None:
        return None
    hours, travel, learn = (
        None if kept[name] is None else int(kept[name]) for name in ("hours", "travel", "learn")
    )
    times = tuple(str(each) for each in kept["times"])
    return Wishes(hours, travel, learn, times, str(kept["note"]), parse_datetime(kept["at"]))


def forget_wishes(wallet: Wallet) -> Records:
    """Erase motives, attitude and wishes for good. Raises NothingToForget."""
    records = wallet.vault.of_kind(Kind.WISHES)
    if not records:
        raise NothingToForget
    return wallet.erase(frozenset((Kind.WISHES, record) for record in records))


def check_wishes(wallet: Wallet) -> None:
    """Read every record of the kind, as `trial` does with a backup."""
    for kept in _kept(wallet).values():
        parse_datetime(kept["at"])
    _ = motives(wallet), attitude(wallet), wishes(wallet)


def _keep(wallet: Wallet, record: str, said: JsonObject) -> None:
    wallet.save({(Kind.WISHES, record): as_json({**said, "at": format_datetime(wallet.now())})})


def _kept(wallet: Wallet) -> dict[str, JsonObject]:
    return {record: json.loads(data) for record, data in wallet.vault.of_kind(Kind.WISHES).items()}
