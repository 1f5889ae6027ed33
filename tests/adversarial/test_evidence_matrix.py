"""A30 and A36: the matrix of docs/evidence.md, row by row, with real signatures and real status lists."""

import pytest

from passport.answers import Answer
from passport.evidence import Strength
from tests.simulators.evidence_matrix import COLUMNS, NONE, Row, Stage, read_matrix, result

MATRIX = read_matrix()


def test_the_matrix_is_large_and_has_every_kind_of_link() -> None:
    assert len({str(row) for row in MATRIX}) == len(MATRIX) >= 90
    seen = {column: {row[column] for row in MATRIX} for column in COLUMNS}
    assert seen["standing"] == {"in force", "revoked", "expired", "unknown"}
    assert seen["records"] == {"match", "not shown", "unreachable", "changed", "unbound", NONE}
    assert seen["assessor"] == {"independent", "employer", "employer's", "holder", NONE}
    assert {"claim, hidden", "claim, changed", "claim, revoked", "claim, unknown"} <= seen["rests on"]
    assert {NONE, "2", "120"} <= seen["months"]
    assert len(seen["signed by"]) == 12


@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_matrix(row: Row) -> None:
    link = Stage().play(row)
    assert result(link) == {column: row[column] for column in result(link)}
    assert link.reasons, "a strength without a reason"
    assert bool(link.raise_by) is (link.ceiling is not Strength.HARD or link.answer is not Answer.YES)
    if link.ceiling is not None:
        assert link.age_months == (None if row["months"] == NONE else int(row["months"]))
    if link.ceiling is not None and link.certain is not None:
        assert link.certain <= link.ceiling


@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_without_trust_lists_nothing_of_it_is_more_than_soft(row: Row) -> None:
    stage = Stage()
    stage.trust = stage.world.trusting()
    link = stage.play(row)
    assert link.ceiling in {None, Strength.SOFT}
