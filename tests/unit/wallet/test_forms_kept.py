"""One credential in several forms: kept as one when all say the same, refused when one says something else."""

import copy

import pytest

from passport.answers import Answer
from passport.credentials.build import presentation
from passport.credentials.enveloped import envelope
from passport.credentials.form import Form
from passport.json import dump, parse_object
from passport.proofs.selective import derive
from tests.simulators.forms import FORMS, WELD, SchoolOfForms
from tests.simulators.parties import NOW, World
from tests.simulators.wallets import Person
from wallet.core.accept import examine, joined, keep
from wallet.core.archive import read_archive, write_archive
from wallet.core.forget import forget
from wallet.core.forms import FormName, same_statements
from wallet.core.shelf import kept, kept_one
from wallet.core.summary import kept_json
from wallet.core.wallet import Kind
from wallet.errors import CredentialNotGenuine, FormDisagrees, NotForThisHolder


@pytest.fixture
def school():
    return SchoolOfForms()


@pytest.fixture
def person(school):
    world = World()
    school.publish(world)
    return Person(world)


@pytest.fixture
def unsigned(school, person):
    return school.unsigned(person.wallet.did)


def take(person, *sources):
    examined = [examine(source, person.world.cache, person.wallet) for source in sources]
    keep(person.wallet, examined)
    person.wallet.keep_documents(person.world.cache)
    return examined


def names(one):
    return [str(form.name) for form in one.forms]


@pytest.mark.parametrize("form", FORMS)
def test_a_credential_in_any_form_is_taken_in(person, school, unsigned, form):
    source = school.sign(form, unsigned)
    (examined,) = take(person, source)
    assert examined.answer is Answer.YES
    (one,) = kept(person.wallet)
    assert (one.answer, one.source, names(one)) == (Answer.YES, source, [form])
    assert one.report.parsed.subject.achievement.name == "Lasser"
    assert kept_json(one, str)["forms"] == [form]


def test_all_forms_together_are_one_credential_whose_first_is_the_one_to_read(person, school, unsigned):
    sources = [school.sign(form, unsigned) for form in reversed(FORMS)]
    take(person, *sources)
    (one,) = kept(person.wallet)
    assert names(one)[0] == "ldp_vc"
    assert sorted(names(one)) == sorted(FORMS)
    assert one.shows_parts
    assert [form.source for form in one.forms if form.name == "ldp_vc"] == [sources[-1]]


@pytest.mark.parametrize("form", FORMS[1:])
def test_a_form_that_comes_later_joins_the_credential_that_is_here(person, school, unsigned, form):
    take(person, school.sign("ldp_vc", unsigned))
    (first,) = kept(person.wallet)
    (later,) = take(person, school.sign(form, unsigned))
    assert later.id == first.id
    (one,) = kept(person.wallet)
    assert names(one) == ["ldp_vc", form]
    revision = person.wallet.vault.revision
    take(person, one.forms[1].source)
    assert person.wallet.vault.revision == revision, "the same again changes nothing"


CHANGES = {
    "a name": lambda d: d["credentialSubject"]["achievement"].update(name="Meesterlasser"),
    "one skill less": lambda d: d["credentialSubject"]["achievement"]["alignment"].pop(),
    "another result": lambda d: d["credentialSubject"]["result"][0].update(value="10"),
    "another end": lambda d: d.update(validUntil="2039-01-01T00:00:00Z"),
    "another issuer's name": lambda d: d["issuer"].update(name="De Andere School"),
    "a member that nobody reads": lambda d: d["credentialSubject"]["achievement"].update(humanCode="X"),
    "no evidence": lambda d: d.pop("evidence"),
    "another status": lambda d: d.update(
        credentialStatus={
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "8",
            "statusListCredential": "https://school.example/status/1",
        }
    ),
}


