"""The people of whom evidence is weighed, and the trust list that a verifier uses."""

from datetime import timedelta

from passport.evidence import weigh
from passport.trust import Recognition
from tests.simulators.parties import ESCO, NOW, Party, World, recognise

SKILL = ESCO + "welding"
LIST = "https://school.example/status/1"
FILE = b"time sheet, week 12"


class Cast:
    """The people of the matrix, and the trust list that the verifier uses."""

    def __init__(self) -> None:
        self.world = World()
        self.holder = Party("Worker")
        self.school = Party.on_the_web("School", "school.example")
        self.employer = Party.on_the_web("Employer", "employer.example")
        self.company = Party("Training company")
        self.validator = Party("Validator")
        self.both = Party("Employer that validates")
        self.adviser = Party("Adviser")
        self.stranger = Party("Stranger")
        self.abroad = Party("University abroad")
        self.former = Party("School that closed")
        self.welding_school = Party("School for welding")
        self.other_school = Party("School for something else")
        self.assessor = Party("Assessor")
        self.colleague = Party("Assessor who works for an employer")
        self.self_employed = Party.on_the_web("Worker Ltd", "worker.example", self.holder.signer)
        self.other_name = Party("Worker under another name")
        self.world.publish(
            *(each.did_document() for each in (self.school, self.employer, self.self_employed))
        )
        self.entries = [
            recognise(self.school, Recognition.EDUCATOR),
            recognise(self.employer, Recognition.EMPLOYER),
            recognise(self.company, Recognition.WORK_PLACEMENT_COMPANY),
            recognise(self.validator, Recognition.VALIDATOR),
            recognise(self.both, Recognition.VALIDATOR, Recognition.EMPLOYER),
            recognise(self.adviser, Recognition.ADVISER),
            recognise(self.former, Recognition.EDUCATOR, valid_until=NOW - timedelta(days=10)),
            recognise(self.welding_school, Recognition.EDUCATOR, skills=frozenset({SKILL})),
            recognise(self.other_school, Recognition.EDUCATOR, skills=frozenset({ESCO + "baking"})),
            recognise(self.colleague, Recognition.EMPLOYER),
            recognise(self.self_employed, Recognition.EMPLOYER, Recognition.VALIDATOR, Recognition.EDUCATOR),
            recognise(self.other_name, Recognition.VALIDATOR, also_known_as=frozenset({self.holder.did})),
        ]
        self.trust = self.world.trusting(*self.entries)


def weigh_all(cast, *documents, files=None, holder=None):
    verified = [cast.world.verify(document) for document in documents]
    evidence = weigh(verified, trust=cast.trust, now=NOW, files=files or {}, holder=holder)
    return {each.skill: each for each in evidence}


def assessment(cast, **members):
    return cast.validator.issue(
        cast.holder, [SKILL], genres=["assessment"], results=[{"value": "8"}], **members
    )
