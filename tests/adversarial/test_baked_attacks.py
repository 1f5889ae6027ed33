"""Hostile pictures, pages, PDF files and archives: refused in words, at once, with nothing unpacked or drawn."""

import zlib

import pytest

from passport.baking import credentials_in
from passport.baking.limits import CARRIER, PICTURE
from passport.baking.png import bake_png, unbake_png
from passport.baking.png_chunks import SIGNATURE, Chunk
from passport.baking.svg import NAMESPACE, bake_svg, unbake_svg
from passport.baking.svg_safe import check_drawing
from passport.errors import Invalid, PassportError
from passport.errors.baking import (
    BadgeFileTooLarge,
    CompressedCredential,
    DamagedPng,
    EntitiesInSvg,
    MalformedSvg,
    OnlyAnAddressInside,
    TwoCredentialsInside,
    UnpackedTooLarge,
    UnsafeSvg,
)
from tests.simulators.badge_files import SVG, png, signed, text_chunk
from tests.simulators.bombs import zeros_in_zlib

JSON, JWT = signed(), signed("jwt_vc_json")
OTHER = signed()
BOMB = zeros_in_zlib(20)
KEYWORD = b"openbadgecredential\0"


@pytest.mark.parametrize(
    "chunk",
    [
        Chunk(b"iTXt", KEYWORD + b"\1\0\0\0" + BOMB),
        Chunk(b"zTXt", KEYWORD + b"\0" + BOMB),
        Chunk(b"iTXt", KEYWORD + b"\1\0\0\0" + zlib.compress(JSON)),
        Chunk(b"iTXt", b"openbadges\0\1\0\0\0" + BOMB),
    ],
    ids=["iTXt bomb", "zTXt bomb", "honest but compressed", "OB 2.0 bomb"],
)
def test_compressed_bomb_in_a_text_chunk_is_never_inflated(chunk):
    with pytest.raises(CompressedCredential):
        unbake_png(png(chunk))


def test_bombs_in_chunks_that_are_not_ours_are_passed_over():
    baked = png(Chunk(b"zTXt", b"Comment\0\0" + BOMB), Chunk(b"iCCP", b"p\0\0" + BOMB), text_chunk(JSON))
    assert unbake_png(baked).source == JSON


def test_truncated_at_every_length_is_refused():
    baked = bake_png(png(), JWT)
    for length in range(len(baked)):
        with pytest.raises(Invalid):
            credentials_in(baked[:length]) if length > 8 else unbake_png(baked[:length])


def test_wrong_checksum_anywhere_is_refused():
    baked = bake_png(png(), JWT)
    for at in range(len(SIGNATURE), len(baked), 7):
        spoiled = bytearray(baked)
        spoiled[at] ^= 1
        with pytest.raises(DamagedPng):
            unbake_png(bytes(spoiled))


@pytest.mark.parametrize(
    "picture",
    [
        png(text_chunk(JSON), text_chunk(OTHER)),
        png(text_chunk(JSON), text_chunk(JSON)),
        png(text_chunk(JSON), text_chunk(JWT, kind=b"tEXt")),
        SVG.replace(
            b"<circle",
            b'<c:credential xmlns:c="%b" verify="a.b.c"/><c:credential xmlns:c="%b" verify="a.b.d"/><circle'
            % ((NAMESPACE.encode(),) * 2),
        ),
        SVG.replace(
            b"<circle",
            b'<c:credential xmlns:c="%b" verify="a.b.c">{}</c:credential><circle' % NAMESPACE.encode(),
        ),
    ],
    ids=["two chunks", "the same twice", "iTXt and tEXt", "two elements", "token and JSON in one element"],
)
def test_two_credentials_in_one_picture_are_refused(picture):
    with pytest.raises(TwoCredentialsInside):
        credentials_in(picture)


def test_huge_dimensions_cost_nothing_since_nothing_is_drawn():
    baked = png(text_chunk(JSON), width=2**31 - 1, height=2**31 - 1)
    assert unbake_png(baked).source == JSON


def test_a_million_chunks_are_too_many():
    many = SIGNATURE + Chunk(b"IHDR", b"\0" * 13).written() + Chunk(b"IDAT", b"").written() * 600_000
    with pytest.raises(BadgeFileTooLarge):
        unbake_png(many)


@pytest.mark.parametrize("more", [0, 1])
def test_the_number_of_chunks_at_its_limit(more):
    fill = Chunk(b"IDAT", b"").written() * (PICTURE.chunks - 3 + more)
    picture = (
        SIGNATURE
        + Chunk(b"IHDR", b"\0" * 13).written()
        + text_chunk(JSON).written()
        + fill
        + Chunk(b"IEND", b"").written()
    )
    if more:
        with pytest.raises(BadgeFileTooLarge):
            unbake_png(picture)
    else:
        assert unbake_png(picture).source == JSON


