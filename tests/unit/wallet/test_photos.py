"""Photos leave without what the camera wrote into them, and look the same."""

import io
import zlib

import pytest
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from wallet.core.photos import strip_jpeg, strip_png, strip_webp
from wallet.errors_claims import PhotoNotRead

PLACE = "52.0907N 5.1214E"
MARKS = (PLACE.encode(), b"GPS", b"Exif", b"http://ns.adobe.com/xap", b"Photoshop", b"A camera")
GPS, MAKE, ORIENTATION, COPYRIGHT = 0x8825, 0x010F, 0x0112, 0x8298


def picture(turned=1):
    made = Image.new("RGB", (24, 16), "white")
    made.paste((200, 30, 30), (0, 0, 6, 6))
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION], exif[COPYRIGHT] = "A camera", turned, PLACE
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 5.0, 26.0), 3: "E", 4: (5.0, 7.0, 17.0)})
    return made, exif


def written(form, turned=1, **more):
    made, exif = picture(turned)
    file = io.BytesIO()
    made.save(file, form, exif=exif, **more)
    return file.getvalue()


def opened(data):
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return image


def clean(data):
    exif = opened(data).getexif()
    return not exif.get_ifd(GPS) and set(exif) <= {ORIENTATION} and PLACE.encode() not in data


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_jpeg_tells_only_how_it_was_held(turned, progressive):
    before = written(
        "JPEG", turned, progressive=progressive, comment=PLACE.encode(), quality=95, xmp=PLACE.encode()
    )
    after = strip_jpeg(before)
    assert PLACE.encode() in before
    assert clean(after)
    assert (
        ImageOps.exif_transpose(opened(after)).tobytes() == ImageOps.exif_transpose(opened(before)).tobytes()
    )
    assert strip_jpeg(after) == after


def test_what_follows_the_end_of_a_jpeg_stays_behind():
    before = written("JPEG") + written("JPEG", comment=PLACE.encode())
    assert strip_jpeg(before) == strip_jpeg(written("JPEG"))


def test_the_colours_of_a_jpeg_stay():
    profile = b"a colour profile" * 20
    made, _ = picture()
    file = io.BytesIO()
    made.convert("CMYK").save(file, "JPEG", icc_profile=profile)
    after = opened(strip_jpeg(file.getvalue()))
    assert after.info["icc_profile"] == profile
    assert (after.mode, after.tobytes()) == ("CMYK", opened(file.getvalue()).tobytes())


def test_a_png_keeps_its_picture_alone():
    text = PngInfo()
    text.add_text("Location", PLACE)
    text.add_itxt("XML:com.adobe.xmp", PLACE, zip=True)
    before = written("PNG", pnginfo=text) + PLACE.encode()
    after = strip_png(before)
    assert clean(after)
    assert b"tEXt" not in after
    assert b"iTXt" not in after
    assert b"eXIf" not in after
    assert opened(after).tobytes() == opened(before).tobytes()
    assert strip_png(after) == after


@pytest.mark.parametrize("lossless", [False, True])
def test_a_webp_keeps_its_picture_alone(lossless):
    before = written("WEBP", lossless=lossless, xmp=PLACE.encode()) + PLACE.encode()
    after = strip_webp(before)
    assert clean(after)
    assert opened(after).tobytes() == opened(before).tobytes()
    assert strip_webp(after) == after


@pytest.mark.parametrize(("form", "strip"), [("JPEG", strip_jpeg), ("PNG", strip_png), ("WEBP", strip_webp)])
def test_a_photo_that_is_cut_off_is_refused_at_every_length(form, strip):
    whole = written(form)
    for length in range(len(strip(whole)) if form == "WEBP" else len(whole)):
        with pytest.raises(PhotoNotRead):
            strip(whole[:length])


@pytest.mark.parametrize(("form", "strip"), [("JPEG", strip_jpeg), ("PNG", strip_png), ("WEBP", strip_webp)])
def test_a_changed_byte_never_lets_the_place_through(form, strip):
    """Whatever a byte is changed to: refused, or without the place in Exif that a reader would find."""
    whole = bytearray(written(form))
    for at in range(min(len(whole), 200)):
        for value in (0x00, 0xD8, 0xD9, 0xE1, 0xFF):
            changed = bytes(whole[:at]) + bytes([value]) + bytes(whole[at + 1 :])
            try:
                after = strip(changed)
            except PhotoNotRead:
                continue
            assert b"A camera" not in after, (form, at, value)


def test_odd_orientations_are_upright():
    for turned in (0, 9, 65_535):
        assert b"Exif" not in strip_jpeg(written("JPEG", turned))


def test_no_picture_at_all_is_refused():
    end = (0).to_bytes(4, "big") + b"IEND" + zlib.crc32(b"IEND").to_bytes(4, "big")
    for strip, empty in (
        (strip_jpeg, b"\xff\xd8\xff\xd9"),
        (strip_png, b"\x89PNG\r\n\x1a\n" + end),
        (strip_webp, b"RIFF\x04\x00\x00\x00WEBP"),
    ):
        with pytest.raises(PhotoNotRead):
            strip(empty)
