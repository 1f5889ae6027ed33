"""A31, A32 for what older credentials name: Status List 2021, and the 1EdTech list that nobody signed."""

import base64
import gzip
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from passport.answers import Answer
from passport.credentials import StatusEntry, parse_credential
from passport.credentials.status_entry import parse_status_entry
from passport.documents import Fetched
from passport.encoding import base64url_encode
from passport.errors.credentials import MalformedMember, NotAUrl
from passport.json import JsonObject, dump
from passport.limits import STATUS, TIME
from passport.proofs import method_source
from passport.status import KeptLists, StatusLists, bitstring, check_status
from tests.simulators.bombs import zeros_in_gzip
from tests.simulators.exchange import CREDENTIAL_ID, NOW, Signatory, at_hand

SCHOOL = Signatory.web(1)
STRANGER = Signatory.web(3, "did:web:stranger.example")
NOBODY = Signatory.key(4)
URL = "https://school.example/old-status/1"
OLD = parse_status_entry(
    {
        "id": f"{URL}#7",
        "type": "StatusList2021Entry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": URL,
    }
)
BY_ID = parse_status_entry({"id": URL, "type": "1EdTechRevocationList"})


def check(
    body: JsonObject | bytes | None,
    entry: StatusEntry,
    *,
    issuer: str = SCHOOL.did,
    at=NOW,
    **options: Any,
) -> tuple[Answer, str]:
    cache = at_hand(SCHOOL.published(), STRANGER.published())
    if body is not None:
        cache.put(Fetched(entry.status_list_credential, body if isinstance(body, bytes) else dump(body), at))
    lists = StatusLists(cache, now=NOW, method_for=method_source(cache), kept=KeptLists(), **options)
    found = check_status(entry, credential_issuer=issuer, credential_id=CREDENTIAL_ID, lists=lists)
    return found.answer, found.reason.code


# Status List 2021


def encoded(*on: int) -> str:
    bits = bitstring.empty()
    for index in on:
        bitstring.set_bit(bits, index, on=True)
    return bitstring.encode(bytes(bits))[1:]


def listed(*on: int, contexts: str = "https://www.w3.org/2018/credentials/v1") -> JsonObject:
    dates = {"issuanceDate": "2026-11-22T08:00:00Z"}
    if contexts.endswith("/v2"):
        dates = {"validFrom": "2026-11-22T08:00:00Z"}
    return {
        "@context": [contexts, "https://w3id.org/vc/status-list/2021/v1"],
        "id": URL,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": SCHOOL.did,
        **dates,
        "credentialSubject": {
            "id": f"{URL}#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": encoded(*on),
        },
    }


def signed(
    *on: int, by: Signatory = SCHOOL, change: Callable[[JsonObject], Any] = id, **options: Any
) -> JsonObject:
    document = listed(*on)
    change(document)
    return by.sign(document, **options)


def put(**members: Any) -> Callable[[JsonObject], Any]:
    return lambda document: document.update(members)


def put_subject(**members: Any) -> Callable[[JsonObject], Any]:
    return lambda document: document["credentialSubject"].update(members)


@pytest.mark.parametrize(
    ("version", "suite"),
    [
        ("2018/credentials/v1", "eddsa-rdfc-2022"),
        ("2018/credentials/v1", "eddsa-jcs-2022"),
        ("ns/credentials/v2", "eddsa-jcs-2022"),  # in JSON-LD the two contexts contradict each other
    ],
)
def test_a_good_list_of_2021_says_yes_or_no(suite: str, version: str) -> None:
    for on, wanted in ((6, (Answer.YES, "not_revoked")), (7, (Answer.NO, "revoked"))):
        context = f"https://www.w3.org/{version}"
        contexts = [context, "https://w3id.org/vc/status-list/2021/v1"]
        if version.startswith("2018"):  # the proof's own terms are in no context of version 1.1
            contexts.append("https://w3id.org/security/data-integrity/v2")
        document = {**listed(on, contexts=context), "@context": contexts}
        assert check(SCHOOL.sign(document, cryptosuite=suite), OLD) == wanted


def test_a_list_of_2021_from_the_field_is_read() -> None:
    """As an implementation in the field prints it: 131,072 bits, one of them on."""
    printed = "H4sIAAAAAAAA_-3BMQ0AAAACIGf_0MbwARoAAAAAAAAAAAAAAAAAAADgbbmHB0sAQAAA"
    bits = bitstring.decode_2021(printed)
    assert len(bits) * 8 == 131_072
    assert [index for index in range(131_072) if bitstring.bit(bits, index)] == [6]


