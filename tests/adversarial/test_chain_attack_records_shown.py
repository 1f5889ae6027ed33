"""Where the records are asked for, one that tells nothing is shown, and the others stay at home."""

import pytest

from passport.answers import Answer
from passport.evidence import Demand, Strength, decide
from tests.simulators.chains import SKILL, Trade, claim, confirm, validate
from tests.simulators.parties import NOW

YES, _, CANNOT_TELL = Answer
ASKED = Demand(SKILL, "weld", minimum_strength=Strength.SEMI_HARD, records_shown=True)


@pytest.fixture
def trade() -> Trade:
    return Trade()


def test_one_of_two_files(trade: Trade) -> None:
    claimed = claim(trade.holder, [SKILL])
    made = confirm(
        trade.employer, claimed, SKILL, genres=["work-record", "observation"], files=[b"hours", b"logo"]
    )
    hours, logo = (each["id"] for each in made["evidence"])
    for files, answer in (
        ({}, CANNOT_TELL),
        ({logo: b"logo"}, CANNOT_TELL),
        ({hours: b"hours"}, CANNOT_TELL),
        ({hours: b"hours", logo: b"logo"}, YES),
    ):
        found = trade.weigh([claimed], [made], files=files)
        assert decide([ASKED], list(found.values()), NOW)[0].answer is answer, files


def test_the_claim_but_not_the_assessors_report(trade: Trade) -> None:
    claimed = claim(trade.holder, [SKILL])
    made = validate(
        trade.validator, trade.holder, [SKILL], [claimed], assessor=trade.assessor.profile, record=True
    )
    found = trade.weigh([claimed, made])
    assert decide([ASKED], list(found.values()), NOW)[0].answer is CANNOT_TELL
    assert found[SKILL].strength is Strength.HARD
