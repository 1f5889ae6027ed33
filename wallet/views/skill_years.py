"""The rows of the picture of skills over the years: each skill, or where they come from if they are many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from matching.pictures import SkillYears
from matching.pictures.years import MOST
from passport.texts import Language
from wallet.core.intake_pasts import pasts
from wallet.core.profile_skills import PersonProfile, ProfileSkill, SkillSource, SourceKind
from wallet.core.wallet import Wallet
from wallet.views.rendering import Renderer

_NAMED = frozenset({SourceKind.CREDENTIAL, SourceKind.DERIVED})
"""Sources that are told apart by their names; of the others there is one each."""

_Origin = tuple[SourceKind, str, str]


def skill_years(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    person: PersonProfile,
    labels: Mapping[str, str],
) -> list[SkillYears]:
    """A row a skill while they fit; or else a row for each work, school, issuer and kind of own word.

    Of two hundred skills the twelve that were used last say nothing of a working life; where they come from
    does. A skill stands in the row of its first source with a date. A row counts for the mean of its
    skills, and has the dates of what it is named after alone.
    """
    rows = [
        SkillYears(labels[one.skill], _dates(one.sources, wallet.now()), one.weight) for one in person.skills
    ]
    if sum(1 for row in rows if row.dates) <= MOST:
        return rows
    begun = {past.id: datetime(past.since, 1, 1, tzinfo=UTC) for past in pasts(wallet)}
    groups: defaultdict[_Origin, list[ProfileSkill]] = defaultdict(list)
    for one in person.skills:
        dated = (each for each in one.sources if _dates([each], wallet.now()))
        groups[_origin(next(dated, one.sources[0]))].append(one)

    def row(origin: _Origin, some: Sequence[ProfileSkill]) -> SkillYears:
        kind, name, record = origin
        here = [each for one in some for each in one.sources if _origin(each) == origin]
        dates = {*_dates(here, wallet.now()), *([begun[record]] if record in begun else [])}
        said = name or renderer.say(f"match-source-{kind}", language, {"name": name})
        return SkillYears(
            renderer.say("match-years-row", language, {"name": said, "count": len(some)}),
            tuple(sorted(dates)),
            sum(one.weight for one in some) / len(some),
            len(some),
        )

    return [row(origin, some) for origin, some in groups.items()]


def _origin(source: SkillSource) -> _Origin:
    """Kind and name, and of what is derived the very work or school."""
    name = source.name if source.kind in _NAMED else ""
    return source.kind, name, (source.record or "") if source.kind is SourceKind.DERIVED else ""


def _dates(sources: Iterable[SkillSource], now: datetime) -> tuple[datetime, ...]:
    """When they were used or shown."""
    return tuple(sorted({source.at for source in sources if source.at and source.at <= now}))
