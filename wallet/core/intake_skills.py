"""Skills that the person ticked, or said not to have: each with where it came from, its date and a level."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matching.intake.limits import INTAKE
from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime, parse_datetime
from wallet.core.plain_text import plain_text
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_intake import NotALevel, NotASkill, NothingTicked, TooManyOwnSkills

LEVELS = (1, 2, 3, 4, 5)


class CameFrom(StrEnum):
    """Where the person saw the skill that they ticked."""

    LIST = "list"
    """Among those that follow from past work and schooling, or by searching."""
    TEXT = "text"
    """Found in what the person wrote; the sentence is kept beside it."""
    ADVISER = "adviser"
    """Proposed by an adviser, and taken over by the person."""


@dataclass(frozen=True, slots=True)
class OwnSkill:
    """What the person says of one skill."""

    skill: str
    mine: bool
    """Whether they have it; what they say not to have no longer follows from their past."""
    level: int | None
    """1 to 5; none where the person said nothing of it."""
    came_from: CameFrom
    quote: str
    """The sentence that it was found in, or who proposed it."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Ticked:
    skill: str
    quote: str = ""


def keep_skills(
    wallet: Wallet,
    ticked: Iterable[Ticked],
    taxonomy: Taxonomy,
    *,
    mine: bool = True,
    level: int | None = None,
    came_from: CameFrom = CameFrom.LIST,
) -> tuple[OwnSkill, ...]:
    """Keep what the person ticked, in one revision. What was said of a skill before is replaced.

    Raises:
        NothingTicked, NotASkill, NotALevel, TooManyOwnSkills
    """
    chosen = {each.skill: each for each in ticked}
    if not chosen:
        raise NothingTicked
    if any(skill not in taxonomy.skills for skill in chosen):
        raise NotASkill
    if level is not None and level not in LEVELS:
        raise NotALevel
    here = wallet.vault.of_kind(Kind.OWN_SKILL)
    if len(here.keys() | chosen.keys()) > INTAKE.skills:
        raise TooManyOwnSkills(limit=INTAKE.skills)
    now = wallet.now()
    made = tuple(
        OwnSkill(
            each.skill,
            mine,
            level if mine else None,
            came_from,
            plain_text(each.quote)[: INTAKE.quote],
            now,
        )
        for each in chosen.values()
    )
    wallet.save({(Kind.OWN_SKILL, one.skill): written(one) for one in made})
    return made


def own_skills(wallet: Wallet) -> tuple[OwnSkill, ...]:
    """In the order of their IRIs."""
    return tuple(_parsed(skill, data) for skill, data in wallet.vault.of_kind(Kind.OWN_SKILL).items())


def forget_skill(wallet: Wallet, skill: str) -> Records:
    """Erase what was said of a skill for good. Raises NotASkill where nothing was."""
    if skill not in wallet.vault.of_kind(Kind.OWN_SKILL):
        raise NotASkill
    return wallet.erase(frozenset({(Kind.OWN_SKILL, skill)}))


def written(one: OwnSkill) -> bytes:
    return as_json(
        {
            "mine": one.mine,
            "level": one.level,
            "from": str(one.came_from),
            "quote": one.quote,
            "at": format_datetime(one.at),
        }
    )


def _parsed(skill: str, data: bytes) -> OwnSkill:
    kept = json.loads(data)
    level = kept["level"]
    return OwnSkill(
        skill,
        bool(kept["mine"]),
        None if level is None else int(level),
        CameFrom(kept["from"]),
        str(kept["quote"]),
        parse_datetime(kept["at"]),
    )
