"""A36: who signed x recognised as what x method x records x standing; laundering. Strength never rises by a word.

Each row of MATRIX is a credential, signed with real keys and verified, and what it may count for.

Longer than most: it is one table.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha384
from typing import Any

import pytest

from passport.answers import Answer
from passport.encoding import multibase_encode
from passport.evidence import EvidenceState, Strength, weigh
from passport.trust import Recognition
from tests.simulators.parties import ESCO, NOW, Party, World, recognise, status_entry

SOFT, SEMI, HARD = Strength
SKILL = ESCO + "welding"
LIST = "https://school.example/status/1"
PASSED = ({"value": "8"},)
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


@dataclass(frozen=True)
class Row:
    """Who signs what, and what it may count for: `strength`, by `rule`, with `answer`."""

    name: str
    signer: str
    strength: Strength
    rule: str
    kind: str | None = None
    genres: tuple[str, ...] = ()
    bound: bool = True
    shown: bytes | str | None = "not shown"
    results: tuple[Any, ...] = ()
    source: str | None = None
    answer: Answer = Answer.YES
    state: EvidenceState | None = None
    members: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


MATRIX = [
    # the holder: anything is soft
    Row("own word", "holder", SOFT, "holder"),
    Row("own diploma", "holder", SOFT, "holder", kind="Diploma"),
    Row("own work record, bound", "holder", SOFT, "holder", genres=("work-record",)),
    Row("own assessment with result", "holder", SOFT, "holder", genres=("assessment",), results=PASSED),
    Row(
        "own examination naming an assessor",
        "holder",
        SOFT,
        "holder",
        genres=("examination",),
        source="assessor",
    ),
    Row(
        "own company with the same key, work record", "self_employed", SOFT, "holder", genres=("work-record",)
    ),
    Row("own company with the same key, diploma", "self_employed", SOFT, "holder", kind="Diploma"),
    Row(
        "own company assesses",
        "self_employed",
        SOFT,
        "holder",
        genres=("assessment",),
        results=PASSED,
        source="assessor",
    ),
    Row(
        "another DID of the holder on the list",
        "other_name",
        SOFT,
        "holder",
        genres=("assessment",),
        results=PASSED,
        source="assessor",
    ),
    # unknown to every list
    Row("stranger's word", "stranger", SOFT, "unknown"),
    Row("stranger's work record", "stranger", SOFT, "unknown", genres=("work-record",)),
    Row(
        "stranger assesses",
        "stranger",
        SOFT,
        "unknown",
        genres=("assessment",),
        results=PASSED,
        source="assessor",
    ),
    Row("stranger examines", "stranger", SOFT, "unknown", genres=("examination",)),
    Row("diploma from abroad", "abroad", SOFT, "not-recognised-here", kind="Diploma"),
    Row(
        "degree from abroad",
        "abroad",
        SOFT,
        "not-recognised-here",
        kind="MasterDegree",
        genres=("examination",),
    ),
    Row("recognition ended", "former", SOFT, "not-recognised-here", kind="Diploma"),
    Row(
        "recognition ended, signed with an old date",
        "former",
        SOFT,
        "not-recognised-here",
        kind="Diploma",
        members={"at": NOW - timedelta(days=400)},
    ),
    Row(
        "signed before the recognition began",
        "school",
        SOFT,
        "not-recognised-here",
        kind="Diploma",
        members={"at": NOW - timedelta(days=2_000)},
    ),
    # at work
    Row(
        "work record, bound",
        "employer",
        SEMI,
        "work-record",
        genres=("work-record",),
        state=EvidenceState.NOT_SHOWN,
    ),
    Row("observation, bound", "employer", SEMI, "work-record", genres=("observation",)),
    Row("work record of a training company", "company", SEMI, "work-record", genres=("work-record",)),
    Row(
        "work record, shown and the same",
        "employer",
        SEMI,
        "work-record",
        genres=("work-record",),
        shown=FILE,
        state=EvidenceState.MATCHES,
    ),
    Row(
        "work record, shown and changed",
        "employer",
        SOFT,
        "work-record",
        genres=("work-record",),
        shown=FILE + b"!",
        state=EvidenceState.CHANGED,
    ),
    Row(
        "one of two records changed",
        "employer",
        SOFT,
        "work-record",
        genres=("work-record", "observation"),
        shown=FILE + b"!",
        state=EvidenceState.CHANGED,
    ),
    Row(
        "work record that can't be fetched",
        "employer",
        SEMI,
        "work-record",
        genres=("work-record",),
        shown=None,
        answer=Answer.CANNOT_TELL,
        state=EvidenceState.UNREACHABLE,
    ),
    Row(
        "work record, not bound",
        "employer",
        SOFT,
        "bare-statement",
        genres=("work-record",),
        bound=False,
        state=EvidenceState.UNBOUND,
    ),
    Row("statement without evidence", "employer", SOFT, "bare-statement"),
    Row("a genre nobody knows", "employer", SOFT, "bare-statement", genres=("witchcraft",)),
    Row("a genre in capitals", "employer", SOFT, "bare-statement", genres=("WORK-RECORD",)),
    Row("employer's diploma", "employer", SOFT, "bare-statement", kind="Diploma"),
    Row("employer examines", "employer", SOFT, "bare-statement", genres=("examination",), results=PASSED),
    Row("employer assesses", "company", SOFT, "bare-statement", genres=("assessment",), results=PASSED),
    Row("adviser's observation", "adviser", SOFT, "other-statement", genres=("observation",)),
    Row("adviser assesses", "adviser", SOFT, "other-statement", genres=("assessment",), results=PASSED),
    # assessment
    Row(
        "independent, result, evidence",
        "validator",
        HARD,
        "independent-assessment",
        genres=("assessment",),
        results=PASSED,
        source="assessor",
    ),
    Row(
        "validation",
        "validator",
        HARD,
        "independent-assessment",
        genres=("validation",),
        results=PASSED,
        source="assessor",
    ),
    Row(
        "exam body",
        "validator",
        HARD,
        "independent-assessment",
        genres=("examination",),
        results=PASSED,
        source="assessor",
    ),
    Row(
        "assessor signs and names itself",
        "validator",
        HARD,
        "independent-assessment",
        genres=("assessment",),
        results=({"status": "Completed"},),
        source="validator",
    ),
    Row("assessor not named", "validator", SEMI, "assessment", genres=("assessment",), results=PASSED),
    Row("no result", "validator", SEMI, "assessment", genres=("assessment",), source="assessor"),
    Row(
        "no bound evidence",
        "validator",
        SEMI,
        "assessment",
        genres=("assessment",),
        results=PASSED,
        source="assessor",
        bound=False,
    ),
    Row(
        "evidence that can't be fetched",
        "validator",
        HARD,
        "independent-assessment",
        genres=("assessment",),
        results=PASSED,
        source="assessor",
        shown=None,
        answer=Answer.CANNOT_TELL,
    ),
    Row(
        "evidence changed",
        "validator",
        SOFT,
        "independent-assessment",
        genres=("assessment",),
        results=PASSED,
        source="assessor",
        shown=b"other",
    ),
    Row(
        "assessor is an employer",
        "validator",
        SEMI,
        "assessment",
        genres=("assessment",),
        results=PASSED,
        source="colleague",
    ),
    Row(
        "issuer is an employer as well",
        "both",
        SEMI,
        "assessment",
        genres=("assessment",),
        results=PASSED,
        source="assessor",
    ),
    Row(
        "assessor is the holder",
        "validator",
        SOFT,
        "assessment",
        genres=("assessment",),
        results=PASSED,
        source="holder",
    ),
    Row(
        "assessor is a company that the holder has, and nothing shows it",
        "validator",
        SEMI,
        "assessment",
        genres=("assessment",),
        results=PASSED,
        source="self_employed",
    ),
    Row(
        "assessment failed",
        "validator",
        SOFT,
        "independent-assessment",
        genres=("assessment",),
        results=({"value": "3", "status": "Failed"}, *PASSED),
        source="assessor",
    ),
    Row("validator observes", "validator", SOFT, "other-statement", genres=("observation",)),
    Row("validator's diploma", "validator", SOFT, "other-statement", kind="Diploma"),
    # school
    Row("diploma", "school", HARD, "school-diploma", kind="Diploma"),
    Row("certificate", "school", HARD, "school-diploma", kind="Certificate"),
    Row("micro-credential", "school", HARD, "school-diploma", kind="MicroCredential"),
    Row("examination", "school", HARD, "school-examination", kind="Competency", genres=("examination",)),
    Row("examination, not bound", "school", HARD, "school-examination", genres=("examination",), bound=False),
    Row("school's bare word", "school", SOFT, "other-statement", kind="Competency"),
    Row("attendance", "school", SOFT, "other-statement", kind="CertificateOfCompletion"),
    Row("a kind in lower case", "school", SOFT, "other-statement", kind="diploma"),
    Row("school observes", "school", SOFT, "other-statement", genres=("observation",)),
    Row(
        "diploma still under way",
        "school",
        SOFT,
        "school-diploma",
        kind="Diploma",
        results=({"status": "InProgress"},),
    ),
    Row(
        "diploma, record changed",
        "school",
        SOFT,
        "school-diploma",
        kind="Diploma",
        genres=("examination",),
        shown=b"x",
    ),
    Row(
        "diploma, record away",
        "school",
        HARD,
        "school-diploma",
        kind="Diploma",
        genres=("examination",),
        shown=None,
    ),
    Row("derived from a diploma", "school", SOFT, "school-diploma", kind="Diploma", genres=("derived",)),
    Row(
        "school writes down what was said",
        "school",
        SOFT,
        "school-diploma",
        kind="Diploma",
        genres=("self-report",),
    ),
    Row(
        "examination beside own words",
        "school",
        HARD,
        "school-examination",
        genres=("examination", "self-report"),
    ),
    Row(
        "derived beside an examination",
        "school",
        SOFT,
        "school-examination",
        genres=("examination", "derived"),
    ),
    Row("recognised for this skill", "welding_school", HARD, "school-diploma", kind="Diploma"),
    Row("recognised for another skill", "other_school", SOFT, "not-recognised-here", kind="Diploma"),
    # labels lower and never raise
    Row("calls itself hard", "stranger", SOFT, "unknown", tags=("evidence-strength:hard",)),
    Row("own word called hard", "holder", SOFT, "holder", tags=("evidence-strength:hard", "hard")),
    Row(
        "diploma called hard",
        "school",
        HARD,
        "school-diploma",
        kind="Diploma",
        tags=("evidence-strength:hard",),
    ),
    Row(
        "diploma called semi-hard",
        "school",
        SEMI,
        "school-diploma",
        kind="Diploma",
        tags=("evidence-strength:semi-hard",),
    ),
    Row(
        "diploma called soft",
        "school",
        SOFT,
        "school-diploma",
        kind="Diploma",
        tags=("evidence-strength:soft", "evidence-strength:hard"),
    ),
    Row("a soft skill, with a diploma", "school", HARD, "school-diploma", kind="Diploma", tags=("soft",)),
    # standing
    Row(
        "diploma that expired",
        "school",
        SOFT,
        "school-diploma",
        kind="Diploma",
        answer=Answer.NO,
        members={"at": NOW - timedelta(days=90), "valid_until": NOW - timedelta(days=1)},
    ),
    Row(
        "diploma that was revoked",
        "school",
        SOFT,
        "school-diploma",
        kind="Diploma",
        answer=Answer.NO,
        members={"status": [status_entry(LIST, 7)]},
    ),
    Row(
        "diploma not revoked",
        "school",
        HARD,
        "school-diploma",
        kind="Diploma",
        members={"status": [status_entry(LIST, 8)]},
    ),
    Row(
        "diploma whose status can't be fetched",
        "school",
        HARD,
        "school-diploma",
        kind="Diploma",
        answer=Answer.CANNOT_TELL,
        members={"status": [status_entry("https://school.example/status/gone", 8)]},
    ),
]


def weigh_row(row: Row, cast: Cast) -> Any:
    signer: Party = getattr(cast, row.signer)
    cast.world.publish(cast.school.status_list(LIST, revoked=[7]))
    members = dict(row.members)
    if row.source is not None:
        members["source"] = getattr(cast, row.source).profile
    document = signer.issue(
        cast.holder,
        {SKILL: "welding"},
        kind=row.kind,
        genres=row.genres,
        bound=row.bound,
        files=[FILE] if row.genres else [],
        results=row.results,
        achievement={"tag": list(row.tags)} if row.tags else None,
        **members,
    )
    verified = cast.world.verify(document)
    files = {} if row.shown == "not shown" else {verified.credential.evidence[0].id: row.shown}
    [evidence] = weigh([verified], trust=cast.trust, now=NOW, files=files)
    return evidence


@pytest.fixture(scope="module")
def cast() -> Cast:
    return Cast()


def test_the_matrix_is_large_enough():
    assert len({row.name for row in MATRIX}) == len(MATRIX) >= 40


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: row.name)
def test_matrix(row, cast):
    evidence = weigh_row(row, cast)
    [link] = evidence.links
    assert (evidence.strength, evidence.answer, link.rule) == (row.strength, row.answer, row.rule)
    assert row.state in {None, link.evidence_state}
    assert link.answer is row.answer
    assert evidence.reasons, "a strength without a reason"
    assert bool(evidence.raise_by) is (row.strength is not HARD or row.answer is not Answer.YES)
    assert (evidence.strength_without is None) is (row.answer is Answer.NO or "status" in row.name)


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: row.name)
def test_without_trust_lists_nothing_is_more_than_soft(row, cast):
    emptied = Cast.__new__(Cast)
    emptied.__dict__.update(
        cast.__dict__, trust=cast.world.trusting(recognise(Party("Nobody"), Recognition.EDUCATOR))
    )
    assert weigh_row(row, emptied).strength is SOFT


def weigh_all(cast, *documents, files=None, holder=None):
    verified = [cast.world.verify(document) for document in documents]
    evidence = weigh(verified, trust=cast.trust, now=NOW, files=files or {}, holder=holder)
    return {each.skill: each for each in evidence}


def assessment(cast, **members):
    return cast.validator.issue(
        cast.holder, [SKILL], genres=["assessment"], results=[{"value": "8"}], **members
    )


def test_the_holders_company_is_found_out_by_its_key(cast):
    """The company has a DID of its own, but one of its credentials is signed with the holder's key."""
    by_company = cast.self_employed.issue(cast.holder, [ESCO + "baking"], genres=["work-record"])
    weighed = weigh_all(cast, assessment(cast, source=cast.self_employed.profile), by_company)
    assert weighed[SKILL].strength is SOFT
    assert weighed[ESCO + "baking"].strength is SOFT


