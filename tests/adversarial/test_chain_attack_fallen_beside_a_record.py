"""A confirmation of a claim that fell, propped up by something else that it names and that is in force.

What a confirmation confirms has to hold. A record, or a claim of another skill, does not stand in for it.
"""

from datetime import timedelta

import pytest

from passport.answers import Answer
from passport.evidence import Strength
from passport.json import JsonObject
from passport.trust import Recognition
from tests.simulators.chains import OTHER, SKILL, Trade, builds_on, claim, confirm, validate
from tests.simulators.parties import NOW, Party, recognise

SOFT, SEMI, HARD = Strength


@pytest.fixture
def trade() -> Trade:
    return Trade()


def fallen(trade: Trade) -> JsonObject:
    return claim(trade.holder, [SKILL], at=NOW - timedelta(days=9), valid_until=NOW - timedelta(days=1))


def props(trade: Trade) -> list[JsonObject]:
    """In force, the holder's, and about another skill: a claim, and the employer's own badge."""
    return [claim(trade.holder, [OTHER]), trade.employer.issue(trade.holder, [OTHER])]


@pytest.mark.parametrize("prop", [0, 1])
def test_a_second_confirmation_does_not_bring_back_a_claim_that_fell(trade: Trade, prop: int) -> None:
    company = Party("Work-placement company")
    trade.recognising(recognise(company, Recognition.WORK_PLACEMENT_COMPANY))
    old, beside = fallen(trade), props(trade)[prop]
    first = confirm(trade.employer, old, SKILL, on=[builds_on(beside)])
    weighed = trade.weigh([old, beside], [first, confirm(company, first, SKILL)])[SKILL]
    assert (weighed.answer, weighed.strength_without) == (Answer.NO, None)


@pytest.mark.parametrize("prop", [0, 1])
def test_a_validation_on_such_a_confirmation_has_no_record(trade: Trade, prop: int) -> None:
    old, beside = fallen(trade), props(trade)[prop]
    first = confirm(trade.employer, old, SKILL, on=[builds_on(beside)])
    validated = validate(trade.validator, trade.holder, [SKILL], [first], assessor=trade.assessor.profile)
    assert trade.weigh([old, beside, validated], [first])[SKILL].strength_without is SEMI
    assert trade.weigh([old, validated], [first])[SKILL].strength_without is SOFT  # for what is hidden


def test_somebody_elses_claim_beside_the_holders_own(trade: Trade) -> None:
    """Of the skill that is confirmed there is another's claim, and of the holder's claim another skill."""
    theirs, own = claim(Party("Somebody else"), [SKILL]), claim(trade.holder, [OTHER])
    first = confirm(trade.employer, theirs, SKILL, on=[builds_on(own)])
    validated = validate(trade.validator, trade.holder, [SKILL], [first], assessor=trade.assessor.profile)
    assert trade.weigh([theirs, own, validated], [first])[SKILL].strength is SEMI


def test_a_record_beside_a_claim_in_force_takes_nothing_away(trade: Trade) -> None:
    claimed, beside = claim(trade.holder, [SKILL]), props(trade)[1]
    first = confirm(trade.employer, claimed, SKILL, on=[builds_on(beside)])
    validated = validate(trade.validator, trade.holder, [SKILL], [first], assessor=trade.assessor.profile)
    weighed = trade.weigh([claimed, beside, validated], [first])[SKILL]
    assert (weighed.strength, weighed.answer) == (HARD, Answer.YES)
