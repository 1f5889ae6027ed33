"""What others confirm: kept only when it names, by id and digest, what is in this wallet. The rest is refused."""

import pytest

from matching.bundle import load_bundle
from passport.answers import Answer
from passport.documents import DocumentCache
from passport.json import dump
from tests.simulators.chains import builds_on, confirm
from tests.simulators.parties import Party, status_entry
from tests.simulators.wallets import Person
from wallet.core import limits
from wallet.core.archive import read_archive, write_archive
from wallet.core.claims_made import ClaimDraft, make_claim, withdraw_claim
from wallet.core.endorsements import (
    endorsement,
    endorsements,
    endorsements_of,
    examine_endorsement,
    genuine_endorsements,
    keep_endorsements,
    remove_endorsement,
)
from wallet.core.evidence_files import own_file
from wallet.core.finding import find_skills
from wallet.core.forget import forget
from wallet.core.shelf import kept_one
from wallet.core.wallet import Kind
from wallet.errors import NothingReceived, UnknownRecord
from wallet.errors_claims import (
    EndorsedByHolder,
    EndorsementNotGenuine,
    EndorsementNotGood,
    EndorsementOfNothingHere,
    EndorsementOfOtherContent,
    EndorsementWithoutDigest,
    TooManyEndorsements,
)

TAXONOMY = load_bundle()
SKILLS = tuple(skill for skill, _ in find_skills(TAXONOMY, "welding", "en"))[:2]
LIST = "https://yard.example/status/1"


@pytest.fixture
def person():
    return Person()


@pytest.fixture
def yard():
    return Party("A shipyard")


def claimed(person, **members):
    draft = ClaimDraft(**{"skills": SKILLS, **members})
    made = make_claim(person.wallet, draft, TAXONOMY, language="en")
    return made, made.report.parsed.document


def take(person, document):
    examined = examine_endorsement(dump(document), person.world.cache, person.wallet)
    keep_endorsements(person.wallet, [examined])
    person.wallet.keep_documents(person.world.cache)
    return examined


def test_a_confirmation_is_kept_under_the_claim_that_it_names(person, yard):
    made, document = claimed(person)
    other, _ = claimed(person, words="another")
    before = kept_one(person.wallet, made.id).source
    one = take(person, confirm(yard, document, SKILLS[0]))
    whole = take(person, confirm(yard, document))
    assert one.answer is Answer.YES
    assert {each.id for each in endorsements_of(person.wallet, made.id)} == {one.id, whole.id}
    assert endorsements_of(person.wallet, other.id) == ()
    assert kept_one(person.wallet, made.id).source == before
    assert endorsement(person.wallet, one.id).verified is not None
    assert len(genuine_endorsements(endorsements(person.wallet))) == 2


def test_the_same_confirmation_again_changes_nothing(person, yard):
    _, document = claimed(person)
    confirmed = confirm(yard, document)
    take(person, confirmed)
    revision = person.wallet.vault.revision
    take(person, confirmed)
    assert person.wallet.vault.revision == revision


def test_a_confirmation_of_somebody_elses_claim_is_refused(person, yard):
    claimed(person)
    _, theirs = claimed(Person(person.world))
    for subject in (SKILLS[0], None):
        with pytest.raises(EndorsementOfNothingHere):
            take(person, confirm(yard, theirs, subject))
    assert endorsements(person.wallet) == ()


def test_a_confirmation_of_a_skill_that_the_claim_does_not_name_is_refused(person, yard):
    _, document = claimed(person)
    with pytest.raises(EndorsementOfNothingHere):
        take(person, confirm(yard, document, "http://data.europa.eu/esco/skill/other"))


def test_a_confirmation_with_a_wrong_digest_is_refused(person, yard):
    _, document = claimed(person)
    changed = builds_on({**document, "name": "other"}, document["id"])
    with pytest.raises(EndorsementOfOtherContent):
        take(person, confirm(yard, None, SKILLS[0], on=[changed]))


def test_a_confirmation_without_a_digest_is_refused(person, yard):
    _, document = claimed(person)
    by_sri = {"id": document["id"], "digestSRI": "sha256-" + "A" * 43 + "="}
    for confirmed in (
        confirm(yard, None, document["id"]),
        confirm(yard, None, SKILLS[0], on=[by_sri]),
    ):
        with pytest.raises(EndorsementWithoutDigest):
            take(person, confirmed)


