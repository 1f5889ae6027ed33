"""Whatever is shown, hidden, added or turned round: certainty never rises but by a signed act that is shown.

The acts are a pool of some forty, honest and not, signed once; what is drawn is which of them are at hand.
Every employer in it is on the list, and every party has one key: who belongs to whom shows without the acts.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from passport.answers import Answer
from passport.credentials import credential_digest
from passport.encoding import digest_multibase
from passport.evidence import Link, SkillEvidence, Strength, weigh
from passport.json import JsonObject
from passport.trust import Recognition
from passport.verification import VerifiedCredential, VerifiedEndorsement, verify_endorsement
from tests.simulators.chains import OTHER, SKILL, Trade, builds_on, claim, confirm, validate
from tests.simulators.parties import NOW, Party, recognise, status_entry

LIST, AWAY = "https://lists.example/status/", "https://lists.example/away"
REVOKED, GONE = "revoked", "gone"


@dataclass
class Pool(Trade):
    """All acts, verified."""

    company: Party = field(default_factory=lambda: Party("Work-placement company"))
    stranger: Party = field(default_factory=lambda: Party("Stranger"))
    badges: list[VerifiedCredential] = field(default_factory=list)
    endorsements: list[VerifiedEndorsement] = field(default_factory=list)
    unnamed: list[VerifiedCredential | VerifiedEndorsement] = field(default_factory=list)
    """By the stranger, and named by nothing."""

    def __post_init__(self) -> None:
        self.recognising(recognise(self.company, Recognition.WORK_PLACEMENT_COMPANY))
        for party in (self.holder, self.employer, self.validator, self.school):
            self.world.publish(party.status_list(LIST + party.did, revoked=[1]))
        claims = self.claims()
        confirmations = self.confirmations(claims)
        self.badges = [self.world.verify(each) for each in (*claims, *self.others(claims, confirmations))]
        self.endorsements = [self.genuine(each) for each in (*confirmations, *self.circle(claims[0]))]
        first = claims[0]
        skills = [SKILL, OTHER]
        self.unnamed = [
            self.genuine(confirm(self.stranger, first, SKILL)),
            self.genuine(confirm(self.stranger, first)),
            self.genuine(confirm(self.stranger, None, SKILL)),
            self.world.verify(self.stranger.issue(self.holder, skills, genres=["work-record"])),
            self.world.verify(self.stranger.issue(self.holder, skills, kind="Diploma")),
            self.world.verify(
                validate(self.stranger, self.holder, skills, [first], assessor=self.assessor.profile)
            ),
        ]

    def genuine(self, document: JsonObject) -> VerifiedEndorsement:
        return verify_endorsement(document, self.world.context).require()

    def standing(self, party: Party, how: str | None) -> dict[str, Any]:
        address = AWAY if how == GONE else LIST + party.did
        return {"status": [status_entry(address, 1 if how == REVOKED else 2)]}

    def claims(self) -> list[JsonObject]:
        own, number = self.holder, "urn:uuid:claim"
        old = {"at": NOW - timedelta(days=60), "valid_until": NOW - timedelta(days=1)}
        return [
            claim(own, [SKILL, OTHER], credential_id=number),
            claim(own, [SKILL], credential_id=number),
            claim(own, [SKILL], credential_id="urn:uuid:x"),
            claim(own, [SKILL], **self.standing(own, REVOKED)),
            claim(own, [SKILL, OTHER], **self.standing(own, GONE)),
            claim(own, [OTHER], **old),
            claim(Party("Colleague"), [SKILL]),
        ]

    def confirmations(self, claims: list[JsonObject]) -> list[JsonObject]:
        made = [confirm(self.employer, each, SKILL) for each in claims[:4]]
        made += [confirm(self.employer, each) for each in claims[2:]]
        first = claims[0]
        made += [
            confirm(self.employer, first, SKILL, **self.standing(self.employer, how))
            for how in (REVOKED, GONE)
        ]
        made += [
            confirm(self.company, None, each["id"], on=[builds_on(each)]) for each in (*made[:3], made[-1])
        ]
        made += [
            confirm(self.holder, first, SKILL),
            confirm(self.school, first, OTHER, genres=["examination"]),
            confirm(self.validator, first, SKILL, genres=["assessment"]),
            confirm(self.employer, None, SKILL),
            confirm(self.employer, None, first["credentialSubject"]["achievement"]["id"]),
            confirm(self.employer, first, SKILL, on=[builds_on(claims[2])]),
        ]
        return made

    def circle(self, claimed: JsonObject) -> list[JsonObject]:
        older = confirm(self.employer, claimed, claimed["id"], credential_id="urn:uuid:1")
        second = confirm(self.company, None, older["id"], on=[builds_on(older)], credential_id="urn:uuid:2")
        first = confirm(self.employer, claimed, SKILL, on=[builds_on(second)], credential_id="urn:uuid:1")
        return [older, second, first]

    def others(self, claims: list[JsonObject], confirmations: list[JsonObject]) -> list[JsonObject]:
        skills, who = [SKILL, OTHER], self.assessor.profile
        bases = [*([each] for each in claims), *([each] for each in confirmations[:9])]
        made = [validate(self.validator, self.holder, skills, each, assessor=who) for each in bases]
        made += [
            validate(self.validator, self.holder, [SKILL], [claims[0], confirmations[0]], assessor=who),
            validate(self.validator, self.holder, [SKILL], [claims[2]], assessor=who, record=True),
            validate(self.validator, self.holder, [SKILL], [claims[0]], assessor=self.employer.profile),
            validate(self.validator, self.holder, [SKILL], [made[0]], assessor=who, genre="assessment"),
            validate(self.employer, self.holder, [SKILL], [claims[0]], genre="work-record"),
            self.employer.issue(self.holder, [SKILL], genres=["work-record"]),
            self.school.issue(self.holder, [OTHER], kind="Diploma", **self.standing(self.school, GONE)),
            self.school.issue(self.holder, [OTHER], kind="Diploma", **self.standing(self.school, REVOKED)),
        ]
        return made


@lru_cache(maxsize=1)
def pool() -> Pool:
    return Pool()


Acts = list[VerifiedCredential | VerifiedEndorsement]
SOME = st.sets(st.integers(0, 200), min_size=1, max_size=24).map(sorted)


def drawn(places: list[int]) -> Acts:
    """So many acts of the pool, in its order; each at most once."""
    acts: Acts = [*pool().badges, *pool().endorsements]
    return [acts[place] for place in dict.fromkeys(place % len(acts) for place in places)]


def weighed(acts: Acts) -> dict[str, SkillEvidence]:
    found = weigh(
        [each for each in acts if isinstance(each, VerifiedCredential)],
        trust=pool().trust,
        now=NOW,
        holder=pool().holder.did,
        endorsements=[each for each in acts if isinstance(each, VerifiedEndorsement)],
    )
    return {each.skill: each for each in found}


def rank(strength: Strength | None) -> int:
    return -1 if strength is None else strength.rank


def assert_not_raised(before: dict[str, SkillEvidence], after: dict[str, SkillEvidence]) -> None:
    for skill, evidence in after.items():
        held = before[skill].strength_without if skill in before else None
        assert rank(evidence.strength_without) <= rank(held), skill


@settings(max_examples=100, deadline=None)
@given(places=SOME, which=st.integers(0, 200))
def test_removing_an_act_never_raises_what_is_certain(places: list[int], which: int) -> None:
    acts = drawn(places)
    before = weighed(acts)
    del acts[which % len(acts)]
    assert_not_raised(before, weighed(acts))


def test_no_set_of_acts_in_circles_gains_by_leaving_one_out() -> None:
    """All sets of a few acts that name each other, some with an identifier that was used before."""
    trade, who = pool(), pool().assessor.profile
    [claimed] = [each.credential.document for each in trade.badges if each.credential.id == "urn:uuid:x"]
    older = validate(
        trade.validator, trade.holder, [SKILL], [claimed], credential_id="urn:uuid:1", assessor=who
    )
    second = validate(
        trade.validator, trade.holder, [SKILL], [older], credential_id="urn:uuid:2", assessor=who
    )
    first = validate(
        trade.validator,
        trade.holder,
        [SKILL],
        [second],
        record=True,
        credential_id="urn:uuid:1",
        assessor=who,
    )
    above = validate(trade.validator, trade.holder, [SKILL], [first], assessor=who)
    bare = validate(trade.validator, trade.holder, [SKILL], [], record=True, assessor=who)
    del bare["proof"]
    bare["relatedResource"].append(builds_on(first))  # named, and no evidence
    naming = trade.validator.sign(bare)
    acts: Acts = [trade.world.verify(each) for each in (claimed, older, second, first, above, naming)]
    acts += [trade.genuine(each) for each in trade.circle(claimed)]
    found = {
        chosen: weighed([act for place, act in enumerate(acts) if chosen >> place & 1])
        for chosen in range(1 << len(acts))
    }
    for chosen, evidence in found.items():
        for place in range(len(acts)):
            if chosen >> place & 1:
                assert_not_raised(evidence, found[chosen & ~(1 << place)])


@settings(max_examples=60, deadline=None)
@given(places=SOME, which=st.integers(0, 200))
def test_adding_an_act_of_somebody_unknown_never_raises(places: list[int], which: int) -> None:
    acts = drawn(places)
    before = weighed(acts)
    after = weighed([*acts, pool().unnamed[which % len(pool().unnamed)]])
    for skill, evidence in after.items():
        floor = before[skill].strength_without if skill in before else None
        assert rank(evidence.strength_without) <= max(rank(floor), Strength.SOFT.rank)
        assert evidence.strength <= (before[skill].strength if skill in before else Strength.SOFT)


@settings(max_examples=60, deadline=None)
@given(places=SOME, data=st.data())
def test_the_order_does_not_matter(places: list[int], data: st.DataObject) -> None:
    acts = drawn(places)
    assert weighed(data.draw(st.permutations(acts))) == weighed(acts)


@settings(max_examples=60, deadline=None)
@given(places=SOME, again=st.lists(st.integers(0, 200), max_size=8))
def test_what_is_given_twice_counts_once(places: list[int], again: list[int]) -> None:
    acts = drawn(places)
    assert weighed([*acts, *(acts[each % len(acts)] for each in again)]) == weighed(acts)


@settings(max_examples=80, deadline=None)
@given(places=SOME)
def test_an_act_shown_with_what_it_rests_on_says_the_same(places: list[int]) -> None:
    """`rests_on` is enough: whoever shows a link with these acts loses no certainty."""
    acts = drawn(places)
    by_digest = {credential_digest(_source(each)): each for each in acts}
    for evidence in weighed(acts).values():
        for link in evidence.links:
            below = [by_digest[digest] for digest in link.rests_on if digest in by_digest]
            [own] = [each for each in acts if _text_digest(each) == link.credential_digest]
            alone = weighed([*below, own])
            if link.ceiling is not None:
                same = _link(alone[evidence.skill], link)
                assert same.certain is link.certain
                assert rank(same.ceiling) >= rank(link.ceiling)  # another version may speak against it
                assert [step.credential_id for step in same.path] == [
                    step.credential_id for step in link.path
                ]


@settings(max_examples=80, deadline=None)
@given(places=SOME)
def test_a_link_is_what_its_path_says(places: list[int]) -> None:
    for evidence in weighed(drawn(places)).values():
        for link in evidence.links:
            own = link.path[-1]
            assert (own.credential_id, own.act) == (link.credential_id, link.act)
            assert (link.ceiling is None) is (own.answer is Answer.NO)
            assert (link.ceiling is not None and link.certain is None) is (own.answer is Answer.CANNOT_TELL)
            assert rank(link.certain) <= rank(link.ceiling)
            assert len(set(link.rests_on)) == len(link.rests_on)


def _source(act: VerifiedCredential | VerifiedEndorsement) -> bytes:
    return act.credential.source if isinstance(act, VerifiedCredential) else act.endorsement.source


def _text_digest(act: VerifiedCredential | VerifiedEndorsement) -> str:
    return digest_multibase(_source(act))


def _link(evidence: SkillEvidence, like: Link) -> Link:
    [found] = [each for each in evidence.links if each.credential_digest == like.credential_digest]
    return found
