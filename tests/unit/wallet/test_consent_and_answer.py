"""Nothing leaves before an approval that names exactly what was seen; the journal has it first (A27, A29, A30).

Longer than most: consent, answer and journal are one promise.
"""

import json
import socket
from datetime import timedelta

import pytest

from matching.bundle import load_bundle
from passport.answers import Answer
from passport.errors import PassportError
from passport.evidence.demand import Purpose
from passport.evidence.kinds import Strength
from passport.json import dump, parse_object
from passport.trust import Recognition
from passport.verification import verify_presentation
from tests.simulators.parties import ESCO, NOW, Party, World, status_entry
from tests.simulators.wallets import Employer, Person, demand
from wallet.core.answering import approve, refuse
from wallet.core.consent import consent
from wallet.core.journal import Way, journal
from wallet.core.matches import match_occupations
from wallet.core.plain_text import plain_name
from wallet.core.present import show
from wallet.core.profile import profile_of
from wallet.core.requests import open_request, open_requests, take_request
from wallet.core.self_assessment import assess
from wallet.core.shelf import kept
from wallet.core.skills import counted, skill_evidence
from wallet.core.wallet import Kind
from wallet.errors import (
    ConsentChanged,
    NothingChosen,
    NothingToShow,
    NotToBeShown,
    RequestClosed,
    RequestNotGenuine,
    UnknownRecord,
    UnknownRequest,
    UnknownSkill,
    VaultNotSaved,
)

WELD, CUT, READ = f"{ESCO}weld", f"{ESCO}cut", f"{ESCO}read-drawings"
TAXONOMY = load_bundle()


@pytest.fixture
def world():
    return World()


@pytest.fixture
def school(world):
    party = Party.on_the_web("De Vakschool", "school.example")
    world.publish(party.did_document())
    return party


@pytest.fixture
def person(world, school):
    made = Person(world)
    made.trust((school, Recognition.EDUCATOR))
    return made


@pytest.fixture
def employer(world):
    return Employer(world)


def diploma(school, person, *skills, **members):
    return school.issue(
        person.wallet.did, list(skills), kind="Diploma", genres=["examination"], activity_end=NOW, **members
    )


def asked(person, document):
    return take_request(person.wallet, dump(document), person.world.cache)


def test_the_answer_holds_for_the_one_who_asked_and_for_nobody_else(person, school, employer):
    person.take(diploma(school, person, WELD))
    document = employer.request([demand(WELD, strength=Strength.HARD)])
    found = asked(person, document)
    response = approve(person.wallet, found.id, person.world.cache, TAXONOMY)
    report = verify_presentation(
        response.presentation,
        person.world.context,
        expected_challenge=document["challenge"],
        expected_domain=document["domain"],
    )
    assert report.answer is Answer.YES
    assert report.holder == person.wallet.did
    for challenge, domain in (
        (document["challenge"], "https://other.example"),
        ("x" * 32, document["domain"]),
        (None, None),
    ):
        other = verify_presentation(
            response.presentation, person.world.context, expected_challenge=challenge, expected_domain=domain
        )
        assert other.presentation is None


def test_consent_shows_what_leaves_what_stays_and_what_refusing_costs(person, school, employer):
    person.take(diploma(school, person, WELD, READ))
    other = person.take(diploma(school, person, CUT))
    found = consent(
        person.wallet, asked(person, employer.request([demand(WELD), demand(f"{ESCO}paint")])), TAXONOMY
    )
    (leaving,) = found.leaving
    assert {claim.value for claim in leaving.claims} >= {
        "De Vakschool",
        person.wallet.did,
        "weld",
        "read-drawings",
    }
    assert leaving.beyond == ("read-drawings",)
    assert [cost.demand.skill for cost in leaving.cost] == [WELD]
    assert [one.id for one in found.hidden] == [other.id]
    assert [result.demand.skill for result in found.unmet] == [f"{ESCO}paint"]
    assert found.asker.host == "employer.example"
    assert found.asker.known_as is None
    assert found.answer_goes_to is None


def test_taking_a_request_in_and_looking_at_it_discloses_nothing(person, school, employer):
    person.take(diploma(school, person, WELD))
    before = person.store.writes
    found = asked(person, employer.request([demand(WELD)]))
    consent(person.wallet, found, TAXONOMY)
    consent(person.wallet, found, TAXONOMY, refused=[WELD])
    assert journal(person.wallet) == ()
    assert person.store.writes == before + 1
    assert [one.id for one in open_requests(person.wallet)] == [found.id]


