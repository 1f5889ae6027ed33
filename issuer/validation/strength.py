"""How strong each skill is now, and what it would be after the assessment: by the rule table alone."""

from dataclasses import dataclass, replace

from issuer.organisations.records import Organisation
from issuer.validation.checking import Checker, Examined
from issuer.validation.independence import AssessorProfile, related
from issuer.validation.records import Case
from passport.answers import Answer
from passport.evidence import Facts, Method, Strength, judge
from passport.evidence.kinds import Assessor

_ASSESSED = frozenset({Method.ASSESSMENT})


@dataclass(frozen=True, slots=True)
class Outlook:
    """One skill: now, whether all of that could be checked, and after an assessment that it passes."""

    now: Strength
    answer: Answer
    after: Strength


def outlook(
    case: Case,
    examined: Examined,
    organisation: Organisation,
    assessor: AssessorProfile | None,
    checker: Checker,
) -> list[Outlook]:
    """For each skill of the case, in its order. Without an assessor, as if an independent one came."""
    found = []
    for each in case.skills:
        weighed = examined.skills.get(each.skill)
        kinds = frozenset(
            one.recognition for one in checker.recognitions(organisation.did, each.skill) if one.fresh
        )
        facts = Facts(
            signed_by=examined.parties.signed_by(organisation.did, kinds),
            recognised_as=kinds,
            methods=_ASSESSED,
            bound=_ASSESSED,
            result=True,
            assessor=Assessor.INDEPENDENT,
        )
        if assessor is not None and related(assessor, organisation, examined):
            facts = replace(facts, assessor=Assessor.RELATED)
        now = Strength.SOFT if weighed is None else weighed.strength
        answer = Answer.NO if weighed is None else weighed.answer
        found.append(Outlook(now, answer, max(now, judge(facts).ceiling)))
    return found
