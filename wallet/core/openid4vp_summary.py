"""A request by OpenID4VP and what would leave, as JSON, for a program that drives the wallet."""

from collections.abc import Callable

from passport.answers import Reason
from passport.clock import format_datetime
from passport.json import JsonObject
from wallet.core.consent_summary import confirming_json
from wallet.core.openid4vp_consent import AskedCredential, VpConsent, VpLeaving
from wallet.core.plain_text import plain_name


def vp_consent_json(found: VpConsent, say: Callable[[Reason], str]) -> JsonObject:
    """What the person is asked to agree to; `mark` names it when agreeing."""
    asker = found.asker
    return {
        "id": found.id,
        "asker": {
            "host": asker.host,
            "clientId": asker.client_id,
            "provedBy": str(asker.proved_by),
            "proof": say(Reason(f"vp-proved-{asker.proved_by}")),
            "claimedName": asker.claimed_name,
            "knownAs": asker.known_as,
            "certifiedName": asker.certified_name,
            "certifiedBy": asker.certified_by,
        },
        "until": format_datetime(found.until),
        "encrypted": found.encrypted,
        "canBeAnswered": found.can_be_answered,
        "profile": None if found.profile is None else dict(found.profile.name),
        "demands": [
            {
                "skill": each.result.demand.skill,
                "label": plain_name(each.result.demand.label),
                "required": each.result.demand.required,
                "answer": str(each.result.answer),
                "refused": each.refused,
            }
            for each in found.demands
        ],
        "asked": [_asked(each) for each in found.asked],
        "sets": [
            {
                "required": each.required,
                "options": [list(option) for option in each.options],
                "possible": list(made.possible),
                "chosen": made.option,
            }
            for each, made in zip(found.sets, found.selection.sets, strict=True)
        ],
        "mark": found.mark,
    }


def _asked(one: AskedCredential) -> JsonObject:
    return {
        "query": one.query.id,
        "format": one.query.format,
        "claims": [
            {"keep": each.refusal, "path": each.path, "values": list(each.values), "kept": each.refused}
            for each in one.claims
        ],
        "alternatives": [
            {"choose": f"{one.query.id} {each.kept.id}", "id": each.kept.id, "chosen": each.chosen}
            for each in one.alternatives
        ],
        "leaving": [_leaving(each) for each in one.leaving],
        "confirming": [confirming_json(each) for each in one.confirming],
    }


def _leaving(one: VpLeaving) -> JsonObject:
    return {
        "id": one.kept.id,
        "form": str(one.disclosed.form),
        "claims": [{"what": each.code, "value": each.value} for each in one.claims],
        "staying": [{"kind": str(part.kind), "says": plain_name(part.says)} for part in one.staying],
        "boundToHolder": one.bound,
    }
