"""A31, A32, A33: a status list that is wrong in any way never says that a credential is good.

Longer than most: three attacks on one kind of list share its forms.
"""

import base64
import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from passport.answers import Answer
from passport.credentials import StatusEntry, status_entry
from passport.documents import DocumentCache, Documents, Fetched, NotFetched
from passport.encoding import base64url_encode
from passport.errors import PassportError
from passport.errors.status import MalformedStatusList, StatusListTooLarge, StatusListTooShort
from passport.json import JsonObject, dump
from passport.limits import STATUS, TIME
from passport.proofs import method_source
from passport.status import StatusLists, check_status, decode, encode, memory_key
from passport.verification import Context, verify_credential
from tests.simulators.bombs import zeros_in_gzip
from tests.simulators.exchange import LIST_URL, NOW, Signatory, at_hand, fetched

SCHOOL = Signatory.web(1)
STRANGER = Signatory.web(3, "did:web:stranger.example")
WORKER = Signatory.key(2)
ENTRY = StatusEntry(f"{LIST_URL}#7", "BitstringStatusListEntry", "revocation", 7, LIST_URL)
SEEN = memory_key(LIST_URL, SCHOOL.did)
ZEROS = bytes(STATUS.minimum_expanded)


def check(
    document: JsonObject | bytes | None,
    *,
    entry: StatusEntry = ENTRY,
    at: datetime = NOW,
    now: datetime = NOW,
    url: str = LIST_URL,
    last_seen: dict[str, datetime] | None = None,
    stapled: dict[str, bytes] | None = None,
) -> tuple[Answer, str]:
    cache = at_hand(SCHOOL.published(), STRANGER.published())
    if document is not None:
        cache.put(Fetched(url, document if isinstance(document, bytes) else dump(document), at))
    lists = StatusLists(cache, now=now, method_for=method_source(cache), last_seen=last_seen, stapled=stapled)
    found = check_status(entry, credential_issuer=SCHOOL.did, lists=lists)
    return found.answer, found.reason.code


def signed(
    *on: int, by: Signatory = SCHOOL, change: Callable[[JsonObject], Any] = id, **facts: Any
) -> JsonObject:
    document = SCHOOL.status_list(*on, **facts)
    change(document)
    return by.sign(document)


def put(**members: Any) -> Callable[[JsonObject], Any]:
    return lambda document: document.update(members)


def put_subject(**members: Any) -> Callable[[JsonObject], Any]:
    return lambda document: document["credentialSubject"].update(members)


# A31: the bitstring


def u(data: bytes) -> str:
    return "u" + base64url_encode(data)


