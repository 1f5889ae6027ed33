"""Baking and unbaking: what goes in comes out, byte for byte, and the picture stays what it was."""

import io
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from passport.baking import Version, bake, credentials_in
from passport.baking.png import bake_png, unbake_png
from passport.baking.png_chunks import chunks
from passport.baking.svg import NAMESPACE, bake_svg, unbake_svg
from passport.errors.baking import (
    AlreadyBaked,
    CredentialNotForPictures,
    MalformedSvg,
    NoCredentialInside,
)
from passport.json import dump, parse_object
from tests.simulators.badge_files import OLDER_BYTES, SVG, png, signed, text_chunk

JSON, JWT = signed(), signed("jwt_vc_json")
AWKWARD = {
    "json": JSON,
    "jwt": JWT,
    "letters": signed(name="Ünïcødé 学校 مدرسة 🎓"),
    "end of CDATA": signed(name="a ]]> b ]]]]>> c"),
    "markup": signed(name="</openbadges:credential><script>&amp;"),
    "written with CR LF": JSON.replace(b'{"', b'{\r\n  "').replace(b"\r\n  \r", b"\r"),
}


@pytest.mark.parametrize("picture", [png(), SVG], ids=["png", "svg"])
@pytest.mark.parametrize("credential", AWKWARD.values(), ids=AWKWARD)
def test_what_is_baked_comes_out_byte_for_byte(picture, credential):
    (inside,) = credentials_in(bake(picture, credential))
    assert inside.source == credential
    assert inside.version is Version.OB3


def test_the_chunk_is_as_open_badges_says():
    chunk = list(chunks(bake_png(png(), JWT)))[1]
    assert chunk.kind == b"iTXt"
    assert chunk.data == b"openbadgecredential\0\0\0\0\0" + JWT  # not compressed, no language


def test_another_reader_of_png_sees_the_same_text_and_picture():
    baked = Image.open(io.BytesIO(bake_png(png(), JSON)))
    assert baked.text["openbadgecredential"].encode() == JSON
    assert baked.convert("L").getpixel((0, 0)) == 255


@pytest.mark.parametrize("credential", [JSON, JWT, AWKWARD["end of CDATA"]])
def test_another_reader_of_xml_sees_the_same_element(credential):
    root = ET.fromstring(bake_svg(SVG, credential))
    element = root[0]
    assert element.tag == f"{{{NAMESPACE}}}credential"
    if credential == JWT:
        assert element.attrib == {"verify": JWT.decode()}
        assert not element.text
    else:
        assert element.attrib == {}
        assert element.text.encode() == credential
    assert root[1].tag.endswith("circle")


def test_the_element_stands_directly_after_the_svg_tag_which_declares_the_prefix():
    start = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" xmlns:openbadges="%b"><openbadges:credential'
    assert bake_svg(SVG, JSON).startswith(start % NAMESPACE.encode())


@pytest.mark.parametrize("picture", [png(), SVG], ids=["png", "svg"])
def test_a_picture_with_a_credential_is_refused_unless_it_is_to_be_replaced(picture):
    once = bake(picture, JSON)
    with pytest.raises(AlreadyBaked):
        bake(once, JWT)
    again = bake(once, JWT, replace=True)
    (inside,) = credentials_in(again)
    assert inside.source == JWT
    assert JSON[:40] not in again


def test_an_older_badge_makes_room_for_a_new_one():
    old_png = png(text_chunk(OLDER_BYTES, b"openbadges"))
    assert unbake_png(bake_png(old_png, JSON, replace=True)).source == JSON
    for verify in (b"", b' verify="https://badges.example/assertions/1"'):
        old = b'<svg xmlns:openbadges="http://openbadges.org"><openbadges:assertion%b><![CDATA[%b]]></openbadges:assertion><g/></svg>'
        baked = bake_svg(old % (verify, OLDER_BYTES), JSON, replace=True)
        assert unbake_svg(baked).source == JSON
        assert b":assertion" not in baked


def test_an_older_badge_is_read_as_one():
    (inside,) = credentials_in(png(text_chunk(OLDER_BYTES, b"openbadges")))
    assert (inside.version, inside.source) == (Version.OB2, OLDER_BYTES)
    svg = b'<svg xmlns:o="http://openbadges.org"><o:assertion verify="https://badges.example/assertions/1"><![CDATA[ %b ]]></o:assertion></svg>'
    (inside,) = credentials_in(svg % OLDER_BYTES)
    assert (inside.version, inside.source) == (Version.OB2, OLDER_BYTES)


def test_of_both_versions_in_one_picture_the_newer_is_read():
    both = png(text_chunk(OLDER_BYTES, b"openbadges"), text_chunk(JSON))
    assert unbake_png(both).source == JSON


def test_a_new_badge_under_the_old_keyword_is_known_by_what_it_says():
    (inside,) = credentials_in(png(text_chunk(JSON, b"openbadges")))
    assert inside.version is Version.OB3


@pytest.mark.parametrize("form", ["ecdsa-sd-2023", "vc+sd-jwt", "dc+sd-jwt"])
def test_what_the_holder_shows_in_parts_goes_into_no_picture(form):
    with pytest.raises(CredentialNotForPictures):
        bake(png(), signed(form))


def test_an_sd_jwt_that_somebody_else_baked_is_read():
    token = signed("vc+sd-jwt")
    assert unbake_png(png(text_chunk(token))).source == token
    assert (
        unbake_svg(
            SVG.replace(
                b"<circle", b'<o:credential xmlns:o="%b" verify="%b"/><circle' % (NAMESPACE.encode(), token)
            )
        ).source
        == token
    )


@pytest.mark.parametrize(
    "credential",
    [b"", b"{}", b"[]", b"hello", dump(parse_object(JSON) | {"proof": [{"cryptosuite": "ecdsa-sd-2023"}]})],
)
def test_what_is_no_signed_credential_is_not_baked(credential):
    for picture in (png(), SVG):
        with pytest.raises(CredentialNotForPictures):
            bake(picture, credential)


def test_what_xml_can_not_hold_is_not_baked_into_svg():
    credential = signed(name="a\uffff")
    with pytest.raises(CredentialNotForPictures):
        bake(SVG, credential)
    assert unbake_png(bake(png(), credential)).source == credential


def test_a_picture_without_a_credential_has_none():
    for picture in (png(), SVG, png(text_chunk(b"hello", b"Comment", b"tEXt"))):
        with pytest.raises(NoCredentialInside):
            credentials_in(picture)
    with pytest.raises(NoCredentialInside):
        unbake_svg(b'<svg xmlns:o="%b"><o:credential/></svg>' % NAMESPACE.encode())


def test_an_empty_svg_can_carry_nothing():
    with pytest.raises(MalformedSvg):
        bake_svg(b'<svg xmlns="http://www.w3.org/2000/svg"/>', JSON)


def test_a_tag_may_have_its_end_sign_inside_quotes():
    svg = SVG.replace(b"<svg ", b"<svg id='a>b' class=\"c>d\" ")
    assert unbake_svg(bake_svg(svg, JSON)).source == JSON
