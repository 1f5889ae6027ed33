"""Tokens are packed decoded (SP2): half the room, the same bytes at the other end, and nothing else than those."""

import zlib

import pytest

from passport.errors import PassportError
from passport.errors.qr_text import DamagedFrames, DocumentTooLargeForQr, OtherDocument
from passport.limits import QR_TEXT
from passport.qr_text import Collector, Frame, pack, parse_frame, unpack
from passport.qr_text.dictionary import SP2
from passport.qr_text.tokens import decoded, encoded
from tests.simulators.badge_files import signed
from tests.simulators.forms import SchoolOfForms

SCHOOL = SchoolOfForms()
HOLDER = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
TOKEN = signed("jwt_vc_json")


def content(document: bytes) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, SP2)
    return deflate.compress(document) + deflate.flush()


@pytest.mark.parametrize(("form", "most"), [("jwt_vc_json", 800), ("vc+sd-jwt", 1_249), ("dc+sd-jwt", 1_249)])
def test_a_token_takes_half_the_room_and_comes_back_byte_for_byte(form, most):
    token = SCHOOL.sign(form, SCHOOL.unsigned(HOLDER))
    (text,) = pack(token, most=4_296)
    assert text.startswith("SP2/1/1/")
    assert len(text) < most < len(token) / 2
    assert unpack([text]) == token


def test_what_has_no_token_stays_in_the_version_that_everybody_reads():
    assert all(text.startswith("SP1/") for text in pack(signed()))


@pytest.mark.parametrize(
    "text",
    [
        b"", b"a", b"e30.e30.", b"A" * 40, b"A" * 41, b"A" * 43, b"A" * 42 + b"B", b"-" * 64 + b"~" + b"_" * 64,
        b'{"id":"data:application/vc+jwt,' + b"eyJhbGciOiJ" * 9 + b'"}', b"\0" + b"A" * 40, b"A" * 40 + b"=",
        b"A" * 200_000, bytes(range(256)) * 3,
    ],
)  # fmt: skip
def test_any_text_comes_back_as_it_was(text):
    opened = decoded(text)
    assert opened is None or encoded(opened, len(text)) == text
    assert unpack(pack(text)) == text


@pytest.mark.parametrize(
    "written", [b"\0", b"\0\x05abcd", b"\0\x80", b"\0\x80\x80\x80\x01", b"\0\xff\xff\x7f", b"x\0\x02a"]
)
def test_lengths_that_lie_are_refused(written):
    with pytest.raises(DamagedFrames):
        encoded(written, 1_000)


def test_a_bomb_of_tokens_is_refused_at_n_and_n_plus_1():
    """What is written in three bytes may stand for four."""
    most = 400
    assert len(encoded(decoded(b"A" * most), most)) == most
    for more in (b"A" * (most + 4), b"A" * 40_000, b"x." * most):
        with pytest.raises(DamagedFrames):
            encoded(decoded(more) or more, most)
    with pytest.raises(DocumentTooLargeForQr):
        unpack([Frame(1, 1, "00000000", content(bytes(QR_TEXT.document + 1)), "SP2").text])


def test_frame_mixing_attack_parts_of_two_versions_make_no_document():
    """Both are of one document, so their hash is the same."""
    ours = [parse_frame(text) for text in pack(TOKEN, most=450)]
    theirs = [Frame(each.part, each.of, each.hash, each.content).text for each in ours]
    assert len(ours) > 1
    collector = Collector()
    collector.add(ours[0].text)
    with pytest.raises(OtherDocument):
        collector.add(theirs[1])
    with pytest.raises(PassportError):
        unpack(theirs)


def test_another_writing_of_a_document_is_no_other_document():
    """Literal text where we write it decoded: the hash is of the document, so it is the same one or none."""
    (frame,) = (parse_frame(text) for text in pack(TOKEN, most=4_296))
    assert unpack([Frame(1, 1, frame.hash, content(TOKEN), "SP2").text]) == TOKEN
    other = decoded(TOKEN.replace(b".", b"~"))
    with pytest.raises(DamagedFrames):
        unpack([Frame(1, 1, frame.hash, content(other), "SP2").text])
