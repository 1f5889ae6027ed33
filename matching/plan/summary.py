"""Catalogues and drafts as JSON for programs: values, with the sentences beside them."""

from datetime import date

from matching.plan.catalogue import ModuleCatalogue, write_module
from matching.plan.drafting import Chosen, Draft, Offered
from matching.plan.gaps import Gap
from matching.plan.reasons import reason_of_open, reasons_of_choice, reasons_of_draft
from matching.plan.wishes import wishes_json
from matching.texts import render
from passport.clock import format_datetime
from passport.evidence.findings import Finding
from passport.json import JsonObject
from passport.texts import Language


def euros(cents: int, language: str) -> str:
    """An amount as people write it; whole euros without cents."""
    whole, part = divmod(cents, 100)
    mark, between = (".", ",") if language == "nl" else (",", ".")
    grouped = f"{whole:,}".replace(",", mark)
    return f"€ {grouped}{between}{part:02}" if part else f"€ {grouped}"


def catalogue_json(found: ModuleCatalogue) -> JsonObject:
    return {
        "id": found.id,
        "version": found.version,
        "name": dict(found.name),
        "publisher": {"id": found.publisher, "name": found.publisher_name},
        "taxonomy": found.taxonomy,
        "synthetic": found.synthetic,
        "signatureHolds": str(found.authentic),
        "validUntil": format_datetime(found.valid_until),
        "count": len(found.modules),
    }


def finding_json(found: Finding, language: Language) -> JsonObject:
    return {
        "severity": str(found.severity),
        "code": found.code,
        "module": found.skill,
        "text": render(found.reason, language),
    }


def draft_json(draft: Draft, language: Language, today: date) -> JsonObject:
    return {
        "gaps": [gap_json(gap) for gap in draft.gaps],
        "modules": [_chosen_json(each, language, today) for each in draft.chosen],
        "open": [
            {
                **gap_json(each.gap),
                "why": str(each.why),
                "near": [one.module.id for one in each.near],
                "text": render(reason_of_open(each), language),
            }
            for each in draft.open
        ],
        "closed": draft.closed,
        "hours": draft.hours,
        "cents": draft.cents,
        "exact": draft.exact,
        "bound": {
            "closedAtMost": draft.bound.closed_at_most,
            "costAtLeast": draft.bound.cost_at_least,
            "factor": draft.bound.factor,
        },
        "wishes": wishes_json(draft.wishes),
        "synthetic": any(each.offered.catalogue.synthetic for each in draft.chosen),
        "sentences": [render(reason, language) for reason in reasons_of_draft(draft)],
    }


def gap_json(gap: Gap) -> JsonObject:
    return {
        "skill": gap.skill,
        "label": gap.label,
        "required": gap.required,
        "level": gap.level,
        "ownLevel": gap.own_level,
    }


def _chosen_json(chosen: Chosen, language: Language, today: date) -> JsonObject:
    start = chosen.module.next_start(today)
    return {
        **write_module(chosen.module),
        "key": chosen.offered.key,
        "catalogue": chosen.offered.catalogue.id,
        "synthetic": chosen.offered.catalogue.synthetic,
        "nextStart": None if start is None else start.first.isoformat(),
        "closes": [gap.skill for gap in chosen.closes],
        "alone": [gap.skill for gap in chosen.alone],
        "beyond": chosen.beyond,
        "after": [module.id for module in chosen.after],
        "firstFor": [module.id for module in chosen.first_for],
        "alternatives": [_offered_json(each) for each in chosen.alternatives],
        "sentences": [render(reason, language) for reason in reasons_of_choice(chosen)],
    }


def _offered_json(offered: Offered) -> JsonObject:
    return {
        "id": offered.module.id,
        "title": dict(offered.module.title),
        "provider": offered.module.provider,
        "hours": offered.module.hours,
        "cents": offered.module.cents,
        "closes": [gap.skill for gap in offered.closes],
    }
