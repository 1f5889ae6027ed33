"""Two roads through JSON, at C speed and in Python: they take and refuse the same, and say the same."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from passport import limits
from passport.errors import PassportError
from passport.json import canonicalize, dump, parse_json
from passport.json.native import read, write, write_canonically
from passport.json.reading import parse_any
from passport.json.writing import canonicalize_any, dump_any

TIGHT = limits.JsonLimits(size=400, depth=4, array=4, string=12)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=14)
ODD_TEXT = st.sampled_from(
    ["null", "a:1", '":', "1,000", "\x00", "\x1f\x7f", '\\"', "\\u003a", "é", "\ue000", "𝄞", "\ud800"]
)
NUMBERS = (
    st.integers()
    | st.integers(2**53 - 2, 2**53 + 1)
    | st.integers(-(2**53) - 1, 2 - 2**53)
    | st.floats()
    | st.sampled_from([-0.0, 1e16, 1e21, 1e-7, 100.0, 2**63, 2**64, -(2**63), 10**30])
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | ANY_TEXT | ODD_TEXT,
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(ANY_TEXT | ODD_TEXT, inner, max_size=6)
    ),
    max_leaves=24,
)
OBJECTS = st.dictionaries(ANY_TEXT | ODD_TEXT, VALUES, max_size=6)
PIECES = st.sampled_from(
    ['"a":1', '"a":2', '"\\u0061":3', '"b\\u003ac":1', '"b:c":2', '"d":"e:f"', '"g":null', '"h":[1,2]', '"h":{"a":1,"a":2}',
     '"i":1E2', '"i":1e-400', '"i":-0', '"i":-0.0', '"i":9007199254740992', '"i":100000000000000000000000', '"i":NaN',
     '"i":0.10', '"i":1.0000000000000000000000000000000001', '"j":"\\ud800"', '"j":"\\ud83d\\ude00"', '"j":"\\/"', '"":"\x7f"',
     '"k":[[[[]]]]', '"k":[[[[[]]]]]', '"l":[1,2,3,4]', '"l":[1,2,3,4,5]', '"m":"123456789012"', '"m":"1234567890123"',
     '"n":",,,,,"', '"n":"[[[[["', '"o":true', '"":', ""]
)  # fmt: skip
GAPS = st.sampled_from(["", "", "", " ", "\n  ", "\t", "\r\n", "\x0b", "\u00a0", "\ufeff"])


def outcome(action, *arguments):
    """What comes out, with the type of every part of it; or how it is refused."""
    try:
        return marked(action(*arguments))
    except PassportError as error:
        return type(error)


def marked(value):
    if isinstance(value, dict):
        return {"object": [(key, marked(member)) for key, member in value.items()]}
    if isinstance(value, list):
        return [marked(member) for member in value]
    return type(value).__name__, repr(value)


def same_reading(data, bounds):
    assert outcome(parse_json, data, bounds) == (
        outcome(parse_any, data, bounds) if len(data) <= bounds.size else outcome(parse_json, data, bounds)
    )


@given(st.lists(st.tuples(GAPS, PIECES, GAPS), max_size=6), GAPS, st.booleans())
@settings(max_examples=400, deadline=None)
@example([("", '"b:c":2', ""), ("", '"b\\u003ac":1', "")], "", False)
def test_objects_put_together_from_odd_members(members, end, tight):
    text = "{" + ",".join(before + member + after for before, member, after in members) + "}" + end
    same_reading(text.encode(), TIGHT if tight else limits.CREDENTIAL)


@given(OBJECTS, st.sampled_from([None, 0, 2]), st.booleans(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_any_program_writes(value, indent, ascii_only, tight):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    same_reading(text.encode("utf-8", "surrogatepass"), TIGHT if tight else limits.CREDENTIAL)


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_badges_with_one_place_changed(samples, data):
    badge = (samples / "realistic.json").read_bytes()
    badge = dump(json.loads(badge)) if data.draw(st.booleans()) else badge
    place = data.draw(st.integers(0, len(badge)))
    new = data.draw(
        st.binary(max_size=3)
        | st.sampled_from([b'"', b"{", b"}", b":", b",", b"\\", b"1e5", b"-0", b'"type":1,'])
    )
    same_reading(badge[:place] + new + badge[place + data.draw(st.integers(0, 3)) :], limits.CREDENTIAL)


@pytest.mark.parametrize("name", ["basic", "realistic", "complete"])
def test_badges_take_the_quick_road_in_every_layout(samples, name):
    value = json.loads((samples / f"{name}.json").read_bytes())
    for data in (dump(value), json.dumps(value).encode(), json.dumps(value, indent=4).encode() + b"\n"):
        assert (
            marked(read(data, limits.CREDENTIAL))
            == marked(parse_any(data, limits.CREDENTIAL))
            == marked(value)
        )


@pytest.mark.parametrize(
    "bounds",
    [
        limits.JsonLimits(depth=9),
        limits.JsonLimits(array=40),
        limits.JsonLimits(string=300),
        limits.JsonLimits(integer_digits=3),
    ],
)
def test_badges_that_just_fit_or_do_not(samples, bounds):
    for name in ("basic", "realistic", "complete"):
        same_reading((samples / f"{name}.json").read_bytes(), bounds)


@pytest.mark.parametrize(("inside", "fits"), [(31, True), (32, False)])
@pytest.mark.parametrize("pair", ["[]", "{}"])
def test_levels_are_counted_where_brackets_are_many(inside, fits, pair):
    deep = "[" * (inside - 1) + pair + "]" * (inside - 1)
    data = ('{"brackets":"' + "[" * 40 + '","a":' + deep + "}").encode()
    assert (read(data, limits.CREDENTIAL) is not None) == fits
    same_reading(data, limits.CREDENTIAL)


SPELLED = st.from_regex(r"-?(?:0|[1-9][0-9]{0,12})(?:\.[0-9]{1,14})?(?:[eE][+-]?[0-9]{1,3})?", fullmatch=True)


@given(SPELLED, st.sampled_from(["", " "]))
@settings(max_examples=400, deadline=None)
@example("9007199254740993.0", " ")
@example("2.2250738585072011e-308", " ")
@example("12345678901234567890", " ")
@example("1.00000001000000001000000001e1", " ")
@example("0." + "1234567." * 3, " ")
def test_numbers_in_every_spelling(number, gap):
    same_reading(f'{{"a":{gap}{number}}}'.encode(), limits.CREDENTIAL)


@given(VALUES | OBJECTS)
@settings(max_examples=400, deadline=None)
def test_the_canonical_form_is_one(value):
    assert outcome(canonicalize, value) == outcome(canonicalize_any, value)


@given(
    st.floats() | st.floats(-1e16, 1e16) | st.floats(-1e-3, 1e-3) | st.integers(-(2**60), 2**60).map(float)
)
@settings(max_examples=400, deadline=None)
@example(-0.0)
@example(1e15)
@example(999999999999999.9)
@example(1e-4)
@example(9.999999999999999e-05)
def test_every_number_has_one_form(number):
    for value in ({"a": number}, {"é": [number, {"b": number}]}, {"a": (number,)}):
        assert outcome(canonicalize, value) == outcome(canonicalize_any, value)


def test_whole_numbers_are_written_at_c_speed(samples):
    value = json.loads((samples / "complete.json").read_bytes())
    assert write_canonically(value) == canonicalize_any(value)


@given(st.dictionaries(ANY_TEXT | ODD_TEXT, ANY_TEXT, min_size=2))
def test_keys_of_every_plane_are_sorted_by_utf_16(value):
    assert outcome(canonicalize, value) == outcome(canonicalize_any, value)


@given(VALUES | OBJECTS)
@settings(max_examples=300, deadline=None)
def test_compact_json_says_the_same(value):
    found, expected = outcome(dump, value), outcome(dump_any, value)
    if found != expected:  # 1e-7 or 1e-07
        assert marked(json.loads(dump(value))) == marked(json.loads(dump_any(value)))


def test_an_object_without_floats_is_written_at_c_speed():
    value = {"name": "Zoë", "numbers": [1, -2, True, None], "deep": {"list": ({"a": "b"},)}}
    assert write_canonically(value) == canonicalize_any(value)
    assert write(value) is None  # null: NaN would look the same
    del value["numbers"]
    assert write(value) == dump_any(value)
