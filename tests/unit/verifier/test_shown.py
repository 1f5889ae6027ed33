"""What somebody shows, in any form, becomes the bytes of one presentation."""

import random

import pytest

from passport import limits
from passport.errors import PassportError
from passport.errors.qr_text import FramesMissing
from passport.errors.web import BodyTooLarge, NoQrCode, NotAPicture, UnsupportedMediaType
from passport.pictures.qr import draw_loop, draw_png
from passport.qr_text import pack
from verifier.errors import NothingShown
from verifier.shown import read_pictures, read_shown, read_text

DOCUMENT = b'{"a":"' + random.Random(1).randbytes(1_200).hex().encode() + b'"}'
FRAMES = pack(DOCUMENT)


def test_json_stays_as_it_came():
    for media_type in ("application/json", "application/vp", "application/vp+ld+json"):
        assert read_shown(media_type, b' {"a" : 1}') == b' {"a" : 1}'


def test_frames_may_come_in_any_order_with_blank_lines_and_twice():
    assert len(FRAMES) > 1
    lines = [*reversed(FRAMES), "", FRAMES[0]]
    for ending in ("\n", "\r\n"):
        assert read_shown("text/plain", ending.join(lines).encode()) == DOCUMENT


def test_pictures_may_come_one_by_one_or_as_a_loop():
    assert read_pictures([draw_png(frame) for frame in FRAMES]) == DOCUMENT
    assert read_shown("image/gif", draw_loop(FRAMES)) == DOCUMENT


@pytest.mark.parametrize(
    ("media_type", "data", "error"),
    [
        ("text/plain", b"", NothingShown),
        ("text/plain", b" \n", NothingShown),
        ("text/plain", FRAMES[0].encode(), FramesMissing),
        ("text/plain", b"\xff\xfe", PassportError),
        ("text/plain", b"hello", PassportError),
        ("image/png", b"hello", NotAPicture),
        ("image/png", draw_png("hello"), PassportError),
        ("image/gif", draw_png(FRAMES[0]), FramesMissing),
        ("image/svg+xml", b"<svg/>", UnsupportedMediaType),
        ("text/html", b"{}", UnsupportedMediaType),
        ("application/json", b"{" + b" " * limits.PRESENTATION.size, BodyTooLarge),
    ],
)
def test_what_shows_nothing_is_refused_and_named(media_type, data, error):
    with pytest.raises(error):
        read_shown(media_type, data)


def test_pasted_json_is_taken_as_json():
    assert read_text(b"\n {} \n") == b"{}"


def test_no_pictures_show_nothing():
    with pytest.raises(PassportError):
        read_pictures([])
    with pytest.raises((NoQrCode, NotAPicture)):
        read_pictures([b"x"])
