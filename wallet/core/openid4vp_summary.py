"""A request by OpenID4VP and what would leave, as JSON, for a program that drives the wallet.

It says all that the page says: a program shows it to a person, and the person decides.
"""

from passport.answers import Reason
from passport.clock import format_datetime
from passport.evidence.profile import FunctionProfile
from passport.json import JsonObject
from wallet.core.consent_summary import confirming_json, cost_json, demand_json, named_json
from wallet.core.openid4vp_consent import Alternative, AskedCredential, VpConsent, VpLeaving
from wallet.core.plain_text import plain_name
from wallet.core.shelf import Kept
from wallet.core.summary import Say, reasons_json


def vp_consent_json(found: VpConsent, say: Say) -> JsonObject:
    """What the person is asked to agree to; `mark` names it when agreeing.

    `says` are words for people, in the language of `say`; the codes beside them are for programs.
    """
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
        "purpose": None if found.profile is None else str(found.profile.purpose),
        "publisher": None if found.profile is None else _publisher(found.profile),
        "byProfile": found.by_profile,
        "demands": [
            {
                **demand_json(each.result, say),
                "label": plain_name(each.result.demand.label),
                "refused": each.refused,
                "raiseBy": reasons_json(each.raise_by, say),
            }
            for each in found.demands
        ],
        "costOfRefusals": [cost_json(each) for each in found.cost],
        "asked": [_asked(each, say) for each in found.asked],
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


def _publisher(profile: FunctionProfile) -> JsonObject:
    return {"id": profile.publisher, "claimedName": plain_name(profile.publisher_name)}


def _asked(one: AskedCredential, say: Say) -> JsonObject:
    return {
        "query": one.query.id,
        "format": one.query.format,
        "claims": [
            {
                "keep": each.refusal,
                **_part(each.word, say),
                "path": each.path,
                "values": list(each.values),
                "kept": each.refused,
            }
            for each in one.claims
        ],
        "multiple": one.query.multiple,
        "alternatives": [_alternative(one, each) for each in one.alternatives],
        "leaving": [_leaving(each, say) for each in one.leaving],
        "confirming": [confirming_json(each) for each in one.confirming],
    }


def _alternative(asked: AskedCredential, one: Alternative) -> JsonObject:
    named = named_json(one.kept) if isinstance(one.kept, Kept) else {"id": one.kept.id}
    return {
        "choose": f"{asked.query.id} {one.kept.id}",
        **named,
        "chosen": one.chosen,
        "showsParts": one.shows_parts,
    }


def _leaving(one: VpLeaving, say: Say) -> JsonObject:
    """`fixed` is what always leaves with it; `again` that no copy was left that nobody saw."""
    return {
        **named_json(one.kept),
        "form": str(one.disclosed.form),
        "document": one.disclosed.document,
        "claims": [{"what": each.code, "value": each.value} for each in one.claims],
        "staying": [{"kind": str(part.kind), "says": plain_name(part.says)} for part in one.staying],
        "fixed": [_part(word, say) for word in one.fixed],
        "showsParts": one.shows_parts,
        "boundToHolder": one.bound,
        "again": one.again,
    }


def _part(word: str, say: Say) -> JsonObject:
    """A part by its kind, and in words."""
    return {"part": word, "says": say(Reason(f"vp-part-{word}"))}