def test_an_employer_by_its_work_record_is_no_independent_assessor(cast):
    """On no trust list: the holder's own credentials show that it employed the holder."""
    record = cast.stranger.issue(cast.holder, [ESCO + "baking"], genres=["work-record"])
    assessed = assessment(cast, source=cast.stranger.profile)
    assert weigh_all(cast, assessed)[SKILL].strength is HARD
    assert weigh_all(cast, assessed, record)[SKILL].strength is SEMI


def test_a_validator_that_keeps_work_records_is_no_employer(cast):
    both = cast.validator.issue(
        cast.holder,
        [SKILL],
        genres=["assessment", "work-record"],
        results=[{"value": "8"}],
        source=cast.assessor.profile,
    )
    assert weigh_all(cast, both)[SKILL].strength is HARD


def test_another_did_with_the_assessors_key_is_one_signer(cast):
    other = Party.on_the_web("Employer under a second name", "second.example", cast.employer.signer)
    cast.world.publish(other.did_document())
    first = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    second = other.issue(cast.holder, [SKILL], genres=["work-record"])
    weighed = weigh_all(cast, first, second)[SKILL]
    assert weighed.signers == 1
    assert len(weighed.links) == 2
    third = cast.company.issue(cast.holder, [SKILL], genres=["work-record"])
    assert weigh_all(cast, first, second, third)[SKILL].signers == 2


