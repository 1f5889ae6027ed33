"""Documents come through QR codes whole, in any order, or not at all."""

import re
import zlib
from pathlib import Path

import pytest

from passport import limits
from passport.encoding import base45_encode
from passport.errors import PassportError
from passport.errors import qr_text as refusals
from passport.json import dump, parse_object
from passport.qr_text import Collector, Frame, frames_in, pack, parse_frame, unpack
from passport.qr_text.dictionary import SP1, SP2
from tests.simulators.exchange import Signatory

SCHOOL, WORKER = Signatory.web(1), Signatory.key(2)
DOCUMENT = dump(WORKER.present(*(SCHOOL.issue(WORKER, credential_id=f"urn:uuid:{n}") for n in range(6))))
FRAMES = pack(DOCUMENT, most=300)
ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")


def test_it_comes_back_in_any_order_and_with_repetition() -> None:
    assert len(FRAMES) > 3
    assert unpack(FRAMES) == DOCUMENT
    assert unpack([*reversed(FRAMES), *FRAMES]) == DOCUMENT


def test_a_frame_fits_the_alphanumeric_mode_and_the_length() -> None:
    for most in (64, 100, 300, 900, 4_296):
        for text in pack(DOCUMENT, most=most) if most > 64 else pack(DOCUMENT[:300], most=most):
            assert ALPHANUMERIC.fullmatch(text)
            assert len(text) <= most


def test_frames_are_of_one_size() -> None:
    sizes = {len(text) for text in FRAMES[:-1]}
    assert len(sizes) == 1
    assert len(FRAMES[-1]) <= sizes.pop()


def test_a_realistic_badge_takes_one_picture_and_a_half(samples: Path) -> None:
    """2,959 bytes of JSON, which are 1,650 characters with a dictionary of the contexts alone."""
    badge = parse_object((samples / "realistic.json").read_bytes())
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-15T09:00:00Z",
        "verificationMethod": f"{badge['issuer']['id']}#{badge['issuer']['id'][8:]}",
        "proofPurpose": "assertionMethod",
        "proofValue": "z41ZsNkz78FHSGkAD5J4b8EN49DkywMMJSL3UdUNffbsCAWmTLPvtnJpd3JGGooYX7TNrzgsTLkXUWiGsRRZ788ML",
    }
    text = dump({**badge, "proof": proof})
    assert len(text) == 2_959
    (single,) = pack(text, most=4_296)
    assert len(single) <= 1_700
    assert len(pack(text)) == 2


def test_the_dictionary_is_part_of_the_format() -> None:
    """A change to it is a new version: badges printed on paper are read for years."""
    assert [(len(each), zlib.crc32(each)) for each in (SP1, SP2)] == DICTIONARIES


DICTIONARIES = [(3238, 1571469997), (4199, 2600912919)]


def test_what_is_missing_is_known() -> None:
    collector = Collector()
    assert collector.missing == ()
    assert not collector.complete
    with pytest.raises(refusals.FramesMissing):
        collector.document()
    collector.add(FRAMES[1])
    assert collector.missing == (1, *range(3, len(FRAMES) + 1))
    with pytest.raises(refusals.FramesMissing):
        collector.document()
    for text in FRAMES:
        collector.add(text)
    assert collector.missing == ()
    assert collector.complete
    assert collector.document() == DOCUMENT


def test_a_frame_of_another_document_is_refused_and_forgotten() -> None:
    collector = Collector()
    collector.add(FRAMES[0])
    for other in (pack(DOCUMENT + b" ", most=300)[1], pack(DOCUMENT, most=200)[1]):
        with pytest.raises(refusals.OtherDocument):
            collector.add(other)
    for text in FRAMES:
        collector.add(text)
    assert collector.document() == DOCUMENT


def test_a_part_that_contradicts_is_refused_and_forgotten() -> None:
    collector = Collector()
    first = parse_frame(FRAMES[0])
    collector.add(FRAMES[0])
    with pytest.raises(refusals.FrameContradicts):
        collector.add(Frame(1, first.of, first.hash, b"other").text)
    for text in FRAMES:
        collector.add(text)
    assert collector.document() == DOCUMENT


