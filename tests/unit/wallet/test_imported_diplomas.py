"""Diplomas as evidence: taken in, described, derived from; the claim that comes of it is soft and bound."""

from datetime import timedelta

import pytest

from matching.bundle import load_bundle
from passport.credentials.digest import credential_digest
from passport.elm import Seal
from passport.elm.claims import NON_FORMAL
from passport.evidence import EvidenceState, Strength
from passport.evidence.skill_map import Closeness, MappedQualification, MappedSkill
from passport.json import dump
from passport.trust import Recognition
from tests.simulators.european import (
    QUALIFICATION,
    TEAMWORK,
    WELDING,
    achievement,
    around,
    concept,
    european_credential,
)
from tests.simulators.parties import NOW, Party
from tests.simulators.wallets import Person
from tests.unit.evidence.test_skill_map import BODY, made
from wallet.core.archive import read_archive, write_archive
from wallet.core.deriving import derivable, derive, ground_of_credential, ground_of_file
from wallet.core.imported import Described, imported, imported_file, imported_one, remove_imported, take_in
from wallet.core.learning_route import LearningRoute
from wallet.core.shelf import files, kept
from wallet.core.skill_maps import keep_map, skill_maps, verify_map
from wallet.core.skills import evidence_of
from wallet.core.wallet import Kind
from wallet.errors import NothingChosen
from wallet.errors_imports import (
    DiplomaDate,
    DiplomaNotDescribed,
    DiplomaTextTooLong,
    NotDerivedHere,
    StillBound,
    TooManyImported,
    UnknownImported,
)

PDF = b"%PDF-1.7\nsynthetic diploma\n%%EOF\n"
TAXONOMY = load_bundle()
DESCRIBED = Described("Diploma lasser", "Een school", "2008-07-01", "crebo 12345")
MAPPED = MappedQualification(
    "urn:q:1",
    {"nl": "Lasser"},
    (MappedSkill(WELDING, "lassen", Closeness.EXACT, "kerntaak 1"),),
    ("crebo 12345", "https://badges.example/achievements/1"),
)


@pytest.fixture
def person():
    return Person()


def say(reason):
    return f"<{reason.code}>"


def offered(person, ground, **more):
    return derivable(person.wallet, ground, TAXONOMY, language="nl", **more)


def claim(person, ground, skills, **more):
    return derive(person.wallet, ground, skills, offered(person, ground, **more), language="nl", say=say)


def take_map(person, *entries, **changes):
    source = dump(BODY.sign(made(*entries, **changes)))
    keep_map(person.wallet, verify_map(person.wallet, source, person.world.cache), source)


def test_a_european_credential_says_what_it_says_and_no_more(person):
    one = take_in(person.wallet, around(european_credential()), name="diploma.jsonld")
    assert (one.title, one.institution) == ("Diploma welding engineer", "Voorbeelduniversiteit")
    assert one.date.year == 2019
    assert one.european.seal is Seal.JADES
    assert one.european.qualifications == (QUALIFICATION,)
    assert imported(person.wallet) == (one,)
    assert imported_file(person.wallet, one.id) == around(european_credential())


def test_a_scan_is_what_the_person_says(person):
    one = take_in(person.wallet, PDF, name="C:\\scans\\diploma.pdf", described=DESCRIBED)
    assert (one.title, one.institution, one.qualification) == ("Diploma lasser", "Een school", "crebo 12345")
    assert one.date.date().isoformat() == "2008-07-01"
    assert one.european is None
    assert files(person.wallet)[one.evidence_id] == PDF


def test_the_same_file_again_is_one_document(person):
    one = take_in(person.wallet, PDF, described=DESCRIBED)
    assert take_in(person.wallet, PDF, described=Described("Other", "Other")) == one
    assert len(imported(person.wallet)) == 1


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (None, DiplomaNotDescribed),
        (Described("x"), DiplomaNotDescribed),
        (Described(" \u202e ", "x"), DiplomaNotDescribed),
        (Described("x" * 301, "x"), DiplomaTextTooLong),
        (Described("x", "x", qualification="x" * 301), DiplomaTextTooLong),
        (Described("x", "x", "July 2008"), DiplomaDate),
        (Described("x", "x", "2999-01-01"), DiplomaDate),
    ],
)
def test_a_scan_without_a_fit_description_is_not_kept(person, said, error):
    with pytest.raises(error):
        take_in(person.wallet, PDF, described=said)
    assert imported(person.wallet) == ()


def test_no_more_than_the_wallet_holds(person, monkeypatch):
    monkeypatch.setattr("wallet.core.limits.IMPORTED", 1)
    take_in(person.wallet, PDF, described=DESCRIBED)
    with pytest.raises(TooManyImported):
        take_in(person.wallet, b"%PDF-1.7\nanother\n%%EOF", described=DESCRIBED)


