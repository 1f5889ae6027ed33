"""Whatever stands in a list, a profile or an index: it is read, or refused with an error of ours."""

import copy
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.errors import PassportError
from passport.evidence import Demand, Purpose, build_function_profile, parse_function_profile
from passport.evidence.bundle import parse_bundle, write_bundle
from passport.evidence.lint import lint
from passport.json import parse_object
from passport.trust import Recognition, Revocation, TrustStore, parse_trust_list, verify_trust_list
from passport.trust.changes import compare_trust_lists
from tests.simulators.parties import ESCO, NOW, Party, World, recognise

WORLD = World()
SCHOOL = Party("School")
LIST = parse_object(
    WORLD.trust_list(
        recognise(
            SCHOOL,
            Recognition.EDUCATOR,
            skills=frozenset({ESCO + "1"}),
            may_recognise=frozenset({Recognition.EDUCATOR}),
            list_id="https://s.example/list",
            revoked=Revocation(NOW, "Closed."),
        )
    )
)
PROFILE = build_function_profile(
    profile_id="https://e.example/1",
    version=1,
    name={"en": "Welder"},
    publisher=SCHOOL.did,
    publisher_name="Employer",
    purpose=Purpose.TALENT,
    taxonomy="ESCO 1.1.1",
    demands=[Demand(ESCO + "1", "weld", level=3, maximum_age_months=3, labels={"nl": "lassen"})],
    valid_from=NOW,
    valid_until=NOW + timedelta(days=1),
)
INDEX = write_bundle([("welder/1", parse_function_profile(PROFILE), b"{}")])
READERS = {
    "list": (LIST, parse_trust_list),
    "profile": (PROFILE, parse_function_profile),
    "index": (INDEX, parse_bundle),
}
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(value, way=()):
    yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places(each, (*way, key))


def changed(document, way, value):
    if not way:
        return value
    copied = copy.deepcopy(document)
    place = copied
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    return copied


@pytest.mark.parametrize("kind", READERS)
@given(data=st.data())
def test_junk_in_any_place_is_read_or_refused(kind, data):
    document, read = READERS[kind]
    way = data.draw(st.sampled_from(list(places(document))))
    source = json.dumps(changed(document, way, data.draw(junk))).encode("utf-8", errors="surrogatepass")
    try:
        found = read(source)
    except PassportError:
        return
    if kind == "profile":
        lint(found, now=NOW, trust=TrustStore())
    if kind == "list" and found.id == LIST["id"]:
        compare_trust_lists(parse_trust_list(LIST), found)


@pytest.mark.parametrize("kind", READERS)
@given(data=st.binary(max_size=200))
def test_bytes_that_are_nothing(kind, data):
    with pytest.raises(PassportError):
        READERS[kind][1](data)


@given(data=st.data())
def test_any_change_of_one_byte_of_a_signed_list_is_refused(data):
    source = bytearray(WORLD.trust_list(recognise(SCHOOL, Recognition.EDUCATOR)))
    place = data.draw(st.integers(0, len(source) - 1))
    source[place] ^= data.draw(st.integers(1, 255))
    original = parse_object(WORLD.trust_list(recognise(SCHOOL, Recognition.EDUCATOR)))
    try:
        found = verify_trust_list(
            bytes(source), context=WORLD.context, expected_publishers={WORLD.registrar.did}
        )
    except PassportError:
        return
    without = {name: value for name, value in found.content.document.items() if name != "proof"}
    assert without == {name: value for name, value in original.items() if name != "proof"}
