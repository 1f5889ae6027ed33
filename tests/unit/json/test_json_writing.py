"""Writing JSON: compact, in order, canonical; never a document that couldn't be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.errors import NotUnicode, NumberOutOfRange
from passport.json import canonicalize, dump, parse_json

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(1 - 2**53, 2**53 - 1)
    | st.floats(-(2.0**53) + 1, 2.0**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=5)
    ),
    max_leaves=20,
)


def test_dump_is_compact_and_keeps_order():
    assert dump({"b": ["é", 1, None], "a": True}) == '{"b":["é",1,null],"a":true}'.encode()


@pytest.mark.parametrize("write", [dump, canonicalize])
def test_what_has_no_json_form_is_refused(write):
    with pytest.raises(NotUnicode):
        write({"a": "\ud800"})
    with pytest.raises(NumberOutOfRange):
        write({"a": float("nan")})
    with pytest.raises(NumberOutOfRange):
        write(float("inf"))


def test_canonical_form_refuses_integers_that_others_would_round():
    with pytest.raises(NumberOutOfRange):
        canonicalize(2**53)


@given(values)
def test_reading_back_gives_the_same(value):
    assert parse_json(dump(value)) == value


@given(values)
def test_canonical_form_is_stable(value):
    canonical = canonicalize(value)
    assert canonicalize(parse_json(canonical)) == canonical
