"""`passport verify FILE` for badges in pictures, PDF files, pages and archives."""

import io
import zipfile

import pytest

from passport.baking import bake
from passport.paper import SaveAs, save_as
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