def test_a_chunk_that_says_to_be_four_gigabytes_is_damage():
    with pytest.raises(DamagedPng):
        unbake_png(SIGNATURE + b"\xff\xff\xff\xffIHDR" + b"\0" * 64)


@pytest.mark.parametrize(
    "after", [b"PK\x03\x04", b"<html><script>alert(1)</script>", b"%PDF-1.7", bake_png(png(), OTHER)]
)
def test_polyglot_what_follows_the_end_of_a_picture_is_not_looked_at_nor_passed_on(after):
    baked = bake_png(png(), JSON) + after
    assert credentials_in(baked)[0].source == JSON
    assert after not in bake_png(png() + after, JSON)


def test_polyglot_a_page_that_begins_as_something_else_is_that():
    page = b"<html><script type='application/vc+json'>" + JSON + b"</script>"
    with pytest.raises(PassportError):
        credentials_in(b"%PDF-1.7\n" + page)
    with pytest.raises(PassportError):
        credentials_in(b"GIF89a" + page)


ENTITY = b'<!DOCTYPE svg [<!ENTITY a "%b">]>'
LOLS = (
    b'<!DOCTYPE svg [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%b">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
)


@pytest.mark.parametrize(
    "before",
    [
        ENTITY % b"x",
        LOLS,
        b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE svg [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x.dtd"> %e;]>',
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg.dtd" [<!ATTLIST svg onload CDATA "alert(1)">]>',
    ],
    ids=["entity", "billion laughs", "external entity", "parameter entity", "attribute defaults"],
)
def test_svg_with_declarations_is_not_opened(before):
    for task in (unbake_svg, check_drawing, lambda svg: bake_svg(svg, JSON)):
        with pytest.raises(EntitiesInSvg):
            task(before + SVG.replace(b"<circle", b"<text>&a9;</text><circle"))


def test_svg_with_a_named_dtd_is_read_and_the_dtd_never_fetched(monkeypatch):
    import socket

    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a socket was opened"))
    named = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    assert unbake_svg(named + bake_svg(SVG, JSON)).source == JSON
    with pytest.raises((EntitiesInSvg, MalformedSvg)):
        unbake_svg(named + SVG.replace(b"<circle", b"<text>&from-the-dtd;</text><circle"))


def test_svg_with_a_script_gives_its_credential_and_nothing_runs():
    hostile = SVG.replace(b"<circle", b"<script>alert(1)</script><image href='http://127.0.0.1:9/'/><circle")
    assert unbake_svg(bake_svg(hostile, JSON)).source == JSON


DRAWN = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%b</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b"<g onload='alert(1)'/>",
        b"<g ONCLICK='alert(1)'/>",
        b"<a href='javascript:alert(1)'><text>x</text></a>",
        b"<use href='http://attacker.example/x.svg#a'/>",
        b"<use xlink:href='data:image/svg+xml;base64,AAAA#a'/>",
        b"<image href='http://attacker.example/pixel.png'/>",
        b"<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        b"<style>@import url(http://attacker.example/)</style>",
        b"<rect style='fill:url(http://attacker.example/)'/>",
        b"<rect fill='url( \"http://attacker.example/\")'/>",
        b"<rect style='background:\\75rl(x)'/>",
        b"<rect style='width:expression(alert(1))'/>",
        b"<animate attributeName='href' to='javascript:alert(1)'/>",
        b"<set attributeName='onload' to='alert(1)'/>",
        b"<feImage href='http://attacker.example/'/>",
        b"<g xml:base='http://attacker.example/'/>",
        b"<iframe src='http://attacker.example/'/>",
        b"<?xml-stylesheet href='http://attacker.example/'?>",
        b"<handler xmlns='http://www.w3.org/2001/xml-events'>alert(1)</handler>",
    ],
)
def test_a_picture_that_an_organisation_uploads_is_a_drawing_and_nothing_else(inside):
    with pytest.raises((UnsafeSvg, MalformedSvg)):
        check_drawing(DRAWN % inside)


def _again(line: bytes, levels: int, times: int) -> bytes:
    """Things of which each draws the one before it so many times."""
    return b"<g id='n0'/>" + b"".join(
        b"<g id='n%d'>%b</g>" % (level, line.replace(b"#n", b"#n%d" % (level - 1)) * times)
        for level in range(1, levels)
    )


