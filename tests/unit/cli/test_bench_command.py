"""`passport bench` compares within one run; nothing here asserts how fast."""

from itertools import pairwise

import pytest

from passport.cli.rates import ROUNDS, Spread, measure, shares
from passport.proofs import SUITES
from passport.workers import cores


def test_every_operation_stands_beside_its_limit(passport):
    ran = passport("bench", "--seconds", "0.1", "--json")
    assert ran.code == 0
    found = {line["operation"]: line for line in ran.json["operations"]}
    assert set(found) == {
        f"{what} {how}"
        for what in ("sign", "verify")
        for how in ("limit Ed25519", "limit P-256", "vc+jwt", "vc+sd-jwt", *SUITES)
    } | {"verify all of a credential", "sign a batch, eddsa-rdfc-2022", "sign a batch, eddsa-jcs-2022"}
    for name, line in found.items():
        for figures in (line["perSecond"], line["shareOfLimit"]):
            assert 0 < figures["min"] <= figures["median"] <= figures["max"]
        if "limit" in name:
            assert line["shareOfLimit"] == {"min": 1.0, "median": 1.0, "max": 1.0}
    ratio = ran.json["twoProcessesAgainstOne"]
    assert (ratio is None) == (cores() == 1)


def test_people_see_a_table(passport):
    ran = passport("bench", "--seconds", "0.1", "--no-processes")
    assert ran.code == 0
    assert "verify eddsa-rdfc-2022" in ran.out
    assert "Two processes" not in ran.out
    assert ran.err == ""


def test_operations_take_turns():
    order = []
    rates = measure({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, seconds=0.01)
    assert [len(found) for found in rates.values()] == [ROUNDS, ROUNDS]
    changes = sum(one != following for one, following in pairwise(order))
    assert changes == 2 * ROUNDS + 1


def test_shares_are_of_the_same_round():
    assert shares([1.0, 4.0, 9.0], [2.0, 4.0, 6.0]) == Spread(0.5, 1.0, 1.5)
    with pytest.raises(ValueError, match="zip"):
        shares([1.0], [1.0, 2.0])
