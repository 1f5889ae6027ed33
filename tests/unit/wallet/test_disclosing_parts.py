"""Showing one skill of a credential that names three: only that skill is in the bytes that leave."""

import base64
import json

import pytest

from matching.bundle import load_bundle
from passport.answers import Answer
from passport.evidence.kinds import Strength
from passport.evidence.strength import weigh
from passport.json import dump, parse_object
from passport.proofs.selective import derive
from passport.qr_text import pack
from passport.trust import Recognition
from passport.verification import Context, verify_presentation
from tests.simulators.forms import CUT, READ, SKILLS, WELD, SchoolOfForms
from tests.simulators.parties import Party, World
from tests.simulators.wallets import Employer, Person, demand
from wallet.core.accept import examine, keep
from wallet.core.answering import approve
from wallet.core.consent import consent
from wallet.core.consent_summary import consent_json
from wallet.core.disclose import disclose
from wallet.core.forms import FormName
from wallet.core.journal import journal
from wallet.core.present import left_over, show
from wallet.core.requests import open_request, take_request
from wallet.core.shelf import kept, trust
from wallet.core.skills import skill_evidence
from wallet.errors import ConsentChanged, NothingChosen, OnlyWhole

USUAL = ("ldp_vc", "ecdsa-sd-2023", "vc+sd-jwt")
PARTS = ("ecdsa-sd-2023", "vc+sd-jwt", "dc+sd-jwt")


@pytest.fixture
def school():
    return SchoolOfForms()


@pytest.fixture
def person(school):
    world = World()
    school.publish(world)
    return Person(world)


@pytest.fixture
def employer(person):
    return Employer(person.world)


def hold(person, school, forms=USUAL, **members):
    unsigned = school.unsigned(person.wallet.did, **members)
    cache = person.world.cache
    keep(person.wallet, [examine(school.sign(form, unsigned), cache, person.wallet) for form in forms])
    person.wallet.keep_documents(cache)
    return next(one for one in kept(person.wallet) if one.report.parsed.id == unsigned["id"])


def asked(person, employer, *skills, **more):
    request = employer.request([demand(skill, **more) for skill in skills])
    return take_request(person.wallet, dump(request), person.world.cache)


def seen(data: bytes):
    """The skills that can be read in bytes, however they are wrapped."""
    return {skill for skill, name in SKILLS.items() if skill.encode() in data or name.encode() in data}


def read(person, source, **expected):
    arguments = {"expected_challenge": None, "expected_domain": None} | expected
    return verify_presentation(source, Context(person.world.cache, person.world.now), **arguments).require()


def opened(presentation):
    """Everything in a presentation, tokens and disclosures decoded: what a curious verifier can read."""
    text = presentation.decode()
    for document in json.loads(presentation)["verifiableCredential"]:
        for part in str(document.get("id", "")).replace("~", ".").replace(",", ".").split("."):
            try:
                text += base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8", "ignore")
            except ValueError:
                continue
    return text.encode()


@pytest.mark.parametrize("form", PARTS)
@pytest.mark.parametrize("skills", [{WELD}, {CUT}, {WELD, READ}])
def test_only_the_chosen_skills_are_in_what_leaves(person, school, form, skills):
    one = hold(person, school, ("ldp_vc", form))
    part = disclose(person.wallet, one, skills)
    assert str(part.form) == form
    assert {each.target_url for each in part.shown} == skills
    assert {each.target_url for each in part.hidden} == set(SKILLS) - skills
    presented = show(person.wallet, [one.id], {one.id: sorted(skills)})
    assert seen(opened(presented)) == skills
    (credential,) = read(person, presented).credentials
    assert {each.target_url for each in credential.credential.subject.achievement.alignments} == skills
    assert credential.standing is Answer.YES
    assert journal(person.wallet)[0].skills == tuple(sorted(skills))


@pytest.mark.parametrize("skills", [None, set(SKILLS), {*SKILLS, "urn:another"}])
def test_all_skills_are_the_whole_as_it_came(person, school, skills):
    one = hold(person, school)
    part = disclose(person.wallet, one, skills)
    assert (part.form, dump(part.document), part.hidden) == (FormName.LDP_VC, one.source, ())


