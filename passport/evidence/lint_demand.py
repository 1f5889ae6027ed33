"""Findings about one demand: can anybody meet it, whom does it keep out, and is it named."""

import re
from collections.abc import Collection, Iterator

from passport.answers import Reason
from passport.evidence.demand import Demand
from passport.evidence.findings import Finding, Known, Severity
from passport.evidence.kinds import Strength
from passport.evidence.lint_codes import LintCode
from passport.evidence.rules import RULES
from passport.trust import Recognition

_LANGUAGES = ("en", "nl")
LEAST_MONTHS = {Strength.SOFT: 1, Strength.SEMI_HARD: 2, Strength.HARD: 6}
"""An assessment takes two or three months from request to badge; who looks for work needs some more."""
_SCHOOLS = frozenset({Recognition.EDUCATOR})
_EXAMPLES = 3
_QUALIFICATION = re.compile(r"/(?:qualification|kwalificatie|crebo|diploma|learning-opportunity)s?(?:/|$)")
_DIPLOMA = re.compile(
    r"\b(?:\w*diploma\w*|getuigschrift|degree|bachelor|master'?s?[ -]degree|mbo|hbo|vmbo|havo|phd"
    r"|qualification|kwalificatie|opleidingsniveau|certificates?|certificaat|certificaten)\b",
    re.IGNORECASE,
)


def demand_findings(demand: Demand, known: Known) -> Iterator[Finding]:
    for check in (_unreachable, _level, _diploma, _age, _restricted, _recognised, _occupation, _labels):
        yield from check(demand, known)


def found(severity: Severity, code: LintCode, demand: Demand, **values: str | int) -> Finding:
    """A finding about a demand, which it names."""
    return Finding(severity, Reason(code, {"skill": demand.label, **values}), demand.skill)


def highest(recognitions: Collection[Recognition]) -> Strength:
    """The highest ceiling that the rule table has for somebody who is recognised as this, and no more."""
    return max(
        (
            rule.ceiling
            for rule in RULES
            if rule.recognised_as is not None and not rule.recognised_as.isdisjoint(recognitions)
        ),
        default=Strength.SOFT,
    )


def _unreachable(demand: Demand, _known: Known) -> Iterator[Finding]:
    """Accepted recognitions whose ceiling lies below what is asked; a named issuer may have another one."""
    accepted = demand.accepted_recognitions
    if accepted and not demand.accepted_issuers and highest(accepted) < demand.minimum_strength:
        yield found(Severity.ERROR, LintCode.STRENGTH_UNREACHABLE, demand)


def _level(demand: Demand, known: Known) -> Iterator[Finding]:
    if demand.level is not None and demand.level > known.rubric_levels:
        yield found(
            Severity.ERROR,
            LintCode.LEVEL_ABOVE_RUBRIC,
            demand,
            level=demand.level,
            most=known.rubric_levels,
        )


def _diploma(demand: Demand, known: Known) -> Iterator[Finding]:
    """R91: a diploma where skills would do; R90: hard proof that only a school's examination gives."""
    if _is_diploma(demand, known):
        examples = _examples(known)
        if examples:
            yield found(Severity.WARNING, LintCode.DIPLOMA_DEMAND_SKILLS, demand, skills=examples)
        else:
            yield found(Severity.WARNING, LintCode.DIPLOMA_DEMAND, demand)
    elif (
        demand.minimum_strength is Strength.HARD
        and demand.accepted_recognitions == _SCHOOLS
        and not demand.accepted_issuers
    ):
        yield found(Severity.WARNING, LintCode.SCHOOLS_ONLY, demand)


def _is_diploma(demand: Demand, known: Known) -> bool:
    if _QUALIFICATION.search(demand.skill):
        return True
    return not known.names(demand.skill) and _DIPLOMA.search(demand.label) is not None


