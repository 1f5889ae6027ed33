"""Hostile PDF files, pages, archives and lists: bounded before they are read, unpacked no further than a badge."""

import io
import random
import zipfile
import zlib

import pytest

from passport.baking import bake, credentials_in, files_in
from passport.baking.limits import CARRIER
from passport.errors import Invalid, PassportError
from passport.errors.baking import DamagedArchive, NoCredentialInside, UnpackedTooLarge
from tests.simulators.badge_files import OLDER_BYTES, SVG, png, signed
from tests.simulators.bombs import zeros_in_zlib

JSON = signed()
BOMB = zeros_in_zlib(20)


EMBEDDED = b"%%PDF-1.7\n1 0 obj << /Type /EmbeddedFile /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream\nendobj\n%%%%EOF"


def test_bomb_attached_to_a_pdf_is_not_unpacked():
    with pytest.raises(UnpackedTooLarge):
        credentials_in(EMBEDDED % (len(BOMB), BOMB))


@pytest.mark.parametrize(
    "filler", [b"/EmbeddedFile ", b"/EmbeddedFile stream\n", b" obj /EmbeddedFile >> stream\n endobj "]
)
def test_a_pdf_full_of_attachments_ends_at_once(filler):
    file = b"%PDF-1.7\n" + filler * (CARRIER.pdf // len(filler) - 8)
    with pytest.raises(PassportError):
        credentials_in(file)


@pytest.mark.parametrize(
    "filler",
    [
        b"<script>",
        b"<script type=application/vc+json>",
        b"</script>",
        b"<script ",
        b"<script type=application/vc+jwt>&",
    ],
)
def test_a_page_full_of_scripts_ends_at_once(filler):
    page = b"<html>" + filler * (CARRIER.page // len(filler) - 8)
    with pytest.raises(PassportError):
        credentials_in(page)


def packed(*files, method=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as opened:
        for name, data in files:
            opened.writestr(name, data)
    return written.getvalue()


def test_zip_bomb_stops_at_the_limit():
    bomb = packed(*((f"{n}.json", b"\0" * 10_000_000) for n in range(8)))
    with pytest.raises(UnpackedTooLarge):
        files_in("bomb.zip", bomb)


def test_zip_in_a_zip_stays_packed():
    inner = packed(("a.json", JSON))
    ((name, data),) = files_in("outer.zip", packed(("inner.zip", inner)))
    assert (name, data) == ("inner.zip", inner)
    with pytest.raises(NoCredentialInside):
        credentials_in(data)


def test_zip_with_names_that_lead_out_of_the_folder_gives_their_last_part():
    assert [
        name for name, _ in files_in("z", packed(("../../etc/passwd", b"x"), ("/root/.ssh/id", b"y")))
    ] == ["passwd", "id"]


@pytest.mark.parametrize("more", [0, 1])
def test_the_number_of_files_in_a_zip_at_its_limit(more):
    archive = packed(*((f"{n}.json", b"x") for n in range(CARRIER.files + more)))
    if more:
        with pytest.raises(DamagedArchive):
            files_in("z", archive)
    else:
        assert len(files_in("z", archive)) == CARRIER.files


def test_broken_and_odd_archives_are_refused():
    whole = packed(("a.json", JSON * 40))
    draw = random.Random(4)
    for _ in range(60):
        spoiled = bytearray(whole)
        spoiled[draw.randrange(4, len(spoiled))] ^= 1 << draw.randrange(8)
        try:
            files_in("z", bytes(spoiled))
        except Invalid:
            continue
    for archive in (whole[:-30], b"PK\x03\x04", whole[:40], packed(("a", b"x"), method=zipfile.ZIP_LZMA)):
        with pytest.raises(DamagedArchive):
            files_in("z", archive)
    locked = bytearray(whole)
    for start in (whole.find(b"PK\x03\x04") + 6, whole.find(b"PK\x01\x02") + 8):
        locked[start] |= 1
    with pytest.raises(DamagedArchive):
        files_in("z", bytes(locked))


def test_a_list_of_more_credentials_than_a_working_life_has_is_refused():
    with pytest.raises(UnpackedTooLarge):
        credentials_in(b"[" + b",".join([OLDER_BYTES] * (CARRIER.inside + 1)) + b"]")


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_in_any_carrier_give_an_error_of_ours(seed):
    draw = random.Random(seed)
    whole = draw.choice(
        [
            bake(png(), JSON),
            bake(SVG, JSON),
            EMBEDDED % (9, zlib.compress(JSON)),
            packed(("a", JSON)),
            b"<html><script type='application/vc+json'>" + JSON + b"</script>",
        ]
    )
    for _ in range(20):
        spoiled = bytearray(whole)
        for _ in range(draw.randint(1, 8)):
            spoiled[draw.randrange(len(spoiled))] = draw.randrange(256)
        try:
            for _, data in files_in("x", bytes(spoiled)):
                credentials_in(data)
        except PassportError:
            continue
