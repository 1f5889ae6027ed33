"""What stands in a credential, as lines that a person can read: everything that an asker would learn."""

from dataclasses import dataclass

from passport.clock import format_datetime
from passport.verification import CredentialReport


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a credential says: a code for what it is, and the value as it stands there."""

    code: str
    value: str


def claims_of(report: CredentialReport) -> tuple[Claim, ...]:
    """All readable statements of a credential, the identifier of the person among them."""
    parsed = report.parsed
    if parsed is None:
        return ()
    subject, achievement = parsed.subject, parsed.subject.achievement
    found: list[tuple[str, str | None]] = [
        ("claim-name", achievement.name),
        ("claim-issuer", parsed.issuer.name or parsed.issuer.id),
        ("claim-holder", subject.id),
        ("claim-kind", achievement.achievement_type),
        ("claim-description", achievement.description),
        ("claim-criteria", achievement.criteria_narrative),
        ("claim-valid-from", None if parsed.valid_from is None else format_datetime(parsed.valid_from)),
        ("claim-valid-until", None if parsed.valid_until is None else format_datetime(parsed.valid_until)),
        ("claim-role", subject.role),
        ("claim-from", None if subject.activity_start is None else format_datetime(subject.activity_start)),
        ("claim-until", None if subject.activity_end is None else format_datetime(subject.activity_end)),
        ("claim-assessor", None if subject.source is None else subject.source.name or subject.source.id),
    ]
    found += [("claim-skill", alignment.target_name) for alignment in achievement.alignments]
    found += [("claim-result", result.value or result.status) for result in subject.results]
    for evidence in parsed.evidence:
        found += [("claim-evidence", evidence.name or evidence.genre or evidence.id)]
        found += [("claim-evidence-text", text) for text in (evidence.description, evidence.narrative)]
    return tuple(Claim(code, value) for code, value in found if value)