@pytest.mark.parametrize("form", ["ecdsa-sd-2023", "vc+sd-jwt", "dc+sd-jwt"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_form_that_says_something_else_is_refused(person, school, unsigned, form, change):
    first = school.sign("ldp_vc", unsigned)
    other = copy.deepcopy(unsigned)
    CHANGES[change](other)
    examined = [
        examine(source, person.world.cache, person.wallet) for source in (first, school.sign(form, other))
    ]
    assert not same_statements(*(one.report.parsed for one in examined))
    with pytest.raises(FormDisagrees):
        joined(examined)
    take(person, first)
    with pytest.raises(FormDisagrees):
        take(person, school.sign(form, other))
    assert [names(one) for one in kept(person.wallet)] == [["ldp_vc"]]


def test_what_the_issuer_issued_anew_under_the_same_id_is_kept_beside_the_old(person, school, unsigned):
    anew = school.unsigned(person.wallet.did, results=[{"value": "9", "status": "Completed"}])
    take(person, school.sign("ldp_vc", unsigned), school.sign("ldp_vc", anew))
    assert len(kept(person.wallet)) == 2
    take(person, school.sign("vc+sd-jwt", anew))
    forms = {one.report.parsed.subject.results[0].value: names(one) for one in kept(person.wallet)}
    assert forms == {"8": ["ldp_vc"], "9": ["ldp_vc", "vc+sd-jwt"]}


def test_a_part_of_a_credential_does_not_pass_for_another_form_of_it(person, school, unsigned):
    take(person, school.sign("ldp_vc", unsigned))
    base = parse_object(school.sign("ecdsa-sd-2023", unsigned))
    with pytest.raises(FormDisagrees):
        take(person, dump(derive(base, selective_pointers=["/credentialSubject/achievement/alignment/0"])))


def test_forms_in_a_presentation_come_out_of_their_envelopes(person, school, unsigned):
    token = school.sign("vc+sd-jwt", unsigned)
    together = presentation(
        holder=person.wallet.did,
        credentials=[parse_object(school.sign("ldp_vc", unsigned)), envelope(token, Form.VC_SD_JWT)],
        presentation_id="urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b12",
    )
    take(person, *(dump(each) for each in together["verifiableCredential"]))
    (one,) = kept(person.wallet)
    assert names(one) == ["ldp_vc", "vc+sd-jwt"]
    assert one.forms[1].source == token


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_verified_like_any_other_credential(person, school, unsigned, form):
    other = SchoolOfForms()  # the same DID, other keys
    with pytest.raises(CredentialNotGenuine):
        take(person, other.sign(form, unsigned))
    with pytest.raises(NotForThisHolder):
        take(person, school.sign(form, school.unsigned(Person().wallet.did)))
    assert kept(person.wallet) == ()


def test_the_genuine_one_takes_the_place_of_one_that_could_never_be_checked(person, school, unsigned):
    person.world.cache.at_hand.clear()
    claimed = school.unsigned(person.wallet.did, {WELD: "lassen als de beste"})
    take(person, school.sign("ldp_vc", claimed), school.sign("vc+sd-jwt", claimed))
    (aside,) = kept(person.wallet)
    assert aside.answer is Answer.CANNOT_TELL
    other = SchoolOfForms()
    other.publish(person.world)
    genuine = other.sign("ldp_vc", other.unsigned(person.wallet.did))
    (taken,) = take(person, genuine)
    assert taken.replaces
    (one,) = kept(person.wallet)
    assert (one.answer, one.source, names(one)) == (Answer.YES, genuine, ["ldp_vc"])


def test_what_could_not_be_checked_takes_nobodys_place(person, school, unsigned):
    take(person, school.sign("ldp_vc", unsigned))
    (before,) = kept(person.wallet)
    examined = examine(
        SchoolOfForms().sign("ldp_vc", unsigned), World().cache, person.wallet
    )  # its key is not at hand
    keep(person.wallet, [examined])
    assert [one.source for one in kept(person.wallet)] == [before.source]


def test_the_same_form_signed_anew_takes_the_place_of_the_old_signature(person, school, unsigned):
    take(person, school.sign("ldp_vc", unsigned), school.sign("vc+sd-jwt", unsigned))
    later = [school.sign(form, unsigned, at=NOW.replace(minute=1)) for form in ("ldp_vc", "vc+sd-jwt")]
    person.world.now = NOW.replace(minute=2)
    take(person, *later)
    (one,) = kept(person.wallet)
    assert [form.source for form in one.forms] == later


def test_forgetting_a_credential_forgets_all_its_forms(person, school, unsigned):
    take(person, *(school.sign(form, unsigned) for form in FORMS))
    (one,) = kept(person.wallet)
    forget(person.wallet, one.id)
    assert person.wallet.vault.of_kind(Kind.FORM) == {}
    assert kept(person.wallet) == ()


def test_a_backup_holds_all_forms(person, school, unsigned):
    take(person, *(school.sign(form, unsigned) for form in FORMS))
    before = kept(person.wallet)[0].forms
    other = Person(person.world)
    other.wallet.save(read_archive(write_archive(person.wallet, with_seed=True)))
    (one,) = kept(other.wallet)
    assert one.forms == before
    assert kept_one(other.wallet, one.id).forms == before
    assert {form.name for form in before} == set(FormName)
