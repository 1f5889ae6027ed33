"""How many made-up people a draft reaches, shown before it is published. Synthetic, and said so."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from matching.bundle import load_bundle
from matching.reach import draw_reach, simulate
from matching.reach.errors import NoSkillToReachBy
from matching.reach.summary import line_sentence, reach_sentences
from passport.evidence.demand import Demand
from passport.texts import Language

PEOPLE = 400
"""Enough to see a difference of a tenth, and soon done for a page."""
SOON = 24
"""Demands that so many people are soon tried on; of more, fewer people are tried in the same time."""


@dataclass(frozen=True, slots=True)
class ShownReach:
    """The picture and the sentences around it."""

    picture: Markup
    sentences: tuple[str, ...]
    lines: tuple[str, ...]
    """What the picture shows, in words, for where there is none."""


async def shown_reach(demands: Sequence[Demand], now: datetime, language: Language) -> ShownReach | None:
    """None where no skill is in the shipped taxonomy.

    A long profile is tried on fewer people, so that the page does not wait; the picture says on how many,
    with a wider interval. `passport profile reach` has the time for all of them.
    """
    return await asyncio.to_thread(_shown, demands, now, language)


def people_for(demands: int) -> int:
    """How many people a page tries a profile on."""
    return PEOPLE * SOON // max(SOON, demands)


def _shown(demands: Sequence[Demand], now: datetime, language: Language) -> ShownReach | None:
    try:
        found = simulate(demands, load_bundle(), now=now, count=people_for(len(demands)))
    except NoSkillToReachBy:
        return None
    drawn = Markup(draw_reach(found, language))  # noqa: S704  # our own drawing, which escapes what is in it
    return ShownReach(
        drawn,
        reach_sentences(found, language),
        tuple(line_sentence(one, language) for one in found.told),
    )
