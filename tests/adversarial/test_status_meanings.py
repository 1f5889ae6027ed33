"""A31, A33: what an entry's size, purpose and messages mean, and that information never makes bad good."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from passport.answers import Answer
from passport.credentials import StatusEntry, status_entry
from passport.credentials.status_entry import StatusMessage, parse_status_entry
from passport.documents import Fetched
from passport.errors import PassportError
from passport.errors.credentials import MalformedMember, MissingMember, NotAUrl
from passport.errors.jsonld import TooManyItems
from passport.json import JsonObject, dump
from passport.proofs import method_source
from passport.status import KeptLists, StatusLists, build_status_list, check_status, empty, encode, set_status
from passport.texts import Language, render_reason
from passport.verification import Context, verify_credential
from tests.simulators.exchange import LIST_URL, NOW, Signatory, at_hand, fetched

SCHOOL = Signatory.web(1)
WORKER = Signatory.key(2)
HOSTILE = "<img src=x onerror=alert(1)> REVOKED"


def messages(size: int) -> list[JsonObject]:
    return [{"status": f"{value:#x}", "message": HOSTILE} for value in range(2**size)]


def source(purpose: str = "message", size: int = 2, **changes: Any) -> JsonObject:
    made = status_entry(url=LIST_URL, index=7, purpose=purpose) | {
        "statusSize": size,
        "statusMessage": messages(size),
        "statusReference": "https://school.example/status-dictionary",
    }
    made |= changes
    return {name: value for name, value in made.items() if value is not ...}


def listed(
    status: int, *, size: int = 2, purpose: Any = "message", url: str = LIST_URL, place: int = 7
) -> JsonObject:
    bits = empty(size=size)
    set_status(bits, place, status, size=size)
    return SCHOOL.sign(
        build_status_list(
            url=url,
            issuer=SCHOOL.did,
            purpose=purpose,
            encoded_list=encode(bytes(bits)),
            valid_from=NOW,
            valid_until=NOW.replace(year=2027),
        )
    )


def check(document: JsonObject, entry: StatusEntry):
    cache = at_hand(SCHOOL.published(), Fetched(LIST_URL, dump(document), NOW))
    lists = StatusLists(cache, now=NOW, method_for=method_source(cache), kept=KeptLists())
    return check_status(entry, credential_issuer=SCHOOL.did, lists=lists)


@pytest.mark.parametrize("size", range(1, 9))
def test_a_message_is_named_by_its_code_and_decides_nothing(size: int) -> None:
    entry = parse_status_entry(source(size=size))
    assert len(entry.status_messages) == 2**size
    for status in {0, 1, 2**size - 1}:
        found = check(listed(status, size=size), entry)
        assert (found.answer, found.reason.code) == (Answer.YES, "status_message")
        assert found.reason.values == {"status": f"{status:#x}"}


def test_a_message_of_a_stranger_is_in_no_sentence() -> None:
    found = check(listed(3), parse_status_entry(source()))
    for language in Language:
        said = render_reason(found.reason, language)
        assert "0x3" in said
        assert "onerror" not in said
        assert "REVOKED" not in said


def test_a_refresh_is_offered_and_the_credential_stays_as_good() -> None:
    entry = parse_status_entry(status_entry(url=LIST_URL, index=7, purpose="refresh"))
    for status, code in ((0, "no_refresh_offered"), (1, "refresh_offered")):
        found = check(listed(status, size=1, purpose="refresh"), entry)
        assert (found.answer, found.reason.code) == (Answer.YES, code)


@pytest.mark.parametrize(("purpose", "code"), [("revocation", "revoked"), ("suspension", "suspended")])
@pytest.mark.parametrize("size", [1, 2, 5, 8])
def test_any_value_but_zero_withdraws(purpose: str, code: str, size: int) -> None:
    """Bitstring Status List 1.0, section 3.2: valid only if the status is 0."""
    entry = parse_status_entry(source(purpose, size))
    for status in {0, 1, 2**size - 1, 2 ** (size - 1)}:
        found = check(listed(status, size=size, purpose=purpose), entry)
        assert found.answer is (Answer.NO if status else Answer.YES)
        assert found.reason.code == (code if status else f"not_{code}")


def test_the_size_is_the_entrys_and_its_neighbours_are_not_read() -> None:
    entry = parse_status_entry(source("revocation", 2))
    for place in (6, 8):
        assert check(listed(3, purpose="revocation", place=place), entry).answer is Answer.YES


@pytest.mark.parametrize("index", [131_072, 131_073, 9_999_999_999])
def test_a31_an_index_beyond_a_list_of_larger_entries_cannot_tell(index: int) -> None:
    entry = replace(parse_status_entry(source()), status_list_index=index)
    assert check(listed(0), entry).reason.code == "status_index_out_of_range"
    last = replace(entry, status_list_index=131_071)
    assert check(listed(2, place=131_071), last).reason.values == {"status": "0x2"}


def test_a31_a_list_with_too_few_entries_of_that_size_cannot_tell() -> None:
    found = check(listed(0, size=1), parse_status_entry(source()))
    assert (found.answer, found.reason.code) == (Answer.CANNOT_TELL, "status_list_too_short")


def test_a31_a_list_of_several_purposes_is_read_for_the_one_of_the_entry() -> None:
    both = ["message", "refresh"]
    assert check(listed(1, purpose=both), parse_status_entry(source())).answer is Answer.YES
    revocation = parse_status_entry(source("revocation"))
    assert check(listed(1, purpose=both), revocation).reason.code == "status_purpose_mismatch"


@pytest.mark.parametrize("purpose", ["Message", "MESSAGE", "validity", "revocation ", "__class__"])
def test_a31_a_purpose_that_is_not_known_cannot_tell(purpose: str) -> None:
    entry = parse_status_entry(source(purpose))
    found = check(listed(0, purpose=[purpose, "message"]), entry)
    assert (found.answer, found.reason.code) == (Answer.CANNOT_TELL, "unsupported_status_purpose")


def test_a31_more_bits_than_eight_cannot_tell() -> None:
    entry = parse_status_entry(source(size=9, statusMessage=...))
    assert check(listed(0), entry).reason.code == "unsupported_status_type"


WRONG: dict[str, tuple[JsonObject, type[PassportError]]] = {
    "no messages for several bits": (source(statusMessage=...), MissingMember),
    "one message too few": (source(statusMessage=messages(2)[1:]), MalformedMember),
    "one message too many": (source(statusMessage=[*messages(2), messages(2)[0]]), MalformedMember),
    "a value twice": (source(statusMessage=[*messages(2)[:3], messages(2)[0]]), MalformedMember),
    "a value beyond": (
        source(statusMessage=[*messages(2)[:3], {"status": "0x4", "message": "x"}]),
        MalformedMember,
    ),
    "messages for another size": (source(size=1, statusMessage=messages(2)), MalformedMember),
    "an object": (source(statusMessage=messages(2)[0]), MalformedMember),
    "text": (source(statusMessage="0x0"), MalformedMember),
    "null": (source(statusMessage=None), MalformedMember),
    "lists in a list": (source(statusMessage=[[item] for item in messages(2)]), MalformedMember),
    "status that is a number": (
        source(statusMessage=[*messages(2)[:3], {"status": 3, "message": "x"}]),
        MalformedMember,
    ),
    "status without 0x": (
        source(statusMessage=[*messages(2)[:3], {"status": "3", "message": "x"}]),
        MalformedMember,
    ),
    "status in other digits": (
        source(statusMessage=[*messages(2)[:3], {"status": "0x٣", "message": "x"}]),
        MalformedMember,
    ),
    "status that is long": (
        source(statusMessage=[*messages(2)[:3], {"status": "0x003", "message": "x"}]),
        MalformedMember,
    ),
    "no status": (source(statusMessage=[*messages(2)[:3], {"message": "x"}]), MissingMember),
    "no message": (source(statusMessage=[*messages(2)[:3], {"status": "0x3"}]), MissingMember),
    "257 messages": (
        source(size=8, statusMessage=[*messages(8), {"status": "0x0", "message": "x"}]),
        TooManyItems,
    ),
    "size zero": (source(statusSize=0), MalformedMember),
    "size below zero": (source(statusSize=-1), MalformedMember),
    "size that is text": (source(statusSize="2"), MalformedMember),
    "size that is true": (source(statusSize=True), MalformedMember),
    "size with a fraction": (source(statusSize=2.0), MalformedMember),
    "reference that is no address": (source(statusReference="dictionary"), NotAUrl),
    "reference that is an object": (source(statusReference={}), MalformedMember),
    "nine references": (source(statusReference=[f"https://a.example/{n}" for n in range(9)]), TooManyItems),
}


@pytest.mark.parametrize(("entry", "refusal"), WRONG.values(), ids=WRONG.keys())
def test_a31_an_entry_that_is_malformed_is_refused(entry: JsonObject, refusal: type[PassportError]) -> None:
    with pytest.raises(refusal):
        parse_status_entry(entry)


def test_messages_may_be_left_out_where_there_are_but_two() -> None:
    entry = parse_status_entry(source(size=1, statusMessage=..., statusReference=...))
    assert (entry.status_messages, entry.status_references) == ((), ())
    entry = parse_status_entry(source(statusReference=["https://a.example/1", "urn:x:2"]))
    assert entry.status_messages[2] == StatusMessage(2, HOSTILE)
    assert entry.status_references == ("https://a.example/1", "urn:x:2")


@pytest.mark.parametrize(("revoked", "message"), list(product([0, 1], [0, 1, 3])))
def test_a33_a_message_does_not_outvote_a_revocation(revoked: int, message: int) -> None:
    first, second = LIST_URL, f"{LIST_URL}2"
    entries = [
        status_entry(url=first, index=7, purpose="revocation"),
        source(statusListCredential=second, id=f"{second}#7"),
    ]
    badge = SCHOOL.issue(WORKER, suite="eddsa-rdfc-2022", status=entries)
    lists = (listed(revoked, size=1, purpose="revocation"), listed(message, url=second))
    context = Context(at_hand(SCHOOL.published(), *map(fetched, lists)), NOW)
    report = verify_credential(badge, context)
    assert report.answer is (Answer.NO if revoked else Answer.YES)
    codes = [found.reason.code for found in report.checks if found.code == "status"]
    assert codes == ["revoked" if revoked else "not_revoked", "status_message"]
    missing = Context(at_hand(SCHOOL.published(), fetched(lists[0])), NOW)
    assert verify_credential(badge, missing).answer is (Answer.NO if revoked else Answer.CANNOT_TELL)
