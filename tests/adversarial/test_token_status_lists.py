"""A31, A32 for Token Status List: a token that is wrong in any way never says that a credential is good."""

import base64
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from passport.answers import Answer
from passport.credentials import StatusEntry
from passport.credentials.status_entry import parse_status_entry, token_status_entry
from passport.documents import Fetched
from passport.encoding import base64url_encode
from passport.errors.credentials import MalformedMember
from passport.jose import jws
from passport.json import dump
from passport.keys import KeyType, load_signer
from passport.limits import STATUS, TIME
from passport.proofs import method_source
from passport.sd_jwt import credential as sd_jwt
from passport.status import KeptLists, StatusLists, check_status, memory_key, token_list
from passport.verification import Context, verify_credential
from tests.simulators.bombs import zeros_in_zlib
from tests.simulators.exchange import NOW, Signatory, at_hand

SCHOOL = Signatory.web(1)
STRANGER = Signatory.web(3, "did:web:stranger.example")
URI = "https://school.example/token-status/1"
ENTRY = parse_status_entry(token_status_entry(uri=URI, idx=7))
SECOND = timedelta(seconds=1)
SEEN = memory_key(URI, SCHOOL.did)
SIZE = 2


def statuses(**on: int) -> bytes:
    made = token_list.empty(131_072, SIZE)
    for place, status in on.items():
        token_list.set_status(made, int(place.removeprefix("at_")), status, size=SIZE)
    return bytes(made)


def claims(**changes: Any) -> dict[str, Any]:
    made = token_list.build(
        changes.pop("statuses", statuses()),
        size=SIZE,
        uri=URI,
        issued_at=NOW - timedelta(hours=1),
        expires=NOW + timedelta(hours=23),
        ttl=timedelta(minutes=5),
    )
    made |= changes
    return {name: value for name, value in made.items() if value is not ...}


def lst(data: bytes, bits: object = SIZE) -> dict[str, Any]:
    return {"status_list": {"bits": bits, "lst": base64url_encode(data)}}


def token(*, by: Signatory = SCHOOL, header: dict[str, Any] | None = None, **changes: Any) -> bytes:
    whole = {"typ": "statuslist+jwt", "kid": by.method} | (header or {})
    whole = {name: value for name, value in whole.items() if value is not ...}
    return jws.sign(dump(claims(**changes)), signer=by.signer, header=whole).encode()


def check(
    body: bytes | None, entry: StatusEntry = ENTRY, *, at=NOW, now=NOW, **options: Any
) -> tuple[Answer, str]:
    cache = at_hand(SCHOOL.published(), STRANGER.published())
    if body is not None:
        cache.put(Fetched(entry.status_list_credential, body, at))
    lists = StatusLists(cache, now=now, method_for=method_source(cache), kept=KeptLists(), **options)
    found = check_status(entry, credential_issuer=SCHOOL.did, lists=lists)
    return found.answer, found.reason.code


def test_a_good_token_says_valid_revoked_or_suspended() -> None:
    assert check(token()) == (Answer.YES, "not_withdrawn")
    assert check(token(statuses=statuses(at_6=1, at_8=2))) == (Answer.YES, "not_withdrawn")
    assert check(token(statuses=statuses(at_7=1))) == (Answer.NO, "revoked")
    assert check(token(statuses=statuses(at_7=2))) == (Answer.NO, "suspended")


@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_every_size_of_entry_is_read(size: int) -> None:
    made = token_list.empty(100, size)
    token_list.set_status(made, 7, 1, size=size)
    listed = {"status_list": token_list.encode(bytes(made), size=size)}
    assert check(token(**listed)) == (Answer.NO, "revoked")
    assert check(token(**listed), replace(ENTRY, status_list_index=8)) == (Answer.YES, "not_withdrawn")


@pytest.mark.parametrize("status", [3, 4, 0x0B, 0x0F, 255])
def test_a_status_of_the_issuers_own_cannot_tell(status: int) -> None:
    made = token_list.empty(100, 8)
    token_list.set_status(made, 7, status, size=8)
    listed = {"status_list": token_list.encode(bytes(made), size=8)}
    assert check(token(**listed)) == (Answer.CANNOT_TELL, "unknown_token_status")


