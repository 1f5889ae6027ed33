"""A36: who signed x recognised as what x method x records x standing; laundering. Strength never rises by a word.

Each row of MATRIX is a credential, signed with real keys and verified, and what it may count for.

Longer than most: it is one table.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from passport.answers import Answer
from passport.evidence import EvidenceState, Strength, weigh
from passport.trust import Recognition
from tests.simulators.evidence_cast import FILE, LIST, SKILL, Cast
from tests.simulators.parties import NOW, Party, recognise, status_entry

SOFT, SEMI, HARD = Strength
PASSED = ({"value": "8"},)


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
