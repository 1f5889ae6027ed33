"""A plan as it stands, as JSON for programs, with the sentences beside the codes."""

from datetime import date

from matching.market.outlook import Outlook
from matching.plan.catalogue import write_module
from matching.plan.drafting import Draft
from matching.plan.summary import draft_json, gap_json
from matching.plan.wishes import wishes_json
from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime
from passport.json import JsonObject
from passport.texts import Language
from wallet.core.plan.agenda import title_of
from wallet.core.plan.progress import progress
from wallet.core.plan.standing import ItemStanding, Standing
from wallet.core.plan.target import write_target
from wallet.core.summary import Say, reasons_json


def plan_json(stands: Standing, taxonomy: Taxonomy, language: Language) -> JsonObject:
    """A plan in a list."""
    plan = stands.plan
    return {
        "id": plan.id,
        "label": plan.target.label(taxonomy, language),
        "target": write_target(plan.target),
        "made": format_datetime(plan.made),
        "essential": {"met": stands.found.essential.met, "of": stands.found.essential.of},
        "missingAtStart": list(plan.missing),
        "hours": stands.hours,
        "cents": stands.cents,
        "synthetic": stands.synthetic,
        "wishes": wishes_json(plan.wishes),
    }


def standing_json(
    stands: Standing,
    proposed: Draft,
    outlook: Outlook | None,
    *,
    taxonomy: Taxonomy,
    language: Language,
    today: date,
    say: Say,
) -> JsonObject:
    """One plan whole: its parts, what came in, what is proposed, and the demand for the work."""
    over_time = progress(stands, today)
    return {
        **plan_json(stands, taxonomy, language),
        "items": [_item_json(each, language, say) for each in stands.items],
        "left": [gap_json(gap) for gap in stands.left],
        "closedSince": {skill: format_datetime(at) for skill, at in sorted(stands.closed_since.items())},
        "progress": None
        if over_time is None
        else {
            "of": over_time.of,
            "reached": [{"day": each.day.isoformat(), "met": each.met} for each in over_time.reached],
            "planned": [{"day": each.day.isoformat(), "met": each.met} for each in over_time.planned],
        },
        "proposal": draft_json(proposed, language, today),
        "outlook": None
        if outlook is None
        else {
            "state": str(outlook.state),
            "source": outlook.source,
            "synthetic": outlook.synthetic,
            "reasons": reasons_json(outlook.reasons, say),
        },
    }


def _item_json(each: ItemStanding, language: Language, say: Say) -> JsonObject:
    item = each.item
    return {
        "id": item.id,
        "title": title_of(each, language),
        "form": str(item.form),
        "status": str(each.status),
        "said": str(item.status),
        "since": format_datetime(item.since),
        "module": None if item.module is None else write_module(item.module),
        "catalogue": item.catalogue,
        "synthetic": item.synthetic,
        "first": None if item.first is None else item.first.isoformat(),
        "last": None if item.last is None else item.last.isoformat(),
        "note": item.note,
        "credential": None if each.credential is None else each.credential.id,
        "needless": each.needless,
        "gaps": [
            {
                "skill": step.skill,
                "label": step.label,
                "closed": step.closed is not None,
                "strength": None if step.closed is None else str(step.closed.strength),
                "by": None if step.closed is None else step.closed.sources[0].name,
            }
            for step in each.steps
        ],
        "reasons": reasons_json(each.reasons, say),
    }
