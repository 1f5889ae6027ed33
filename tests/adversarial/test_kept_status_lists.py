"""Lists that are kept between verifications: nothing that changes meanwhile is overlooked, nobody poisons them."""

from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest

from passport.answers import Answer
from passport.credentials import StatusEntry
from passport.dids import DidWebKey, build_document
from passport.dids.did_web import did_web_url
from passport.documents import DocumentCache, Fetched
from passport.jose import vc_jwt
from passport.json import JsonObject, dump
from passport.keys import PublicKey, use_backend
from passport.limits import STATUS
from passport.proofs import method_source
from passport.status import KeptLists, StatusLists, check_status, memory_key, token_list
from tests.simulators.exchange import LIST_URL, NOW, Signatory, at_hand, fetched

SCHOOL = Signatory.web(1)
STRANGER = Signatory.web(3, "did:web:stranger.example")
ENTRY = StatusEntry(None, "BitstringStatusListEntry", "revocation", 7, LIST_URL)
SECOND = timedelta(seconds=1)


class Counting:
    """The signatures that were checked."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend
        self.count = 0

    def verify(self, key: PublicKey, data: bytes, signature: bytes) -> bool:
        self.count += 1
        return self.backend.verify(key, data, signature)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.backend, name)


@pytest.fixture
def checked():
    from passport.keys.native import NativeBackend

    counting = Counting(NativeBackend())
    before = use_backend(counting)
    yield counting
    use_backend(before)


def check(
    cache: DocumentCache,
    kept: KeptLists,
    *,
    entry: StatusEntry = ENTRY,
    now: datetime = NOW,
    issuer: str = SCHOOL.did,
    **options: Any,
) -> tuple[Answer, str]:
    lists = StatusLists(cache, now=now, method_for=method_source(cache), kept=kept, **options)
    found = check_status(entry, credential_issuer=issuer, lists=lists)
    return found.answer, found.reason.code


def listed(*on: int, by: Signatory = SCHOOL, **facts: Any) -> JsonObject:
    return by.sign(by.status_list(*on, **facts))


def published(*keys: DidWebKey) -> Fetched:
    document = build_document(SCHOOL.did, keys)
    return Fetched(did_web_url(SCHOOL.did), dump(document), NOW)


YES = (Answer.YES, "not_revoked")


def test_a_list_that_is_known_costs_no_signature(checked: Counting) -> None:
    kept, cache = KeptLists(), at_hand(SCHOOL.published(), fetched(listed(8)))
    assert check(cache, kept) == YES
    assert checked.count == 1
    for _ in range(3):
        assert check(cache, kept) == YES
        assert check(cache, kept, entry=replace(ENTRY, status_list_index=8)) == (Answer.NO, "revoked")
    assert checked.count == 1


def test_the_same_text_in_other_bytes_is_the_same_list(checked: Counting) -> None:
    kept, document = KeptLists(), listed()
    for _ in range(2):
        assert check(at_hand(SCHOOL.published(), fetched(document)), kept) == YES
    assert checked.count == 1


def test_a_changed_list_is_verified_anew(checked: Counting) -> None:
    kept = KeptLists()
    assert check(at_hand(SCHOOL.published(), fetched(listed())), kept) == YES
    assert check(at_hand(SCHOOL.published(), fetched(listed(7))), kept) == (Answer.NO, "revoked")
    tampered = listed(7)
    tampered["credentialSubject"]["encodedList"] = listed()["credentialSubject"]["encodedList"]
    assert check(at_hand(SCHOOL.published(), fetched(tampered)), kept) == (
        Answer.CANNOT_TELL,
        "signature_mismatch",
    )
    assert checked.count == 3


KEY = DidWebKey("key-1", SCHOOL.signer.public_key)
DIDS: dict[str, tuple[Fetched | None, tuple[Answer, str]]] = {
    "revoked": (published(replace(KEY, revoked=NOW)), (Answer.CANNOT_TELL, "method_revoked")),
    "expired": (published(replace(KEY, expires=NOW)), (Answer.CANNOT_TELL, "method_expired")),
    "gone": (
        published(DidWebKey("key-2", SCHOOL.signer.public_key)),
        (Answer.CANNOT_TELL, "method_not_found"),
    ),
    "another key under the same name": (
        published(DidWebKey("key-1", STRANGER.signer.public_key)),
        (Answer.CANNOT_TELL, "signature_mismatch"),
    ),
    "not at hand": (None, (Answer.CANNOT_TELL, "not_fetched")),
    "as it was, with one more": (published(KEY, DidWebKey("key-2", STRANGER.signer.public_key)), YES),
}


@pytest.mark.parametrize(("document", "wanted"), DIDS.values(), ids=DIDS.keys())
def test_a_changed_did_document_counts_at_once(document: Fetched | None, wanted: tuple[Answer, str]) -> None:
    kept, signed = KeptLists(), fetched(listed())
    assert check(at_hand(SCHOOL.published(), signed), kept) == YES
    cache = at_hand(signed) if document is None else at_hand(document, signed)
    assert check(cache, kept) == wanted


def test_time_passes_for_a_list_that_is_kept() -> None:
    kept, document = KeptLists(), listed()
    body = fetched(document)
    cache = at_hand(SCHOOL.published(), body)
    assert check(cache, kept) == YES
    assert check(cache, kept, now=NOW + timedelta(hours=23)) == YES
    assert check(cache, kept, now=NOW + timedelta(hours=23) + SECOND)[1] == "status_list_stale"
    assert (
        check(cache, kept, last_seen={memory_key(LIST_URL, SCHOOL.did): NOW})[1] == "status_list_rolled_back"
    )
    assert check(cache, kept) == YES


def test_a_proof_that_expires_is_over_for_a_list_that_is_kept() -> None:
    kept = KeptLists()
    ending = SCHOOL.sign(SCHOOL.status_list(), expires=NOW + SECOND)
    cache = at_hand(SCHOOL.published(), fetched(ending))
    assert check(cache, kept) == YES
    assert check(cache, kept, now=NOW + SECOND) == (Answer.CANNOT_TELL, "proof_expired")


def test_a_clock_that_goes_back_asks_for_the_signature_again(checked: Counting) -> None:
    kept = KeptLists()
    cache = at_hand(SCHOOL.published(), fetched(listed()))
    assert check(cache, kept) == YES
    assert check(cache, kept, now=NOW - timedelta(minutes=30))[1] == "proof_from_the_future"
    assert check(cache, kept) == YES
    assert checked.count == 1


def test_a_strangers_list_at_the_schools_address_is_nobodys_but_the_strangers() -> None:
    kept = KeptLists()
    own = STRANGER.sign(STRANGER.status_list())
    poisoned = at_hand(SCHOOL.published(), STRANGER.published(), fetched(own))
    assert check(poisoned, kept, issuer=STRANGER.did) == YES
    assert check(poisoned, kept) == (Answer.CANNOT_TELL, "status_list_issuer_mismatch")
    honest = at_hand(SCHOOL.published(), fetched(listed(7)))
    assert check(honest, kept) == (Answer.NO, "revoked")


def test_a_strangers_newer_list_does_not_make_the_schools_look_rolled_back() -> None:
    """Stapled to a credential of the stranger's own, which names the school's address."""
    forged = dump(STRANGER.sign(STRANGER.status_list(valid_from=NOW)))
    cache = at_hand(SCHOOL.published(), STRANGER.published())
    lists = StatusLists(
        cache, now=NOW, method_for=method_source(cache), stapled={LIST_URL: forged}, kept=KeptLists()
    )
    assert check_status(ENTRY, credential_issuer=STRANGER.did, lists=lists).answer is Answer.YES
    assert check_status(ENTRY, credential_issuer=SCHOOL.did, lists=lists).answer is Answer.CANNOT_TELL
    cache.put(fetched(listed(7)))
    assert check(cache, KeptLists(), last_seen=lists.seen) == (Answer.NO, "revoked")
    older = listed(valid_from=NOW - timedelta(hours=2))
    assert check(at_hand(SCHOOL.published(), fetched(older)), KeptLists(), last_seen=lists.seen) == YES
    newer = {memory_key(LIST_URL, SCHOOL.did): NOW - timedelta(hours=1)}
    assert check(at_hand(SCHOOL.published(), fetched(older)), KeptLists(), last_seen=newer)[1] == (
        "status_list_rolled_back"
    )


def test_a_stapled_list_is_never_kept(checked: Counting) -> None:
    kept, cache = KeptLists(), at_hand(SCHOOL.published())
    stapled = {LIST_URL: dump(listed())}
    for _ in range(2):
        assert check(cache, kept, stapled=stapled) == YES
    assert checked.count == 2


def test_a_token_list_is_kept_too(checked: Counting) -> None:
    uri, kept = "https://school.example/token-status/1", KeptLists()
    claims = token_list.build(bytes(100), size=1, uri=uri, issued_at=NOW)
    token = token_list.sign(claims, signer=SCHOOL.signer, verification_method=SCHOOL.method)
    cache = at_hand(SCHOOL.published(), Fetched(uri, token.encode(), NOW))
    entry = StatusEntry(None, "TokenStatusList", "", 7, uri)
    for _ in range(3):
        assert check(cache, kept, entry=entry) == (Answer.YES, "not_withdrawn")
    assert checked.count == 1


def test_a_list_secured_by_a_token_says_the_same() -> None:
    for on, wanted in ((8, YES), (7, (Answer.NO, "revoked"))):
        token = vc_jwt.sign_credential(
            SCHOOL.status_list(on),
            signer=SCHOOL.signer,
            verification_method=SCHOOL.method,
            issued_at=NOW,
        )
        kept, cache = (
            KeptLists(),
            at_hand(SCHOOL.published(), Fetched(LIST_URL, token.encode(), NOW)),
        )
        for _ in range(2):
            assert check(cache, kept) == wanted
    forged = vc_jwt.sign_credential(
        SCHOOL.status_list(), signer=STRANGER.signer, verification_method=SCHOOL.method, issued_at=NOW
    )
    cache = at_hand(SCHOOL.published(), Fetched(LIST_URL, forged.encode(), NOW))
    assert check(cache, KeptLists()) == (Answer.CANNOT_TELL, "signature_mismatch")


def test_the_store_holds_no_more_than_its_bytes(checked: Counting) -> None:
    urls = [LIST_URL, f"{LIST_URL}x"]
    cache = at_hand(SCHOOL.published(), *(fetched(listed(url=url)) for url in urls))
    both = sum(len(cache.get(url).body) + STATUS.minimum_expanded + 1_024 for url in urls)
    for most, counted in ((both, 2), (both - 1, 3)):
        kept, before = KeptLists(most), checked.count
        for url in [*urls, LIST_URL]:
            assert check(cache, kept, entry=replace(ENTRY, status_list_credential=url)) == YES
        assert checked.count - before == counted


def test_eight_threads_keep_one_store_in_order() -> None:
    kept, wrong = KeptLists(60_000), []
    caches = [
        at_hand(SCHOOL.published(), fetched(listed(*([7] if on else []), url=f"{LIST_URL}{number}")))
        for number, on in enumerate([True, False] * 4)
    ]

    def work() -> None:
        for turn in range(100):
            number = turn % len(caches)
            entry = replace(ENTRY, status_list_credential=f"{LIST_URL}{number}")
            if check(caches[number], kept, entry=entry) != ((Answer.NO, "revoked"), YES)[number % 2]:
                wrong.append(number)

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
