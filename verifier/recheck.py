"""What a wallet says meets which demand, looked into. It changes no answer: those were found without it.

Where what was named does not hold here, the person was promised more than was found: their trust lists differ
from ours, or something was withdrawn in between. The report says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from passport.answers import Answer
from passport.evidence.link import SkillEvidence
from passport.evidence.policy import DemandResult, link_answer
from passport.openid4vc.presentation_submission import Hints
from passport.verification import PresentationReport

_WORTH = {Answer.NO: 0, Answer.CANNOT_TELL: 1, Answer.YES: 2}


@dataclass(frozen=True, slots=True)
class Named:
    """What was named for one demand, and whether that gives the answer that was found."""

    skill: str
    documents: tuple[str, ...]
    """Ids of the named credentials and endorsements that were shown."""
    confirmed: bool


def recheck(
    hints: Hints, report: PresentationReport, results: Iterable[DemandResult], skills: Sequence[SkillEvidence]
) -> tuple[Named, ...]:
    """Look into the hints about what is asked; about anything else they say nothing."""
    shown = [*(each.parsed for each in report.credentials), *(each.parsed for each in report.endorsements)]
    by_skill = {each.skill: each for each in skills}
    found = []
    for result in results:
        skill = result.demand.skill
        if skill in hints:
            places = (shown[place] for place in hints[skill] if place < len(shown))
            documents = tuple(each.id for each in places if each is not None)
            found.append(Named(skill, documents, _confirmed(result, documents, by_skill.get(skill), report)))
    return tuple(found)


def write_named(named: Named) -> dict[str, Any]:
    return {"skill": named.skill, "credentials": list(named.documents), "confirmed": named.confirmed}


def _confirmed(
    result: DemandResult, documents: Sequence[str], evidence: SkillEvidence | None, report: PresentationReport
) -> bool:
    """Whether one of the named documents, all that was shown considered, gives the answer that was found."""
    if evidence is None or report.presentation is None or result.answer is Answer.NO:
        return False
    now = report.presentation.verified_at
    links = (link for link in evidence.links if link.credential_id in documents)
    best = max((_WORTH[link_answer(result.demand, link, now)] for link in links), default=0)
    return best == _WORTH[result.answer]
