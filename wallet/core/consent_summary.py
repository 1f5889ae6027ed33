"""Consent as JSON for programs."""

from passport.clock import format_datetime
from passport.evidence.disclosure import RefusalCost
from passport.evidence.policy import DemandResult
from passport.json import JsonObject
from wallet.core.consent import Consent, CredentialPart, Leaving, LeavingEndorsement
from wallet.core.plain_text import plain_text
from wallet.core.shelf import Kept
from wallet.core.summary import Say, reasons_json, says


def consent_json(found: Consent, say: Say) -> JsonObject:
    """What a person is asked to agree to; `mark` names exactly that."""
    return {
        "id": found.id,
        "mark": found.mark,
        "asker": {
            "did": found.asker.did,
            "host": found.asker.host,
            "claimedName": found.asker.claimed_name,
            "knownAs": found.asker.known_as,
            "recognisedAs": list(found.asker.recognised_as),
        },
        "purpose": str(found.purpose),
        "profile": {
            "name": dict(found.profile_name),
            "publisher": {"id": found.publisher, "claimedName": found.publisher_name},
        },
        "validUntil": format_datetime(found.valid_until),
        "answerGoesTo": found.answer_goes_to,
        "demands": [
            {**demand_json(result, say), "raiseBy": reasons_json(raising, say), "proofs": list(proof)}
            for result, raising, proof in zip(found.results, found.raise_by, found.proofs, strict=True)
        ],
        "leaving": [_leaving(one) for one in found.leaving],
        "confirming": [confirming_json(one) for one in found.confirming],
        "hidden": [named_json(one) for one in found.hidden],
        "unmet": [demand_json(result, say) for result in found.unmet],
        "overAsked": reasons_json(found.beyond_occupation, say),
        "refused": list(found.refused),
        "costOfRefusals": [cost_json(cost) for cost in found.cost],
        "smallest": found.exact,
    }


def demand_json(result: DemandResult, say: Say) -> JsonObject:
    return {
        "skill": result.demand.skill,
        "label": result.demand.label,
        "required": result.demand.required,
        "minimumStrength": str(result.demand.minimum_strength),
        "answer": str(result.answer),
        "strength": None if result.strength is None else str(result.strength),
        "reasons": reasons_json(result.reasons, say),
    }


def _leaving(one: Leaving) -> JsonObject:
    return {
        **named_json(one.kept),
        "answer": str(one.kept.answer),
        "claims": [{"what": claim.code, "value": claim.value} for claim in one.claims],
        "form": str(one.disclosed.form),
        "document": one.disclosed.document,
        "says": says(one.disclosed.report),
        "skillsShown": list(one.shown),
        "skillsHidden": list(one.hidden),
        "skillsNotAskedFor": list(one.beyond),
        "credential": one.credential_id,
        "serves": list(one.serves),
        "partsShown": [_part(each) for each in one.parts],
        "partsHidden": [_part(each) for each in one.staying],
        "costOfRefusing": [cost_json(cost) for cost in one.cost],
        "instead": list(one.instead),
    }


def _part(one: CredentialPart) -> JsonObject:
    """`refusal` is what to give to have it stay behind; null where it can't."""
    return {
        "pointer": one.part.pointer,
        "kind": str(one.part.kind),
        "says": plain_text(one.part.says),
        "refusal": one.refusal if one.can_stay else None,
        "costOfRefusing": [cost_json(cost) for cost in one.cost],
    }


def confirming_json(one: LeavingEndorsement) -> JsonObject:
    parsed = one.kept.report.parsed
    return {
        "id": one.kept.id,
        "credential": one.credential_id,
        "issuer": None if parsed is None else parsed.issuer.id,
        "comment": None if parsed is None else parsed.comment,
        "answer": str(one.kept.answer),
        "document": one.document,
        "serves": list(one.serves),
        "costOfRefusing": [cost_json(cost) for cost in one.cost],
    }


def named_json(one: Kept) -> JsonObject:
    parsed = one.report.parsed
    return {
        "id": one.id,
        "name": None if parsed is None else parsed.subject.achievement.name,
        "issuer": None if parsed is None else parsed.issuer.id,
    }


def cost_json(cost: RefusalCost) -> JsonObject:
    return {
        "skill": cost.demand.skill,
        "label": cost.demand.label,
        "required": cost.demand.required,
        "with": str(cost.with_all),
        "without": str(cost.without),
    }