def test_what_the_document_names_is_derived_soft_and_bound_to_the_file(person):
    one = take_in(person.wallet, dump(european_credential()))
    assert [each.skill for each in offered(person, ground_of_file(one))][:2] == [WELDING, TEAMWORK]
    examined = claim(person, ground_of_file(one), [WELDING])
    credential = examined.report.credential.credential
    assert credential.issuer.id == credential.subject.id == person.wallet.did
    (evidence,) = credential.evidence
    assert (evidence.id, evidence.genre) == (one.evidence_id, "derived")
    assert "<derived.outcome>" in evidence.narrative
    assert credential.subject.achievement.tags == ()
    assert credential.related_resources[0].digest_multibase == one.digest
    found = evidence_of(person.wallet, WELDING)
    assert found.strength is Strength.SOFT
    assert found.links[0].evidence_state is EvidenceState.MATCHES
    assert found.obtained.year == 2019
    with pytest.raises(StillBound):
        remove_imported(person.wallet, one.id)


def test_the_route_is_what_the_document_or_the_person_says(person):
    claim_of = achievement()
    claim_of["specifiedBy"]["learningSetting"] = concept(NON_FORMAL, "non-formal learning")
    course = take_in(person.wallet, dump(european_credential(claim_of)))
    scan = take_in(person.wallet, PDF, described=Described("x", "y", route=LearningRoute.INFORMAL))
    assert (course.route, scan.route) == (LearningRoute.NON_FORMAL, LearningRoute.INFORMAL)
    made_claim = claim(person, ground_of_file(course), [WELDING]).report.credential.credential
    assert made_claim.subject.achievement.tags == (LearningRoute.NON_FORMAL.tag,)


def test_a_code_of_a_dossier_gives_the_skills_of_the_map(person):
    one = take_in(person.wallet, PDF, described=DESCRIBED)
    assert offered(person, ground_of_file(one)) == ()
    take_map(person, MAPPED)
    (skill,) = offered(person, ground_of_file(one))
    assert (skill.skill, skill.sure) == (WELDING, False)
    assert [each.code for each in skill.reasons] == ["derived.mapped", "derived.match.exact"]


def test_an_occupation_gives_what_is_essential_in_it(person):
    one = take_in(person.wallet, PDF, described=Described("Diploma lasser", "Een school"))
    welder = next(iri for iri in TAXONOMY.occupations if TAXONOMY.label(iri) == "welder")
    found = offered(person, ground_of_file(one), occupation=welder)
    assert len(found) > 3
    assert {each.reasons[0].code for each in found} == {"derived.occupation"}
    examined = claim(person, ground_of_file(one), [found[0].skill], occupation=welder)
    assert examined.report.credential is not None


def test_only_what_was_offered_can_be_claimed(person):
    ground = ground_of_file(take_in(person.wallet, dump(european_credential())))
    with pytest.raises(NotDerivedHere):
        claim(person, ground, [WELDING, "http://data.europa.eu/esco/skill/surgery"])
    with pytest.raises(NothingChosen):
        claim(person, ground, [])
    assert kept(person.wallet) == ()


def test_a_diploma_of_a_recognised_school_stays_hard_and_what_is_derived_from_it_soft(person):
    school = Party("School")
    person.trust((school, Recognition.EDUCATOR))
    person.take(school.issue(person.wallet.did, {TEAMWORK: "teamwork"}, kind="Diploma"))
    take_map(person, MAPPED)
    (diploma,) = kept(person.wallet)
    ground = ground_of_credential(diploma)
    assert [each.skill for each in offered(person, ground)] == [WELDING]
    examined = claim(person, ground, [WELDING])
    bound = examined.report.credential.credential.related_resources[0]
    assert bound.id == diploma.verified.credential.id
    assert bound.digest_multibase == credential_digest(diploma.source)
    assert bound.media_type == "application/vc"
    assert evidence_of(person.wallet, TEAMWORK).strength is Strength.HARD
    assert evidence_of(person.wallet, WELDING).strength is Strength.SOFT


def test_what_rests_on_nothing_can_be_removed(person):
    one = take_in(person.wallet, PDF, described=DESCRIBED)
    remove_imported(person.wallet, one.id)
    assert imported(person.wallet) == ()
    assert one.evidence_id not in files(person.wallet)
    for look in (imported_one, imported_file, remove_imported):
        with pytest.raises(UnknownImported):
            look(person.wallet, one.id)


def test_a_backup_holds_them(person):
    one = take_in(person.wallet, PDF, described=DESCRIBED)
    take_map(person, MAPPED)
    records = read_archive(write_archive(person.wallet, with_seed=False))
    assert records[Kind.FILE, one.evidence_id] == PDF
    assert (Kind.IMPORTED, one.id) in records
    assert any(kind == Kind.SKILL_MAP for kind, _ in records)


def test_a_map_past_its_date_gives_nothing(person):
    take_map(person, MAPPED)
    assert len(skill_maps(person.wallet)) == 1
    person.world.now = NOW + timedelta(days=60)
    assert skill_maps(person.wallet) == ()