GOOD = gzip.compress(ZEROS, 6, mtime=0)
BOMB = zeros_in_gzip(64)
BITSTRINGS: dict[str, tuple[str, type[PassportError]]] = {
    "bomb, 1 to 1,000": (u(BOMB), StatusListTooLarge),
    "2^26 + 8 bits": (u(gzip.compress(bytes(STATUS.expanded + 1))), StatusListTooLarge),
    "compressed beyond the limit": (u(gzip.compress(ZEROS) + bytes(STATUS.compressed)), StatusListTooLarge),
    "text beyond the limit": ("u" + "A" * 2_097_153, StatusListTooLarge),
    "less than 16 kB": (u(gzip.compress(ZEROS[:-1])), StatusListTooShort),
    "nothing compressed": (u(gzip.compress(b"")), StatusListTooShort),
    "cut off by one byte": (u(GOOD[:-1]), MalformedStatusList),
    "cut off in the middle": (u(GOOD[: len(GOOD) // 2]), MalformedStatusList),
    "header only": (u(GOOD[:10]), MalformedStatusList),
    "empty": ("u", MalformedStatusList),
    "wrong checksum": (u(GOOD[:-8] + bytes([GOOD[-8] ^ 1]) + GOOD[-7:]), MalformedStatusList),
    "wrong length field": (u(GOOD[:-1] + bytes([GOOD[-1] ^ 1])), MalformedStatusList),
    "a second member": (u(GOOD + GOOD), MalformedStatusList),
    "an empty second member": (u(GOOD + gzip.compress(b"")), MalformedStatusList),
    "trailing byte": (u(GOOD + b"\x00"), MalformedStatusList),
    "raw deflate": (u(zlib.compressobj(6, zlib.DEFLATED, -15).compress(ZEROS)), MalformedStatusList),
    "zlib, as Token Status List has it": (u(zlib.compress(ZEROS)), MalformedStatusList),
    "not compressed": (u(ZEROS), MalformedStatusList),
    "multibase z": ("z" + base64url_encode(GOOD), MalformedStatusList),
    "multibase m": ("m" + base64.b64encode(GOOD).decode().rstrip("="), MalformedStatusList),
    "multibase U, padded": ("U" + base64.urlsafe_b64encode(GOOD).decode(), MalformedStatusList),
    "no multibase": (base64url_encode(GOOD), MalformedStatusList),
    "padding": (u(GOOD) + "=", MalformedStatusList),
    "line break": (u(GOOD)[:20] + "\n" + u(GOOD)[20:], MalformedStatusList),
    "other alphabet": (u(GOOD) + "+/", MalformedStatusList),
    "dangling bits": (u(GOOD)[:-1] + "_", MalformedStatusList),
}


@pytest.mark.parametrize(("text", "refusal"), BITSTRINGS.values(), ids=BITSTRINGS.keys())
def test_a31_a_wrong_bitstring_is_refused(text: str, refusal: type[PassportError]) -> None:
    with pytest.raises(refusal):
        decode(text)


def test_a31_a_wrong_bitstring_in_a_signed_list_cannot_tell() -> None:
    found = check(signed(change=put_subject(encodedList=u(GOOD + GOOD))))
    assert found == (Answer.CANNOT_TELL, "malformed_status_list")


@pytest.mark.parametrize("index", [131_072, 131_073, 9_999_999_999])
def test_a31_an_index_beyond_the_list_cannot_tell(index: int) -> None:
    entry = replace(ENTRY, status_list_index=index)
    assert check(signed(), entry=entry) == (Answer.CANNOT_TELL, "status_index_out_of_range")


def test_a31_the_last_index_is_looked_up() -> None:
    entry = replace(ENTRY, status_list_index=131_071)
    assert check(signed(131_071), entry=entry) == (Answer.NO, "revoked")
    assert check(signed(131_070), entry=entry) == (Answer.YES, "not_revoked")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (replace(ENTRY, status_size=2), "status_list_too_short"),
        (replace(ENTRY, status_size=9), "unsupported_status_type"),
        (replace(ENTRY, type="StatusList2021Entry"), "malformed_status_list"),
        (replace(ENTRY, type="StatusList2021Entry", status_purpose="message"), "unsupported_status_purpose"),
        (replace(ENTRY, type="TokenStatusList"), "malformed_token"),
        (StatusEntry(None, "SomethingElse"), "unsupported_status_type"),
        (StatusEntry(None, "1EdTechRevocationList"), "unsupported_status_type"),
        (replace(ENTRY, status_purpose="message"), "status_purpose_mismatch"),
        (replace(ENTRY, status_purpose="Revocation"), "unsupported_status_purpose"),
        (replace(ENTRY, status_purpose="suspension"), "status_purpose_mismatch"),
    ],
)
def test_a31_other_kinds_cannot_tell(entry: StatusEntry, code: str) -> None:
    assert check(signed(), entry=entry) == (Answer.CANNOT_TELL, code)


def test_a31_a_list_may_have_several_purposes() -> None:
    document = signed(7, change=put_subject(statusPurpose=["suspension", "revocation"]))
    assert check(document) == (Answer.NO, "revoked")


# A32: the list as a credential


def test_a_good_list_says_yes_or_no() -> None:
    assert check(signed()) == (Answer.YES, "not_revoked")
    assert check(signed(6, 8)) == (Answer.YES, "not_revoked")
    assert check(signed(7)) == (Answer.NO, "revoked")
    assert check(SCHOOL.sign(SCHOOL.status_list(7), cryptosuite="eddsa-rdfc-2022")) == (Answer.NO, "revoked")


def unsigned() -> JsonObject:
    return SCHOOL.status_list()


def tampered() -> JsonObject:
    document = signed(7)
    document["credentialSubject"]["encodedList"] = encode(ZEROS)
    return document


def impersonated() -> JsonObject:
    """Signed by the stranger's key under the school's name."""
    return STRANGER.sign(SCHOOL.status_list(), verification_method=f"{SCHOOL.did}#key-1")


A = Answer.CANNOT_TELL
LISTS: dict[str, tuple[Callable[[], JsonObject | bytes | None], str]] = {
    "not at hand": (lambda: None, "not_fetched"),
    "not JSON": (lambda: b"<html>404</html>", "malformed_json"),
    "an array": (lambda: b"[]", "not_an_object"),
    "no proof": (unsigned, "proof_missing"),
    "empty proof": (lambda: {**unsigned(), "proof": []}, "proof_missing"),
    "changed after signing": (tampered, "signature_mismatch"),
    "stranger's key, school's name": (impersonated, "signature_mismatch"),
    "stranger's key and method, school as issuer": (
        lambda: signed(by=STRANGER),
        "status_list_issuer_mismatch",
    ),
    "stranger's own list": (
        lambda: signed(by=STRANGER, change=put(issuer=STRANGER.did)),
        "status_list_issuer_mismatch",
    ),
    "another purpose in the proof": (
        lambda: SCHOOL.sign(unsigned(), proof_purpose="authentication"),
        "proof_purpose_mismatch",
    ),
    "another list of the same issuer": (lambda: signed(url=f"{LIST_URL}0"), "status_list_mismatch"),
    "not a status list": (lambda: signed(change=put(type=["VerifiableCredential"])), "malformed_status_list"),
    "not a credential": (
        lambda: signed(change=put(type="BitstringStatusListCredential")),
        "not_a_credential",
    ),
    "a badge": (lambda: SCHOOL.issue(WORKER, credential_id=LIST_URL), "malformed_status_list"),
    "subject of another type": (lambda: signed(change=put_subject(type="StatusList2021")), "wrong_type"),
    "no purpose": (
        lambda: signed(change=lambda d: d["credentialSubject"].pop("statusPurpose")),
        "missing_member",
    ),
    "no list": (lambda: signed(change=lambda d: d["credentialSubject"].pop("encodedList")), "missing_member"),
    "two subjects": (lambda: signed(change=put(credentialSubject=[{}, {}])), "malformed_member"),
    "of another purpose": (lambda: signed(purpose="suspension"), "status_purpose_mismatch"),
    "has a status itself": (
        lambda: signed(
            change=put(credentialStatus=status_entry(url=LIST_URL, index=1, purpose="revocation"))
        ),
        "status_list_has_status",
    ),
    "over": (lambda: signed(valid_until=NOW - timedelta(seconds=1)), "status_list_stale"),
    "not yet": (
        lambda: signed(valid_from=NOW + timedelta(seconds=61), valid_until=NOW + timedelta(days=1)),
        "status_list_not_yet_valid",
    ),
    "time to live of zero": (lambda: signed(change=put_subject(ttl=0)), "malformed_member"),
    "negative time to live": (lambda: signed(change=put_subject(ttl=-1)), "malformed_member"),
}


@pytest.mark.parametrize(("make", "code"), LISTS.values(), ids=LISTS.keys())
def test_a32_a_wrong_list_cannot_tell(make: Callable[[], JsonObject | bytes | None], code: str) -> None:
    assert check(make()) == (Answer.CANNOT_TELL, code)


def test_a32_a_list_of_an_older_time_than_seen_is_refused() -> None:
    document = signed()
    start = NOW - timedelta(hours=1)
    assert check(document, last_seen={SEEN: start})[0] is Answer.YES
    assert check(document, last_seen={SEEN: start + timedelta(seconds=1)}) == (
        Answer.CANNOT_TELL,
        "status_list_rolled_back",
    )
    without = signed(change=lambda d: d.pop("validFrom"))
    assert check(without, last_seen={SEEN: start})[1] == "status_list_rolled_back"


def forever(document: JsonObject) -> None:
    del document["validUntil"]


FRESH = timedelta(seconds=TIME.status_list_fresh)
SECOND = timedelta(seconds=1)


def test_a32_a_list_that_was_fetched_too_long_ago_is_stale() -> None:
    document = signed(change=forever, valid_from=NOW - timedelta(days=90))
    assert check(document, at=NOW - FRESH) == (Answer.YES, "not_revoked")
    assert check(document, at=NOW - FRESH - SECOND) == (Answer.CANNOT_TELL, "status_list_stale")


def test_a32_a_time_to_live_is_kept_where_there_is_no_end() -> None:
    def short(document: JsonObject) -> None:
        forever(document)
        document["credentialSubject"]["ttl"] = 300_000

    document = signed(change=short, valid_from=NOW - timedelta(days=90))
    assert check(document, at=NOW - 300 * SECOND)[0] is Answer.YES
    assert check(document, at=NOW - 301 * SECOND)[1] == "status_list_stale"


def test_a32_a_list_without_a_beginning_counts_from_when_it_was_fetched() -> None:
    undated = signed(change=lambda d: d.pop("validFrom"))
    assert check(undated, at=NOW - FRESH) == (Answer.YES, "not_revoked")
    assert check(undated, at=NOW - FRESH - SECOND) == (Answer.CANNOT_TELL, "status_list_stale")


def test_a32_a_stapled_list_is_as_fresh_as_it_says_itself() -> None:
    for age, answer in ((FRESH, Answer.YES), (FRESH + SECOND, Answer.CANNOT_TELL)):
        document = signed(valid_from=NOW - age, valid_until=NOW + timedelta(days=365))
        assert check(None, stapled={LIST_URL: dump(document)})[0] is answer
    undated = signed(change=lambda d: d.pop("validFrom"))
    assert check(None, stapled={LIST_URL: dump(undated)})[0] is Answer.CANNOT_TELL
    assert check(None, stapled={LIST_URL: dump(signed(7))}) == (Answer.NO, "revoked")
    assert check(None, stapled={f"{LIST_URL}0": dump(signed(7))}) == (Answer.CANNOT_TELL, "not_fetched")


def test_a32_a_stapled_list_does_not_displace_a_fresh_one() -> None:
    stapled = {LIST_URL: dump(signed())}
    assert check(signed(7), stapled=stapled) == (Answer.NO, "revoked")
    old = signed(change=forever, valid_from=NOW - timedelta(days=90))
    assert check(old, at=NOW - FRESH - SECOND, stapled=stapled) == (Answer.YES, "not_revoked")


def test_a32_a_did_document_is_never_taken_from_the_presenter() -> None:
    """Whoever may staple a DID document is anybody's issuer."""
    forged = replace(SCHOOL, signer=STRANGER.signer)
    context = Context(
        DocumentCache(),
        NOW,
        stapled={SCHOOL.published().url: STRANGER.published().body, LIST_URL: dump(signed())},
    )
    report = verify_credential(forged.issue(WORKER), context)
    assert report.credential is None
    assert report.answer is Answer.CANNOT_TELL


@pytest.mark.parametrize("failure", ["404", "500", "timeout", "slow"])
def test_a32_an_unreachable_list_cannot_tell_and_is_wanted(failure: str) -> None:
    """Whatever goes wrong on the wire, the port says one thing."""
    cache = at_hand(SCHOOL.published())
    entry = status_entry(url=LIST_URL, index=7, purpose="revocation")
    report = verify_credential(SCHOOL.issue(WORKER, status=[entry]), Context(cache, NOW))
    assert report.answer is Answer.CANNOT_TELL
    assert report.credential is not None
    assert report.credential.standing is Answer.CANNOT_TELL
    assert report.credential.standing_reasons[0].code == NotFetched.code
    assert cache.wanted == {LIST_URL}


# A33: several entries, each really looked up


class Spy:
    """Counts what is asked for."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.asked: list[str] = []

    def get(self, url: str) -> Fetched:
        self.asked.append(url)
        return self.documents.get(url)


def urls(count: int) -> list[str]:
    return [f"https://school.example/status/{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("count", "revoked"),
    [(count, which) for count in range(1, 6) for which in (None, *range(count))],
)
def test_a33_every_status_is_fetched_and_checked(count: int, revoked: int | None) -> None:
    lists = [fetched(signed(*([7] if n == revoked else []), url=url)) for n, url in enumerate(urls(count))]
    spy = Spy(at_hand(SCHOOL.published(), *lists))
    entries = [status_entry(url=url, index=7, purpose="revocation") for url in urls(count)]
    report = verify_credential(SCHOOL.issue(WORKER, status=entries), Context(spy, NOW))
    assert [url for url in spy.asked if "/status/" in url] == urls(count)
    found = [check for check in report.checks if check.code == "status"]
    assert [check.answer for check in found] == [
        Answer.NO if n == revoked else Answer.YES for n in range(count)
    ]
    assert report.answer is (Answer.YES if revoked is None else Answer.NO)


@pytest.mark.parametrize("count", range(2, 6))
def test_a33_one_list_that_is_missing_is_not_outvoted(count: int) -> None:
    lists = [fetched(signed(url=url)) for url in urls(count)[1:]]
    entries = [status_entry(url=url, index=7, purpose="revocation") for url in urls(count)]
    context = Context(at_hand(SCHOOL.published(), *lists), NOW)
    assert verify_credential(SCHOOL.issue(WORKER, status=entries), context).answer is Answer.CANNOT_TELL


@pytest.mark.parametrize(("revoked", "suspended"), list(product([False, True], repeat=2)))
def test_a33_revocation_and_suspension_are_two_things(*, revoked: bool, suspended: bool) -> None:
    first, second = urls(2)
    lists = (
        signed(*([7] if revoked else []), url=first),
        signed(*([9] if suspended else []), url=second, purpose="suspension"),
    )
    entries = [
        status_entry(url=first, index=7, purpose="revocation"),
        status_entry(url=second, index=9, purpose="suspension"),
    ]
    context = Context(at_hand(SCHOOL.published(), *map(fetched, lists)), NOW)
    report = verify_credential(SCHOOL.issue(WORKER, status=entries), context)
    codes = {check.reason.code for check in report.checks if check.code == "status"}
    assert codes == {
        "revoked" if revoked else "not_revoked",
        "suspended" if suspended else "not_suspended",
    }
    assert report.answer is (Answer.NO if revoked or suspended else Answer.YES)


def test_a33_one_list_of_many_credentials_is_verified_once() -> None:
    spy = Spy(at_hand(SCHOOL.published(), fetched(signed(8))))
    lists = StatusLists(spy, now=NOW, method_for=method_source(spy))
    answers = [
        check_status(replace(ENTRY, status_list_index=n), credential_issuer=SCHOOL.did, lists=lists).answer
        for n in (7, 8, 9)
    ]
    assert answers == [Answer.YES, Answer.NO, Answer.YES]
    assert spy.asked.count(LIST_URL) == 1
    assert lists.seen == {SEEN: NOW - timedelta(hours=1)}
