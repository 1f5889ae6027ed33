"""QR codes out and in again from their pixels, within bounds on what is decoded."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from passport.errors import TooLarge
from passport.errors.web import NoQrCode, NotAPicture, PictureTooLarge
from passport.pictures import qr
from passport.qr_text import pack, unpack

TEXTS = [
    "A",
    "https://example.org/r/1?x=%C3%A9",
    "openid-credential-offer://?credential_offer_uri=http%3A%2F%2Flocalhost%3A8101%2Fo%2Fschool%2Foffers%2F1",
    "SP1/1/2/0A1B2C3D/" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:" * 20,
    "Zoë ☃ 漢字 €",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_drawn_is_read_back_from_the_pixels(text):
    assert qr.read_image(qr.draw_png(text)) == (text,)


def test_an_svg_stands_in_a_page_under_a_strict_policy():
    svg = qr.draw_svg(TEXTS[1])
    assert svg.startswith("<svg ")
    assert "style" not in svg
    assert "script" not in svg
    assert 'aria-hidden="true"' in svg  # the figure around it has the name


def test_a_loop_of_frames_is_read_whole():
    document = random.Random(3).randbytes(2_000)
    frames = pack(document)
    assert len(frames) > 2
    assert unpack(qr.read_image(qr.draw_loop(frames))) == document


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "GIF", "PNG"])
def test_a_photo_that_is_turned_grey_and_compressed_is_read(form):
    code = Image.open(io.BytesIO(qr.draw_png(TEXTS[2]))).convert("L")
    photo = Image.new("L", (1400, 1100), 200)
    photo.paste(code.resize((700, 700)), (330, 200))
    written = io.BytesIO()
    turned = photo.rotate(8, fillcolor=200)
    turned.save(written, form, **({"quality": 55} if form in {"JPEG", "WEBP"} else {}))
    assert qr.read_image(written.getvalue()) == (TEXTS[2],)


def test_a_text_that_no_code_holds_is_refused():
    with pytest.raises(TooLarge):
        qr.draw_png("x" * 3_000)
    with pytest.raises(TooLarge):
        qr.draw_loop(())


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"BM" + b"\0" * 60,
     b"RIFF\x00\x00\x00\x00WEBP", b"\xff\xd8\xff\xe0" + b"\0" * 100],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(NotAPicture):
        qr.read_image(data)


def test_every_truncation_of_a_picture_is_refused_or_read_right():
    picture = qr.draw_png("https://example.org/")
    for length in range(0, len(picture), 7):
        try:
            assert qr.read_image(picture[:length]) == ("https://example.org/",)
        except (NotAPicture, NoQrCode):
            continue


def test_a_picture_without_a_code_is_said_so():
    written = io.BytesIO()
    Image.new("L", (300, 300), 255).save(written, "PNG")
    with pytest.raises(NoQrCode):
        qr.read_image(written.getvalue())


def test_bytes_are_bounded_at_n_and_n_plus_1():
    picture = qr.draw_png("A")
    padded = picture + b"\0" * (qr.PICTURE_BYTES - len(picture))
    assert qr.read_image(padded) == ("A",)
    with pytest.raises(PictureTooLarge):
        qr.read_image(padded + b"\0")


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * (width // 8 + 1) * min(height, 20_000), 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(6_000, 5_001), (50_000, 50_000), (40_000_000, 1), (1, 40_000_000)])
def test_pixels_are_bounded_before_anything_is_decoded(size):
    with pytest.raises((PictureTooLarge, NotAPicture)):
        qr.read_image(bomb(*size))


def test_a_loop_with_too_many_pixels_in_all_its_frames_is_refused():
    frames = [Image.new("L", (2_000, 2_000), shade * 20) for shade in range(10)]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(PictureTooLarge):
        qr.read_image(written.getvalue())
