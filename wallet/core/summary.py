"""The wallet's content as JSON for programs: codes and values, with the sentences beside them."""

from collections.abc import Callable, Sequence

from matching.explain import Comparison, SkillMatch
from passport.answers import Reason
from passport.clock import format_datetime
from passport.evidence.link import SkillEvidence
from passport.evidence.report import write_skill
from passport.evidence.sentences import with_sentences
from passport.json import JsonObject
from passport.verification import CredentialReport, EndorsementReport
from wallet.core.accept import Examined
from wallet.core.journal import JournalEntry
from wallet.core.matches import Match
from wallet.core.shelf import Kept
from wallet.core.skills import certain_strength

Say = Callable[[Reason], str]
"""Renders a reason in the language that was asked for."""


def reason_json(reason: Reason, say: Say) -> JsonObject:
    return {"code": reason.code, "values": dict(reason.values), "text": say(reason)}


def reasons_json(reasons: Sequence[Reason], say: Say) -> list[JsonObject]:
    return [reason_json(reason, say) for reason in reasons]


def checks_json(report: CredentialReport | EndorsementReport, say: Say) -> list[JsonObject]:
    return [
        {
            "number": check.number,
            "code": check.code,
            "answer": str(check.answer),
            "reason": reason_json(check.reason, say),
        }
        for check in report.checks
    ]


def kept_json(one: Kept, say: Say) -> JsonObject:
    parsed = one.report.parsed
    return {
        "id": one.id,
        "answer": str(one.answer),
        "genuine": one.verified is not None,
        "receivedAt": format_datetime(one.received_at),
        "host": one.host,
        "forms": [str(form.name) for form in one.forms],
        "showsParts": one.shows_parts,
        "checks": checks_json(one.report, say),
        **({} if parsed is None else _parsed_json(one.report)),
    }


def examined_json(one: Examined, say: Say) -> JsonObject:
    return {
        "id": one.id,
        "answer": str(one.answer),
        "genuine": one.report.credential is not None,
        "host": one.host,
        "forms": [str(form.name) for form in one.forms],
        "checks": checks_json(one.report, say),
        **_parsed_json(one.report),
    }


def says(report: CredentialReport) -> JsonObject:
    """What stands in a credential, as JSON, in whatever form it is."""
    return {} if report.parsed is None else report.parsed.document


def _parsed_json(report: CredentialReport) -> JsonObject:
    parsed = report.parsed
    assert parsed is not None
    return {
        "credentialId": parsed.id,
        "name": parsed.subject.achievement.name,
        "issuer": {"id": parsed.issuer.id, "name": parsed.issuer.name},
        "validFrom": None if parsed.valid_from is None else format_datetime(parsed.valid_from),
        "validUntil": None if parsed.valid_until is None else format_datetime(parsed.valid_until),
        "skills": [
            {"skill": alignment.target_url, "label": alignment.target_name}
            for alignment in parsed.subject.achievement.alignments
        ],
    }


def skill_json(one: SkillEvidence, say: Say) -> JsonObject:
    """In the wallet's own members, and as the report that verifiers and assessors get (docs/reports.md)."""
    return {
        "skill": one.skill,
        "label": one.label,
        "framework": one.framework,
        "strength": str(one.strength),
        "answer": str(one.answer),
        "certainStrength": str(certain_strength(one)),
        "report": with_sentences(write_skill(one), say),
        "obtained": None if one.obtained is None else format_datetime(one.obtained),
        "reasons": reasons_json(one.reasons, say),
        "raiseBy": reasons_json(one.raise_by, say),
        "links": [
            {
                "credentialId": link.credential_id,
                "issuer": link.issuer,
                "issuerName": link.issuer_name,
                "rule": link.rule,
                "ceiling": None if link.ceiling is None else str(link.ceiling),
                "method": None if link.method is None else str(link.method),
                "evidence": str(link.evidence_state),
                "ageMonths": link.age_months,
                "standing": str(link.standing),
                "reasons": reasons_json(link.reasons, say),
            }
            for link in one.links
        ],
    }


def match_json(match: Match, say: Say) -> JsonObject:
    return {
        "place": match.ranked.place,
        "score": round(match.ranked.score, 4),
        **comparison_json(match.comparison, say),
    }


def comparison_json(found: Comparison, say: Say) -> JsonObject:
    return {
        "occupation": found.subject,
        "label": found.label,
        "essential": {"met": found.essential.met, "of": found.essential.of},
        "optional": {"met": found.optional.met, "of": found.optional.of},
        "overlap": [_skill_match(one) for one in found.overlap],
        "shortage": [_skill_match(one) for one in found.shortage],
        "surplus": [_skill_match(one) for one in found.surplus],
        "reasons": reasons_json(found.reasons, say),
    }


def journal_json(entry: JournalEntry) -> JsonObject:
    return {
        "id": entry.id,
        "at": format_datetime(entry.at),
        "way": str(entry.way),
        "asker": entry.asker,
        "host": entry.host,
        "purpose": entry.purpose,
        "credentials": list(entry.credentials),
        "skills": list(entry.skills),
        "refused": list(entry.refused),
    }


def _skill_match(one: SkillMatch) -> JsonObject:
    return {
        "skill": one.skill,
        "label": one.label,
        "required": one.required,
        "strength": one.strength,
        "level": one.level,
        "ownLevel": one.own_level,
        "weight": round(one.weight, 6),
    }