def test_the_same_record_twice_counts_once(cast):
    first = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"], files=[FILE])
    again = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"], files=[FILE])
    other = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"], files=[FILE + b" and more"])
    weighed = weigh_all(cast, first, again)[SKILL]
    assert (weighed.strength, weighed.records) == (SEMI, 1)
    assert sorted(link.same_evidence for link in weighed.links) == [False, True]
    assert weigh_all(cast, first, again, other)[SKILL].records == 2


def test_the_same_credential_twice_is_one_link(cast):
    document = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    assert len(weigh_all(cast, document, document)[SKILL].links) == 1


def test_many_soft_words_stay_soft(cast):
    documents = [Party(f"Friend {n}").issue(cast.holder, [SKILL], genres=["work-record"]) for n in range(8)]
    weighed = weigh_all(cast, *documents)[SKILL]
    assert (weighed.strength, weighed.signers) == (SOFT, 8)


def test_a_skill_named_twice_is_one_link(cast):
    twice = [{"targetUrl": SKILL, "targetName": name} for name in ("welding", "lassen")]
    document = cast.school.issue(cast.holder, [SKILL], kind="Diploma", achievement={"alignment": twice})
    weighed = weigh_all(cast, document)[SKILL]
    assert (len(weighed.links), weighed.label) == (1, "welding")


