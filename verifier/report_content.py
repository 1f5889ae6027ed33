"""A report as data: codes and values, which pages and programs render in their own language."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from passport.answers import Answer, Check, together
from passport.clock import format_datetime
from passport.credentials import Credential, Profile
from passport.documents import Fetched
from passport.evidence.policy import overall
from passport.evidence.profile import FunctionProfile
from passport.evidence.report import write_demands, write_reason, write_skills
from passport.json import dump
from passport.openid4vp.plain_sd_jwt import PlainReport
from passport.openid4vp.response_check import ONE_HOLDER
from passport.trust import RecognitionFound, TrustStore
from passport.verification import CredentialReport, EndorsementReport
from verifier.checking import Outcome
from verifier.recheck import write_named
from verifier.recognitions import may_award, recognitions_content, recognitions_of

Content = dict[str, Any]

_STANDING = frozenset({"validity_period", "status"})


def write_content(outcome: Outcome, profile: FunctionProfile | None) -> Content:
    """What is kept of a check: no presentation, no credential, nothing that could be shown on."""
    report = outcome.report
    return {
        "checkedAt": format_datetime(outcome.checked_at),
        "way": outcome.way,
        "link": _link(outcome),
        "offline": outcome.offline,
        "accepted": outcome.from_the_holder,
        "genuine": str(genuine(outcome)),
        "verdict": verdict(outcome),
        "holder": report.holder,
        "met": str(overall(outcome.demands)) if profile else None,
        "profile": _profile(profile),
        "checks": [_check(check) for check in report.checks],
        "demands": write_demands(outcome.demands),
        "named": [write_named(each) for each in outcome.named],
        "skills": write_skills(outcome.skills),
        "credentials": [_credential(each, outcome) for each in report.credentials],
        "endorsements": [_endorsement(each, outcome) for each in report.endorsements],
        "others": [_other(each) for each in outcome.plain],
        "documents": [_document(each, outcome.checked_at) for each in outcome.documents],
        "trustLists": _trust_lists(outcome.trust, outcome.checked_at),
    }


def _link(outcome: Outcome) -> Content | None:
    """The link that it lay behind: its end is the link's, and no credential's."""
    if outcome.link is None:
        return None
    shown = outcome.report.presentation
    made = min((each.created for each in shown.proofs if each.created), default=None) if shown else None
    return {
        "host": outcome.link.link.host,
        "until": format_datetime(outcome.link.until),
        "madeAt": _moment(made),
    }


def genuine(outcome: Outcome) -> Answer:
    """Made by its holder and every credential in it signed by its issuer; standing is told beside it."""
    return together(check.answer for check in outcome.report.checks if check.code != ONE_HOLDER)


def verdict(outcome: Outcome) -> str:
    """The one line on top: genuine, in force and from somebody who is recognised, or what is not so."""
    found = genuine(outcome)
    if found is not Answer.YES:
        return "not-genuine" if found is Answer.NO else "cannot-tell"
    shown = outcome.report
    standing = together(
        [each.credential.standing for each in shown.credentials if each.credential is not None]
        + [each.endorsement.standing for each in shown.endorsements if each.endorsement is not None]
        + [each.standing for each in outcome.plain]
    )
    if standing is Answer.YES and not any(
        _recognitions(report.parsed, outcome) for report in outcome.report.credentials if report.parsed
    ):
        return "unrecognised"
    return {Answer.YES: "genuine", Answer.NO: "withdrawn", Answer.CANNOT_TELL: "standing-unknown"}[standing]


def _recognitions(credential: Credential, outcome: Outcome) -> tuple[RecognitionFound, ...]:
    return recognitions_of(credential, outcome.trust, outcome.checked_at)


def _profile(profile: FunctionProfile | None) -> Content | None:
    if profile is None:
        return None
    return {"id": profile.id, "name": dict(profile.name), "version": profile.version}


def _check(check: Check) -> Content:
    return {
        "number": check.number,
        "code": check.code,
        "answer": str(check.answer),
        "reason": write_reason(check.reason),
    }


def _credential(report: CredentialReport, outcome: Outcome) -> Content:
    parsed = report.parsed
    content: Content = {
        "genuine": str(together(check.answer for check in report.checks if check.code not in _STANDING)),
        "standing": str(report.credential.standing) if report.credential else str(Answer.CANNOT_TELL),
        "checks": [_check(check) for check in report.checks],
    }
    if parsed is not None:
        content |= _described(parsed, outcome)
    return content


def _described(credential: Credential, outcome: Outcome) -> Mapping[str, Any]:
    achievement = credential.subject.achievement
    found = _recognitions(credential, outcome)
    return {
        "id": credential.id,
        "name": credential.name or achievement.name,
        "achievementType": achievement.achievement_type,
        "licenseNumber": credential.subject.license_number,
        "issuer": _issuer(credential.issuer, found),
        "mayAward": may_award(credential, outcome.trust, outcome.checked_at),
        "recognitions": recognitions_content(found),
        "validFrom": _moment(credential.valid_from),
        "validUntil": _moment(credential.valid_until),
    }


def _endorsement(report: EndorsementReport, outcome: Outcome) -> Content:
    """What somebody confirms, with its own checks; what it counts for stands with the skill."""
    parsed, verified = report.parsed, report.endorsement
    content: Content = {
        "genuine": str(together(check.answer for check in report.checks if check.code not in _STANDING)),
        "standing": str(Answer.CANNOT_TELL if verified is None else verified.standing),
        "checks": [_check(check) for check in report.checks],
    }
    if parsed is not None:
        found = outcome.trust.recognitions(parsed.issuer.id, outcome.checked_at, skills=[parsed.subject_id])
        content |= {
            "id": parsed.id,
            "name": parsed.name,
            "endorses": parsed.subject_id,
            "issuer": _issuer(parsed.issuer, found),
            "validFrom": _moment(parsed.valid_from),
            "validUntil": _moment(parsed.valid_until),
        }
    return content


def _other(plain: PlainReport) -> Content:
    """A credential that is no badge: it names no skill. What was asked of it is told as it was shown."""
    return {
        "type": plain.vct,
        "issuer": plain.issuer,
        "genuine": str(plain.genuine),
        "standing": str(plain.standing),
        "claims": _claims(plain) if plain.genuine is Answer.YES else [],
        "checks": [_check(check) for check in plain.credential_checks],
    }


def _claims(plain: PlainReport) -> list[Content]:
    """Names and values, as text or JSON: what others name their claims is no key of our records."""
    return [
        {"name": name, "value": value if isinstance(value, str) else dump(value).decode("utf-8")}
        for name, value in plain.claims.items()
    ]


def _issuer(issuer: Profile, found: Sequence[RecognitionFound]) -> Content:
    """The name that an issuer gives itself proves nothing: the name on a trust list stands beside it."""
    return {
        "id": issuer.id,
        "name": issuer.name,
        "recognisedName": found[0].entry.name if found else None,
        "recognisedAs": sorted({str(each.recognition) for each in found}),
        "recognisedBy": sorted({each.publisher_name for each in found}),
    }


def _document(document: Fetched, now: datetime) -> Content:
    return {
        "url": document.url,
        "fetchedAt": format_datetime(document.fetched_at),
        "ageSeconds": max(0, int((now - document.fetched_at).total_seconds())),
    }


def _trust_lists(trust: TrustStore, now: datetime) -> list[Content]:
    return [
        {
            "id": each.content.id,
            "version": each.content.version,
            "name": dict(each.content.name),
            "publisher": {"id": each.content.publisher, "name": each.content.publisher_name},
            "validUntil": format_datetime(each.content.valid_until),
            "ageDays": each.age_days(now),
            "fresh": each.fresh(now),
            "chosen": each.pinned,
        }
        for each in trust.lists
    ]


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else format_datetime(moment)
