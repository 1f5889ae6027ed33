"""Files of every kind, opened together: the documents in them, and a reason for each that has none."""

import io
import zipfile

import pytest

from passport.baking import Version, bake
from passport.baking.limits import CARRIER
from passport.errors.baking import (
    DamagedArchive,
    DamagedPng,
    NoCredentialInside,
    UnpackedTooLarge,
)
from passport.errors.qr_text import FramesMissing
from passport.pictures.badge_files import open_files
from passport.pictures.qr import draw_loop, draw_png
from passport.qr_text import pack
from tests.simulators.badge_files import OLDER_BYTES, SVG, png, signed

JSON, JWT = signed(), signed("jwt_vc_json", name="x" * 900)
FRAMES = pack(JWT, most=400)


def opened(*files, text=""):
    return open_files([(f"file{number}", data) for number, data in enumerate(files)], text)


def test_every_kind_of_file_at_once():
    found = opened(bake(png(), JSON), bake(SVG, JWT), OLDER_BYTES, b"hello", png())
    assert [each.source for each in found.documents] == [JSON, JWT, OLDER_BYTES]
    assert [each.version for each in found.documents] == [Version.OB3, Version.OB3, Version.OB2]
    assert [each.file for each in found.refused] == ["file3", "file4"]
    assert isinstance(found.refused[1].error, NoCredentialInside)
    assert found.refused[1].data == png()


def test_the_same_document_in_two_files_is_one():
    assert len(opened(bake(png(), JSON), bake(SVG, JSON), JSON).documents) == 1


def test_codes_of_one_document_on_several_pictures():
    assert len(FRAMES) > 1
    for files in ([draw_png(frame) for frame in FRAMES], [draw_loop(FRAMES)], ["\n".join(FRAMES).encode()]):
        found = opened(*files)
        assert [each.source for each in found.documents] == [JWT]
        assert not found.refused
    assert [each.source for each in opened(text="\r\n".join(FRAMES)).documents] == [JWT]


def test_a_missing_code_is_said_for_the_pictures_that_show_the_others():
    found = opened(draw_png(FRAMES[0]), JSON)
    assert [each.source for each in found.documents] == [JSON]
    assert [each.file for each in found.refused] == ["file0"]
    assert isinstance(found.refused[0].error, FramesMissing)


def test_a_link_in_a_code_is_told_and_not_opened():
    found = opened(draw_png("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example%2F1"))
    assert found.links == ("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example%2F1",)
    assert not found.documents


def test_a_token_in_a_code_is_a_document():
    token = signed("jwt_vc_json")
    assert opened(draw_png(token.decode())).documents[0].source == token


def test_a_pasted_text_is_a_document_too():
    assert opened(text=f" {JSON.decode()} ").documents[0].source == JSON
    assert not opened(text="  ").refused
    assert len(opened(text="hello").refused) == 1


def test_an_archive_brings_its_files_with_their_names():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("map/one.png", bake(png(), JSON))
        archive.writestr("two.jpg", b"\xff\xd8\xff\xe0")
        archive.writestr("three.bin", b"\xff\xfe\x00")
    found = opened(written.getvalue())
    assert [each.file for each in found.documents] == ["one.png"]
    assert sorted(each.file for each in found.refused) == ["three.bin", "two.jpg"]


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"PK\x03\x04", DamagedArchive), (b"\x89PNG\r\n\x1a\n", DamagedPng), (b"\xff\xfe", NoCredentialInside)],
)
def test_a_damaged_file_says_why(data, error):
    assert isinstance(opened(data).refused[0].error, error)


@pytest.mark.parametrize("more", [0, 1])
def test_the_number_of_documents_at_its_limit(more):
    files = [OLDER_BYTES.replace(b"assertions/1", b"assertions/%d" % n) for n in range(CARRIER.inside + more)]
    if more:
        with pytest.raises(UnpackedTooLarge):
            opened(*files)
    else:
        assert len(opened(*files).documents) == CARRIER.inside
