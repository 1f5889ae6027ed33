"""A badge that a stranger made under the identifier of somebody else's record, and handed to the holder.

It may lower what was proven with that record, which then is not the file that was signed for. It raises
nothing, and the wallet still finds what to show.
"""

import pytest

from passport.answers import Answer
from passport.evidence import Demand, Strength, smallest
from passport.json import JsonObject
from tests.simulators.chains import OTHER, SKILL, Trade, claim, confirm
from tests.simulators.parties import ESCO, NOW, Party

SEMI = Strength.SEMI_HARD
THIRD = f"{ESCO}cleaning"


def inside(trade: Trade, endorsement: JsonObject) -> JsonObject:
    """A badge of the holder's own that carries an endorsement."""
    carrier = {
        name: value for name, value in trade.holder.issue(trade.holder, [OTHER]).items() if name != "proof"
    }
    return trade.holder.sign({**carrier, "endorsement": [endorsement]})


@pytest.mark.parametrize("chosen", [[THIRD, OTHER], [THIRD], [OTHER], []])
def test_the_wallet_finds_what_to_show(chosen: list[str]) -> None:
    """Of what it shows for other skills a verifier would think more than the wallet, which knows the badge."""
    trade = Trade()
    claimed = claim(trade.holder, [SKILL, THIRD])
    confirmed = confirm(trade.employer, claimed, SKILL)
    record = confirmed["evidence"][0]["id"]
    stranger = Party("Stranger").issue(trade.holder, [f"{ESCO}baking-bread"], credential_id=record)
    wallet = [trade.world.verify(each) for each in (claimed, inside(trade, confirmed), stranger)]
    demands = [Demand(SKILL, "weld", minimum_strength=SEMI), *(Demand(skill, "it") for skill in chosen)]
    found = smallest(demands, wallet, trust=trade.trust, now=NOW, holder=trade.holder.did)
    assert found.results[0].answer is Answer.NO
    without = smallest(demands, wallet[:2], trust=trade.trust, now=NOW, holder=trade.holder.did)
    assert [each.answer for each in without.results] == [Answer.YES] * len(demands)
