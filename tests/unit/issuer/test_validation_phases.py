"""The table of phases: every pair of phases and roles is looked at; what is not in the table is refused."""

from pathlib import Path

import pytest

from issuer.validation.errors import ConditionMissing, MoveNotAllowed, RoleMayNotMove
from issuer.validation.phases import (
    RULES,
    CaseRole,
    Condition,
    Move,
    Phase,
    check_move,
    earliest,
    moves_of,
    said_next,
)

EVERYTHING = frozenset(Condition)
ORDER = list(Phase)


def test_the_phases_are_the_six_of_the_requirement_in_order():
    assert [phase.value for phase in Phase] == [
        "preparation",
        "identification",
        "documentation",
        "assessment",
        "certification",
        "aftercare",
    ]


@pytest.mark.parametrize("role", CaseRole)
@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("move", Move)
def test_a_move_is_allowed_exactly_where_the_table_has_a_row(move, phase, role):
    rows = [row for row in RULES if (row.move, row.origin, row.role) == (move, phase, role)]
    assert len(rows) <= 1, "two rows for one move"
    if rows:
        assert check_move(move, phase, role, EVERYTHING) is rows[0]
        return
    with pytest.raises((MoveNotAllowed, RoleMayNotMove)) as caught:
        check_move(move, phase, role, EVERYTHING)
    if isinstance(caught.value, MoveNotAllowed):
        assert caught.value.details["next"] == said_next(phase)
    else:
        assert role.value not in str(caught.value.details["roles"]).split(", ")


@pytest.mark.parametrize("row", RULES, ids=lambda row: f"{row.move}-{row.origin}-{row.role}")
def test_each_condition_of_a_row_is_needed(row):
    for condition in row.needs:
        with pytest.raises(ConditionMissing) as caught:
            check_move(row.move, row.origin, row.role, EVERYTHING - {condition})
        assert caught.value.details["condition"] == condition


@pytest.mark.parametrize("origin", Phase)
@pytest.mark.parametrize("target", Phase)
@pytest.mark.parametrize("role", CaseRole)
def test_no_role_jumps_over_a_phase(origin, target, role):
    """Forward one phase at a time; out to aftercare only by declining, withdrawing or certifying."""
    moves = {row.move for row in RULES if (row.origin, row.target, row.role) == (origin, target, role)}
    distance = ORDER.index(target) - ORDER.index(origin)
    if distance > 1:
        assert moves <= {Move.DECLINE, Move.WITHDRAW}
    if distance < 0:
        assert moves <= {Move.SEND_BACK, Move.REOPEN, Move.APPEAL}


def test_only_the_assessor_assesses_and_signs():
    for move in (Move.ASSESS, Move.CERTIFY):
        assert {row.role for row in RULES if row.move is move} == {CaseRole.ASSESSOR}


def test_nobody_but_the_holder_withdraws_or_appeals():
    for move in (Move.WITHDRAW, Move.APPEAL):
        assert {row.role for row in RULES if row.move is move} == {CaseRole.HOLDER}


def test_a_supervisor_only_confirms():
    assert {row.move for row in RULES if row.role is CaseRole.SUPERVISOR} == {Move.CONFIRM}


def test_every_phase_but_the_last_can_be_left():
    left = {row.origin for row in RULES if row.origin is not row.target}
    assert left == set(Phase)  # aftercare by an appeal


def test_a_case_is_where_its_slowest_skill_is():
    assert earliest([Phase.AFTERCARE, Phase.ASSESSMENT]) is Phase.ASSESSMENT


def test_what_somebody_may_do_is_said_in_the_order_of_the_table():
    assert moves_of(Phase.CERTIFICATION, {CaseRole.ASSESSOR}) == (Move.REOPEN, Move.CERTIFY, Move.NOTE)
    assert moves_of(Phase.ASSESSMENT, set()) == ()


def test_the_document_names_every_move_and_its_roles():
    document = (Path(__file__).resolve().parents[3] / "docs" / "validation.md").read_text(encoding="utf-8")
    rows = [line for line in document.splitlines() if line.startswith("| `")]
    for move in Move:
        told = next(line for line in rows if f"`{move.value}`" in line.split("|")[1])
        for role in {row.role for row in RULES if row.move is move}:
            assert role.value in told, (move, role)