def test_of_equal_parts_the_smallest_on_the_wire_is_taken(person, school):
    one = hold(person, school)
    for skills in ({WELD}, {WELD, CUT}):
        sizes = {}
        for form in ("ecdsa-sd-2023", "vc+sd-jwt"):
            other = Person(person.world)
            other.wallet.save({("identity", "holder"): person.wallet.vault.get("identity", "holder")})
            alone = disclose(other.wallet, hold_as(other, one, form), skills)
            sizes[form] = sum(map(len, pack(dump(alone.document))))
        assert str(disclose(person.wallet, one, skills).form) == min(sizes, key=sizes.get)


def hold_as(other, one, form):
    """The same credential in a wallet that has the plain form and this one only."""
    sources = [each.source for each in one.forms if each.name in {"ldp_vc", form}]
    keep(other.wallet, [examine(source, other.world.cache, other.wallet) for source in sources])
    other.wallet.keep_documents(other.world.cache)
    return kept(other.wallet)[0]


def test_a_part_that_would_count_for_less_is_not_used(person, school):
    """Without an end, a derived proof can't say that there is none; the token can."""
    one = hold(person, school, valid_until=None)
    assert disclose(person.wallet, one, {WELD}).form is FormName.VC_SD_JWT
    derived_only = hold(
        person,
        school,
        ("ldp_vc", "ecdsa-sd-2023"),
        valid_until=None,
        credential_id="urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b99",
    )
    whole = disclose(person.wallet, derived_only, {WELD})
    assert (whole.form, whole.hidden) == (FormName.LDP_VC, ())
    with pytest.raises(OnlyWhole):
        show(person.wallet, [derived_only.id], {derived_only.id: [WELD]})
    assert journal(person.wallet) == ()


def test_a_result_that_the_strength_rests_on_leaves_with_the_skill(person, school):
    """The value is what states the outcome: without it the part would count for less."""
    person.trust((Party("x", school.ed25519, school.did), Recognition.EDUCATOR))
    one = hold(person, school, results=[{"value": "8"}])
    part = disclose(person.wallet, one, {WELD})
    assert part.report.parsed.subject.results[0].value == "8"
    assert [each.target_url for each in part.shown] == [WELD]


def test_a_form_whose_key_was_revoked_is_not_used(person, school):
    one = hold(person, school)
    school.publish(person.world, without=["p256-1"])
    person.wallet.keep_documents(person.world.cache)
    part = disclose(person.wallet, one, {WELD})
    assert (part.form, part.hidden) == (FormName.LDP_VC, ())


@pytest.mark.parametrize("form", PARTS)
def test_a_credential_that_is_here_in_one_form_with_parts_can_be_shown_whole_and_in_part(
    person, school, form
):
    one = hold(person, school, (form,))
    for skills in (None, [CUT]):
        presented = show(person.wallet, [one.id], {} if skills is None else {one.id: skills})
        (credential,) = read(person, presented).credentials
        shown = {each.target_url for each in credential.credential.subject.achievement.alignments}
        assert shown == set(skills or SKILLS)


def test_a_base_proof_never_leaves(person, school):
    one = hold(person, school, ("ecdsa-sd-2023",))
    presented = show(person.wallet, [one.id])
    assert json.loads(one.source)["proof"]["proofValue"].encode() not in presented
    assert read(person, presented).credentials


def test_what_somebody_derived_before_is_shown_as_it_is(person, school):
    base = parse_object(school.sign("ecdsa-sd-2023", school.unsigned(person.wallet.did)))
    skills = [f"/credentialSubject/achievement/alignment/{number}" for number in (0, 1)]
    source = dump(derive(base, selective_pointers=skills))
    keep(person.wallet, [examine(source, person.world.cache, person.wallet)])
    person.wallet.keep_documents(person.world.cache)
    (one,) = kept(person.wallet)
    assert dump(disclose(person.wallet, one).document) == source
    with pytest.raises(OnlyWhole):
        show(person.wallet, [one.id], {one.id: [WELD]})


def test_no_skill_chosen_shows_nothing(person, school):
    one = hold(person, school)
    for skills in ([], ["urn:another"]):
        with pytest.raises(NothingChosen):
            show(person.wallet, [one.id], {one.id: skills})
    assert journal(person.wallet) == ()


def test_what_is_hidden_by_hand_leaves_the_rest(person, school):
    one = hold(person, school)
    assert left_over(person.wallet, []) == {}
    assert left_over(person.wallet, [f"{one.id} {CUT}", f"{one.id} {READ}"]) == {one.id: [WELD]}