GOOD = gzip.compress(bytes(STATUS.minimum_expanded), 6, mtime=0)
BITSTRINGS_2021: dict[str, tuple[str, str]] = {
    "multibase, as Bitstring Status List has it": ("u" + base64url_encode(GOOD), "malformed_status_list"),
    "padded": (base64.urlsafe_b64encode(GOOD + b"").decode() + "==", "malformed_status_list"),
    "other alphabet": (base64url_encode(GOOD) + "+/", "malformed_status_list"),
    "bomb": (
        base64url_encode(zeros_in_gzip(64)),
        "status_list_too_large",
    ),
    "too short": (
        base64url_encode(gzip.compress(bytes(STATUS.minimum_expanded - 1))),
        "status_list_too_short",
    ),
    "cut off": (base64url_encode(GOOD[:-1]), "malformed_status_list"),
    "second member": (base64url_encode(GOOD + GOOD), "malformed_status_list"),
}


@pytest.mark.parametrize(("text", "code"), BITSTRINGS_2021.values(), ids=BITSTRINGS_2021.keys())
def test_a31_a_wrong_bitstring_of_2021_cannot_tell(text: str, code: str) -> None:
    assert check(signed(change=put_subject(encodedList=text)), OLD) == (Answer.CANNOT_TELL, code)


LISTS_2021: dict[str, tuple[Callable[[], JsonObject | bytes | None], str]] = {
    "not at hand": (lambda: None, "not_fetched"),
    "no proof": (listed, "proof_missing"),
    "stranger's": (lambda: signed(by=STRANGER), "status_list_issuer_mismatch"),
    "stranger's own": (
        lambda: signed(by=STRANGER, change=put(issuer=STRANGER.did)),
        "status_list_issuer_mismatch",
    ),
    "stranger's key, school's name": (
        lambda: STRANGER.sign(listed(), verification_method=SCHOOL.method),
        "signature_mismatch",
    ),
    "another list": (lambda: signed(change=put(id=f"{URL}0")), "status_list_mismatch"),
    "of another purpose": (
        lambda: signed(change=put_subject(statusPurpose="suspension")),
        "status_purpose_mismatch",
    ),
    "of both kinds": (
        lambda: signed(
            change=put(
                type=[
                    "VerifiableCredential",
                    "StatusList2021Credential",
                    "BitstringStatusListCredential",
                ]
            )
        ),
        "malformed_status_list",
    ),
    "of no kind": (lambda: signed(change=put(type=["VerifiableCredential"])), "malformed_status_list"),
    "a bitstring list of today": (
        lambda: SCHOOL.sign(SCHOOL.status_list(url=URL)),
        "malformed_status_list",
    ),
    "subject of another type": (
        lambda: signed(change=put_subject(type="BitstringStatusList")),
        "wrong_type",
    ),
    "has a status itself": (
        lambda: signed(change=put(credentialStatus={"id": URL, "type": "1EdTechRevocationList"})),
        "status_list_has_status",
    ),
    "over": (lambda: signed(change=put(expirationDate="2026-11-22T08:59:59Z")), "status_list_stale"),
}


@pytest.mark.parametrize(("make", "code"), LISTS_2021.values(), ids=LISTS_2021.keys())
def test_a32_a_wrong_list_of_2021_cannot_tell(
    make: Callable[[], JsonObject | bytes | None], code: str
) -> None:
    assert check(make(), OLD) == (Answer.CANNOT_TELL, code)


def test_a32_a_list_of_2021_does_not_pass_for_one_of_today() -> None:
    today = StatusEntry(None, "BitstringStatusListEntry", "revocation", 7, URL)
    assert check(signed(), today) == (Answer.CANNOT_TELL, "malformed_status_list")


# The 1EdTech revocation list


def revoked(*entries: Any, member: str = "revokedCredential", **members: Any) -> JsonObject:
    return {"id": URL, "issuer": SCHOOL.did, member: list(entries), **members}


MINE = {"id": CREDENTIAL_ID}


@pytest.mark.parametrize("member", ["revokedCredential", "revokedCredentials"])
def test_a_credential_is_revoked_if_its_id_is_listed(member: str) -> None:
    other = {"id": f"{CREDENTIAL_ID}0", "revoked": True}
    assert check(revoked(other, member=member), BY_ID) == (Answer.YES, "not_revoked")
    assert check(revoked(other, MINE, member=member), BY_ID) == (Answer.NO, "revoked")
    said = {**MINE, "revoked": True, "revocationReason": "<script>"}
    assert check(revoked(said, member=member), BY_ID) == (Answer.NO, "revoked")
    assert check(revoked({**MINE, "revoked": False}, member=member), BY_ID) == (Answer.YES, "not_revoked")


def test_one_listing_is_enough_whatever_another_says() -> None:
    assert check(revoked({**MINE, "revoked": False}, MINE), BY_ID) == (Answer.NO, "revoked")
    both = {**revoked(), "revokedCredentials": [MINE]}
    assert check(both, BY_ID) == (Answer.NO, "revoked")
    assert check({"revokedCredential": MINE}, BY_ID) == (Answer.NO, "revoked")


