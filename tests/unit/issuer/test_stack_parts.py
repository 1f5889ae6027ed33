"""Which credentials stand for which part of a stack: each for one, several of one as one, in force only."""

from datetime import timedelta

import pytest

from issuer.limits import STACK
from issuer.stacking.errors import PartNotChecked, PartsMissing
from issuer.stacking.make import NewStack
from issuer.stacking.parts import parts_met
from issuer.stacking.records import Part, StackRule
from tests.simulators.issuing import ACHIEVEMENT
from tests.simulators.parties import ESCO, NOW, Party, World, status_entry

LIST = "https://school.example/status/1"
ONE, TWO, THREE = (f"https://school.example/achievements/{number}" for number in (1, 2, 3))


@pytest.fixture
def world():
    return World()


@pytest.fixture(scope="module")
def school():
    return Party("School")


@pytest.fixture(scope="module")
def holder():
    return Party("Worker")


def rule(school, *, least=2, achievements=(ONE, TWO, THREE)):
    return StackRule.model_construct(
        id="0" * 32,
        organisation="school",
        parts=[Part(achievement=each, name=each[-1], issuers=[school.did]) for each in achievements],
        least=least,
        account="a",
        request="r",
        created_at=NOW,
    )


def badge(world, school, holder, achievement, **members):
    made = school.issue(holder, [ESCO + "bake"], achievement={"id": achievement}, **members)
    return world.verify(made)


def names(met):
    return [part.name for part, _ in met]


def test_all_that_is_there_counts_in_the_order_of_the_rule(world, school, holder):
    shown = [badge(world, school, holder, each) for each in (THREE, ONE)]
    assert names(parts_met(rule(school), shown)) == ["1", "3"]
    assert names(parts_met(rule(school), [*shown, badge(world, school, holder, TWO)])) == ["1", "2", "3"]


def test_too_few_and_of_others_are_too_few(world, school, holder):
    one, copy = (badge(world, school, holder, ONE) for _ in range(2))
    other = badge(world, Party("Other"), holder, TWO)
    unknown = badge(world, school, holder, ONE + "0")
    for shown in ([], [one], [one, copy], [one, other], [one, unknown]):
        with pytest.raises(PartsMissing):
            parts_met(rule(school), shown)


def test_of_several_for_one_part_the_one_that_holds_longest_counts(world, school, holder):
    ends = [NOW + timedelta(days=days) for days in (10, 400)]
    soon, late = (badge(world, school, holder, ONE, valid_until=end) for end in ends)
    for_ever, two = badge(world, school, holder, ONE), badge(world, school, holder, TWO)
    assert parts_met(rule(school), [soon, late, two])[0][1] is late
    assert parts_met(rule(school), [for_ever, late, two])[0][1] is for_ever


def test_what_is_revoked_or_expired_is_missing_and_what_can_not_be_checked_is_told_apart(
    world, school, holder
):
    one, two = badge(world, school, holder, ONE), badge(world, school, holder, TWO)
    expired = badge(
        world,
        school,
        holder,
        TWO,
        valid_from=NOW - timedelta(days=9),
        valid_until=NOW - timedelta(days=1),
    )
    unsure = badge(world, school, holder, TWO, status=[status_entry(LIST, 1)])
    with pytest.raises(PartsMissing):
        parts_met(rule(school), [one, expired])
    with pytest.raises(PartNotChecked):
        parts_met(rule(school), [one, unsure])
    assert names(parts_met(rule(school), [one, unsure, two])) == ["1", "2"]
    world.publish(school.status_list(LIST, revoked=[1]))
    revoked = badge(world, school, holder, TWO, status=[status_entry(LIST, 1)])
    with pytest.raises(PartsMissing):
        parts_met(rule(school), [one, revoked])


@pytest.mark.parametrize(("bound", "most"), [("parts", STACK.parts), ("issuers", STACK.issuers)])
def test_a_rule_has_no_more_than_its_limits(bound, most):
    def body(count):
        did = [f"did:web:school{at}.example" for at in range(count)]
        parts = [{"achievement": f"https://x.example/{at}", "issuers": did[:1]} for at in range(count)]
        one = [{"achievement": ONE, "issuers": did}]
        return {"achievement": ACHIEVEMENT, "parts": parts if bound == "parts" else one}

    NewStack.model_validate(body(most))
    with pytest.raises(ValueError, match="at most"):
        NewStack.model_validate(body(most + 1))