def test_the_journal_has_who_what_when_and_no_values(person, school, employer):
    mine = person.take(diploma(school, person, WELD))
    found = asked(person, employer.request([demand(WELD)]))
    approve(person.wallet, found.id, person.world.cache, TAXONOMY)
    (entry,) = journal(person.wallet)
    assert (entry.way, entry.asker, entry.host) == (Way.ANSWERED, employer.party.did, "employer.example")
    assert entry.credentials == (mine.id,)
    assert entry.skills == (WELD,)
    written = b"".join(person.wallet.vault.of_kind(Kind.JOURNAL).values()).decode()
    for value in ("De Vakschool", "An achievement", person.wallet.did, "Staalbouw"):
        assert value not in written


def test_nothing_is_handed_out_when_the_journal_can_not_be_written(person, school, employer):
    person.take(diploma(school, person, WELD))
    found = asked(person, employer.request([demand(WELD)]))
    person.store.fail = VaultNotSaved()
    with pytest.raises(VaultNotSaved):
        approve(person.wallet, found.id, person.world.cache, TAXONOMY)
    person.store.fail = None
    assert journal(person.wallet) == ()
    assert open_request(person.wallet, found.id).state == "open"
    approve(person.wallet, found.id, person.world.cache, TAXONOMY)


def test_a_request_is_answered_once(person, school, employer):
    person.take(diploma(school, person, WELD))
    document = employer.request([demand(WELD)])
    found = asked(person, document)
    approve(person.wallet, found.id, person.world.cache, TAXONOMY)
    with pytest.raises(RequestClosed):
        approve(person.wallet, found.id, person.world.cache, TAXONOMY)
    with pytest.raises(RequestClosed):
        asked(person, document)
    with pytest.raises(RequestClosed):
        take_request(person.wallet, dump(document) + b" ", person.world.cache)
    with pytest.raises(RequestClosed):
        refuse(person.wallet, found.id)


def test_a_refused_request_sends_nothing_and_stays_refused(person, school, employer):
    person.take(diploma(school, person, WELD))
    document = employer.request([demand(WELD)])
    found = asked(person, document)
    refuse(person.wallet, found.id)
    assert [entry.way for entry in journal(person.wallet)] == [Way.REFUSED]
    with pytest.raises(RequestClosed):
        approve(person.wallet, found.id, person.world.cache, TAXONOMY)
    with pytest.raises(RequestClosed):
        asked(person, document)
    with pytest.raises(UnknownRequest):
        refuse(person.wallet, "nothing")


def test_a_refused_credential_or_skill_stays_at_home(person, school, employer):
    both = person.take(diploma(school, person, WELD, READ))
    single = person.take(diploma(school, person, WELD, credential_id="urn:uuid:zzz"))
    found = asked(person, employer.request([demand(WELD), demand(READ)]))
    all_of_it = consent(person.wallet, found, TAXONOMY)
    assert [one.kept.id for one in all_of_it.leaving] == [both.id]
    without_both = consent(person.wallet, found, TAXONOMY, refused=[both.id])
    assert [one.kept.id for one in without_both.leaving] == [single.id]
    assert [cost.demand.skill for cost in without_both.cost] == [READ]
    without_read = consent(person.wallet, found, TAXONOMY, refused=[READ])
    assert [one.kept.id for one in without_read.leaving] == [single.id]
    response = approve(person.wallet, found.id, person.world.cache, TAXONOMY, refused=[READ])
    shown = parse_object(response.presentation)
    assert READ not in json.dumps(shown)
    assert journal(person.wallet)[0].refused == (READ,)


def test_refusing_everything_shows_nothing(person, school, employer):
    person.take(diploma(school, person, WELD))
    found = asked(person, employer.request([demand(WELD)]))
    with pytest.raises(NothingToShow):
        approve(person.wallet, found.id, person.world.cache, TAXONOMY, refused=[WELD])
    assert journal(person.wallet) == ()


