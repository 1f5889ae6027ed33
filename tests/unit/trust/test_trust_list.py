"""Trust lists: whose they are, what they may contain, how old, and never backwards."""

import copy
from datetime import timedelta

import pytest

from passport.errors import Indeterminate, Invalid, MalformedJson, NotAnObject, SignatureMismatch
from passport.errors.proofs import ProofMissing, UnsupportedCryptosuite
from passport.errors.trust import (
    MalformedTrustList,
    PublisherMismatch,
    TrustListConflict,
    TrustListNotYetValid,
    TrustListRollback,
    UnexpectedPublisher,
)
from passport.errors.verification import NotConstructible
from passport.json import dump, parse_object
from passport.limits import PUBLISHED
from passport.trust import (
    NO_TRUST,
    Recognition,
    TrustStore,
    VerifiedTrustList,
    parse_trust_list,
    verify_trust_list,
)
from tests.simulators.parties import NOW, Party, World, recognise

DAY = timedelta(days=1)
SCHOOL = Party("School")
WORLD = World()
ENTRY = recognise(
    SCHOOL,
    Recognition.EDUCATOR,
    Recognition.VALIDATOR,
    valid_until=NOW + 30 * DAY,
    achievements=frozenset({"https://badges.example/a"}),
    skills=frozenset({"https://skills.example/s"}),
    also_known_as=frozenset({"did:web:school.example"}),
)


def verified(*entries, **members):
    source = WORLD.trust_list(*entries, **members)
    return verify_trust_list(source, context=WORLD.context, expected_publishers={WORLD.registrar.did})


def test_what_is_built_is_read_back():
    parsed = parse_trust_list(WORLD.trust_list(ENTRY, version=3))
    assert parsed.entries == (ENTRY,)
    assert (parsed.version, parsed.publisher, parsed.publisher_name) == (3, WORLD.registrar.did, "Registrar")
    assert parsed.name == {"en": "List of the registrar", "nl": "Lijst van de registerhouder"}


def test_a_list_with_nobody_on_it_recognises_nobody():
    assert TrustStore([verified()]).recognitions(SCHOOL.did, NOW) == ()
    assert NO_TRUST.recognitions(SCHOOL.did, NOW) == ()


def test_only_verification_makes_a_verified_list():
    parsed = parse_trust_list(WORLD.trust_list(ENTRY))
    with pytest.raises(NotConstructible):
        VerifiedTrustList(parsed, b"", NOW, pinned=True, keys=frozenset(), seal=object())


@pytest.mark.parametrize("expected", [(), {"did:web:other.example"}])
def test_a_publisher_that_was_not_chosen_is_refused(expected):
    with pytest.raises(UnexpectedPublisher):
        verify_trust_list(WORLD.trust_list(ENTRY), context=WORLD.context, expected_publishers=expected)


def test_signed_by_somebody_else_in_the_publishers_name():
    document = parse_object(WORLD.trust_list(ENTRY))
    del document["proof"]
    forged = dump(Party("Forger").sign(document))
    with pytest.raises(PublisherMismatch):
        verify_trust_list(forged, context=WORLD.context, expected_publishers={WORLD.registrar.did})


def test_signed_by_the_publisher_and_by_somebody_else_beside():
    document = Party("Forger").sign(parse_object(WORLD.trust_list(ENTRY)))
    with pytest.raises(PublisherMismatch):
        verify_trust_list(dump(document), context=WORLD.context, expected_publishers={WORLD.registrar.did})


@pytest.mark.parametrize("proof", [None, [], "absent"])
def test_not_signed(proof):
    document = parse_object(WORLD.trust_list(ENTRY))
    del document["proof"]
    if proof != "absent":
        document["proof"] = proof
    with pytest.raises(ProofMissing):
        verify_trust_list(dump(document), context=WORLD.context, expected_publishers={WORLD.registrar.did})


def test_changed_after_signing():
    document = parse_object(WORLD.trust_list(ENTRY))
    document["entries"][0]["recognisedAs"] = ["employer"]
    with pytest.raises(SignatureMismatch):
        verify_trust_list(dump(document), context=WORLD.context, expected_publishers={WORLD.registrar.did})


def test_another_cryptosuite_is_not_taken():
    document = parse_object(WORLD.trust_list(ENTRY))
    document["proof"]["cryptosuite"] = "eddsa-rdfc-2022"
    with pytest.raises(UnsupportedCryptosuite):
        verify_trust_list(dump(document), context=WORLD.context, expected_publishers={WORLD.registrar.did})


def test_a_publisher_on_the_web_whose_key_is_not_at_hand():
    world = World(registrar=Party.on_the_web("Registrar", "registrar.example"))
    source = world.trust_list(ENTRY)
    with pytest.raises(Indeterminate):
        verify_trust_list(source, context=world.context, expected_publishers={world.registrar.did})
    world.publish(world.registrar.did_document())
    verify_trust_list(source, context=world.context, expected_publishers={world.registrar.did})