def test_a_look_alike_skill_is_another_skill(cast):
    look_alike = "http://data.europa.eu/esco/skill/w%D0%B5lding"
    weighed = weigh_all(
        cast,
        cast.school.issue(cast.holder, [SKILL], kind="Diploma"),
        cast.stranger.issue(cast.holder, {look_alike: "welding"}),
    )
    assert weighed[SKILL].strength is HARD
    assert weighed[look_alike].strength is SOFT


def test_a_credential_about_somebody_else_proves_nothing(cast):
    document = cast.school.issue(Party("Somebody else"), [SKILL], kind="Diploma")
    weighed = weigh_all(cast, document, holder=cast.holder.did)[SKILL]
    assert (weighed.answer, weighed.strength, weighed.strength_without) == (Answer.NO, SOFT, None)
    assert weighed.reasons[0].code == "evidence.other_holder"


def test_a_credential_about_nobody_proves_nothing(cast):
    document = cast.school.issue(cast.holder, [SKILL], kind="Diploma")
    del document["credentialSubject"]["id"], document["proof"]
    weighed = weigh_all(cast, cast.school.sign(document))[SKILL]
    assert (weighed.answer, weighed.strength) == (Answer.NO, SOFT)
    assert weighed.reasons[0].code == "evidence.no_holder"


