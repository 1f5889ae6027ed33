"""The least to disclose: nothing needless leaves the wallet, and the person sees what refusing costs."""

from datetime import timedelta

import pytest

from passport.answers import Answer
from passport.evidence import Demand, Strength, smallest
from passport.trust import Recognition
from tests.simulators.parties import ESCO, NOW, Party, World, recognise, status_entry

SOFT, SEMI, HARD = Strength
YES, NO, CANNOT_TELL = Answer
A, B, C, D = (ESCO + letter for letter in "abcd")


class Wallet:
    """A worker's credentials, each under a short id."""

    def __init__(self):
        self.world = World()
        self.holder, self.school, self.employer = Party("Worker"), Party("School"), Party("Employer")
        self.validator, self.assessor = Party("Validator"), Party("Company of the holder")
        self.trust = self.world.trusting(
            recognise(self.school, Recognition.EDUCATOR),
            recognise(self.employer, Recognition.EMPLOYER),
            recognise(self.validator, Recognition.VALIDATOR),
        )

    def diploma(self, name, *skills, **members):
        return self.verified(self.school, name, skills, kind="Diploma", **members)

    def record(self, name, *skills, **members):
        return self.verified(self.employer, name, skills, genres=["work-record"], **members)

    def verified(self, issuer, name, skills, **members):
        return self.world.verify(issuer.issue(self.holder, skills, credential_id=f"urn:x:{name}", **members))

    def smallest(self, demands, credentials, **members):
        return smallest(demands, credentials, trust=self.trust, now=NOW, **members)


@pytest.fixture(scope="module")
def wallet():
    return Wallet()


def names(credentials):
    return [verified.credential.id.removeprefix("urn:x:") for verified in credentials]


def test_one_credential_instead_of_two(wallet):
    credentials = [wallet.diploma("a", A), wallet.diploma("b", B), wallet.diploma("ab", A, B)]
    found = wallet.smallest([Demand(A, "a"), Demand(B, "b")], credentials)
    assert names(found.chosen) == ["ab"]
    assert names(found.hidden) == ["a", "b"]
    assert [result.answer for result in found.results] == [YES, YES]
    assert (found.unmet, found.cost, found.revealed, found.exact) == ((), (), (), True)


def test_the_one_that_reveals_less(wallet):
    credentials = [wallet.diploma("more", A, B, C), wallet.diploma("less", A, D)]
    found = wallet.smallest([Demand(A, "a")], credentials)
    assert names(found.chosen) == ["less"]
    assert found.revealed == (D,)


def test_the_first_by_id_whatever_the_order(wallet):
    credentials = [wallet.diploma(name, A) for name in ("x", "y", "z")]
    for order in (credentials, credentials[::-1], [*credentials[1:], credentials[0]]):
        assert names(wallet.smallest([Demand(A, "a")], order).chosen) == ["x"]


def test_the_same_credential_twice_is_hidden_or_shown_once(wallet):
    credential = wallet.diploma("a", A)
    found = wallet.smallest([Demand(A, "a")], [credential, credential])
    assert (names(found.chosen), names(found.hidden)) == (["a"], [])


def test_no_more_strength_than_is_asked(wallet):
    credentials = [wallet.diploma("diploma", A, B), wallet.record("record", A)]
    assert names(wallet.smallest([Demand(A, "a")], credentials).chosen) == ["record"]
    hard = wallet.smallest([Demand(A, "a", minimum_strength=HARD)], credentials)
    assert names(hard.chosen) == ["diploma"]


def test_what_cannot_be_met_shows_nothing(wallet):
    found = wallet.smallest(
        [Demand(A, "a", minimum_strength=HARD), Demand(D, "d")], [wallet.record("record", A)]
    )
    assert (found.chosen, names(found.hidden)) == ((), ["record"])
    assert [result.answer for result in found.unmet] == [NO, NO]
    assert [result.reasons[0].code for result in found.unmet] == [
        "policy.strength_too_low.hard",
        "policy.no_evidence",
    ]


def test_no_demands_show_nothing(wallet):
    found = wallet.smallest([], [wallet.diploma("a", A)])
    assert (found.chosen, found.results, names(found.hidden)) == ((), (), ["a"])


def test_no_wallet(wallet):
    found = wallet.smallest([Demand(A, "a")], [])
    assert (found.chosen, found.exact) == ((), True)
    assert found.unmet[0].answer is NO


