"""What leaves of a credential is what was promised: read back from the derived document, and weighed there."""

from dataclasses import dataclass, field
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.bundle import load_bundle
from passport.answers import Answer
from passport.evidence import Demand, Strength, decide, weigh
from passport.evidence.parts import parts_of
from passport.json import dump, parse_object
from passport.proofs import add_proof
from passport.securing import read_secured
from passport.trust import Recognition
from passport.verification import Context, verify_presentation
from tests.simulators.forms import SKILLS, SchoolOfForms
from tests.simulators.parties import NOW, Party
from tests.simulators.wallets import Employer, Person
from wallet.core.accept import examine, keep
from wallet.core.answering import approve
from wallet.core.consent import consent
from wallet.core.forms import FormName
from wallet.core.requests import take_request
from wallet.core.shelf import kept, trust

TAXONOMY = load_bundle()
WORTH = {Answer.NO: 0, Answer.CANNOT_TELL: 1, Answer.YES: 2}
ENOUGH = [
    "/issuer",
    "/validFrom",
    "/validUntil",
    "/credentialStatus",
    "/credentialSubject/achievement/criteria",
]
BADGES = {
    "examination": {},
    "a value alone": {"results": [{"value": "8"}]},
    "no end": {"valid_until": None},
    "dated": {"activity_end": NOW},
    "records": {
        "evidence": [{"id": "urn:x:file", "genre": "examination", "name": "Work"}],
        "related_resources": [{"id": "urn:x:file", "digestMultibase": "uEiA" + "A" * 43}],
    },
}
FORMS = [("ldp_vc", "ecdsa-sd-2023"), ("ldp_vc", "vc+sd-jwt"), ("ldp_vc", "ecdsa-sd-2023", "vc+sd-jwt")]


@dataclass
class Story:
    person: Person = field(default_factory=Person)
    school: SchoolOfForms = field(default_factory=SchoolOfForms)

    def __post_init__(self):
        self.school.publish(self.person.world)
        self.employer = Employer(self.person.world)
        self.person.trust((Party("x", self.school.ed25519, self.school.did), Recognition.EDUCATOR))

    def hold(self, forms, members):
        unsigned = self.school.unsigned(self.person.wallet.did, **members)
        cache = self.person.world.cache
        found = [examine(self.sign(form, unsigned), cache, self.person.wallet) for form in forms]
        keep(self.person.wallet, found)
        self.person.wallet.keep_documents(cache)

    def sign(self, form, unsigned):
        """A base proof that leaves almost all to the holder; the other forms as our issuer makes them."""
        if form != "ecdsa-sd-2023":
            return self.school.sign(form, unsigned)
        return dump(
            add_proof(
                unsigned,
                signer=self.school.p256,
                verification_method=f"{self.school.did}#p256-1",
                created=NOW,
                cryptosuite=form,
                mandatory_pointers=[each for each in ENOUGH if each[1:] in unsigned or each.count("/") > 1],
            )
        )


@cache
def story(forms, badge):
    made = Story()
    made.hold(FORMS[forms], BADGES[badge])
    return made


DEMANDS = st.lists(
    st.builds(
        Demand,
        st.sampled_from(sorted(SKILLS)),
        st.just("a skill"),
        minimum_strength=st.sampled_from(Strength),
        maximum_age_months=st.sampled_from([None, 12]),
    ),
    unique_by=lambda demand: demand.skill,
    min_size=1,
    max_size=3,
)


@given(st.sampled_from(range(3)), st.sampled_from(sorted(BADGES)), DEMANDS, st.data())
@settings(max_examples=60, deadline=None)
def test_the_parts_that_leave_are_those_that_were_promised(forms, badge, demands, data):
    made = story(forms, badge)
    wallet, world = made.person.wallet, made.person.world
    found = take_request(wallet, dump(made.employer.request(demands)), world.cache)
    open_choice = consent(wallet, found, TAXONOMY)
    choices = [each.refusal for one in open_choice.leaving for each in one.parts if each.can_stay]
    refused = data.draw(st.sets(st.sampled_from(choices))) if choices else set()
    agreed = consent(wallet, found, TAXONOMY, refused=refused)
    for one in agreed.leaving:
        there = {part.place for part in parts_of(one.disclosed.report.parsed.document)}
        tops = {part.part.place for part in one.parts if part.part.skill or part.can_stay}
        gone = {part.part.place for part in one.staying}
        skills = {part.part.skill for part in one.parts if part.part.skill}
        assert {each.target_url for each in one.disclosed.shown} == skills
        text = dump(read_secured(dump(one.disclosed.document)).document)
        for part in one.staying:
            if part.part.skill:
                assert part.part.skill.encode() not in text
        assert len(there) <= len(one.parts)
        assert not tops & gone
        assert not {part.refusal for part in one.parts} & refused
        if gone:
            assert one.disclosed.form is not FormName.LDP_VC
    if not agreed.leaving:
        return
    before = [WORTH[result.answer] for result in open_choice.results]
    after = [WORTH[result.answer] for result in agreed.results]
    assert all(left <= had for left, had in zip(after, before, strict=True))
    assert finds(made, found, refused) == [result.answer for result in agreed.results]


def finds(made, found, refused):
    """What a verifier with the same lists answers, shown the very bytes that leave."""
    wallet, world = made.person.wallet, made.person.world
    revision, records = wallet.vault, wallet.memory
    response = approve(wallet, found.id, world.cache, TAXONOMY, refused=refused)
    wallet.vault, wallet.memory = revision, records
    request = found.request
    shown = verify_presentation(
        response.presentation,
        Context(world.cache, world.now),
        expected_challenge=request.challenge,
        expected_domain=request.domain,
    ).require()
    assert parse_object(response.presentation)["holder"] == wallet.did
    evidence = weigh(
        shown.credentials,
        trust=trust(wallet),
        now=world.now,
        holder=shown.holder,
        endorsements=shown.endorsements,
    )
    assert kept(wallet)
    return [result.answer for result in decide(request.profile.demands, evidence, world.now)]