def test_what_leaves_is_what_was_seen(person, school, employer):
    person.take(diploma(school, person, WELD, READ))
    found = asked(person, employer.request([demand(WELD)]))
    seen = consent(person.wallet, found, TAXONOMY).mark
    person.take(diploma(school, person, WELD))  # a smaller one comes in meanwhile
    with pytest.raises(ConsentChanged):
        approve(person.wallet, found.id, person.world.cache, TAXONOMY, mark=seen)
    assert journal(person.wallet) == ()


def tampered(document, **members):
    return {**document, **members}


class TestRequestsThatAreRefused:
    def expect(self, person, document, error):
        with pytest.raises(error):
            asked(person, document)
        assert open_requests(person.wallet) == ()

    def test_changed_after_signing(self, person, employer):
        document = employer.request([demand(WELD)])
        for members in ({"purpose": "talent"}, {"challenge": "y" * 32}, {"domain": "https://evil.example"}):
            self.expect(person, tampered(document, **members), RequestNotGenuine)

    def test_unsigned(self, person, employer):
        document = employer.request([demand(WELD)])
        del document["proof"]
        self.expect(person, document, RequestNotGenuine)
        self.expect(person, {**document, "proof": []}, RequestNotGenuine)

    def test_signed_by_somebody_else(self, person, employer, world):
        thief = Party.on_the_web("Staalbouw", "thief.example")
        world.publish(thief.did_document())
        self.expect(person, employer.request([demand(WELD)], by=thief), RequestNotGenuine)

    def test_another_domain_than_the_askers_own_host(self, person, employer):
        self.expect(
            person, employer.request([demand(WELD)], domain="https://bank.example"), RequestNotGenuine
        )

    def test_a_profile_that_its_publisher_did_not_sign(self, person, employer):
        profile = employer.profile([demand(WELD)])
        profile = {**profile, "demands": [{**profile["demands"][0], "minimumStrength": "hard"}]}
        self.expect(person, employer.request([], profile=profile), RequestNotGenuine)

    def test_another_purpose_than_the_profile_was_published_for(self, person, employer):
        self.expect(person, employer.request([demand(WELD)], purpose=Purpose.TALENT), RequestNotGenuine)

    def test_expired_and_not_yet_valid(self, person, employer, world):
        old = employer.request(
            [demand(WELD)],
            valid_from=NOW - timedelta(hours=2),
            valid_until=NOW - timedelta(hours=1),
        )
        self.expect(person, old, RequestClosed)
        early = employer.request(
            [demand(WELD)], valid_from=NOW + timedelta(hours=1), valid_until=NOW + timedelta(hours=2)
        )
        self.expect(person, early, RequestClosed)

    def test_whose_key_can_not_be_fetched(self, person, world):
        away = Employer(World(), Party.on_the_web("Away", "employer.example"))
        away.world.now = world.now
        with pytest.raises(PassportError):
            asked(person, away.request([demand(WELD)]))

    @pytest.mark.parametrize(
        "source", [b"", b"{}", b"[]", b'{"type":"PresentationRequest"}', b"\xff", b'{"a":1,"a":2}']
    )
    def test_malformed(self, person, source):
        with pytest.raises(PassportError):
            take_request(person.wallet, source, person.world.cache)

    def test_that_expires_while_the_person_thinks(self, person, school, employer, world):
        person.take(diploma(school, person, WELD))
        found = asked(person, employer.request([demand(WELD)]))
        world.now += timedelta(minutes=10)
        with pytest.raises(RequestClosed):
            approve(person.wallet, found.id, world.cache, TAXONOMY)
        assert journal(person.wallet) == ()
        assert open_requests(person.wallet) == ()


def test_an_asker_with_a_bare_key_has_no_proved_address(person, school, world):
    person.take(diploma(school, person, WELD))
    stranger = Employer(world, Party("Gemeente Amsterdam"))
    found = consent(person.wallet, asked(person, stranger.request([demand(WELD)])), TAXONOMY)
    assert found.asker.host is None
    assert found.asker.claimed_name == "Gemeente Amsterdam"


def test_a_recognised_asker_is_shown_under_the_name_of_the_list(world, school):
    person, employer = Person(world), Employer(world)
    person.trust((employer.party.also(employer.party.did), Recognition.EMPLOYER))
    found = consent(
        person.wallet, asked(person, employer.request([demand(WELD)], verifier_name="Bank")), TAXONOMY
    )
    assert found.asker.known_as == "Staalbouw"
    assert found.asker.claimed_name == "Bank"


