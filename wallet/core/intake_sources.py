"""What intake tells of the person's skills, as a source of the profile: soft, dated, each with its reason."""

from collections.abc import Iterator
from datetime import UTC, datetime

from matching.intake.past import Origin, Past, derive, why
from matching.taxonomy.compact import Taxonomy
from passport.answers import Reason
from passport.documents import DocumentCache
from wallet.core.assessed_sources import from_assessment
from wallet.core.intake_pasts import pasts
from wallet.core.intake_skills import CameFrom, OwnSkill, own_skills
from wallet.core.plain_text import plain_name
from wallet.core.profile_skills import SkillSource, SourceKind
from wallet.core.taxonomy_in_use import taxonomy_in_use
from wallet.core.wallet import Wallet

_CODES = {
    CameFrom.LIST: "intake.said",
    CameFrom.TEXT: "intake.text",
    CameFrom.ADVISER: "intake.adviser",
}


def from_intake(
    wallet: Wallet, documents: DocumentCache | None = None, taxonomy: Taxonomy | None = None
) -> Iterator[SkillSource]:
    """Skills that follow from past work and schooling, that the person ticked, or answered high.

    What the person says not to have follows from nothing any more. Waiting proposals of an adviser and the
    demands of a vacancy are not among them. What work asks is read in `taxonomy`, by default the one in use.
    """
    del documents
    taxonomy, now = taxonomy or taxonomy_in_use(wallet), wallet.now()
    said = own_skills(wallet)
    yield from (_said(one, taxonomy) for one in said if one.mine)
    refused = {one.skill for one in said if not one.mine}
    yield from (one for one in from_assessment(wallet, taxonomy) if one.skill not in refused)
    for one in derive(pasts(wallet), taxonomy, now=now.year):
        if one.skill not in refused:
            for origin in one.origins:
                yield _derived(one.skill, origin, now, taxonomy)


def told(wallet: Wallet) -> int:
    """How many skills the intake tells of."""
    return len({each.skill for each in from_intake(wallet)})


def last_used(past: Past, now: datetime) -> datetime:
    """The end of its last year; now while it goes on."""
    return min(now, datetime(past.last(now.year), 12, 31, tzinfo=UTC))


def _said(one: OwnSkill, taxonomy: Taxonomy) -> SkillSource:
    return SkillSource(
        skill=one.skill,
        label=taxonomy.label(one.skill, "nl"),
        kind=SourceKind.TICKED,
        name="",
        at=one.at,
        level=one.level,
        reasons=(Reason(_CODES[one.came_from], {"year": one.at.year, "quote": one.quote}),),
        record=one.skill,
    )


def _derived(skill: str, origin: Origin, now: datetime, taxonomy: Taxonomy) -> SkillSource:
    return SkillSource(
        skill=skill,
        label=taxonomy.label(skill, "nl"),
        kind=SourceKind.DERIVED,
        name=plain_name(origin.past.title or taxonomy.label(origin.occupation, "nl")),
        weight=origin.weight,
        at=last_used(origin.past, now),
        reasons=(why(origin, taxonomy),),
        record=origin.past.id,
    )