def test_cannot_tell_is_the_best_there_is(wallet):
    uncertain = wallet.diploma("uncertain", A, status=[status_entry("https://school.example/gone", 1)])
    found = wallet.smallest([Demand(A, "a", minimum_strength=HARD)], [uncertain, wallet.record("record", A)])
    assert names(found.chosen) == ["uncertain"]
    assert found.unmet[0].answer is CANNOT_TELL
    certain = wallet.diploma("certain", A, B)
    found = wallet.smallest([Demand(A, "a", minimum_strength=HARD)], [uncertain, certain])
    assert names(found.chosen) == ["certain"]


def test_refusing_a_part_shows_its_cost(wallet):
    credentials = [wallet.diploma("a", A), wallet.diploma("b", B)]
    demands = [Demand(A, "a"), Demand(B, "b")]
    found = wallet.smallest(demands, credentials, refused={"urn:x:b"})
    assert (names(found.chosen), names(found.hidden)) == (["a"], ["b"])
    [cost] = found.cost
    assert (cost.demand.skill, cost.with_all, cost.without) == (B, YES, NO)
    assert cost.reason.code == "policy.refusal_costs"
    assert [result.demand.skill for result in found.unmet] == [B]


def test_refusing_what_another_can_replace_costs_nothing(wallet):
    credentials = [wallet.diploma("one", A), wallet.diploma("other", A)]
    found = wallet.smallest([Demand(A, "a")], credentials, refused={"urn:x:one"})
    assert (names(found.chosen), found.cost) == (["other"], ())


def test_hiding_an_employer_does_not_make_its_assessment_independent(wallet):
    """Weighed with the whole wallet: what stays hidden still counts against."""
    record = wallet.verified(wallet.assessor, "record", [B], genres=["work-record"])
    assessed = wallet.verified(
        wallet.validator,
        "assessed",
        [A],
        genres=["assessment"],
        results=[{"value": "8"}],
        source=wallet.assessor.profile,
    )
    found = wallet.smallest([Demand(A, "a", minimum_strength=HARD)], [record, assessed])
    assert (found.chosen, found.unmet[0].strength) == ((), SEMI)


def test_over_asking_is_said(wallet):
    published = [
        Demand(A, "a", maximum_age_months=24, minimum_strength=SEMI, level=2),
        Demand(B, "b", required=False),
        Demand(C, "c", accepted_recognitions=frozenset(Recognition), accepted_issuers=frozenset({"did:x:y"})),
    ]
    same = wallet.smallest(published, [], published=published)
    assert same.over_asked == ()
    softer = [
        Demand(A, "a"),
        Demand(B, "b", required=False),
        Demand(C, "c", accepted_recognitions=frozenset()),
    ]
    assert wallet.smallest(softer, [], published=published).over_asked == ()
    stricter = [
        Demand(A, "a", maximum_age_months=12, minimum_strength=SEMI, level=2),
        Demand(A, "a", minimum_strength=HARD),
        Demand(A, "a", level=3),
        Demand(A, "a", records_shown=True),
        Demand(A, "a", accepted_issuers=frozenset({"did:x:y"})),
        Demand(B, "b"),
        Demand(C, "c", accepted_recognitions=frozenset({Recognition.EDUCATOR})),
    ]
    for demand in stricter:
        [reason] = wallet.smallest([demand], [], published=published).over_asked
        assert reason.code == "policy.stricter_than_published"
    [reason] = wallet.smallest([Demand(D, "d")], [], published=published).over_asked
    assert reason.code == "policy.over_asked"
    assert wallet.smallest([Demand(D, "d")], []).over_asked == ()


def test_records_that_are_asked_for(wallet):
    record = wallet.record("record", A, files=[b"hours"])
    files = {record.credential.evidence[0].id: b"hours"}
    demand = Demand(A, "a", records_shown=True)
    assert wallet.smallest([demand], [record], files=files).unmet == ()
    assert wallet.smallest([demand], [record]).unmet[0].answer is CANNOT_TELL


def test_another_persons_credential_is_not_shown(wallet):
    other = wallet.world.verify(wallet.school.issue(Party("Other"), [A], kind="Diploma"))
    found = wallet.smallest([Demand(A, "a")], [other], holder=wallet.holder.did)
    assert (found.chosen, found.unmet[0].answer) == ((), NO)


def test_an_old_proof_is_left_out_for_a_young_one(wallet):
    old = wallet.diploma("a-old", A, activity_end=NOW - timedelta(days=3_000))
    young = wallet.diploma("b-young", A, B, activity_end=NOW - timedelta(days=30))
    found = wallet.smallest([Demand(A, "a", maximum_age_months=12)], [old, young])
    assert names(found.chosen) == ["b-young"]
