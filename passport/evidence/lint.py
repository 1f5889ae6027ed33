"""What is wrong with a function profile before anybody is asked to meet it: findings as data.

An error is a demand that nobody can meet, or a profile that asks nothing that it seems to ask. A warning is a
demand that keeps people out who can do the work. A hint is something that could be better. Each says what to
do; whoever publishes decides.

What lies outside a profile comes in as parameters: who is recognised, which skills an occupation has, and
what skills are called. Without them the rules that need them say nothing.
"""

from collections.abc import Iterator
from datetime import datetime

from passport.evidence.findings import Finding, Known, Labels, OccupationSkills, Severity
from passport.evidence.lint_demand import demand_findings
from passport.evidence.lint_profile import profile_findings
from passport.evidence.profile import FunctionProfile
from passport.trust import TrustStore

__all__ = ["Finding", "Labels", "OccupationSkills", "Severity", "lint", "worst"]

RUBRIC_LEVELS = 8
"""The highest level of the European Qualifications Framework, and the most that a rubric of ours has."""


_WORST_FIRST = tuple(Severity)


def lint(
    profile: FunctionProfile,
    *,
    now: datetime,
    trust: TrustStore | None = None,
    occupation_skills: OccupationSkills | None = None,
    labels: Labels | None = None,
    rubric_levels: int = RUBRIC_LEVELS,
) -> tuple[Finding, ...]:
    """All findings about a profile, the worst first, then in the order of its demands.

    Args:
        profile: as parsed; it need not be signed yet.
        now: the moment, for dates and for who is recognised.
        trust: the trust lists that the publisher goes by; None leaves out what depends on them.
        occupation_skills: of the profile's occupation; None leaves out what depends on them.
        labels: what skills are called in the profile's taxonomy.
        rubric_levels: the highest level that a rubric has.
    """
    known = Known(now, trust, occupation_skills, labels, rubric_levels)

    def found() -> Iterator[Finding]:
        yield from profile_findings(profile, known)
        for demand in profile.demands:
            yield from demand_findings(demand, known)

    return tuple(sorted(found(), key=lambda each: _WORST_FIRST.index(each.severity)))


def worst(findings: tuple[Finding, ...]) -> Severity | None:
    """The worst severity that was found."""
    return findings[0].severity if findings else None