def test_a_wrong_hash_is_refused() -> None:
    (text,) = pack(b"{}")
    frame = parse_frame(text)
    with pytest.raises(refusals.DamagedFrames):
        unpack([Frame(1, 1, "00000000", frame.content).text])


def deflated(data: bytes) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, SP1)
    return deflate.compress(data) + deflate.flush()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (deflated(b"{}") + b"\x00", refusals.DamagedFrames),
        (deflated(DOCUMENT)[:-1], refusals.DamagedFrames),
        (zlib.compress(b"{}"), refusals.DamagedFrames),
        (b"\xff\xff\xff", refusals.DamagedFrames),
        (deflated(bytes(limits.QR_TEXT.document + 1)), refusals.DocumentTooLargeForQr),
        (deflated(bytes(2_000_000)), refusals.DocumentTooLargeForQr),
    ],
)
def test_damage_and_bombs_are_refused(content: bytes, refusal: type[PassportError]) -> None:
    with pytest.raises(refusal):
        unpack([Frame(1, 1, "00000000", content).text])


def test_the_limit_itself_is_accepted() -> None:
    most = bytes(limits.QR_TEXT.document)
    assert unpack(pack(most)) == most
    with pytest.raises(refusals.DocumentTooLargeForQr):
        pack(most + b"\x00")


def test_too_many_frames_are_refused() -> None:
    import random

    noise = random.Random(1).randbytes(4_000)
    assert len(pack(noise, most=91)) <= limits.QR_TEXT.frames
    with pytest.raises(refusals.DocumentTooLargeForQr):
        pack(noise, most=64)


CONTENT = base45_encode(b"abcd")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SP1",
        "https://example.com/",
        f"SP1/0/1/0123ABCD/{CONTENT}/",
        f"SP1/1/0/0123ABCD/{CONTENT}/",
        f"SP1/2/1/0123ABCD/{CONTENT}/",
        f"SP1/01/1/0123ABCD/{CONTENT}/",
        f"SP1/1/100/0123ABCD/{CONTENT}/",
        f"SP1/+1/1/0123ABCD/{CONTENT}/",
        f"SP1/١/1/0123ABCD/{CONTENT}/",
        f"SP1/1/1/0123abcd/{CONTENT}/",
        f"SP1/1/1/0123ABC/{CONTENT}/",
        "SP1/1/1/0123ABCD//",
        f"SP1/1/1/0123ABCD/{CONTENT}",
        "SP1/1/1/0123ABCD/A/",
        "SP1/1/1/0123ABCD/:::/",
        "SP1/1/1/0123ABCD/abc/",
        f"SP1/1/1/0123ABCD/{CONTENT}/\n",
        f" SP1/1/1/0123ABCD/{CONTENT}/",
        f"sp1/1/1/0123ABCD/{CONTENT}/",
        f"SP1/1/1/0123ABCD/{CONTENT * 1_000}/",
    ],
)
def test_what_is_no_frame_is_refused(text: str) -> None:
    with pytest.raises(refusals.NotAFrame):
        parse_frame(text)
    with pytest.raises(refusals.NotAFrame):
        Collector().add(text)


def test_a_later_version_is_told_apart() -> None:
    with pytest.raises(refusals.UnknownFrameVersion):
        parse_frame(f"SP3/1/1/0123ABCD/{CONTENT}/")


def test_a_frame_survives_being_trimmed_and_pasted_with_others():
    """Base45 has spaces, also at its end: no frame may lose one on its way through a form."""
    for size in range(2_000, 2_400):
        frames = pack(bytes(range(256)) * (size // 256) + b"x" * (size % 256), most=300)
        assert all(frame == frame.strip() for frame in frames)
        assert frames_in("\r\n  ".join(frames) + "\n\n") == frames