def test_dated_in_the_future():
    early = NOW + timedelta(seconds=61)
    document = parse_object(WORLD.trust_list(ENTRY))
    del document["proof"]
    for begins, refused in ((early, True), (NOW + timedelta(seconds=60), False)):
        document["validFrom"] = begins.strftime("%Y-%m-%dT%H:%M:%SZ")
        source = dump(WORLD.registrar.sign(document))
        if refused:
            with pytest.raises(TrustListNotYetValid):
                verify_trust_list(source, context=WORLD.context, expected_publishers={WORLD.registrar.did})
        else:
            verify_trust_list(source, context=WORLD.context, expected_publishers={WORLD.registrar.did})


def test_age_and_freshness():
    held = verified(ENTRY, valid_from=NOW - 10 * DAY, valid_until=NOW + DAY)
    assert held.age_days(NOW) == 10
    assert held.age_days(NOW - 20 * DAY) == 0
    assert held.fresh(NOW + DAY + timedelta(seconds=59))
    assert not held.fresh(NOW + DAY + timedelta(seconds=60))


def put(path, value):
    def change(document):
        *way, last = path
        place = document
        for step in way:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value

    return change


MALFORMED = {
    "type": put(["type"], "List"),
    "no type": put(["type"], ...),
    "id is no URL": put(["id"], "registrar list"),
    "id is null": put(["id"], None),
    "version 0": put(["version"], 0),
    "version true": put(["version"], True),
    "version 1.0": put(["version"], 1.0),
    "version text": put(["version"], "1"),
    "no name": put(["name"], {}),
    "name in no language of ours": put(["name"], {"de": "Liste"}),
    "name of spaces": put(["name"], {"en": "  "}),
    "name with a newline": put(["name"], {"en": "Registrar\nof all"}),
    "name turned round": put(["name"], {"en": "Registrar \u202egnp.exe"}),
    "name too long": put(["name"], {"en": "x" * 301}),
    "publisher is a name": put(["publisher"], "Registrar"),
    "publisher without a DID": put(["publisher", "id"], "https://registrar.example"),
    "publisher with more": put(["publisher", "url"], "https://registrar.example"),
    "no publisher name": put(["publisher", "name"], ...),
    "validFrom without a zone": put(["validFrom"], "2026-01-01T00:00:00"),
    "validUntil before validFrom": put(["validUntil"], "2020-01-01T00:00:00Z"),
    "no validUntil": put(["validUntil"], ...),
    "entries is an object": put(["entries"], {}),
    "an entry is a DID": put(["entries", 0], SCHOOL.did),
    "an entry without a DID": put(["entries", 0, "id"], "school"),
    "may recognise, and no list": put(["entries", 0, "mayRecognise"], ["educator"]),
    "a list, and may recognise nobody": put(["entries", 0, "list"], "https://sector.example/list"),
    "an entry revoked without a reason": put(["entries", 0, "revoked"], {"at": "2026-01-01T00:00:00Z"}),
    "an entry revoked without a date": put(["entries", 0, "revoked"], {"reason": "Closed."}),
    "an entry revoked with more": put(
        ["entries", 0, "revoked"], {"at": "2026-01-01T00:00:00Z", "reason": "Closed.", "by": "us"}
    ),
    "a reason that turns round": put(
        ["entries", 0, "revoked"], {"at": "2026-01-01T00:00:00Z", "reason": "\u202egnp"}
    ),
    "the list revoked with a word": put(["revoked"], "yes"),
    "an entry with more": put(["entries", 0, "note"], "good school"),
    "recognised as nothing": put(["entries", 0, "recognisedAs"], []),
    "recognised as something unknown": put(["entries", 0, "recognisedAs"], ["king"]),
    "recognised twice": put(["entries", 0, "recognisedAs"], ["educator", "educator"]),
    "recognised as a number": put(["entries", 0, "recognisedAs"], [1]),
    "entry ends before it begins": put(["entries", 0, "validUntil"], "2020-01-01T00:00:00Z"),
    "entry ends at null": put(["entries", 0, "validUntil"], None),
    "no skills at all": put(["entries", 0, "skills"], []),
    "skills are no URLs": put(["entries", 0, "skills"], ["welding"]),
    "too many skills": put(["entries", 0, "skills"], [f"https://s.example/{n}" for n in range(4_097)]),
    "other DIDs are no DIDs": put(["entries", 0, "alsoKnownAs"], ["https://school.example"]),
    "a member more": put(["comment"], "trust us"),
    "a JSON-LD context": put(["@context"], ["https://www.w3.org/ns/credentials/v2"]),
}


@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED)
def test_malformed(change):
    document = copy.deepcopy(parse_object(WORLD.trust_list(ENTRY), PUBLISHED))
    change(document)
    with pytest.raises(MalformedTrustList) as refused:
        parse_trust_list(dump(document))
    assert set(refused.value.details) <= {"member", "unknown_members"}


