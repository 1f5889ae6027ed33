"""Claims of one's own: what stands in them, what is kept with them, and what is refused."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from matching.bundle import load_bundle
from passport.answers import Answer
from passport.encoding import check_digest_multibase
from passport.evidence.kinds import Strength
from tests.simulators.parties import NOW, Party
from tests.simulators.wallets import Person
from tests.unit.wallet.test_photos import PLACE, written
from wallet.core import limits
from wallet.core.archive import read_archive, write_archive
from wallet.core.claims_made import ClaimDraft, claim_made, claims_made, make_claim, read_day, withdraw_claim
from wallet.core.evidence_files import MediaType, media_type_of, own_file
from wallet.core.finding import find_skills
from wallet.core.learning_route import LearningRoute, learning_route
from wallet.core.self_assessment import assess
from wallet.core.shelf import kept
from wallet.core.skills import skill_evidence
from wallet.core.wallet import Kind
from wallet.errors import NothingChosen, UnknownRecord, UnknownSkill
from wallet.errors_claims import (
    ClaimPeriod,
    ClaimTextTooLong,
    ClaimWithdrawn,
    EvidenceFileEmpty,
    EvidenceFileKind,
    EvidenceFileTooLarge,
    NotAClaim,
    PhotoNotRead,
    TooManyEvidenceFiles,
)

TAXONOMY = load_bundle()
SKILLS = tuple(skill for skill, _ in find_skills(TAXONOMY, "welding", "en"))[:2]
HOURS = b"week,hours\n2024-10,32\n"
PDF = b"%PDF-1.7 a work order \xff\xfe"


@pytest.fixture
def person():
    return Person()


def file(person, name="hours.csv", data=HOURS):
    return own_file(person.wallet.random, name, data)


def claim(person, **members):
    draft = ClaimDraft(**{"skills": SKILLS, **members})
    return make_claim(person.wallet, draft, TAXONOMY, language="en")


def test_a_claim_is_a_badge_that_the_holder_signs_about_the_holder(person):
    made = claim(
        person,
        title="Welding at the yard",
        words="I welded hulls.",
        role="Welder",
        place="A shipyard",
        since=datetime(2020, 1, 1, tzinfo=UTC),
        until=datetime(2023, 6, 30, tzinfo=UTC),
        route=LearningRoute.INFORMAL,
    )
    parsed = made.report.parsed
    assert made.answer is Answer.YES
    assert parsed.issuer.id == parsed.subject.id == person.wallet.did
    assert parsed.subject.achievement.name == "Welding at the yard"
    assert [each.target_url for each in parsed.subject.achievement.alignments] == list(SKILLS)
    assert parsed.subject.role == "Welder"
    assert (parsed.subject.activity_start.year, parsed.subject.activity_end.month) == (2020, 6)
    assert learning_route(parsed.subject.achievement.tags) is LearningRoute.INFORMAL
    [words] = parsed.evidence
    assert (words.genre, words.narrative, words.description) == (
        "self-report",
        "I welded hulls.",
        "A shipyard",
    )


def test_a_claim_that_says_the_least_says_nothing_empty(person):
    document = claim(person, words="  ").report.parsed.document
    assert "relatedResource" not in document
    assert "tag" not in document["credentialSubject"]["achievement"]
    assert not {"role", "activityStartDate", "activityEndDate"} & set(document["credentialSubject"])
    assert TAXONOMY.label(SKILLS[0], "en") in document["credentialSubject"]["achievement"]["name"]


def test_files_are_bound_by_digest_and_kept_in_the_vault_alone(person):
    files = (
        file(person),
        file(person, "order.pdf", PDF),
        file(person, "C:\\photos\\weld.jpg", written("JPEG")),
    )
    parsed = claim(person, files=files).report.parsed
    kept_files = person.wallet.vault.of_kind(Kind.FILE)
    types = {resource.id: resource.media_type for resource in parsed.related_resources}
    assert sorted(types.values()) == ["application/pdf", "image/jpeg", "text/csv"]
    for resource in parsed.related_resources:
        check_digest_multibase(kept_files[resource.id], resource.digest_multibase)
    assert {each.name for each in parsed.evidence[1:]} == {"hours.csv", "order.pdf", "weld.jpg"}
    assert {each.genre for each in parsed.evidence[1:]} == {"work-record"}
    assert PLACE.encode() not in b"".join(kept_files.values())
    assert HOURS not in person.store.data


def test_own_files_make_no_claim_harder(person):
    claim(person, files=(file(person),))
    assert {one.strength for one in skill_evidence(person.wallet)} == {Strength.SOFT}


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a", b"", EvidenceFileEmpty),
        ("a.csv", b"x" * (limits.EVIDENCE_FILE + 1), EvidenceFileTooLarge),
        ("a.html", b" <html><script>alert(1)</script>", EvidenceFileKind),
        ("a.svg", b"<svg onload=alert(1)>", EvidenceFileKind),
        ("a.exe", b"MZ\x00\x01", EvidenceFileKind),
        ("a.csv", b"caf\xe9,1", EvidenceFileKind),
        ("a.gif", b"GIF89a\x00\x00", EvidenceFileKind),
        ("a.jpg", b"\xff\xd8\xff\xe0cut", PhotoNotRead),
    ],
    ids=["empty", "too large", "html", "svg", "program", "latin-1", "gif", "cut off"],
)
def test_a_file_that_is_not_taken(person, name, data, error):
    with pytest.raises(error):
        file(person, name, data)


def test_a_file_of_the_largest_size_is_taken(person):
    assert len(file(person, "a.csv", b"x" * limits.EVIDENCE_FILE).data) == limits.EVIDENCE_FILE


def test_what_a_file_is_stands_in_its_bytes():
    assert media_type_of(written("PNG"), "a.csv") is MediaType.PNG
    assert media_type_of(written("WEBP"), "a.txt") is MediaType.WEBP
    assert media_type_of(HOURS, "A.CSV") is MediaType.CSV
    assert media_type_of(HOURS, "a") is MediaType.TEXT


def test_files_are_bounded_in_number_and_together(person, monkeypatch):
    with pytest.raises(TooManyEvidenceFiles):
        claim(person, files=tuple(file(person) for _ in range(limits.OWN_FILES + 1)))
    monkeypatch.setattr(limits, "FILES_TOGETHER", 2 * len(HOURS))
    claim(person, files=(file(person), file(person)))
    with pytest.raises(EvidenceFileTooLarge):
        claim(person, files=(file(person),))
    assert len(kept(person.wallet)) == 1


def test_a_name_of_a_file_hides_nothing(person):
    assert file(person, "../../etc/\u202egpj.exe").name == "gpj.exe"
    assert file(person, "\u202e").name == "text/plain"


def test_claims_that_are_refused(person):
    day = datetime(2024, 1, 1, tzinfo=UTC)
    for error, members in (
        (NothingChosen, {"skills": ()}),
        (NothingChosen, {"skills": tuple(f"urn:x:{number}" for number in range(65))}),
        (UnknownSkill, {"skills": ("http://data.europa.eu/esco/skill/none",)}),
        (ClaimPeriod, {"since": day, "until": day - timedelta(days=1)}),
        (ClaimPeriod, {"since": NOW + timedelta(days=1)}),
        (ClaimTextTooLong, {"words": "x" * (limits.CLAIM_TEXT + 1)}),
        (ClaimTextTooLong, {"title": "x" * (limits.CLAIM_TEXT + 1)}),
    ):
        with pytest.raises(error):
            claim(person, **members)
    assert kept(person.wallet) == ()
    claim(person, words="x" * limits.CLAIM_TEXT)


def test_a_day_is_read_in_one_form_only():
    assert read_day(" 2024-03-31 ") == datetime(2024, 3, 31, tzinfo=UTC)
    assert read_day("") is None
    for text in ("31-03-2024", "2024-3-31", "2024-02-30", "yesterday", "2024-03-31T10:00", "٢٠٢٤-03-31"):
        with pytest.raises(ClaimPeriod):
            read_day(text)


def test_a_withdrawn_claim_is_kept_and_used_for_nothing(person):
    one, other = claim(person), claim(person, words="again")
    withdraw_claim(person.wallet, one.id)
    assert [each.id for each in kept(person.wallet)] == [other.id]
    assert {each.id: each.withdrawn for each in claims_made(person.wallet)} == {one.id: NOW, other.id: None}
    with pytest.raises(ClaimWithdrawn):
        withdraw_claim(person.wallet, one.id)
    withdraw_claim(person.wallet, other.id)
    assert skill_evidence(person.wallet) == ()


def test_only_what_one_says_oneself_is_a_claim(person):
    assessed = assess(person.wallet, SKILLS, TAXONOMY, language="nl")
    given = person.take(Party("A school").issue(person.wallet.did, SKILLS))
    assert [each.id for each in claims_made(person.wallet)] == [assessed.id]
    with pytest.raises(NotAClaim):
        claim_made(person.wallet, given.id)
    with pytest.raises(NotAClaim):
        withdraw_claim(person.wallet, given.id)
    with pytest.raises(UnknownRecord):
        claim_made(person.wallet, "0" * 32)


def test_a_backup_brings_back_claims_their_files_and_what_was_withdrawn(person):
    claim(person, files=(file(person), file(person, "weld.jpg", written("JPEG"))))
    withdraw_claim(person.wallet, claim(person, words="no longer").id)
    restored = Person(person.world)
    restored.wallet.save(read_archive(write_archive(person.wallet, with_seed=True)))
    for kind in (Kind.CREDENTIAL, Kind.FILE, Kind.WITHDRAWN, Kind.RECEIPT):
        assert restored.wallet.vault.of_kind(kind) == person.wallet.vault.of_kind(kind)
    assert claims_made(restored.wallet) == claims_made(person.wallet)


def test_an_older_backup_is_read_as_well(person):
    claim(person)
    document = json.loads(write_archive(person.wallet, with_seed=True))
    records = document["records"]
    document |= {"version": 1, "files": {}, "seed": document["keys"]["holder"]}
    del document["bytes"], document["keys"], records[Kind.IDENTITY]
    for kind in (Kind.WITHDRAWN, Kind.ENDORSEMENT, Kind.ASKED):
        records.pop(kind, None)
    restored = Person(person.world)
    restored.wallet.save(read_archive(json.dumps(document).encode()))
    assert len(claims_made(restored.wallet)) == 1
