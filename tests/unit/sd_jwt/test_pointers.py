"""JSON pointers (RFC 6901)."""

import pytest

from passport.errors.sd_jwt import PointerNotFound
from passport.sd_jwt.pointers import parse_pointer, resolve_pointer, value_at, write_pointer

DOCUMENT = {"foo": ["bar", "baz"], "": 0, "a/b": 1, "m~n": 8, " ": 7, "0": {"0": "zero"}}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DOCUMENT),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/m~0n", 8),
        ("/ ", 7),
        ("/0/0", "zero"),
    ],
)
def test_the_examples_of_rfc_6901(pointer, value):
    place = parse_pointer(pointer)
    assert resolve_pointer(DOCUMENT, place) == value_at(DOCUMENT, place) == value
    assert write_pointer(place) == pointer


@pytest.mark.parametrize(
    "pointer", ["/foo/2", "/foo/-1", "/foo/00", "/foo/٠", "/foo/-", "/foo/bar", "/x", "/0/0/0"]
)
def test_what_is_not_there(pointer):
    with pytest.raises(PointerNotFound):
        resolve_pointer(DOCUMENT, parse_pointer(pointer))
    assert value_at(DOCUMENT, parse_pointer(pointer)) is None


def test_a_pointer_begins_with_a_slash():
    with pytest.raises(PointerNotFound):
        parse_pointer("foo")


def test_tilde_and_slash_are_told_apart():
    assert parse_pointer("/~01") == ("~1",)
    assert write_pointer(("~1", "/")) == "/~01/~1"
