"""What stands in a credential, as lines that a person can read: everything that an asker would learn."""

from dataclasses import dataclass
from datetime import datetime

from passport.clock import format_datetime
from passport.verification import CredentialReport
from wallet.core.claims_left import named_by_token, statements_left
from wallet.core.learning_route import learning_route
from wallet.core.plain_text import plain_text


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a credential says: a code for what it is, and the value as plain text."""

    code: str
    value: str
    moment: datetime | None = None
    """Set where the value is a date."""


def claims_of(report: CredentialReport) -> tuple[Claim, ...]:
    """All statements of a credential, the identifier of the person among them.

    Those that an issuer of another kind may make besides come last, by the names of their members.
    """
    parsed = report.parsed
    if parsed is None:
        return ()
    subject, achievement = parsed.subject, parsed.subject.achievement
    found: list[tuple[str, str | datetime | None]] = [
        ("claim-name", achievement.name),
        ("claim-issuer", parsed.issuer.name or parsed.issuer.id),
        ("claim-holder", subject.id),
        ("claim-kind", achievement.achievement_type),
        ("claim-description", achievement.description),
        ("claim-criteria", achievement.criteria_narrative),
        ("claim-valid-from", parsed.valid_from),
        ("claim-valid-until", parsed.valid_until),
        ("claim-license-number", subject.license_number),
        ("claim-role", subject.role),
        ("claim-from", subject.activity_start),
        ("claim-until", subject.activity_end),
        ("claim-assessor", None if subject.source is None else subject.source.name or subject.source.id),
    ]
    found += [("claim-skill", alignment.target_name) for alignment in achievement.alignments]
    route = learning_route(achievement.tags)
    found += [("claim-route", None if route is None else str(route))]
    found += [("claim-tag", tag) for tag in achievement.tags if route is None or tag != route.tag]
    found += [("claim-result", result.value or result.status) for result in subject.results]
    for evidence in parsed.evidence:
        found += [("claim-evidence", evidence.name or evidence.genre or evidence.id)]
        found += [("claim-evidence-text", text) for text in (evidence.description, evidence.narrative)]
    named = [_claim(code, value) for code, value in found if value]
    document = {**parsed.document, **named_by_token(parsed)}
    left = statements_left(document, {claim.value for claim in named})
    return (*named, *(Claim("claim-other", statement) for statement in left))


def _claim(code: str, value: str | datetime) -> Claim:
    if isinstance(value, datetime):
        return Claim(code, format_datetime(value), value)
    return Claim(code, plain_text(value))