@pytest.mark.parametrize("kind", [KeyType.P256, KeyType.P384])
def test_the_issuers_other_keys_sign_lists_too(kind: KeyType) -> None:
    signer = load_signer(kind, bytes([7]) * (32 if kind is KeyType.P256 else 48))
    party = replace(Signatory.web(1), signer=signer)
    document = dict(party.document or {})
    method = {
        "id": f"{SCHOOL.did}#ec",
        "type": "Multikey",
        "controller": SCHOOL.did,
        "publicKeyMultibase": signer.public_key.to_multikey(),
    }
    document["verificationMethod"] = [*document["verificationMethod"], method]
    document["assertionMethod"] = [*document["assertionMethod"], method["id"]]
    cache = at_hand(replace(party, document=document).published())
    cache.put(Fetched(URI, token(by=replace(party, method=method["id"])), NOW))
    lists = StatusLists(cache, now=NOW, method_for=method_source(cache))
    assert check_status(ENTRY, credential_issuer=SCHOOL.did, lists=lists).answer is Answer.YES


GOOD = zlib.compress(statuses())
A31: dict[str, tuple[dict[str, Any], str]] = {
    "bomb, 1 to 1,000": (lst(zeros_in_zlib(64)), "status_list_too_large"),
    "one byte too many": (lst(zlib.compress(bytes(STATUS.expanded + 1))), "status_list_too_large"),
    "compressed beyond the limit": (lst(GOOD + bytes(STATUS.compressed)), "status_list_too_large"),
    "cut off by one byte": (lst(GOOD[:-1]), "malformed_token_status_list"),
    "cut off in the middle": (lst(GOOD[: len(GOOD) // 2]), "malformed_token_status_list"),
    "header only": (lst(GOOD[:2]), "malformed_token_status_list"),
    "nothing": (lst(b""), "malformed_token_status_list"),
    "wrong checksum": (lst(GOOD[:-1] + bytes([GOOD[-1] ^ 1])), "malformed_token_status_list"),
    "trailing byte": (lst(GOOD + b"\x00"), "malformed_token_status_list"),
    "a second stream": (lst(GOOD + GOOD), "malformed_token_status_list"),
    "gzip, as Bitstring Status List has it": (
        lst(zlib.compressobj(6, zlib.DEFLATED, 31).compress(b"") + b""),
        "malformed_token_status_list",
    ),
    "raw deflate": (lst(GOOD[2:-4]), "malformed_token_status_list"),
    "not compressed": (lst(statuses()), "malformed_token_status_list"),
    "a preset dictionary": (lst(b"\x78\xbb" + GOOD[2:]), "malformed_token_status_list"),
    "multibase": (
        {"status_list": {"bits": SIZE, "lst": "u" + base64url_encode(GOOD)}},
        "malformed_token_status_list",
    ),
    "padding": (
        {"status_list": {"bits": SIZE, "lst": base64.urlsafe_b64encode(GOOD + b"").decode() + "="}},
        "malformed_token_status_list",
    ),
    "line break": (
        {"status_list": {"bits": SIZE, "lst": base64url_encode(GOOD) + "\n"}},
        "malformed_token_status_list",
    ),
    "no list in it": ({"status_list": {"bits": SIZE}}, "malformed_token_status_list"),
    "list that is no text": ({"status_list": {"bits": SIZE, "lst": []}}, "malformed_token_status_list"),
    "no status list": ({"status_list": ...}, "malformed_token_status_list"),
    "status list that is text": ({"status_list": "eNrbuRgAAhcBXQ"}, "malformed_token_status_list"),
    **{
        f"bits {bits!r}": (lst(GOOD, bits), "malformed_token_status_list")
        for bits in (0, 3, 5, 16, -1, 2.5, "2", None, True, [2])
    },
}


@pytest.mark.parametrize(("changes", "code"), A31.values(), ids=A31.keys())
def test_a31_a_wrong_list_in_a_signed_token_cannot_tell(changes: dict[str, Any], code: str) -> None:
    assert check(token(**changes)) == (Answer.CANNOT_TELL, code)


@pytest.mark.parametrize("index", [131_072, 131_073, 9_999_999_999])
def test_a31_an_index_beyond_the_token_list_cannot_tell(index: int) -> None:
    entry = replace(ENTRY, status_list_index=index)
    assert check(token(), entry) == (Answer.CANNOT_TELL, "status_index_out_of_range")
    assert check(token(), replace(ENTRY, status_list_index=131_071))[0] is Answer.YES


@pytest.mark.parametrize("idx", [-1, 10**10, 10**30, 1.0, "7", "٣", "1_0", "1e3", True, None, [7], {}])
def test_a31_an_index_that_is_none_is_refused(idx: object) -> None:
    with pytest.raises(MalformedMember):
        parse_status_entry({"type": "TokenStatusList", "idx": idx, "uri": URI})


def tampered() -> bytes:
    header, _, signature = token(statuses=statuses(at_7=1)).split(b".")
    return b".".join((header, base64url_encode(dump(claims())).encode(), signature))


def unsigned() -> bytes:
    header = base64url_encode(b'{"alg":"none","typ":"statuslist+jwt"}').encode()
    return header + b"." + base64url_encode(dump(claims())).encode() + b"."


A32: dict[str, tuple[Callable[[], bytes | None], str]] = {
    "not at hand": (lambda: None, "not_fetched"),
    "not a token": (lambda: b"<html>404</html>", "malformed_token"),
    "empty": (lambda: b"", "malformed_token"),
    "not ASCII": ("é".encode, "malformed_token_status_list"),
    "no signature": (unsigned, "malformed_token"),
    "alg none with a signature": (lambda: unsigned() + b"AA", "algorithm_refused"),
    "changed after signing": (tampered, "signature_mismatch"),
    "stranger's key, school's name": (
        lambda: token(by=replace(STRANGER, method=SCHOOL.method)),
        "signature_mismatch",
    ),
    "stranger's own list at the school's address": (
        lambda: token(by=STRANGER),
        "status_list_issuer_mismatch",
    ),
    "stranger's list that names the school": (
        lambda: token(by=STRANGER, iss=SCHOOL.did),
        "status_list_issuer_mismatch",
    ),
    "a key that the school does not have": (
        lambda: token(header={"kid": f"{SCHOOL.did}#key-9"}),
        "method_not_found",
    ),
    "no key named": (lambda: token(header={"kid": ...}), "key_id_missing"),
    "a key in the header": (lambda: token(header={"jwk": {}}), "key_in_header"),
    "critical header": (lambda: token(header={"crit": ["x"]}), "critical_header"),
    "another type": (lambda: token(header={"typ": "JWT"}), "wrong_token_type"),
    "a credential's type": (lambda: token(header={"typ": "vc+jwt"}), "wrong_token_type"),
    "no type": (lambda: token(header={"typ": ...}), "wrong_token_type"),
    "another list of the same issuer": (lambda: token(sub=f"{URI}0"), "status_list_mismatch"),
    "no sub": (lambda: token(sub=...), "malformed_token_status_list"),
    "sub that is no text": (lambda: token(sub=[URI]), "malformed_token_status_list"),
    "no iat": (lambda: token(iat=...), "malformed_token_status_list"),
    "iat that is text": (lambda: token(iat="2026-11-22T09:00:00Z"), "malformed_claim"),
    "iat that is true": (lambda: token(iat=True), "malformed_claim"),
    "iat in the future": (lambda: token(iat=int(NOW.timestamp()) + 61), "status_list_not_yet_valid"),
    "exp past": (lambda: token(exp=int(NOW.timestamp()) - 1), "status_list_stale"),
    "exp that is text": (lambda: token(exp="tomorrow"), "malformed_claim"),
    **{
        f"ttl {ttl!r}": (lambda ttl=ttl: token(ttl=ttl), "malformed_token_status_list")
        for ttl in (0, -1, "300", True, None, 10**12)
    },
    "a list in claims of its own": (
        lambda: token(status={"status_list": {"idx": 0, "uri": URI}}),
        "status_list_has_status",
    ),
    "not an object": (
        lambda: jws.sign(
            b"[]", signer=SCHOOL.signer, header={"typ": "statuslist+jwt", "kid": SCHOOL.method}
        ).encode(),
        "malformed_token_status_list",
    ),
    "too large": (
        lambda: b"e30." + b"A" * (STATUS.token * 4 // 3 + 8) + b".AA",
        "algorithm_refused",
    ),
}


@pytest.mark.parametrize(("make", "code"), A32.values(), ids=A32.keys())
def test_a32_a_wrong_token_cannot_tell(make: Callable[[], bytes | None], code: str) -> None:
    assert check(make()) == (Answer.CANNOT_TELL, code)


def test_a32_a_token_beyond_the_limit_is_not_decoded() -> None:
    header = token().split(b".", maxsplit=1)[0]
    body = header + b"." + b"A" * (STATUS.token * 4 // 3 + 8) + b".AA"
    assert check(body) == (Answer.CANNOT_TELL, "token_too_large")


def test_a32_a_token_of_an_older_time_than_seen_is_refused() -> None:
    start = NOW - timedelta(hours=1)
    assert check(token(), last_seen={SEEN: start})[0] is Answer.YES
    assert check(token(), last_seen={SEEN: start + SECOND})[1] == "status_list_rolled_back"


def test_a32_without_an_end_the_time_to_live_is_kept() -> None:
    for seconds, answer in ((300, Answer.YES), (301, Answer.CANNOT_TELL)):
        old = token(exp=..., iat=int((NOW - timedelta(days=90)).timestamp()))
        assert check(old, at=NOW - seconds * SECOND)[0] is answer
    fresh = TIME.status_list_fresh * SECOND
    for age, answer in ((fresh, Answer.YES), (fresh + SECOND, Answer.CANNOT_TELL)):
        old = token(exp=..., ttl=..., iat=int((NOW - timedelta(days=90)).timestamp()))
        assert check(old, at=NOW - age)[0] is answer


def test_a32_a_stapled_token_is_as_fresh_as_it_says_itself() -> None:
    assert check(None, stapled={URI: token(statuses=statuses(at_7=1))}) == (Answer.NO, "revoked")
    old = token(exp=..., ttl=..., iat=int((NOW - timedelta(days=2)).timestamp()))
    assert check(None, stapled={URI: old}) == (Answer.CANNOT_TELL, "status_list_stale")
    assert check(token(statuses=statuses(at_7=1)), stapled={URI: token()}) == (Answer.NO, "revoked")


def test_a32_a_bitstring_list_is_no_token_list_and_the_other_way_round() -> None:
    listed = dump(SCHOOL.sign(SCHOOL.status_list(url=URI)))
    assert check(listed)[0] is Answer.CANNOT_TELL
    entry = StatusEntry(None, "BitstringStatusListEntry", "revocation", 7, URI)
    assert check(token(), entry)[0] is Answer.CANNOT_TELL


HOLDER = Signatory.key(2)


@pytest.mark.parametrize(
    ("status", "wanted"), [(0, Answer.YES), (1, Answer.NO), (2, Answer.NO), (3, Answer.CANNOT_TELL)]
)
def test_a33_a_credential_with_a_vct_is_withdrawn_by_its_token_list(status: int, wanted: Answer) -> None:
    shown = sd_jwt.sign_dc(
        SCHOOL.badge(HOLDER),
        vct="https://school.example/vct/welding",
        disclosable=[],
        signer=SCHOOL.signer,
        verification_method=SCHOOL.method,
        holder_key=HOLDER.signer.public_key,
        status={"status_list": {"idx": 7, "uri": URI}},
        issued_at=NOW,
    )
    cache = at_hand(SCHOOL.published(), Fetched(URI, token(statuses=statuses(at_7=status)), NOW))
    report = verify_credential(shown.encode(), Context(cache, NOW))
    assert report.credential is not None
    assert report.answer is wanted
    missing = verify_credential(shown.encode(), Context(at_hand(SCHOOL.published()), NOW))
    assert missing.answer is Answer.CANNOT_TELL
