"""A loop of codes as a camera gets it: pixels of single frames, in any order, some twice, some not, some of others."""

import io
import itertools
import os
import random
import zlib

import pytest
from PIL import Image, ImageFilter

from passport.encoding import base45_encode
from passport.errors.qr_text import (
    DamagedFrames,
    DocumentTooLargeForQr,
    FrameContradicts,
    FramesMissing,
    OtherDocument,
)
from passport.json import dump
from passport.limits import QR_TEXT
from passport.pictures import qr
from passport.qr_text import Collector, pack, parse_frame, unpack
from tests.simulators.exchange import Signatory
from tests.simulators.scanner import texts_in

SCHOOL, WORKER = Signatory.web(1), Signatory.key(2)
DOCUMENT = dump(WORKER.present(*(SCHOOL.issue(WORKER, credential_id=f"urn:uuid:{n}") for n in range(12))))
OTHER = dump(WORKER.present(*(SCHOOL.issue(WORKER, credential_id=f"urn:uuid:{n}") for n in range(20, 32))))
FRAMES, OTHERS = pack(DOCUMENT), pack(OTHER)
MODULES_OF_VERSION_20 = 97


def seen(loop: bytes) -> list[str]:
    """What a reader that is not ours gets of each picture of a loop, photographed small and blurred."""
    texts = []
    with Image.open(io.BytesIO(loop)) as picture:
        for number in range(picture.n_frames):
            picture.seek(number)
            photo = picture.convert("L").rotate(4, fillcolor=255, expand=True)
            photo = photo.filter(ImageFilter.GaussianBlur(1))
            (found,) = texts_in(photo)
            texts.append(found)
    return texts


@pytest.fixture(scope="module")
def photographed():
    return seen(qr.draw_loop(FRAMES))


def animated(frames: tuple[str, ...], kind: str) -> bytes:
    pictures = [Image.open(io.BytesIO(qr.draw_png(frame))).convert("L") for frame in frames]
    written = io.BytesIO()
    pictures[0].save(written, kind, save_all=True, append_images=pictures[1:], duration=250, loop=0)
    return written.getvalue()


def test_every_picture_of_the_loop_is_read_by_another_reader(photographed):
    assert len(FRAMES) > 2
    assert list(FRAMES) == photographed


def test_it_turns_four_times_a_second_for_ever():
    with Image.open(io.BytesIO(qr.draw_loop(FRAMES))) as picture:
        assert (picture.info["duration"], picture.info["loop"]) == (250, 0)
        assert (picture.format, picture.n_frames) == ("GIF", len(FRAMES))


def test_no_picture_is_denser_than_version_20():
    for text in (*FRAMES, *pack(os.urandom(20_000))):
        assert len(qr.matrix(text)) - 8 <= MODULES_OF_VERSION_20


def test_the_longest_loop_can_be_read_as_a_file():
    width = (900 - 20) // 3 * 2
    frames = pack(os.urandom(width * (QR_TEXT.frames - 1)))
    assert len(frames) > QR_TEXT.frames - 3
    assert qr.read_image(qr.draw_loop(frames)) == frames


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_an_animated_picture_file_is_read_whole(kind):
    assert unpack(qr.read_image(animated(FRAMES, kind))) == DOCUMENT


def test_shuffled_and_seen_twice_it_is_the_same_document(photographed):
    for seed in range(20):
        order = [*photographed, *photographed]
        random.Random(seed).shuffle(order)
        assert unpack(order) == DOCUMENT


@pytest.mark.parametrize("lost", range(len(FRAMES)))
def test_one_lost_picture_is_missed_and_named(photographed, lost):
    collector = Collector()
    for number, text in enumerate(photographed):
        if number != lost:
            collector.add(text)
    assert collector.missing == (lost + 1,)
    with pytest.raises(FramesMissing):
        collector.document()
    collector.add(photographed[lost])
    assert collector.document() == DOCUMENT


def test_frame_mixing_attack_pictures_of_two_loops_make_no_document():
    assert len(FRAMES) == len(OTHERS)
    for place in range(1, len(FRAMES)):
        with pytest.raises(OtherDocument):
            unpack([*FRAMES[:place], *OTHERS[place:]])
    collector = Collector()
    for ours, theirs in zip(FRAMES, OTHERS, strict=True):
        collector.add(ours)
        with pytest.raises(OtherDocument):
            collector.add(theirs)
    assert collector.document() == DOCUMENT


def test_frame_mixing_attack_another_part_under_our_hash_makes_no_document():
    """Whoever films the loop can write frames of that hash; what they make up is not what the hash is of."""
    ours, theirs = parse_frame(FRAMES[1]), parse_frame(OTHERS[1])
    forged = f"SP1/2/{ours.of}/{ours.hash}/{base45_encode(theirs.content)}/"
    with pytest.raises(FrameContradicts):
        unpack([*FRAMES, forged])
    with pytest.raises(DamagedFrames):
        unpack([*FRAMES[:1], forged, *FRAMES[2:]])


def test_a_wrong_hash_makes_no_document():
    frames = [text.replace(f"/{parse_frame(text).hash}/", "/01234567/") for text in FRAMES]
    with pytest.raises(DamagedFrames):
        unpack(frames)


def test_every_pair_of_parts_exchanged_makes_no_document():
    parts = [parse_frame(text) for text in FRAMES]
    for first, second in itertools.combinations(range(len(parts)), 2):
        contents = [part.content for part in parts]
        contents[first], contents[second] = contents[second], contents[first]
        frames = [
            f"SP1/{part.part}/{part.of}/{part.hash}/{base45_encode(content)}/"
            for part, content in zip(parts, contents, strict=True)
        ]
        with pytest.raises(DamagedFrames):
            unpack(frames)


def test_a_bomb_in_frames_is_not_inflated():
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = deflate.compress(bytes(8 * QR_TEXT.document)) + deflate.flush()
    half = -(-len(bomb) // 16) + len(bomb) % 2
    parts = [bomb[start : start + half] for start in range(0, len(bomb), half)]
    frames = [f"SP1/{n}/{len(parts)}/01234567/{base45_encode(part)}/" for n, part in enumerate(parts, 1)]
    with pytest.raises(DocumentTooLargeForQr):
        unpack(frames)