def _examples(known: Known) -> str:
    """Some skills of the occupation by name, which could be asked instead."""
    essential = sorted(known.occupation.essential) if known.occupation is not None else []
    names = [known.names(skill).get("en", "") for skill in essential]
    return ", ".join([name for name in names if name][:_EXAMPLES])


def _age(demand: Demand, _known: Known) -> Iterator[Finding]:
    least = LEAST_MONTHS[demand.minimum_strength]
    if demand.maximum_age_months is not None and demand.maximum_age_months < least:
        months = {"months": demand.maximum_age_months, "least": least}
        yield found(Severity.WARNING, LintCode.AGE_TOO_SHORT, demand, **months)


def _restricted(demand: Demand, _known: Known) -> Iterator[Finding]:
    accepts_some = demand.accepted_recognitions or demand.accepted_issuers
    if demand.minimum_strength is Strength.SOFT:
        if accepts_some:
            yield found(Severity.WARNING, LintCode.SOFT_BUT_RESTRICTED, demand)
        if demand.records_shown:
            yield found(Severity.WARNING, LintCode.RECORDS_OF_SOFT, demand)
    elif len(demand.accepted_issuers) == 1 and not demand.accepted_recognitions:
        yield found(Severity.WARNING, LintCode.ONE_ISSUER, demand)


def _recognised(demand: Demand, known: Known) -> Iterator[Finding]:
    """Whether somebody on the lists in use could give the proof that is asked."""
    if known.trust is None or not known.trust.lists or demand.minimum_strength is Strength.SOFT:
        return
    parties = _recognised_as(demand, known)
    able = {did for did, words in parties.items() if highest(words) >= demand.minimum_strength}
    if not demand.accepted_recognitions and demand.accepted_issuers:
        unable = demand.accepted_issuers - able
        if unable == demand.accepted_issuers:
            yield found(Severity.ERROR, LintCode.NO_ISSUER_RECOGNISED, demand)
        elif unable:
            yield found(Severity.WARNING, LintCode.ISSUER_UNRECOGNISED, demand, issuers=len(unable))
        return
    accepted = demand.accepted_recognitions or frozenset(Recognition)
    if not any(did in demand.accepted_issuers or not accepted.isdisjoint(parties[did]) for did in able):
        yield found(Severity.WARNING, LintCode.NOBODY_RECOGNISED, demand)


def _recognised_as(demand: Demand, known: Known) -> dict[str, frozenset[Recognition]]:
    """Who is recognised today for this skill, and as what."""
    assert known.trust is not None
    parties: dict[str, frozenset[Recognition]] = {}
    for standing in known.trust.standings(known.now):
        entry = standing.entry
        if entry.skills is None or demand.skill in entry.skills:
            for did in entry.dids:
                parties[did] = parties.get(did, frozenset()) | entry.words
    return parties


def _occupation(demand: Demand, known: Known) -> Iterator[Finding]:
    if known.occupation is None or not demand.required:
        return
    if demand.skill not in known.occupation.all:
        yield found(Severity.WARNING, LintCode.BEYOND_OCCUPATION, demand)
    elif demand.skill not in known.occupation.essential:
        yield found(Severity.HINT, LintCode.OPTIONAL_IN_OCCUPATION, demand)


def _labels(demand: Demand, known: Known) -> Iterator[Finding]:
    if known.labels is None or _is_diploma(demand, known):
        return
    names = known.names(demand.skill)
    if not names:
        yield found(Severity.WARNING, LintCode.SKILL_UNKNOWN, demand)
        return
    own = {label.casefold() for label in (demand.label, *demand.labels.values())}
    if own.isdisjoint(name.casefold() for name in names.values()):
        yield found(
            Severity.WARNING,
            LintCode.LABEL_DIFFERS,
            demand,
            name=names.get("en") or next(iter(names.values())),
        )
        return
    for language in _LANGUAGES:
        name = names.get(language)
        if name and language not in demand.labels and name.casefold() != demand.label.casefold():
            code = LintCode(f"lint.label_missing.{language}")
            yield found(Severity.HINT, code, demand, name=name)
