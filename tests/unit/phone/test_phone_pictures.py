"""Codes that a phone draws are read by every reader; those that the page read reach the wallet."""

import io

import pytest
from PIL import Image

from passport.errors import TooLarge
from passport.errors.web import NoQrCode
from passport.pictures.qr import read_image
from wallet.phone.pictures import PhonePictures

TEXTS = ("SP1/1/3/" + "A1" * 90, "kort", "SP1/3/3/" + "9Z" * 400)


def test_a_still_picture_is_read():
    assert read_image(PhonePictures().draw_png("hallo")) == ("hallo",)


def test_every_frame_of_a_moving_picture_is_read():
    picture = Image.open(io.BytesIO(PhonePictures().draw_loop(TEXTS)))
    assert (picture.n_frames, picture.info["duration"], picture.info["loop"]) == (3, 250, 0)
    for number, text in enumerate(TEXTS):
        picture.seek(number)
        frame = picture.convert("L").resize((picture.width * 4, picture.height * 4), Image.Resampling.NEAREST)
        written = io.BytesIO()
        frame.save(written, "PNG")
        assert read_image(written.getvalue()) == (text,)


def test_no_text_is_no_moving_picture_and_a_text_may_be_too_long():
    with pytest.raises(TooLarge):
        PhonePictures().draw_loop(())
    with pytest.raises(TooLarge):
        PhonePictures().draw_png("a" * 8_000)


def test_what_the_page_read_comes_with_the_picture_and_with_no_other():
    pictures = PhonePictures()
    pictures.note(b"picture", ["one", "two"])
    assert pictures.reading(1).texts(b"picture") == ("one", "two")
    with pytest.raises(NoQrCode):
        pictures.texts(b"another")
