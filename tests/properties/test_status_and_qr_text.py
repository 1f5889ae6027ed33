"""Round trips, and what no change of one byte may do."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from passport.answers import Answer
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.json import dump
from passport.limits import STATUS
from passport.qr_text import pack, unpack
from passport.qr_text.tokens import decoded, encoded
from passport.status import bit, decode, empty, encode, set_bit, token_list
from passport.status.compression import ZLIB, expand
from passport.verification import Context, verify_credential, verify_presentation
from tests.simulators.exchange import CHALLENGE, DOMAIN, NOW, Signatory

SCHOOL, WORKER = Signatory.key(1), Signatory.key(2)
CONTEXT = Context(DocumentCache(), NOW)
BADGES = {suite: dump(SCHOOL.issue(WORKER, suite=suite)) for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022")}
SHOWN = dump(WORKER.present(SCHOOL.issue(WORKER)))


@given(st.sets(st.integers(0, STATUS.minimum_expanded * 8 - 1), max_size=50))
@settings(max_examples=60, deadline=None)
def test_the_bits_that_were_put_on_are_the_bits_that_are_on(indices: set[int]) -> None:
    bits = empty()
    for index in indices:
        set_bit(bits, index, on=True)
    read = decode(encode(bytes(bits)))
    assert all(bit(read, index) for index in indices)
    assert sum(byte.bit_count() for byte in read) == len(indices)


@given(st.text(max_size=200) | st.text("uABC-_", max_size=200).map(lambda text: "u" + text))
@settings(max_examples=300)
def test_any_text_is_a_list_or_a_typed_refusal(text: str) -> None:
    try:
        decode(text)
    except PassportError:
        return


@given(st.binary(max_size=3_000), st.sampled_from([1, 2, 4, 8]), st.data())
@settings(max_examples=100, deadline=None)
def test_a_token_list_comes_back_and_one_status_changes_alone(
    statuses: bytes, size: int, data: st.DataObject
) -> None:
    assert expand(token_list.encode(statuses, size=size)["lst"], ZLIB) == statuses
    entries = len(statuses) * 8 // size
    if entries:
        index, status = data.draw(st.integers(0, entries - 1)), data.draw(st.integers(0, 2**size - 1))
        changed = bytearray(statuses)
        token_list.set_status(changed, index, status, size=size)
        before = [token_list.status_at(statuses, at, size=size) for at in range(entries)]
        after = [token_list.status_at(changed, at, size=size) for at in range(entries)]
        assert after == [*before[:index], status, *before[index + 1 :]]


@given(st.binary(max_size=200) | st.text("eyJ.AQ-_", max_size=200).map(str.encode))
@settings(max_examples=300)
def test_anything_is_a_status_list_token_or_a_typed_refusal(source: bytes) -> None:
    try:
        token_list.parse(source)
    except PassportError:
        return


@given(st.binary(max_size=3_000), st.integers(64, 4_296), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_any_document_comes_through_qr_codes(document: bytes, most: int, order: object) -> None:
    try:
        frames = list(pack(document, most=most))
    except PassportError:
        assert most < 200
        return
    order.shuffle(frames)  # type: ignore[attr-defined]
    assert unpack(frames) == document


@given(
    st.lists(
        st.sampled_from([b"{", b"~", b".", b"eyJ", b"A" * 43, b"-_" * 50, b"\0", b"x" * 41]), max_size=40
    )
)
@settings(max_examples=300)
def test_any_text_with_tokens_comes_through_qr_codes(parts: Sequence[bytes]) -> None:
    text = b"".join(parts)
    assert unpack(pack(text)) == text
    opened = decoded(text)
    assert opened is None or encoded(opened, len(text)) == text


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_for_a_text_with_tokens_are_one_or_a_typed_refusal(written: bytes) -> None:
    try:
        encoded(written, 1_000)
    except PassportError:
        return


@given(st.lists(st.text("SP12/0123456789ABCDEF $%*+-.:", max_size=60), max_size=5))
@settings(max_examples=300)
def test_any_frames_are_a_document_or_a_typed_refusal(frames: Sequence[str]) -> None:
    try:
        unpack(frames)
    except PassportError:
        return


@given(st.sampled_from(sorted(BADGES)), st.data())
@settings(max_examples=400, deadline=None)
def test_no_byte_of_a_badge_can_be_changed(suite: str, data: st.DataObject) -> None:
    """Except for what JSON ignores, which the badge as built has none of."""
    text = BADGES[suite]
    place = data.draw(st.integers(0, len(text) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != text[place]))
    changed = text[:place] + bytes([byte]) + text[place + 1 :]
    assert verify_credential(changed, CONTEXT).credential is None


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_no_byte_of_a_presentation_can_be_changed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(SHOWN) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != SHOWN[place]))
    changed = SHOWN[:place] + bytes([byte]) + SHOWN[place + 1 :]
    report = verify_presentation(changed, CONTEXT, expected_challenge=CHALLENGE, expected_domain=DOMAIN)
    assert report.presentation is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=10,
)


@given(
    st.sampled_from(
        ["@context", "type", "issuer", "credentialSubject", "proof", "evidence", "credentialStatus"]
    ),
    json_values,
)
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_member_it_does_not_raise(member: str, value: object) -> None:
    document = {**SCHOOL.issue(WORKER), member: value}
    report = verify_credential(document, CONTEXT)
    assert report.credential is None
    assert report.answer is not Answer.YES