@pytest.mark.parametrize(
    ("source", "refusal"),
    [(b"", MalformedJson), (b"[]", NotAnObject), (b"{}", MalformedTrustList), (b'{"type":1}', Invalid)],
)
def test_no_list_at_all(source, refusal):
    with pytest.raises(refusal):
        parse_trust_list(source)


def test_building_refuses_what_could_not_be_read_back():
    with pytest.raises(MalformedTrustList):
        WORLD.trust_list(ENTRY, version=0)


def test_many_restrictions_fit():
    skills = frozenset(f"https://s.example/{n}" for n in range(4_096))
    assert parse_trust_list(WORLD.trust_list(recognise(SCHOOL, Recognition.EDUCATOR, skills=skills)))


class TestStore:
    def test_an_entry_is_found_within_its_dates_both_then_and_today(self):
        entry = recognise(SCHOOL, Recognition.EDUCATOR, valid_from=NOW - 10 * DAY, valid_until=NOW + 10 * DAY)
        store = TrustStore([verified(entry)])
        second = timedelta(seconds=1)
        for at, now, found in (
            (NOW, None, True),
            (NOW - 10 * DAY, NOW, True),
            (NOW - 10 * DAY - second, NOW, False),
            (NOW, NOW + 10 * DAY - second, True),
            (NOW, NOW + 10 * DAY, False),
        ):
            assert bool(store.recognitions(SCHOOL.did, at, now=now)) is found, (at, now)

    def test_a_limited_entry_is_found_for_its_achievement_and_skills_only(self):
        store = TrustStore([verified(ENTRY)])
        right = {"achievement": "https://badges.example/a", "skills": ["https://skills.example/s"]}
        found = store.recognitions(SCHOOL.did, NOW, **right)
        assert [each.recognition for each in found] == [Recognition.EDUCATOR, Recognition.VALIDATOR]
        assert found[0].list_version == 1
        assert found[0].list_age_days == 30
        for wrong in (
            {},
            {"achievement": right["achievement"]},
            {"skills": right["skills"]},
            {**right, "achievement": "https://badges.example/b"},
            {**right, "skills": ["https://skills.example/t"]},
        ):
            assert store.recognitions(SCHOOL.did, NOW, **wrong) == ()

    def test_other_dids_of_a_party(self):
        store = TrustStore([verified(ENTRY)])
        assert store.party("did:web:school.example") == {SCHOOL.did, "did:web:school.example"}
        assert store.party("did:web:other.example") == {"did:web:other.example"}
        assert store.ever("did:web:school.example") == {Recognition.EDUCATOR, Recognition.VALIDATOR}
        assert store.recognised_at(SCHOOL.did, NOW)
        assert not store.recognised_at(SCHOOL.did, NOW + 30 * DAY)
        assert not store.recognised_at(SCHOOL.did, NOW, NOW + 30 * DAY)

    def test_parties_are_joined_over_lists(self):
        first = recognise(
            "did:web:a.example", Recognition.EMPLOYER, also_known_as=frozenset({"did:web:b.example"})
        )
        second = recognise(
            "did:web:c.example", Recognition.EMPLOYER, also_known_as=frozenset({"did:web:b.example"})
        )
        store = TrustStore([verified(first), verified(second, list_id="https://registrar.example/2")])
        assert len(store.party("did:web:a.example")) == 3

    def test_a_newer_version_takes_the_place_of_the_older(self):
        old, new = verified(ENTRY, version=1), verified(version=2)
        store = TrustStore([old]).updated(new)
        assert store.lists == (new,)
        assert store.recognitions(SCHOOL.did, NOW, achievement="https://badges.example/a") == ()

    def test_the_same_version_again_changes_nothing(self):
        held = verified(ENTRY)
        assert TrustStore([held]).updated(held).lists == (held,)

    def test_another_list_is_added(self):
        other = verified(ENTRY, list_id="https://registrar.example/2")
        assert len(TrustStore([verified(ENTRY)]).updated(other).lists) == 2

    def test_an_older_version_is_refused(self):
        with pytest.raises(TrustListRollback):
            TrustStore([verified(version=2)]).updated(verified(version=1))

    def test_a_higher_version_with_an_earlier_date_is_refused(self):
        with pytest.raises(TrustListRollback):
            TrustStore([verified(version=1)]).updated(verified(version=2, valid_from=NOW - 31 * DAY))

    def test_one_version_with_two_contents_is_refused(self):
        with pytest.raises(TrustListConflict):
            TrustStore([verified(ENTRY)]).updated(verified())

    def test_another_publisher_under_the_same_name_is_refused(self):
        other = World()
        theirs = verify_trust_list(
            other.trust_list(version=2), context=other.context, expected_publishers={other.registrar.did}
        )
        with pytest.raises(TrustListConflict):
            TrustStore([verified()]).updated(theirs)

    def test_two_lists_with_one_name_are_refused(self):
        with pytest.raises(TrustListConflict):
            TrustStore([verified(), verified(version=2)])