def test_a_profile_that_asks_one_skill_gets_that_skill_alone(person, school, employer):
    one = hold(person, school)
    found = asked(person, employer, CUT)
    agreed = consent(person.wallet, found, load_bundle())
    (leaving,) = agreed.leaving
    assert (leaving.shown, leaving.hidden, leaving.beyond) == (
        ("snijden",),
        ("lassen", "tekeningen lezen"),
        (),
    )
    assert [result.answer for result in agreed.results] == [Answer.YES]
    said = consent_json(agreed, str)["leaving"][0]
    assert (said["skillsShown"], said["skillsHidden"]) == (["snijden"], ["lassen", "tekeningen lezen"])
    assert seen(json.dumps(said["document"]).encode()) <= {CUT}
    assert seen(json.dumps(said["says"], ensure_ascii=False).encode()) == {CUT}
    assert {claim.value for claim in leaving.claims if claim.code == "claim-skill"} == {"snijden"}
    response = approve(person.wallet, found.id, person.world.cache, load_bundle(), mark=agreed.mark)
    assert seen(opened(response.presentation)) == {CUT}
    request = found.request
    read(person, response.presentation, expected_challenge=request.challenge, expected_domain=request.domain)
    entry = journal(person.wallet)[0]
    assert (entry.skills, entry.credentials) == ((CUT,), (one.id,))


def test_a_refused_skill_stays_hidden_while_another_of_the_same_credential_leaves(person, school, employer):
    hold(person, school)
    found = asked(person, employer, CUT, WELD)
    agreed = consent(person.wallet, found, load_bundle(), refused=[WELD])
    (leaving,) = agreed.leaving
    assert (leaving.shown, leaving.hidden) == (("snijden",), ("lassen", "tekeningen lezen"))
    assert [cost.demand.skill for cost in agreed.cost] == [WELD]


def test_where_it_can_not_be_hidden_a_refused_skill_keeps_the_credential_at_home(person, school, employer):
    hold(person, school, ("ldp_vc", "jwt_vc_json"))
    found = asked(person, employer, CUT, WELD)
    assert consent(person.wallet, found, load_bundle(), refused=[WELD]).leaving == ()
    (leaving,) = consent(person.wallet, found, load_bundle()).leaving
    assert leaving.beyond == ("tekeningen lezen",)


def test_the_mark_names_the_very_bytes_that_leave(person, school, employer):
    hold(person, school)
    found = asked(person, employer, CUT, WELD)
    both, one = (consent(person.wallet, found, load_bundle(), refused=refused) for refused in ((), (WELD,)))
    assert both.mark != one.mark
    assert both.mark == consent(person.wallet, found, load_bundle()).mark
    with pytest.raises(ConsentChanged):
        approve(person.wallet, found.id, person.world.cache, load_bundle(), mark=one.mark)


def test_a_credential_that_can_hide_is_chosen_before_one_that_shows_more(person, school, employer):
    world = person.world
    plain = Party("Andere school")
    hold(person, school)
    person.take(plain.issue(person.wallet.did, {CUT: "snijden", WELD: "lassen"}, at=world.now))
    agreed = consent(person.wallet, asked(person, employer, CUT), load_bundle())
    assert [leaving.beyond for leaving in agreed.leaving] == [()]


@pytest.mark.parametrize("recognised", [True, False])
def test_the_answer_is_the_same_as_with_the_whole(person, school, employer, recognised):
    if recognised:
        person.trust((Party("x", school.ed25519, school.did), Recognition.EDUCATOR))
    hold(person, school)
    agreed = consent(person.wallet, asked(person, employer, CUT), load_bundle())
    assert agreed.leaving[0].hidden
    whole = next(one for one in skill_evidence(person.wallet) if one.skill == CUT)
    assert [result.strength for result in agreed.results] == [whole.strength]
    store = trust(person.wallet)
    response = approve(person.wallet, agreed.id, person.world.cache, load_bundle())
    request = open_request(person.wallet, agreed.id).request
    shown = read(
        person, response.presentation, expected_challenge=request.challenge, expected_domain=request.domain
    )
    (there,) = weigh(shown.credentials, trust=store, now=person.world.now, holder=person.wallet.did)
    assert (there.skill, there.strength, there.answer) == (CUT, whole.strength, whole.answer)
    assert (there.strength > Strength.SOFT) is recognised
