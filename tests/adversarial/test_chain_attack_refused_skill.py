"""A skill that the person won't show, and that leaves all the same: by an endorsement, or where a result points.

What is refused is in no byte that leaves; and of what leaves nothing goes unsaid.
"""

import pytest

from passport.answers import Answer
from passport.evidence import Demand, Disclosure, Strength, smallest
from passport.evidence.held import Separable
from passport.json import JsonObject, dump
from passport.verification import verify_endorsement
from tests.simulators.chains import OTHER, SKILL, Trade, claim, confirm, validate
from tests.simulators.parties import NOW

HARD = Strength.HARD


@pytest.fixture
def trade() -> Trade:
    return Trade()


def shown(
    trade: Trade,
    badges: list[JsonObject],
    confirmed: list[JsonObject],
    strength: Strength = HARD,
    **more: object,
) -> Disclosure:
    return smallest(
        [Demand(SKILL, "weld", minimum_strength=strength)],
        [trade.world.verify(each) for each in badges],
        trust=trade.trust,
        now=NOW,
        holder=trade.holder.did,
        endorsements=[verify_endorsement(each, trade.world.context).require() for each in confirmed],
        **more,  # type: ignore[arg-type]
    )


def texts(found: Disclosure) -> bytes:
    badges = [dump(each.credential.document) for each in found.chosen]
    return b"".join([*badges, *(dump(each.endorsement.document) for each in found.endorsements)])


def test_by_an_endorsement_that_a_validation_rests_on(trade: Trade) -> None:
    claimed, other = claim(trade.holder, [SKILL]), claim(trade.holder, [OTHER])
    confirmed = confirm(trade.employer, other, OTHER)
    validated = validate(
        trade.validator, trade.holder, [SKILL], [claimed, confirmed], assessor=trade.assessor.profile
    )
    wallet = [claimed, other, validated]
    willing = shown(trade, wallet, [confirmed])
    assert willing.results[0].answer is Answer.YES
    assert willing.revealed == ((OTHER,) if willing.endorsements else ())
    refusing = shown(trade, wallet, [confirmed], refused_skills=[OTHER])
    assert OTHER.encode() not in texts(refusing)
    assert not refusing.endorsements


def test_by_an_endorsement_inside_a_badge(trade: Trade) -> None:
    other = claim(trade.holder, [OTHER])
    carrier = trade.school.issue(trade.holder, [SKILL], genres=["examination"])
    del carrier["proof"]
    carrier["endorsement"] = [confirm(trade.employer, other, OTHER)]
    carrier = trade.school.sign(carrier)
    assert shown(trade, [other, carrier], []).revealed == (OTHER,)
    assert not shown(trade, [other, carrier], [], refused_skills=[OTHER]).chosen


def test_by_a_result_that_points_at_it(trade: Trade) -> None:
    """The skill itself may stay behind; the result that speaks of it may not, so all of the badge stays."""
    aligned = {"type": ["Alignment"], "targetUrl": OTHER, "targetName": "bake"}
    badge = trade.school.issue(
        trade.holder,
        [SKILL, OTHER],
        genres=["examination"],
        results=[{"value": "8", "alignment": [aligned]}],
        achievement={"creditsAvailable": 3},
    )
    places = frozenset(("credentialSubject", "achievement", "alignment", str(each)) for each in range(2))
    separable = {badge["id"]: Separable(places)}
    willing = shown(trade, [badge], [], separable=separable)
    assert willing.results[0].answer is Answer.YES
    assert willing.revealed == (OTHER,)
    refusing = shown(trade, [badge], [], separable=separable, refused_skills=[OTHER])
    assert not refusing.chosen
