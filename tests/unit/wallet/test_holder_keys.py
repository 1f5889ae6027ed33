"""Two keys of one person: made when needed, kept, backed up, restored; each credential stays with its own."""

import json

import pytest

from matching.bundle import load_bundle
from passport.answers import Answer
from passport.dids import create_did_jwk, create_did_key
from passport.encoding import base64url_encode
from passport.evidence.kinds import Strength
from passport.evidence.strength import weigh
from passport.json import dump
from passport.keys import KeyType
from passport.sd_jwt import credential as sd_jwt
from passport.verification import verify_presentation
from tests.simulators.forms import SKILLS, WELD, SchoolOfForms
from tests.simulators.parties import NOW, Party
from tests.simulators.wallets import Employer, Person, demand
from wallet.core.accept import examine, keep
from wallet.core.archive import read_archive, write_archive
from wallet.core.consent import consent
from wallet.core.present import show
from wallet.core.requests import take_request
from wallet.core.shelf import kept
from wallet.core.skills import skill_evidence
from wallet.core.wallet import SECOND, Kind, seed_records
from wallet.errors import MalformedBackup, NoHolderKey, NotForThisHolder
from wallet.errors_holding import HolderNotNamed, HoldersMixed, NotInPresentations


@pytest.fixture
def person():
    return Person()


@pytest.fixture
def school(person):
    made = Party.on_the_web("De Vakschool", "school.example")
    person.world.publish(made.did_document())
    return made


def both_names(holder):
    return create_did_key(holder.public_key), create_did_jwk(holder.public_key)


def test_the_second_key_is_made_when_it_is_first_needed_and_never_again(person):
    wallet = person.wallet
    assert [one.public_key.type for one in wallet.holders] == [KeyType.ED25519]
    second = wallet.holder_with(KeyType.P256)
    assert second.algorithm == "ES256"
    assert second.did.startswith("did:jwk:")
    writes = person.store.writes
    assert wallet.holder_with(KeyType.P256).did == second.did
    assert wallet.holder_with(KeyType.ED25519).did == wallet.did
    assert person.store.writes == writes
    assert [one.did for one in wallet.holders] == [wallet.did, second.did]
    assert wallet.holder.did == wallet.did
    assert wallet.names == {*both_names(wallet.holder), *both_names(second)}


def test_a_key_has_the_names_that_it_is_and_no_other(person):
    holder = person.wallet.holder_with(KeyType.P256)
    for name in both_names(holder):
        again = holder.named(name)
        assert again.did == name
        assert again.verification_method.startswith(f"{name}#")
    with pytest.raises(HolderNotNamed):
        holder.named(person.wallet.did)
    with pytest.raises(NoHolderKey):
        person.wallet.holder_named(Party("Somebody").did)


def test_a_credential_about_any_name_of_any_key_is_taken_and_remembers_which(person, school):
    wallet = person.wallet
    names = [name for key in (wallet.holder, wallet.holder_with(KeyType.P256)) for name in both_names(key)]
    for name in names:
        person.take(school.issue(name, [WELD]))
    found = {one.holder: wallet.holder_for(one) for one in kept(wallet)}
    assert set(found) == set(names)
    for name, holder in found.items():
        assert holder.did == name
    with pytest.raises(NotForThisHolder):
        person.take(school.issue(Party("Another").did, [WELD]))
    with pytest.raises(NotForThisHolder):
        person.take(school.issue("https://people.example/1", [WELD]))


def test_what_is_known_of_a_person_counts_whichever_key_it_is_bound_to(person, school):
    second = person.wallet.holder_with(KeyType.P256)
    person.take(school.issue(second.did, SKILLS))
    assert all(one.links[0].ceiling is not None for one in skill_evidence(person.wallet))
    (one,) = kept(person.wallet)
    somebody = weigh([one.verified], trust=person.world.trusting(), now=NOW, holder=person.wallet.did)
    assert all(found.strength is Strength.SOFT for found in somebody)
    assert all(found.answer is Answer.NO for found in somebody)


def dc(school, holder, *, subject, key):
    unsigned = school.unsigned(subject or "")
    if subject is None:
        del unsigned["credentialSubject"]["id"]
    token = sd_jwt.sign_dc(
        unsigned,
        vct="https://school.example/vct/1",
        disclosable=(),
        signer=school.ed25519,
        verification_method=f"{school.did}#key-1",
        holder_key=key,
        issued_at=NOW,
    )
    return token.encode()


def test_the_key_in_cnf_decides_where_the_subject_has_no_name(person):
    school, wallet = SchoolOfForms(), person.wallet
    school.publish(person.world)
    first, second = wallet.holder, wallet.holder_with(KeyType.P256)
    taken = examine(dc(school, second, subject=None, key=second.public_key), person.world.cache, wallet)
    keep(wallet, [taken])
    wallet.keep_documents(person.world.cache)
    (one,) = kept(wallet)
    assert wallet.holder_for(one).public_key == second.public_key
    with pytest.raises(NotInPresentations):
        show(wallet, [one.id])
    for odd in (
        dc(school, second, subject=None, key=Party("Thief").signer.public_key),
        dc(school, second, subject=first.did, key=second.public_key),
        dc(school, second, subject=Party("Thief").did, key=second.public_key),
        dc(school, second, subject=None, key=None),
    ):
        with pytest.raises(NotForThisHolder):
            examine(odd, person.world.cache, wallet)


