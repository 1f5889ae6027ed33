"""1EdTech's own baked pictures: both carry the same credential, and what we bake is built as theirs."""

from passport.baking import Version, bake, credentials_in
from passport.baking.png_chunks import chunks
from passport.baking.svg import NAMESPACE
from passport.json import parse_object


def test_both_pictures_carry_the_same_badge(vectors):
    folder = vectors / "openbadges-1edtech"
    (png,) = credentials_in((folder / "simple-json.png").read_bytes())
    (svg,) = credentials_in((folder / "simple-json.svg").read_bytes())
    assert png.version is svg.version is Version.OB3
    assert parse_object(png.source) == parse_object(svg.source)
    assert parse_object(png.source)["name"] == "Teamwork Badge"


def test_ours_in_their_pictures_replaces_theirs_and_leaves_the_rest(vectors):
    folder = vectors / "openbadges-1edtech"
    for name in ("simple-json.png", "simple-json.svg"):
        theirs = (folder / name).read_bytes()
        for source in ("simple.json", "simple.jwt"):
            credential = (folder / source).read_bytes().strip()
            assert credentials_in(bake(theirs, credential, replace=True))[0].source == credential
    ours = list(chunks(bake((folder / "simple-json.png").read_bytes(), credential, replace=True)))
    others = [chunk for chunk in chunks((folder / "simple-json.png").read_bytes()) if chunk.kind != b"iTXt"]
    assert [chunk for chunk in ours if chunk.kind != b"iTXt"] == others


def test_their_element_is_named_as_ours(vectors):
    theirs = (vectors / "openbadges-1edtech" / "simple-json.svg").read_bytes()
    assert f'xmlns:openbadges="{NAMESPACE}"'.encode() in theirs
    assert b"<openbadges:credential>" in theirs
