"""`passport verify FILE` for badges in pictures, PDF files, pages and archives."""

import io
import zipfile

import pytest

from passport.baking import bake
from passport.paper import SaveAs, save_as
from passport.pictures.qr import draw_loop, draw_png
from passport.qr_text import pack
from passport.texts import Language
from tests.simulators.badge_files import OLDER_BYTES, SVG, png


@pytest.fixture
def badge(desk, passport):
    target = desk.folder / "signed.json"
    assert passport("issue", desk.unsigned, "--key", desk.key, "-o", target).code == 0
    return target.read_bytes().strip()


@pytest.mark.parametrize("kind", [SaveAs.PNG, SaveAs.SVG, SaveAs.PDF, SaveAs.HTML, SaveAs.JSON])
def test_a_badge_is_verified_in_any_file(passport, desk, badge, kind):
    file = desk.folder / f"badge.{kind}"
    file.write_bytes(save_as(kind, badge, Language.EN, name="badge").data)
    ran = passport("verify", file, "--offline", "--json")
    (found,) = ran.json
    assert (ran.code, found["answer"], found["file"]) == (0, "yes", f"badge.{kind}")


def test_every_file_of_an_archive_is_verified_under_its_name(passport, desk, badge):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("one.png", bake(png(), badge))
        archive.writestr("two.svg", SVG)
    file = desk.folder / "badges.zip"
    file.write_bytes(written.getvalue())
    ran = passport("verify", file, "--offline", "--json")
    assert ran.code == 1
    found = {each["file"]: each for each in ran.json}
    assert found["badges.zip:one.png"]["answer"] == "yes"
    assert found["badges.zip:two.svg"]["error"]["code"] == "no_credential_inside"


def test_a_picture_without_a_badge_says_so(passport, desk):
    file = desk.folder / "photo.png"
    file.write_bytes(png())
    ran = passport("verify", file, "--offline", "--json")
    assert (ran.code, ran.json[0]["error"]["code"]) == (1, "no_credential_inside")


def test_an_older_badge_can_not_be_verified(passport, desk):
    file = desk.folder / "old.svg"
    file.write_bytes(
        b'<svg xmlns:o="http://openbadges.org"><o:assertion><![CDATA['
        + OLDER_BYTES
        + b"]]></o:assertion></svg>"
    )
    ran = passport("verify", file, "--offline", "--json")
    assert ran.code == 1
    assert ran.json[0]["answer"] == "no"


def test_photos_that_each_show_some_codes_are_one_document(passport, desk, badge):
    frames = pack(badge, most=400)
    assert len(frames) > 1
    photos = []
    for number, frame in enumerate(reversed(frames)):
        photos.append(desk.folder / f"photo-{number}.png")
        photos[-1].write_bytes(draw_png(frame))
    ran = passport("verify", *photos, "--offline", "--json")
    assert (ran.code, [each["answer"] for each in ran.json]) == (0, ["yes"])
    ran = passport("verify", *photos[:-1], "--offline", "--json")
    assert ran.code == 1
    assert {each["error"]["code"] for each in ran.json} == {"frames_missing"}


def test_a_moving_code_kept_as_a_file_is_verified(passport, desk, badge):
    file = desk.folder / "all.gif"
    file.write_bytes(draw_loop(pack(badge, most=400)))
    ran = passport("verify", file, "--offline", "--json")
    assert (ran.code, ran.json[0]["answer"]) == (0, "yes")