def test_a_confirmation_by_the_holder_is_refused(person):
    _, document = claimed(person)
    holder = person.wallet.holder
    myself = Party("The yard, honestly", holder.signer, holder.did, holder.verification_method)
    with pytest.raises(EndorsedByHolder):
        take(person, confirm(myself, document))


def test_a_confirmation_that_was_changed_or_is_another_thing_is_refused(person, yard):
    _, document = claimed(person)
    confirmed = confirm(yard, document)
    confirmed["credentialSubject"]["endorsementComment"] = "much better"
    with pytest.raises(EndorsementNotGenuine):
        take(person, confirmed)
    for odd in (document, {}, {"type": ["EndorsementCredential"]}):
        with pytest.raises(NothingReceived):
            take(person, odd)


def test_a_withdrawn_confirmation_is_refused_and_one_withdrawn_later_counts_no_more(person, yard):
    made, document = claimed(person)
    good = confirm(yard, document, status=[status_entry(LIST, 1)])
    bad = confirm(yard, document, status=[status_entry(LIST, 2)])
    person.world.publish(yard.status_list(LIST, revoked=[2]))
    with pytest.raises(EndorsementNotGood):
        take(person, bad)
    taken = take(person, good)
    person.world.publish(yard.status_list(LIST, revoked=[1, 2]))
    person.wallet.keep_documents(person.world.cache)
    [one] = endorsements_of(person.wallet, made.id)
    assert (one.id, one.answer) == (taken.id, Answer.NO)


def test_what_could_not_be_checked_is_put_aside(person):
    _, document = claimed(person)
    away = Party.on_the_web("A yard", "yard.example")
    taken = take(person, confirm(away, document))
    assert taken.answer is Answer.CANNOT_TELL
    assert genuine_endorsements(endorsements(person.wallet)) == ()
    cache = DocumentCache()
    cache.put(away.did_document())
    assert [one.answer for one in endorsements(person.wallet, cache)] == [Answer.YES]


def test_there_is_a_most(person, yard, monkeypatch):
    monkeypatch.setattr(limits, "ENDORSEMENTS", 1)
    _, document = claimed(person)
    take(person, confirm(yard, document, SKILLS[0]))
    with pytest.raises(TooManyEndorsements):
        take(person, confirm(yard, document, SKILLS[1]))


def test_forgetting_a_claim_forgets_what_means_nothing_without_it(person, yard):
    files = (own_file(person.wallet.random, "hours.csv", b"week,hours\n"),)
    made, document = claimed(person, files=files)
    other, _ = claimed(person, words="another")
    take(person, confirm(yard, document))
    withdraw_claim(person.wallet, made.id)
    forget(person.wallet, made.id)
    vault = person.wallet.vault
    assert list(vault.of_kind(Kind.CREDENTIAL)) == [other.id]
    for kind in (Kind.ENDORSEMENT, Kind.FILE, Kind.WITHDRAWN):
        assert vault.of_kind(kind) == {}
    assert list(vault.of_kind(Kind.RECEIPT)) == [other.id]


def test_forgetting_keeps_what_something_else_names(person, yard):
    files = (own_file(person.wallet.random, "hours.csv", b"week,hours\n"),)
    made, document = claimed(person, files=files)
    [related] = document["relatedResource"]
    badge = yard.issue(person.wallet.did, SKILLS)
    del badge["proof"]
    badge["evidence"] = [{"id": related["id"], "type": ["Evidence"], "genre": "work-record"}]
    badge["relatedResource"] = [related]
    person.take(yard.sign(badge))
    forget(person.wallet, made.id)
    assert list(person.wallet.vault.of_kind(Kind.FILE)) == [related["id"]]


def test_one_confirmation_can_be_forgotten(person, yard):
    made, document = claimed(person)
    taken = take(person, confirm(yard, document))
    remove_endorsement(person.wallet, taken.id)
    assert endorsements_of(person.wallet, made.id) == ()
    with pytest.raises(UnknownRecord):
        remove_endorsement(person.wallet, taken.id)


def test_a_backup_brings_back_what_was_confirmed(person, yard):
    made, document = claimed(person)
    take(person, confirm(yard, document))
    restored = Person(person.world)
    restored.wallet.save(read_archive(write_archive(person.wallet, with_seed=True)))
    assert endorsements_of(restored.wallet, made.id) == endorsements_of(person.wallet, made.id)
