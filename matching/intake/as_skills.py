"""Which answers of the self-assessment are skills of ESCO as well: those where both lists mean the same.

An item that names two things ("Economics and Accounting") is left out, since one answer tells of neither,
and so is one that ESCO has only in pieces ("Speaking"). What is left becomes a soft skill of the person where
they answered high and higher than they usually do, and counts little (benchmarks/matching/assessed.py).
"""

from dataclasses import dataclass
from statistics import fmean
from types import MappingProxyType

from matching.intake.assessment import Answers
from matching.onet.items import ITEMS
from passport.answers import Reason

HIGH = 4
"""An answer of 4 or 5: "good, also when it is hard", "a lot"."""
ABOVE = 1.0
"""Steps above the person's own mean: whoever is mild for themselves everywhere said nothing of one skill."""
WEIGHT = 0.2
"""More of it moves people away from the work that they did (benchmarks/matching/assessed.py)."""
_TABLE = """
2.A.1.b a17286c5-238d-4f0b-bc24-29e9121345de
2.A.2.a b9f16465-56a9-426b-a047-0f9f1f95ec92
2.A.2.c a44c0ed6-68b1-457a-9c6d-ea8487bdfeb2
2.B.1.c 39e7d2a3-8d01-497c-8c5f-d51ab53a4a22
2.B.2.i 03b9b491-fc9b-4868-914a-bf7cd47b5041
2.B.3.e 21d2f96d-35f7-4e3f-9745-c533d2dd6e97
2.B.3.j 5033c2fb-ec55-4b8e-b0a4-9379593f1e1c
2.B.3.k 334e3e49-fb02-4051-809a-f06adfdc1c40
2.B.5.b 21c5790c-0930-4d74-b3b0-84caf5af12ea
2.B.5.d 339ac029-066a-4985-9f9d-b3d7c8fea0bb
2.C.1.a 0a48d064-dd04-47fb-a00d-85e9b4874033
2.C.1.b 6a609f8f-1451-4102-ad2d-62c5270e1237
2.C.1.e 15a33d76-4640-438d-ae64-fdc0c1d3eebc
2.C.1.f e437eba1-3e22-41f2-8703-741e94785cba
2.C.2.a 3786b61f-f22e-48d1-af8d-ad4c354534db
2.C.3.b 209a5498-3449-4689-8ed9-bd08cab4fd78
2.C.3.c 4c58528e-bdaa-43ad-8f5a-8ad0b8cd4bbb
2.C.3.d 6c190890-d5ab-46ab-915b-04e995dc0d76
2.C.3.e efa141df-f382-418f-9121-bd88fd735669
2.C.4.a 4339176e-3acd-4f7f-a5d9-445bee3d23f2
2.C.4.b 692ace70-7f97-4214-92bd-88f7637d8a44
2.C.4.c cde9911c-f92e-4de1-811f-336e177ac4ce
2.C.4.d 9433da85-70fa-4a25-8f96-71fa59dd1989
2.C.4.e bfe4f330-d595-48c7-ab3c-f309471d6953
2.C.4.g cf9c8e73-105d-419e-86dd-4304cc6cd718
2.C.5.b 8f5d6a1b-32fa-4c3f-b3d6-5f070d2e0f74
2.C.6 a117f32c-662b-4dd9-b739-1230dd04cb60
2.C.7.b 2de4572a-4724-4f76-afc2-72a568a264ac
2.C.7.c 17996b4f-1302-4bd7-a4c7-912b74feccf0
2.C.8.a 499c05a2-6f36-4407-83c1-dc3448d35818
2.C.9.a f1a56786-e6d7-4b2e-a39c-23e09024d473
2.C.9.b 253112b8-f613-4e1d-a691-d80ca258e21a
2.C.10 73de691d-d112-444b-a99f-606888fa9414
"""
AS_SKILLS = MappingProxyType(
    {
        item: f"http://data.europa.eu/esco/skill/{skill}"
        for item, skill in (row.split() for row in _TABLE.split("\n") if row)
    }
)
"""By O*NET's identifier of the item: the skill of ESCO that is closely the same (SKOS closeMatch)."""

_BY_ID = {item.id: item for item in ITEMS}


@dataclass(frozen=True, slots=True)
class AnsweredSkill:
    """A skill that the person says to have by answering a question."""

    item: str
    skill: str
    level: int


def skills_of_answers(answers: Answers) -> tuple[AnsweredSkill, ...]:
    """In the order of the items; none where no answer stands out."""
    if not answers:
        return ()
    least = max(HIGH, fmean(answers.values()) + ABOVE)
    return tuple(
        AnsweredSkill(item.id, AS_SKILLS[item.id], answers[item.id])
        for item in ITEMS
        if item.id in AS_SKILLS and answers.get(item.id, 0) >= least
    )


def why_answered(one: AnsweredSkill, year: int) -> Reason:
    """Why a skill is here: what was answered, and when."""
    item = _BY_ID[one.item]
    return Reason(
        "intake.answered",
        {"item.nl": item.label("nl"), "item.en": item.label("en"), "level": one.level, "year": year},
    )
