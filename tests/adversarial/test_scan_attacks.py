"""A camera that means harm: floods, bombs, codes that are no proof. See also tests/e2e/test_scan_page.py."""

import asyncio
import io
import struct
from contextlib import suppress

import pytest
from PIL import Image

from passport.clock import utc_now
from passport.errors.web import NotAPicture, PictureTooLarge
from passport.pictures.camera import STILL_BYTES, STILL_PIXELS, read_still
from passport.pictures.qr import draw_png
from passport.qr_text import pack
from tests.simulators.camera import held_up
from tests.simulators.counting import MemoryCounts
from verifier.codes import Code, Kind, code_of
from verifier.errors import PicturesTooFast, TooManyPictures
from verifier.limits import ScanLimits
from verifier.scanning import Scanner

LIMITS = ScanLimits(burst=3, each_second=2.0, of_one_session=8, portion=2, sessions=2)


def jpeg(width, height):
    written = io.BytesIO()
    Image.new("L", (width, height)).save(written, "JPEG")
    return written.getvalue()


class Watch:
    now = 100.0

    def __call__(self):
        return self.now


def scanner_of(counts):
    return Scanner(counts, utc_now, LIMITS, Watch())


def allow(scanner, session):
    asyncio.run(scanner.allow(session))


@pytest.fixture
def scanner():
    made = scanner_of(MemoryCounts())
    yield made
    made.close()


def read(scanner, *who):
    async def all_at_once():
        asked = [
            scanner.read(held_up("SP1"), session=session, employer=employer) for session, employer in who
        ]
        return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(all_at_once())


def test_a_still_of_the_largest_size_is_read_and_one_point_more_is_not():
    assert read_still(jpeg(1000, STILL_PIXELS // 1000)) == ()
    with pytest.raises(PictureTooLarge):
        read_still(jpeg(1000, STILL_PIXELS // 1000 + 1))
    with pytest.raises(PictureTooLarge):
        read_still(b"x" * (STILL_BYTES + 1))


@pytest.mark.parametrize("size", [(65_500, 65_500), (0, 0)])
def test_a_header_that_promises_another_picture_costs_nothing(size):
    honest = jpeg(8, 8)
    at = honest.index(b"\xff\xc0") + 5
    with pytest.raises((PictureTooLarge, NotAPicture)):
        read_still(honest[:at] + struct.pack(">HH", *size) + honest[at + 4 :])


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", draw_png("SP1"), b"GIF89a", b"<svg/>"])
def test_what_is_no_jpeg_is_not_opened(data):
    with pytest.raises(NotAPicture):
        read_still(data)


def test_a_flood_of_one_session_is_cut_to_its_pace_and_costs_no_other(scanner):
    for _ in range(3):
        allow(scanner, "flood")
    with pytest.raises(PicturesTooFast):
        allow(scanner, "flood")
    allow(scanner, "other")
    scanner._monotonic.now += 0.5
    allow(scanner, "flood")
    with pytest.raises(PicturesTooFast):
        allow(scanner, "flood")


def test_a_session_ends_at_its_number_of_pictures(scanner):
    for _ in range(8):
        scanner._monotonic.now += 9
        allow(scanner, "long")
    scanner._monotonic.now += 9
    with pytest.raises(TooManyPictures):
        allow(scanner, "long")


def test_two_processes_give_a_session_no_more_pictures_than_one():
    counts = MemoryCounts()
    both = [scanner_of(counts), scanner_of(counts)]
    taken = 0
    for number in range(12):
        with suppress(TooManyPictures):
            both[number % 2]._monotonic.now += 9
            allow(both[number % 2], "long")
            taken += 1
    for each in both:
        each.close()
    assert taken == LIMITS.of_one_session


def test_what_is_remembered_of_sessions_is_bounded(scanner):
    for number in range(10):
        allow(scanner, str(number))
    assert len(scanner._sessions) == LIMITS.sessions


def test_one_employer_with_many_sessions_holds_no_more_than_its_share(scanner):
    answers = read(scanner, *((str(number), "flood") for number in range(5)), ("one", "other"))
    assert [isinstance(each, PicturesTooFast) for each in answers] == [False, False, True, True, True, False]
    assert not scanner._under_way
    assert answers[-1] == ("SP1",)


def test_what_a_code_is_stands_in_its_text():
    [frame] = pack(b"{}")
    assert code_of(frame) == Code(Kind.FRAME, frame, 1, 1, "SP1/1/" + frame.split("/")[3])
    texts = {
        Kind.NEWER: "SP9/1/1/00000000/AA/",
        Kind.ASKS: "openid4vp://?request_uri=https%3A%2F%2Fx.example",
        Kind.OFFERS: "openid-credential-offer://?credential_offer=%7B%7D",
        Kind.OTHER: "https://attacker.example/?q=<script>",
    }
    assert {code_of(text).kind: "" for text in texts.values()} == dict.fromkeys(texts, "")
    assert all(code_of(text).text == "" for text in texts.values()), "nothing of it goes back to the page"