UNSIGNED: dict[str, tuple[JsonObject | bytes | None, str]] = {
    "not at hand": (None, "not_fetched"),
    "not JSON": (b"<html>404</html>", "malformed_json"),
    "an array": (b"[]", "not_an_object"),
    "a member twice": (b'{"revokedCredential":[],"revokedCredential":[]}', "duplicate_key"),
    "another document": ({"id": URL, "issuer": SCHOOL.did}, "malformed_member"),
    "another list": (revoked(id=f"{URL}0"), "status_list_mismatch"),
    "another issuer's": (revoked(issuer=STRANGER.did), "status_list_issuer_mismatch"),
    "list of texts": (revoked(CREDENTIAL_ID), "malformed_member"),
    "list of lists": (revoked([MINE]), "malformed_member"),
    "null": ({**revoked(), "revokedCredential": None}, "malformed_member"),
    "no id": (revoked({"revoked": True}), "missing_member"),
    "id that is a number": (revoked({"id": 7}), "malformed_member"),
    "revoked that is text": (revoked({**MINE, "revoked": "false"}), "malformed_member"),
    "revoked that is null": (revoked({**MINE, "revoked": None}), "malformed_member"),
    "revoked that is zero": (revoked({**MINE, "revoked": 0}), "malformed_member"),
}


@pytest.mark.parametrize(("body", "code"), UNSIGNED.values(), ids=UNSIGNED.keys())
def test_a32_a_wrong_unsigned_list_cannot_tell(body: JsonObject | bytes | None, code: str) -> None:
    assert check(body, BY_ID) == (Answer.CANNOT_TELL, code)


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/status/1",
        "https://school.example:8443/status/1",
        "http://school.example/status/1",
        "https://school.example.attacker.example/1",
        "https://user@school.example/1",
        "https://SCHOOL.example/1",
        "urn:uuid:6f0c7a6e-1f5c-4d0e-9a55-3c2d9f1b7e10",
        "https://[school.example/1",
    ],
)
def test_a32_an_unsigned_list_elsewhere_proves_nothing(address: str) -> None:
    entry = StatusEntry(address, "1EdTechRevocationList", status_list_credential=address)
    assert check({"revokedCredential": []}, entry) == (Answer.CANNOT_TELL, "revocation_list_elsewhere")


@pytest.mark.parametrize("issuer", [NOBODY.did, STRANGER.did, "https://school.example"])
def test_a32_an_issuer_without_that_origin_has_no_unsigned_list(issuer: str) -> None:
    assert check(revoked(issuer=issuer), BY_ID, issuer=issuer) == (
        Answer.CANNOT_TELL,
        "revocation_list_elsewhere",
    )


def test_a32_an_unsigned_list_is_never_taken_from_the_presenter() -> None:
    stapled = {URL: dump(revoked())}
    assert check(None, BY_ID, stapled=stapled) == (Answer.CANNOT_TELL, "not_fetched")
    fresh = timedelta(seconds=TIME.status_list_fresh)
    old = NOW - fresh - timedelta(seconds=1)
    assert check(revoked(), BY_ID, at=NOW - fresh)[0] is Answer.YES
    assert check(revoked(), BY_ID, at=old, stapled=stapled) == (Answer.CANNOT_TELL, "status_list_stale")


def test_a32_an_entry_without_an_address_cannot_tell() -> None:
    nameless = parse_status_entry({"type": "1EdTechRevocationList"})
    assert check(None, nameless) == (Answer.CANNOT_TELL, "unsupported_status_type")
    with pytest.raises(NotAUrl):
        parse_status_entry({"id": "status/1", "type": "1EdTechRevocationList"})


@pytest.mark.parametrize("index", ["-1", "٣", "1_0", "1e3", "07", " 7", "", 7, None, "1" + "0" * 30])
def test_a31_an_index_of_2021_that_is_none_is_refused(index: object) -> None:
    source = {
        "type": "StatusList2021Entry",
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": URL,
    }
    with pytest.raises(MalformedMember):
        parse_status_entry(source)


def test_1edtechs_own_revoked_badge_is_looked_up_where_its_issuer_is(vectors: Path) -> None:
    badge = parse_credential((vectors / "openbadges-1edtech/credential-status-revoked.json").read_bytes())
    (entry,) = badge.statuses
    listed = {"id": entry.status_list_credential, "issuer": badge.issuer.id}
    for entries, code in (([{"id": badge.id}], "revoked"), ([], "not_revoked")):
        cache = at_hand(
            Fetched(entry.status_list_credential, dump({**listed, "revokedCredential": entries}), NOW)
        )
        lists = StatusLists(cache, now=NOW, method_for=method_source(cache))
        found = check_status(entry, credential_issuer=badge.issuer.id, credential_id=badge.id, lists=lists)
        assert found.reason.code == code
