"""A badge is read once, strictly; each rule has its own refusal."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from passport.credentials import parse_credential, parse_endorsement
from passport.credentials.build import endorsement_credential
from passport.errors import JsonTooLarge, MalformedDateTime, MalformedJson, PassportError
from passport.errors import credentials as refusals
from passport.errors.jsonld import DescribedTwice, TooManyItems
from passport.json import dump
from passport.limits import DOCUMENT
from tests.simulators.exchange import NOW, Signatory

SCHOOL = Signatory.web(1)
WORKER = Signatory.key(2)
EVIDENCE = {"id": "urn:uuid:e1", "name": "Werkbon", "genre": "work-record"}
BOUND = {"id": "urn:uuid:e1", "digestMultibase": "uEiDx", "mediaType": "application/pdf"}
STATUS = {
    "id": "https://school.example/status/1#7",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://school.example/status/1",
}


def badge() -> dict[str, Any]:
    return SCHOOL.badge(
        WORKER, evidence=[EVIDENCE], related_resources=[BOUND], status=[STATUS], results=[{"value": "8"}]
    )


def changed(path: str, value: Any) -> dict[str, Any]:
    """The badge with one member put in, or taken out with `...`."""
    document = copy.deepcopy(badge())
    place: Any = document
    *parents, last = path.split("/")
    for step in parents:
        place = place[int(step) if isinstance(place, list) else step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


def test_every_member_is_read() -> None:
    found = parse_credential(badge())
    assert found.issuer.id == SCHOOL.did
    assert found.issuer.name == "De Vakschool"
    assert found.subject.id == WORKER.did
    assert found.subject.achievement.alignments[0].target_framework == "ESCO 1.1.1"
    assert found.subject.results[0].value == "8"
    assert found.evidence[0].genre == "work-record"
    assert found.related_resources[0].id == found.evidence[0].id
    assert (found.statuses[0].status_list_index, found.statuses[0].status_purpose) == (7, "revocation")
    assert found.valid_from == datetime(2026, 10, 23, 9, 0, tzinfo=UTC)


def test_the_text_is_kept_as_it_came() -> None:
    text = b" " + dump(badge()).replace(b",", b" ,\n")
    assert parse_credential(text).source == text


def test_an_object_is_read_as_its_text_is() -> None:
    assert parse_credential(badge()).document == parse_credential(dump(badge())).document


def test_an_issuer_may_be_its_identifier_alone() -> None:
    assert parse_credential(changed("issuer", SCHOOL.did)).issuer.types == ()
    assert parse_credential(changed("issuer", {"id": SCHOOL.did})).issuer.id == SCHOOL.did


SUBJECT = "credentialSubject"
ACHIEVEMENT = f"{SUBJECT}/achievement"
REFUSED: list[tuple[str, Any, type[PassportError]]] = [
    ("@context", ..., refusals.WrongContext),
    ("@context", [], refusals.WrongContext),
    ("@context", "https://www.w3.org/ns/credentials/v2", refusals.WrongContext),
    ("@context", [{"@vocab": "https://a.example/"}], refusals.WrongContext),
    ("@context", ["https://www.w3.org/ns/credentials/v2"], refusals.WrongContext),
    ("@context", ["https://www.w3.org/ns/credentials/v2"] * 2, refusals.WrongContext),
    (
        "@context",
        ["https://www.w3.org/ns/credentials/v2"] + [f"https://a/{n}" for n in range(4)],
        TooManyItems,
    ),
    ("type", ..., refusals.NotACredential),
    ("type", "OpenBadgeCredential", refusals.NotACredential),
    ("type", ["VerifiableCredential"], refusals.NotAnOpenBadge),
    (
        "type",
        ["VerifiableCredential", "OpenBadgeCredential", "OpenBadgeCredential"],
        refusals.MalformedMember,
    ),
    ("type", ["VerifiableCredential", ["OpenBadgeCredential"]], refusals.MalformedMember),
    ("type", ["VerifiableCredential", "OpenBadgeCredential", *"abcdefg"], TooManyItems),
    ("id", ..., refusals.MissingMember),
    ("id", "3732", refusals.NotAUrl),
    ("id", "urn:uuid:a b", refusals.NotAUrl),
    ("id", ["urn:uuid:a"], refusals.NotAUrl),
    ("id", "_:b0", refusals.NotAUrl),
    ("issuer", ..., refusals.MissingMember),
    ("issuer", "school", refusals.NotAUrl),
    ("issuer", [SCHOOL.did], refusals.MalformedMember),
    ("issuer/type", ["Organisation"], refusals.WrongType),
    ("issuer/id", ..., refusals.MissingMember),
    ("issuer/name", ["x"], refusals.MalformedMember),
    ("validFrom", ..., refusals.MissingMember),
    ("validFrom", ["2026-01-01T00:00:00Z"], MalformedDateTime),
    ("validFrom", "2026-01-01", MalformedDateTime),
    ("validUntil", None, MalformedDateTime),
    ("validUntil", "2020-01-01T00:00:00Z", refusals.ValidityReversed),
    ("expirationDate", "2027-01-01T00:00:00Z", refusals.MixedVersions),
    ("issuanceDate", "2027-01-01T00:00:00Z", refusals.MixedVersions),
    (SUBJECT, ..., refusals.MissingMember),
    (SUBJECT, [badge()[SUBJECT]], refusals.MalformedMember),
    (f"{SUBJECT}/id", "worker", refusals.NotAUrl),
    (f"{SUBJECT}/type", ["Subject"], refusals.WrongType),
    (ACHIEVEMENT, ..., refusals.MissingMember),
    (f"{ACHIEVEMENT}/id", ..., refusals.MissingMember),
    (f"{ACHIEVEMENT}/name", "", refusals.MalformedMember),
    (f"{ACHIEVEMENT}/type", "Badge", refusals.WrongType),
    (f"{ACHIEVEMENT}/criteria", ..., refusals.MissingMember),
    (f"{ACHIEVEMENT}/criteria", {}, refusals.MissingMember),
    (f"{ACHIEVEMENT}/tag", ["x"] * (DOCUMENT.tags + 1), TooManyItems),
    (f"{ACHIEVEMENT}/alignment/0/targetUrl", "welding", refusals.NotAUrl),
    (f"{ACHIEVEMENT}/alignment/0/type", ..., refusals.MissingMember),
    (f"{ACHIEVEMENT}/alignment", [[]], refusals.MalformedMember),
    ("evidence", [[EVIDENCE]], refusals.MalformedMember),
    ("evidence", [{"id": "urn:uuid:e1"}], refusals.MissingMember),
    ("evidence", ["urn:uuid:e1"], refusals.MalformedMember),
    ("evidence", [{"type": "Evidence"}] * (DOCUMENT.evidence + 1), TooManyItems),
    ("evidence/0/type", "Proof", refusals.WrongType),
    ("refreshService", {"id": "https://school.example/refresh"}, refusals.MissingMember),
    ("credentialSchema", [{"id": "https://school.example/schema"}], refusals.MissingMember),
    ("termsOfUse", [{"id": "https://school.example/terms"}], refusals.MissingMember),
    ("termsOfUse", ["https://school.example/terms"], refusals.MalformedMember),
    ("relatedResource", [{"id": "urn:uuid:e1"}], refusals.MissingMember),
    ("relatedResource", [{"digestMultibase": "uEiDx"}], refusals.MissingMember),
    ("relatedResource", [BOUND, {**BOUND, "mediaType": "text/plain"}], refusals.DuplicateRelatedResource),
    ("relatedResource", [{**BOUND, "genre": "examination"}], refusals.MalformedMember),
    ("credentialStatus", [[STATUS]], refusals.MalformedMember),
    ("credentialStatus", "https://school.example/status/1#7", refusals.MalformedMember),
    ("credentialStatus", {"id": STATUS["id"]}, refusals.MissingMember),
    ("credentialStatus", [{"type": "StatusList2021Entry"}] * (DOCUMENT.statuses + 1), TooManyItems),
    ("credentialStatus/statusPurpose", ..., refusals.MissingMember),
    ("credentialStatus/statusPurpose", ["revocation"], refusals.MalformedMember),
    ("credentialStatus/statusListCredential", "status/1", refusals.NotAUrl),
]


@pytest.mark.parametrize(("path", "value", "refusal"), REFUSED)
def test_refused_with_its_own_error(path: str, value: Any, refusal: type[PassportError]) -> None:
    with pytest.raises(refusal) as caught:
        parse_credential(changed(path, value))
    assert type(caught.value) is refusal


@pytest.mark.parametrize(
    "index",
    ["-1", "+1", " 1", "1 ", "٣", "1_0", "1e3", "1.0", "0x10", "007", "", "1" * 30, 7, None, ["7"], True],
)
def test_a_status_index_is_plain_decimal_text(index: Any) -> None:
    with pytest.raises(refusals.MalformedMember):
        parse_credential(changed("credentialStatus/statusListIndex", index))


@pytest.mark.parametrize("size", [0, -1, "1", 1.5, True, None])
def test_a_status_size_is_a_whole_number(size: Any) -> None:
    with pytest.raises(PassportError):
        parse_credential(changed("credentialStatus/statusSize", size))


def test_a_limit_itself_is_accepted() -> None:
    many = [{"type": ["Evidence"]}] * DOCUMENT.evidence
    assert len(parse_credential(changed("evidence", many)).evidence) == DOCUMENT.evidence
    tags = ["x"] * DOCUMENT.tags
    assert parse_credential(changed(f"{ACHIEVEMENT}/tag", tags)).subject.achievement.tags == tuple(tags)


def test_no_json_and_too_much_of_it() -> None:
    with pytest.raises(MalformedJson):
        parse_credential(b"nothing")
    with pytest.raises(JsonTooLarge):
        parse_credential(b"{" + b" " * 300_000 + b"}")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        # the credential's own statements under a second object with its identifier
        (
            f"{SUBJECT}/source",
            {"id": badge()["id"], "type": ["VerifiableCredential"], "validUntil": "2026-01-01T00:00:00Z"},
        ),
        ("issuer/type", ["Profile", "AchievementSubject"]),
        (f"{ACHIEVEMENT}/creator", {"id": SCHOOL.did, "type": ["Profile", "Achievement"]}),
        ("evidence", [{**EVIDENCE, "type": ["Evidence"]}, {"id": "urn:uuid:e1", "type": ["Evidence"]}]),
        ("credentialStatus", [STATUS, {**STATUS, "statusListIndex": "8"}]),
    ],
)
def test_nothing_is_described_twice(path: str, value: Any) -> None:
    with pytest.raises(DescribedTwice):
        parse_credential(changed(path, value))


def test_an_issuer_may_be_named_again_as_creator() -> None:
    found = parse_credential(changed(f"{ACHIEVEMENT}/creator", SCHOOL.profile))
    assert found.subject.achievement.creator == found.issuer


def test_version_1_1_is_read_with_its_own_dates() -> None:
    old = changed("validFrom", ...)
    old["@context"] = [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
    ]
    old |= {"issuanceDate": "2022-01-01T00:00:00Z", "expirationDate": "2032-01-01T00:00:00Z"}
    found = parse_credential(old)
    assert (found.valid_from, found.valid_until) == (
        datetime(2022, 1, 1, tzinfo=UTC),
        datetime(2032, 1, 1, tzinfo=UTC),
    )
    with pytest.raises(refusals.MixedVersions):
        parse_credential({**old, "validUntil": "2040-01-01T00:00:00Z"})


def test_an_endorsement_is_read_and_is_no_badge() -> None:
    endorsement = endorsement_credential(
        credential_id="urn:uuid:e",
        name="Bevestiging",
        issuer=SCHOOL.profile,
        subject_id="urn:uuid:claim",
        valid_from=NOW,
        comment="Dit klopt.",
        related_resources=[BOUND],
    )
    found = parse_endorsement(endorsement)
    assert (found.subject_id, found.comment) == ("urn:uuid:claim", "Dit klopt.")
    assert found.related_resources[0].id == "urn:uuid:e1"
    with pytest.raises(refusals.NotAnOpenBadge):
        parse_credential(endorsement)
    with pytest.raises(refusals.NotAnEndorsement):
        parse_endorsement(badge())


def test_an_image_is_an_object_or_in_version_1_1_an_address() -> None:
    address = "https://school.example/badge.png"
    for image in (address, {"id": address, "type": "Image"}):
        assert parse_credential(changed(f"{ACHIEVEMENT}/image", image)).subject.achievement.image == address
    for image in (None, "badge.png", [address], {"id": address}):
        with pytest.raises(PassportError):
            parse_credential(changed(f"{ACHIEVEMENT}/image", image))