def test_credentials_of_one_key_are_shown_together_and_of_two_keys_one_after_the_other(person, school):
    wallet = person.wallet
    second = wallet.holder_with(KeyType.P256)
    ids = [person.take(school.issue(did, [WELD])).id for did in (wallet.did, second.did)]
    with pytest.raises(HoldersMixed):
        show(wallet, ids)
    for record, holder in zip(ids, (wallet.holder, second), strict=True):
        signed = json.loads(show(wallet, [record]))
        assert signed["holder"] == holder.did
        assert signed["proof"]["cryptosuite"] == holder.cryptosuite
        report = verify_presentation(
            dump(signed), person.world.context, expected_challenge=None, expected_domain=None
        )
        assert report.answer is Answer.YES, report.checks


def test_an_answer_holds_credentials_of_the_key_that_meets_most_and_names_those_left_apart(person, school):
    wallet = person.wallet
    second = wallet.holder_with(KeyType.P256)
    first, *others = SKILLS
    mine = person.take(school.issue(wallet.did, [first]))
    theirs = person.take(school.issue(second.did, others))
    asked = [demand(skill) for skill in SKILLS]
    found = take_request(wallet, dump(Employer(person.world).request(asked)), person.world.cache)
    agreed = consent(wallet, found, load_bundle())
    assert [one.kept.id for one in agreed.leaving] == [theirs.id]
    assert [one.id for one in agreed.apart] == [mine.id]
    assert len(agreed.unmet) == 1


@pytest.mark.parametrize("with_seed", [True, False])
def test_the_second_key_is_in_the_backup_as_the_first_is(person, school, with_seed):
    wallet = person.wallet
    second = wallet.holder_with(KeyType.P256)
    person.take(school.issue(second.did, [WELD]))
    records = read_archive(write_archive(wallet, with_seed=with_seed))
    other = Person(person.world)
    other.wallet.save(records, frozenset(set() if with_seed else {(Kind.SEED, "holder")}))
    assert (other.wallet.did, other.wallet.names) == (wallet.did, wallet.names)
    (one,) = kept(other.wallet)
    assert one.holder == second.did
    if with_seed:
        assert other.wallet.holder_for(one).did == second.did
    else:
        for asked in (lambda: other.wallet.holder_for(one), lambda: other.wallet.holder_with(KeyType.P256)):
            with pytest.raises(NoHolderKey):
                asked()


def test_a_backup_whose_second_key_is_another_is_refused(person):
    second = person.wallet.holder_with(KeyType.P256)
    document = json.loads(write_archive(person.wallet, with_seed=True))
    identities = document["records"][Kind.IDENTITY]

    def named(did):
        changed = {**identities, SECOND: json.dumps({"did": did})}
        return {"records": {**document["records"], Kind.IDENTITY: changed}}

    keys = document["keys"]
    for odd in (
        {"keys": {**keys, SECOND: "A" * 42 + "B"}},
        {"keys": {**keys, "holder-p384": keys[SECOND]}},
        named(Party("Thief").did),
        named("did:web:thief.example"),
        {"records": {**document["records"], Kind.IDENTITY: [second.did]}},
    ):
        with pytest.raises(MalformedBackup):
            read_archive(dump({**document, **odd}))


def test_a_draw_that_is_no_scalar_of_the_curve_is_drawn_again(person):
    draws = [b"\xff" * 32, b"\x00" * 32]
    wallet = person.wallet
    honest, wallet.random = wallet.random, lambda size: draws.pop() if draws and size == 32 else honest(size)
    assert wallet.holder_with(KeyType.P256).public_key.type is KeyType.P256
    assert draws == []


def test_no_secret_of_the_second_key_in_a_repr(person):
    wallet = person.wallet
    holder = wallet.holder_with(KeyType.P256)
    secret = wallet.vault.get(Kind.SEED, SECOND)
    assert seed_records(secret, SECOND)[Kind.IDENTITY, SECOND] == wallet.vault.get(Kind.IDENTITY, SECOND)
    shown = repr(wallet) + repr(holder) + repr(wallet.holders)
    assert repr(secret) not in shown
    assert secret.hex() not in shown


def test_a_did_jwk_in_another_spelling_is_the_same_key(person, school):
    """A JWK has its members in any order, and issuers write their own."""
    wallet = person.wallet
    holder = wallet.holder_with(KeyType.P256)
    jwk = holder.public_key.to_jwk()
    other = "did:jwk:" + base64url_encode(dump({name: jwk[name] for name in sorted(jwk, reverse=True)}))
    assert other != holder.did
    person.take(school.issue(other, [WELD]))
    (one,) = kept(wallet)
    assert wallet.holder_for(one).did == other
    assert all(found.links[0].ceiling is not None for found in skill_evidence(wallet))
    signed = show(wallet, [one.id])
    report = verify_presentation(signed, person.world.context, expected_challenge=None, expected_domain=None)
    assert report.answer is Answer.YES
    with pytest.raises(NotForThisHolder):
        person.take(school.issue("did:jwk:AAAA", [WELD]))
