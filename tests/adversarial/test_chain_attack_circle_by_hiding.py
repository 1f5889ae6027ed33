"""A circle that its holder opens by hiding one of the acts, or by showing another under its identifier."""

import pytest

from passport.answers import Answer
from passport.encoding import digest_multibase
from passport.evidence import Strength
from passport.json import JsonObject
from tests.simulators.chains import MEDIA, OTHER, SKILL, Trade, claim, confirm, validate
from tests.simulators.parties import Party

SOFT, _, HARD = Strength
TURNING = "urn:x:turning"


@pytest.fixture
def trade() -> Trade:
    return Trade()


def circle(trade: Trade, steps: int) -> tuple[list[JsonObject], JsonObject, list[JsonObject]]:
    """A school's badge upon some others, the act that closes the circle, and the lowest, an endorsement."""
    turning = {"id": TURNING, "digestMultibase": digest_multibase(b"x"), "mediaType": MEDIA}
    lowest = confirm(trade.employer, None, TURNING, on=[turning])
    between: list[JsonObject] = []
    for _ in range(steps):
        between.append(validate(trade.school, trade.holder, [OTHER], [*between[-1:], lowest]))
    top = validate(trade.school, trade.holder, [SKILL], [*between[-1:], lowest], genre="examination")
    closing = validate(trade.employer, trade.holder, [SKILL], [top, lowest], credential_id=TURNING)
    return [top, *between], closing, [lowest]


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_neither_hiding_nor_exchanging_raises_what_is_certain(trade: Trade, steps: int) -> None:
    badges, closing, lowest = circle(trade, steps)
    whole = trade.weigh([*badges, closing], lowest)[SKILL]
    assert (whole.strength, whole.answer) == (SOFT, Answer.YES)
    hidden = trade.weigh(badges, lowest)[SKILL]
    assert (hidden.strength, hidden.strength_without) == (HARD, SOFT)
    own = claim(trade.holder, [SKILL], credential_id=TURNING)
    exchanged = trade.weigh([*badges, own], lowest)[SKILL]
    assert exchanged.strength_without is SOFT


def test_a_stranger_under_that_identifier_does_not_open_it(trade: Trade) -> None:
    badges, closing, lowest = circle(trade, 1)
    stranger = Party("Stranger").issue(trade.holder, [SKILL], credential_id=TURNING)
    assert trade.weigh([*badges, closing, stranger], lowest)[SKILL].strength is SOFT
    assert trade.weigh([*badges, stranger], lowest)[SKILL].strength_without is SOFT


def test_what_builds_on_an_honest_chain_keeps_its_certainty(trade: Trade) -> None:
    claimed = claim(trade.holder, [SKILL])
    confirmed = confirm(trade.employer, claimed, SKILL)
    first = validate(trade.school, trade.holder, [OTHER], [confirmed], genre="examination")
    top = validate(trade.validator, trade.holder, [SKILL], [first], assessor=trade.assessor.profile)
    weighed = trade.weigh([claimed, first, top], [confirmed])[SKILL]
    assert (weighed.strength, weighed.answer) == (HARD, Answer.YES)
