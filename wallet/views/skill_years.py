"""The rows of the picture of skills over the years: each skill, or where they come from if they are many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from matching.pictures import SkillYears
from matching.pictures.years import MOST
from passport.texts import Language
from wallet.core.intake_pasts import pasts
from wallet.core.profile_skills import PersonProfile, ProfileSkill, SourceKind
from wallet.core.wallet import Wallet
from wallet.views.rendering import Renderer

_NAMED = frozenset({SourceKind.CREDENTIAL, SourceKind.DERIVED})
"""Sources that are told apart by their names; of the others there is one each."""


def skill_years(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    person: PersonProfile,
    labels: Mapping[str, str],
) -> list[SkillYears]:
    """A row a skill while they fit; or else a row for each work, school, issuer and kind of own word.

    Of two hundred skills the twelve that were used last say nothing of a working life; where they come from
    does. A row of several skills counts for their mean.
    """
    rows = [SkillYears(labels[one.skill], _dates([one], wallet.now()), one.weight) for one in person.skills]
    if sum(1 for row in rows if row.dates) <= MOST:
        return rows
    begun = {past.id: datetime(past.since, 1, 1, tzinfo=UTC) for past in pasts(wallet)}
    groups: defaultdict[tuple[str, str], list[ProfileSkill]] = defaultdict(list)
    for one in person.skills:
        first = one.sources[0]
        record = (first.record or "") if first.kind is SourceKind.DERIVED else ""
        name = first.name if first.kind in _NAMED and first.name else ""
        said = name or renderer.say(f"match-source-{first.kind}", language, {"name": first.name})
        groups[said, record].append(one)
    return [
        SkillYears(
            renderer.say("match-years-row", language, {"name": said, "count": len(some)}),
            tuple(
                sorted(
                    {
                        *_dates(some, wallet.now(), record),
                        *([begun[record]] if record in begun else []),
                    }
                )
            ),
            sum(one.weight for one in some) / len(some),
        )
        for (said, record), some in groups.items()
    ]


def _dates(skills: Iterable[ProfileSkill], now: datetime, record: str = "") -> tuple[datetime, ...]:
    """When they were used or shown, of one record alone where it is named."""
    return tuple(
        sorted(
            {
                source.at
                for one in skills
                for source in one.sources
                if source.at and source.at <= now and record in {"", source.record}
            }
        )
    )
