"""Visits of advisers with their logs, and what they proposed, as JSON."""

from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime
from passport.json import JsonObject
from wallet.core.advice import Proposal, Visit, proposals, visits
from wallet.core.wallet import Wallet


def advice_json(wallet: Wallet, taxonomy: Taxonomy, language: str) -> JsonObject:
    """Who was let in and what they did, and every proposal with what became of it; the latest first."""
    return {
        "visits": [visit_json(one) for one in visits(wallet)],
        "proposals": [proposal_json(one, taxonomy, language) for one in proposals(wallet)],
    }


def visit_json(one: Visit) -> JsonObject:
    return {
        "id": one.id,
        "name": one.name,
        "organisation": one.organisation,
        "sees": sorted(map(str, one.sees)),
        "proposes": one.proposes,
        "since": format_datetime(one.since),
        "until": format_datetime(one.until),
        "looked": [{"what": each.what, "at": format_datetime(each.at)} for each in one.looked],
    }


def proposal_json(one: Proposal, taxonomy: Taxonomy, language: str) -> JsonObject:
    """The label is empty where it is advice in words alone."""
    return {
        "id": one.id,
        "visit": one.visit,
        "adviser": one.adviser,
        "skill": one.skill,
        "label": taxonomy.label(one.skill, language) if one.skill else "",
        "words": one.words,
        "state": str(one.state),
        "at": format_datetime(one.at),
    }