@pytest.mark.parametrize(
    "inside",
    [
        _again(b"<use href='#n'/>", 11, 10),
        _again(b"<use xlink:href='#n'/>", 60, 2),
        _again(b"<rect fill='url(#n)'/>", 11, 10),
        _again(b"<rect style='stroke: url( \"#n\")'/>", 11, 10),
        _again(b"<rect clip-path='url(#n)'/>", 11, 10),
        b"<pattern id='p'>" + b"<rect/>" * 400 + b"</pattern><g fill='url(#p)'>" + b"<rect/>" * 400 + b"</g>",
        b"<g id='a'><use href='#a'/></g>",
        b"<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
        b"".join(b"<g id='n%d'><use href='#n%d'/></g>" % (level, level + 1) for level in range(70)),
    ],
)
def test_svg_that_draws_itself_again_and_again_is_no_drawing(inside):
    with pytest.raises(UnsafeSvg):
        check_drawing(DRAWN % inside)


@pytest.mark.parametrize(
    "inside",
    [
        # each is painted with the one before it and draws it besides: the number of digits doubles
        b"<g id='n0'/>"
        + b"".join(
            b"<g id='n%d' fill='url(#n%d)'><use href='#n%d'/></g>" % (level, level - 1, level - 1)
            for level in range(1, 50)
        ),
        b"<g id='a'/>" * 1_000 + b"<g clip-path='%b'/>" % (b"url(#a)" * 2_000),
    ],
    ids=["paints of paints", "names that many things have"],
)
def test_counting_what_a_drawing_draws_ends_where_it_is_too_much(inside):
    with pytest.raises(UnsafeSvg):
        check_drawing(DRAWN % inside)


def test_a_drawing_may_draw_things_again():
    check_drawing(DRAWN % _again(b"<use href='#n'/>", 5, 10))
    check_drawing(DRAWN % _again(b"<use href='#n'/>", 300, 1))


def test_an_honest_drawing_is_taken():
    check_drawing(
        DRAWN
        % b"<title>Lasser</title><defs><linearGradient id='a'><stop offset='0' stop-color='#fff'/></linearGradient></defs>"
        b"<g transform='rotate(45)' style='fill:#123456;stroke:none'><path d='M0 0h9v9z' fill='url(#a)'/></g>"
        b"<use xlink:href='#b'/><text font-family='sans-serif'>Lasser</text>"
    )


@pytest.mark.parametrize(
    "svg",
    [
        b"",
        b"<svg",
        b"<svg><g></svg>",
        b"<html/>",
        SVG.decode().encode("utf-16"),
        b"\xff\xfe" + SVG,
        SVG.replace(
            b"<circle", b'<o:credential xmlns:o="%b">{<b/>}</o:credential><circle' % NAMESPACE.encode()
        ),
    ],
)
def test_svg_that_is_not_read_is_refused(svg):
    with pytest.raises((MalformedSvg, EntitiesInSvg)):
        unbake_svg(svg)


@pytest.mark.parametrize(
    "inside",
    [
        b"<g>" * 100_000,
        b"<g>" * 200 + b"</g>" * 200,
        b"<g/>" * 100_000,
        b"<g " + b" ".join(b"a%d='1'" % n for n in range(100_000)) + b"/>",
    ],
    ids=["never closed", "deep", "wide", "many attributes"],
)
def test_svg_bombs_of_structure_end_at_once(inside):
    with pytest.raises(Invalid):
        unbake_svg(DRAWN % inside)


def test_large_files_are_refused_before_they_are_read():
    with pytest.raises(BadgeFileTooLarge):
        unbake_png(png() + b"\0" * PICTURE.size)
    with pytest.raises(BadgeFileTooLarge):
        unbake_svg(SVG + b" " * PICTURE.svg)
    with pytest.raises(BadgeFileTooLarge):
        credentials_in(b"<html>" + b" " * CARRIER.page)
    with pytest.raises(BadgeFileTooLarge):
        credentials_in(b"%PDF-1.7" + b" " * CARRIER.pdf)
    with pytest.raises(BadgeFileTooLarge):
        credentials_in(b" " * (CARRIER.page + 1))
    with pytest.raises(UnpackedTooLarge):
        unbake_png(png(text_chunk(b"a" * (CARRIER.text + 1))))


def test_an_old_badge_that_is_only_an_address_is_not_opened(monkeypatch):
    import socket

    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a socket was opened"))
    address = b"http://127.0.0.1:9/assertion/1"
    with pytest.raises(OnlyAnAddressInside):
        unbake_png(png(text_chunk(address, b"openbadges", b"tEXt")))
    with pytest.raises(OnlyAnAddressInside):
        unbake_svg(b'<svg xmlns:o="http://openbadges.org"><o:assertion verify="%b"/></svg>' % address)
