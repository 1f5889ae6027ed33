"""Very many acts in one presentation: endorsements inside badges, each resting on all before it.

What is looked at, and what is told of it, has a bound; what was not looked at is counted and said.
"""

import pytest

from passport import limits
from passport.answers import Answer
from passport.evidence import Demand, Strength, smallest, weigh
from passport.json import JsonObject
from passport.verification import verify_endorsement, verify_presentation
from tests.simulators.chains import OTHER, SKILL, Trade, builds_on, claim, confirm
from tests.simulators.every_form import presented
from tests.simulators.parties import NOW


@pytest.fixture
def trade() -> Trade:
    return Trade()


def carrier(trade: Trade, endorsements: list[JsonObject]) -> JsonObject:
    made = trade.holder.issue(trade.holder, [OTHER])
    del made["proof"]
    return trade.holder.sign({**made, "endorsement": endorsements})


def test_endorsements_inside_all_badges_together_are_bounded(trade: Trade) -> None:
    claimed = claim(trade.holder, [SKILL])
    each, most = limits.CHAIN.embedded, limits.CHAIN.embedded_in_all
    carriers = [
        carrier(trade, [confirm(trade.employer, claimed, SKILL) for _ in range(each)])
        for _ in range(most // each + 2)
    ]
    shown = presented(trade.holder, claimed, *carriers, challenge="c", domain="d")
    report = verify_presentation(shown, trade.world.context, expected_challenge="c", expected_domain="d")
    assert sum(len(one.endorsements) for one in report.credentials) == most
    refused = [one.endorsements_refused for one in report.require().credentials]
    assert sum(refused) == 2 * each


def test_a_long_way_is_told_from_its_beginning(trade: Trade) -> None:
    claimed = claim(trade.holder, [SKILL])
    first = [confirm(trade.employer, claimed, SKILL) for _ in range(limits.CHAIN.path + 4)]
    last = confirm(trade.employer, claimed, SKILL, on=[builds_on(each) for each in first])
    verified = [verify_endorsement(each, trade.world.context).require() for each in (*first, last)]
    (found,) = weigh(
        [trade.world.verify(claimed)],
        trust=trade.trust,
        now=NOW,
        holder=trade.holder.did,
        endorsements=verified,
    )
    link = next(each for each in found.links if each.credential_id == last["id"])
    assert len(link.path) == limits.CHAIN.path
    assert link.path[0].credential_id == claimed["id"]
    assert link.path[-1].credential_id == last["id"]
    assert len(link.rests_on) == len(first) + 1


def test_a_wallet_tries_no_more_than_can_be_shown(trade: Trade) -> None:
    """Whoever confirms again and again, each on all before, does not keep the wallet busy for minutes."""
    claimed = claim(trade.holder, [SKILL])
    confirmed: list[JsonObject] = []
    for _ in range(limits.DOCUMENT.credentials + 8):
        confirmed.append(confirm(trade.employer, claimed, SKILL, on=[builds_on(each) for each in confirmed]))
    found = smallest(
        [Demand(SKILL, "weld", minimum_strength=Strength.SEMI_HARD)],
        [trade.world.verify(claimed)],
        trust=trade.trust,
        now=NOW,
        holder=trade.holder.did,
        endorsements=[verify_endorsement(each, trade.world.context).require() for each in confirmed],
    )
    assert [result.answer for result in found.results] == [Answer.YES]
    assert [each.endorsement.id for each in found.endorsements] == [confirmed[0]["id"]]
