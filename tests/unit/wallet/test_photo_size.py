"""Photos of a phone become small enough to send; nothing else is touched."""

import io
import secrets

import pytest
from PIL import Image

from tests.unit.wallet.test_photos import clean, written
from wallet.core import limits
from wallet.core.evidence_files import own_file
from wallet.desktop.photo_size import small_enough
from wallet.errors_claims import EvidenceFileKind, EvidenceFileTooLarge, PhotoNotRead

GPS, ORIENTATION = 0x8825, 0x0112


def photo(width=2_400, height=1_200, turned=1, form="JPEG"):
    """Noise, which no form makes small."""
    image = Image.frombytes("RGB", (width // 4, height // 4), secrets.token_bytes(width * height * 3 // 16))
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 5.0, 26.0)})
    file = io.BytesIO()
    image.resize((width, height)).save(file, form, exif=exif, quality=100, subsampling=0)
    return file.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_becomes_small_enough_the_right_way_up(form):
    large = photo(turned=6, form=form)
    assert len(large) > limits.SENT_FILE
    name, small = small_enough("weld.jpeg", large)
    assert name == "weld.jpg"
    assert len(small) <= limits.SENT_FILE
    with Image.open(io.BytesIO(small)) as image:
        assert max(image.size) <= limits.PHOTO_SIDE
        assert image.height > image.width
    kept = own_file(secrets.token_bytes, name, small)
    assert clean(kept.data)


def test_what_is_small_or_no_photo_stays_as_it_is():
    for name, data in (
        ("weld.jpg", written("JPEG")),
        ("hours.csv", b"x" * (limits.SENT_FILE + 1)),
        ("order.pdf", b"%PDF-1.7" + b"\xff" * limits.SENT_FILE),
    ):
        assert small_enough(name, data) == (name, data)


def test_a_large_file_that_is_nothing_known_or_a_broken_photo_is_refused():
    with pytest.raises(EvidenceFileKind):
        small_enough("a", b"\x00" * (limits.SENT_FILE + 1))
    with pytest.raises(PhotoNotRead):
        small_enough("a.jpg", b"\xff\xd8\xff" + b"\x01" * limits.SENT_FILE)
    with pytest.raises(PhotoNotRead):
        small_enough("a.jpg", photo(4_000, 2_000)[: limits.SENT_FILE + 1])


def test_more_pixels_than_are_decoded_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "PHOTO_PIXELS", 1_000)
    with pytest.raises(EvidenceFileTooLarge):
        small_enough("a.jpg", photo())


def test_a_photo_that_stays_too_large_is_refused(monkeypatch):
    large = photo()
    monkeypatch.setattr(limits, "SENT_FILE", 1_000)
    with pytest.raises(EvidenceFileTooLarge):
        small_enough("a.jpg", large)
