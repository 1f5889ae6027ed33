"""What is wrong with a function profile, told to the employer before it is published."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from matching.asked import labels_in, occupation_skills
from passport.evidence.lint import Finding, Severity, lint
from passport.evidence.profile import FunctionProfile
from passport.trust import TrustStore


async def findings(profile: FunctionProfile, trust: TrustStore, now: datetime) -> tuple[Finding, ...]:
    """All findings, the worst first, by the trust lists in use and the shipped taxonomy."""
    return await asyncio.to_thread(_lint, profile, trust, now)


def _lint(profile: FunctionProfile, trust: TrustStore, now: datetime) -> tuple[Finding, ...]:
    return lint(
        profile,
        now=now,
        trust=trust,
        occupation_skills=occupation_skills(profile.occupation, profile.taxonomy),
        labels=labels_in(profile.taxonomy),
    )


def errors(found: Sequence[Finding]) -> int:
    return sum(each.severity is Severity.ERROR for each in found)


def findings_content(found: Sequence[Finding]) -> list[Mapping[str, Any]]:
    """Findings as data; pages and the API put the sentence beside the code."""
    return [
        {
            "code": each.code,
            "values": dict(each.reason.values),
            "severity": str(each.severity),
            "skill": each.skill,
        }
        for each in found
    ]