def test_demands_beyond_the_occupation_are_over_asking(person, employer):
    occupation = TAXONOMY.occupations.iris[0]
    from matching.taxonomy.model import Grade

    own = TAXONOMY.skills_of(occupation, Grade.ESSENTIAL)[0]
    profile = employer.profile([demand(own), demand(WELD)], occupation=occupation)
    found = consent(person.wallet, asked(person, employer.request([], profile=profile)), TAXONOMY)
    assert [reason.values["skill"] for reason in found.beyond_occupation] == ["weld"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bank\u202ekcul", "Bankkcul"),
        ("a\u0000b\u200bc\nd", "abc d"),
        ("x" * 500, "x" * 80),
        ("  twee   woorden ", "twee woorden"),
        ("\u2066evil\u2069", "evil"),
    ],
)
def test_claimed_names_can_not_hide_or_turn_text(name, shown):
    assert plain_name(name) == shown


class TestShowingWithoutAQuestion:
    def test_it_holds_for_two_minutes(self, person, school, world):
        mine = person.take(diploma(school, person, WELD))
        signed = show(person.wallet, [mine.id])
        report = verify_presentation(signed, world.context, expected_challenge=None, expected_domain=None)
        assert report.answer is Answer.YES
        world.now += timedelta(minutes=4)
        late = verify_presentation(signed, world.context, expected_challenge=None, expected_domain=None)
        assert late.presentation is None
        assert [entry.way for entry in journal(person.wallet)] == [Way.SHOWN]

    def test_nothing_or_too_much_or_unknown_is_refused(self, person):
        for chosen, error in (
            ([], NothingChosen),
            ([str(n) for n in range(17)], NothingChosen),
            (["x"], UnknownRecord),
        ):
            with pytest.raises(error):
                show(person.wallet, chosen)

    def test_what_was_revoked_since_is_not_shown(self, person, school, world):
        url = "https://school.example/status/1"
        world.publish(school.status_list(url))
        mine = person.take(diploma(school, person, WELD, status=[status_entry(url, 3)]))
        world.publish(school.status_list(url, revoked=[3]))
        person.wallet.keep_documents(world.cache)
        with pytest.raises(NotToBeShown):
            show(person.wallet, [mine.id])


class TestSkills:
    def test_a_diploma_is_hard_and_a_self_assessment_soft(self, person, school):
        person.take(diploma(school, person, WELD))
        assess(person.wallet, TAXONOMY.skills.iris[:2], TAXONOMY, language="nl")
        counts = counted(skill_evidence(person.wallet))
        assert counts == {Strength.HARD: 1, Strength.SEMI_HARD: 0, Strength.SOFT: 2}

    def test_a_credential_that_can_not_be_checked_counts_for_nothing(self, person, world):
        away = Party.on_the_web("Away", "away.example")
        made = person.take(diploma(away, person, WELD))
        assert made.answer is Answer.CANNOT_TELL
        assert [one.answer for one in kept(person.wallet)] == [Answer.CANNOT_TELL]
        assert skill_evidence(person.wallet) == ()
        with pytest.raises(NotToBeShown):
            show(person.wallet, [made.id])
        world.publish(away.did_document())
        person.wallet.keep_documents(world.cache)
        assert [one.answer for one in kept(person.wallet)] == [Answer.YES]

    def test_unknown_skills_are_not_assessed(self, person):
        for skills, error in (
            ([WELD], UnknownSkill),
            ([], NothingChosen),
            (TAXONOMY.skills.iris[:65], NothingChosen),
        ):
            with pytest.raises(error):
                assess(person.wallet, skills, TAXONOMY, language="nl")

    def test_matching_opens_no_socket(self, person, monkeypatch):
        assess(person.wallet, TAXONOMY.skills.iris[:9], TAXONOMY, language="nl")

        def no_socket(*_args, **_more):
            pytest.fail("a socket was opened")

        monkeypatch.setattr(socket, "socket", no_socket)
        monkeypatch.setattr(socket, "getaddrinfo", no_socket)
        found = match_occupations(profile_of(person.wallet), TAXONOMY, language="nl")
        assert found
        assert len(TAXONOMY.occupations) == 3_007
