"""Small files that make whoever opens them work long: lists within lists, scans without end, corners everywhere."""

import io
import random
import struct
import zipfile

import pytest
from PIL import Image

from issuer.confirmations.errors import PhotoUnreadable
from issuer.confirmations.photos import clean_photo
from passport.baking import files_in
from passport.baking.limits import CARRIER
from passport.errors import TooLarge
from passport.errors.baking import DamagedArchive
from passport.errors.qr_text import NotAFrame
from passport.errors.web import NoQrCode, PictureTooLarge
from passport.pictures import qr
from passport.pictures.badge_files import open_files
from passport.pictures.scans import SCANS, too_many_scans
from passport.qr_text import frames_in, pack, unpack
from verifier.shown import read_pictures, read_text
from wallet.core import limits
from wallet.desktop.photo_size import small_enough
from wallet.errors_claims import PhotoNotRead


def listed(entries: int, *, said: int, zip64: bool) -> bytes:
    """An archive whose list has so many files, whose end says another number, and perhaps a second end the truth."""
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    entry = struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = (b"PK\x01\x02" + entry) * entries
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, said, said, len(directory), len(local), 0)
    if not zip64:
        return local + directory + end
    true = struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, entries, entries, len(directory), len(local))
    where = struct.pack("<IQI", 0, len(local) + len(directory), 1)
    small = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, 47, len(local), 0)
    return local + directory + b"PK\x06\x06" + true + b"PK\x06\x07" + where + small


@pytest.mark.parametrize(
    "archive",
    [
        listed(100_000, said=1, zip64=True),
        listed(CARRIER.files + 1, said=1, zip64=False),
        listed(2, said=2, zip64=True),
    ],
    ids=["a second end that readers believe", "more than its end says", "even where it is honest"],
)
def test_zip_whose_end_says_less_than_its_list_holds_is_refused(archive):
    with pytest.raises(DamagedArchive):
        files_in("badges.zip", archive)


def test_zip_with_as_many_files_as_are_taken_is_opened():
    assert (
        len(files_in("badges.zip", listed(CARRIER.files, said=CARRIER.files, zip64=False))) == CARRIER.files
    )


def sharpened(scans: int, side: int = 64) -> bytes:
    """A progressive JPEG with so many scans, of which most change nothing."""
    written = io.BytesIO()
    Image.new("L", (side, side), 200).save(written, "JPEG", progressive=True)
    picture = written.getvalue()
    last = picture.rindex(b"\xff\xda")
    own = picture.count(b"\xff\xda")
    return picture[:-2] + picture[last:-2] * (scans - own) + b"\xff\xd9"


def test_jpeg_with_thousands_of_scans_is_never_decoded():
    for scans in (SCANS + 1, 10_000):
        with pytest.raises(PictureTooLarge):
            qr.read_image(sharpened(scans))
        with pytest.raises(PhotoUnreadable):
            clean_photo(sharpened(scans))
    with pytest.raises(PhotoNotRead):
        small_enough("photo.jpg", sharpened(limits.SENT_FILE // 10))


def test_jpeg_with_as_many_scans_as_are_taken_is_decoded():
    with pytest.raises(NoQrCode):
        qr.read_image(sharpened(SCANS))
    assert clean_photo(sharpened(SCANS)).startswith(b"\xff\xd8")


def test_scans_of_a_picture_inside_the_metadata_and_behind_the_end_are_no_scans_of_it():
    many = sharpened(200)
    thumbnail = many[: many.index(b"\xff\xda") + 2] + b"\xff\xda\x00\x02" * 200
    within = b"\xff\xe1" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    assert not too_many_scans(b"\xff\xd8" + within + sharpened(10)[2:])
    assert not too_many_scans(sharpened(10) + many)
    assert too_many_scans(many)
    assert not too_many_scans(b"\x89PNG" + many)
    assert not too_many_scans(many[: many.index(b"\xff\xda")])


def test_pictures_behind_the_end_of_a_jpeg_are_never_decoded(looked_at):
    written = io.BytesIO()
    several = [Image.new("L", (64, 64), shade) for shade in (200, 100)]
    several[0].save(written, "MPO", save_all=True, append_images=several[1:])
    with Image.open(written) as both:
        assert both.n_frames == 2
    with pytest.raises(NoQrCode):
        qr.read_image(written.getvalue())
    assert len(looked_at) == 1


def corners(side: int) -> bytes:
    """A picture that is full of what may be the corner of a QR code; it takes almost no bytes."""
    corner = Image.new("1", (14, 14), 1)
    for x in range(7):
        for y in range(7):
            if {x, y} & {0, 6} or (2 <= x <= 4 and 2 <= y <= 4):
                corner.putpixel((x + 3, y + 3), 0)
    line = Image.new("1", (side, 14), 1)
    for x in range(0, side, 14):
        line.paste(corner, (x, 0))
    picture = Image.new("1", (side, side), 1)
    for y in range(0, side, 14):
        picture.paste(line, (0, y))
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def looked_at(monkeypatch):
    """The points of every picture in which codes are looked for."""
    seen: list[int] = []
    read = qr._read

    def reading(picture: Image.Image) -> list[str]:
        seen.append(picture.width * picture.height)
        return ["A"] if picture.width == 1_000 else read(picture) if picture.width < 500 else []

    monkeypatch.setattr(qr, "_read", reading)
    return seen


def test_picture_full_of_corners_is_made_smaller_before_codes_are_looked_for(looked_at):
    with pytest.raises(NoQrCode):
        qr.read_image(corners(5_400))
    assert 0.9 * qr.READ_PIXELS < looked_at[0] <= qr.READ_PIXELS


def test_zip_full_of_large_pictures_costs_no_more_than_a_few(looked_at):
    """Sixty-four of 29 million points, in 100 kB."""
    written, picture = io.BytesIO(), corners(5_400)
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(CARRIER.files):
            archive.writestr(f"{number}.png", picture)
    opened = open_files([("badges.zip", written.getvalue())])
    assert len(opened.refused) == CARRIER.files
    assert len(looked_at) == qr.PIXELS_TOGETHER // 5_400**2
    assert sum(looked_at) <= qr.READ_TOGETHER


def test_several_moving_pictures_share_what_one_may_cost(looked_at):
    frames = [Image.new("L", (1_000, 1_000), shade * 10) for shade in range(25)]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(TooLarge):
        qr.read_images([written.getvalue()] * 12)
    with pytest.raises(TooLarge):
        read_pictures([written.getvalue()] * 12)
    assert sum(looked_at) <= 2 * qr.READ_TOGETHER


@pytest.mark.parametrize("gap", ["\n", "\r", "\r\n", "\n \t"])
def test_lines_without_end_between_two_frames_are_gone_through_once(gap):
    """A search that goes back took nine seconds for 2,000 empty lines, and eight times as long for twice as many."""
    text = "SP1/" + gap * 200_000 + "x"
    assert len(frames_in(text)) == 1
    with pytest.raises(NotAFrame):
        read_text(text.encode())
    assert [type(each.error) for each in open_files([("frames.txt", text.encode())]).refused] == [NotAFrame]


def test_frames_with_many_empty_lines_between_them_are_still_read():
    document = random.Random(7).randbytes(2_000)
    frames = pack(document)
    assert len(frames) > 1
    assert unpack(frames_in("\n \r\n\t\n".join(frames))) == document