def test_signing_again_makes_evidence_no_younger(cast):
    old = NOW - timedelta(days=3_650)
    document = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"], activity_end=old)
    weighed = weigh_all(cast, document)[SKILL]
    assert weighed.obtained == old
    assert weighed.links[0].age_months == 119


def test_revoking_one_link_takes_its_share_and_no_more(cast):
    cast.world.publish(cast.school.status_list(LIST, revoked=[7]))
    work = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    diploma = {
        place: cast.school.issue(cast.holder, [SKILL], kind="Diploma", status=[status_entry(LIST, place)])
        for place in (7, 8)
    }
    assert weigh_all(cast, work, diploma[8])[SKILL].strength is HARD
    after = weigh_all(cast, work, diploma[7])[SKILL]
    assert (after.strength, after.answer) == (SEMI, Answer.YES)
    assert [link.ceiling for link in after.links] == [SEMI, None]


def test_what_cannot_be_checked_is_shown_with_and_without(cast):
    work = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    gone = status_entry("https://school.example/status/gone", 1)
    diploma = cast.school.issue(cast.holder, [SKILL], kind="Diploma", status=[gone])
    weighed = weigh_all(cast, work, diploma)[SKILL]
    assert (weighed.answer, weighed.strength, weighed.strength_without) == (Answer.CANNOT_TELL, HARD, SEMI)


def test_a_trust_list_past_its_date_cannot_tell(cast):
    stale = cast.world.trusting(*cast.entries, valid_until=NOW - timedelta(days=2))
    verified = cast.world.verify(cast.school.issue(cast.holder, [SKILL], kind="Diploma"))
    [weighed] = weigh([verified], trust=stale, now=NOW)
    assert (weighed.answer, weighed.strength, weighed.strength_without) == (Answer.CANNOT_TELL, HARD, SOFT)
    assert "evidence.list_stale" in {reason.code for reason in weighed.reasons}


@pytest.mark.parametrize(
    "digest",
    [
        "uEiDx",
        "x" * 46,
        "zQmSomething0OIl",
        "uEyDaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "u",
        "z" + "1" * 200,
    ],
)
def test_a_digest_that_nobody_can_check_binds_nothing(cast, digest):
    document = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    del document["proof"]
    document["relatedResource"][0]["digestMultibase"] = digest
    weighed = weigh_all(cast, cast.employer.sign(document))[SKILL]
    assert (weighed.strength, weighed.links[0].evidence_state) == (SOFT, EvidenceState.UNBOUND)


def test_a_sha384_digest_binds_as_well(cast):
    digest = multibase_encode(bytes((0x20, 0x30)) + sha384(FILE).digest(), "z")
    document = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    del document["proof"]
    document["relatedResource"][0]["digestMultibase"] = digest
    signed = cast.employer.sign(document)
    record = document["evidence"][0]["id"]
    assert weigh_all(cast, signed, files={record: FILE})[SKILL].strength is SEMI
    assert weigh_all(cast, signed, files={record: FILE + b"!"})[SKILL].strength is SOFT


def test_a_record_under_another_id_binds_nothing(cast):
    document = cast.employer.issue(cast.holder, [SKILL], genres=["work-record"])
    del document["proof"]
    document["relatedResource"][0]["id"] = "urn:x:another"
    assert weigh_all(cast, cast.employer.sign(document))[SKILL].strength is SOFT


@pytest.mark.parametrize("shown", [FILE, FILE + b"!", None])
@pytest.mark.parametrize("signer", ["employer", "school", "validator", "stranger", "holder"])
def test_showing_a_record_never_raises_strength(cast, signer, shown):
    document = getattr(cast, signer).issue(
        cast.holder, [SKILL], genres=["work-record", "assessment"], results=[{"value": "8"}], files=[FILE]
    )
    before = weigh_all(cast, document)[SKILL]
    after = weigh_all(cast, document, files={document["evidence"][0]["id"]: shown})[SKILL]
    assert after.strength <= before.strength
    assert (after.strength_without or SOFT) <= before.strength
