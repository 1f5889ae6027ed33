"""Findings about a profile as a whole: does it ask too much, contradict itself, and how long does it hold."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from passport.answers import Reason
from passport.evidence.demand import Demand, Purpose
from passport.evidence.findings import Finding, Known, Severity
from passport.evidence.kinds import Strength
from passport.evidence.lint_codes import LintCode
from passport.evidence.lint_demand import found
from passport.evidence.profile import FunctionProfile

MOST_REQUIRED = 15
"""Required skills that a person can still read and answer; a presentation carries 16 credentials at most."""
_FEW = 2
"""Demands for which "all of them are hard" says nothing."""
_SOON = timedelta(days=30)
_LONG = timedelta(days=2 * 366)


def profile_findings(profile: FunctionProfile, known: Known) -> Iterator[Finding]:
    for check in (_dates, _same_skill, _same_label, _asks, _occupation, _names, _lists):
        yield from check(profile, known)


def _whole(severity: Severity, code: LintCode, **values: str | int) -> Finding:
    return Finding(severity, Reason(code, values))


def _dates(profile: FunctionProfile, known: Known) -> Iterator[Finding]:
    until = {"date": profile.valid_until.date().isoformat()}
    if profile.valid_until <= known.now:
        yield _whole(Severity.ERROR, LintCode.EXPIRED, **until)
    elif profile.valid_until - known.now < _SOON:
        yield _whole(Severity.HINT, LintCode.ENDS_SOON, **until)
    if profile.valid_from - known.now > timedelta(days=1):
        yield _whole(Severity.WARNING, LintCode.NOT_YET_VALID, date=profile.valid_from.date().isoformat())
    if profile.valid_until - profile.valid_from > _LONG:
        yield _whole(Severity.HINT, LintCode.LONG_VALIDITY, **until)
    proven = [each for each in profile.demands if each.minimum_strength > Strength.SOFT]
    if proven and all(each.maximum_age_months is None for each in profile.demands):
        yield _whole(Severity.HINT, LintCode.NO_MAXIMUM_AGE)


def _same_skill(profile: FunctionProfile, _known: Known) -> Iterator[Finding]:
    """One skill under two spellings of its identifier: proof of one is no proof of the other."""
    spellings: dict[str, list[Demand]] = defaultdict(list)
    for demand in profile.demands:
        spellings[_plain(demand.skill)].append(demand)
    for _, *again in spellings.values():
        for demand in again:
            yield found(Severity.ERROR, LintCode.CONTRADICTORY, demand)


def _plain(skill: str) -> str:
    parts = urlsplit(skill)
    return f"{parts.netloc.casefold()}{unquote(parts.path).rstrip('/')}?{parts.query}#{parts.fragment}"


def _same_label(profile: FunctionProfile, _known: Known) -> Iterator[Finding]:
    labels: dict[str, set[str]] = defaultdict(set)
    for demand in profile.demands:
        label = " ".join(demand.label.casefold().split())
        if labels[label] - {_plain(demand.skill)}:
            yield found(Severity.WARNING, LintCode.SAME_LABEL, demand)
        labels[label].add(_plain(demand.skill))


def _asks(profile: FunctionProfile, _known: Known) -> Iterator[Finding]:
    required = [each for each in profile.demands if each.required]
    if not required:
        yield _whole(Severity.WARNING, LintCode.ALL_OPTIONAL, demands=len(profile.demands))
    if len(required) > MOST_REQUIRED:
        yield _whole(Severity.WARNING, LintCode.TOO_MANY, required=len(required), most=MOST_REQUIRED)
    if len(profile.demands) <= _FEW:
        return
    if all(each.minimum_strength is Strength.HARD for each in profile.demands):
        yield _whole(Severity.WARNING, LintCode.ALL_HARD)
    if all(each.records_shown for each in profile.demands):
        yield _whole(Severity.WARNING, LintCode.ALL_RECORDS)


def _occupation(profile: FunctionProfile, known: Known) -> Iterator[Finding]:
    if profile.occupation is None:
        if profile.purpose is Purpose.LABOUR_MARKET:
            yield _whole(Severity.HINT, LintCode.NO_OCCUPATION)
        return
    if known.occupation is None:
        return
    required, essential = sum(each.required for each in profile.demands), len(known.occupation.essential)
    if required > essential > 0:
        yield _whole(Severity.WARNING, LintCode.MORE_THAN_OCCUPATION, required=required, essential=essential)


def _names(profile: FunctionProfile, _known: Known) -> Iterator[Finding]:
    for language in ("en", "nl"):
        if language not in profile.name:
            yield _whole(Severity.WARNING, LintCode(f"lint.name_missing.{language}"))


def _lists(profile: FunctionProfile, known: Known) -> Iterator[Finding]:
    proven = any(each.minimum_strength > Strength.SOFT for each in profile.demands)
    if proven and known.trust is not None and not known.trust.lists:
        yield _whole(Severity.WARNING, LintCode.NO_LISTS)
