"""Whatever the values: a compiled shape says what expansion says."""

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from passport.errors import PassportError
from passport.jsonld.canonical import canonicalize_by_expansion
from passport.jsonld.compiled.shapes import Shapes
from tests.simulators.shapely import badge, knowing

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = st.sampled_from(["a", "b"]) | texts
SCHEMES = st.sampled_from(["urn:", "did:", "https://", "data:"])
plain = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '<>"{}|\\^`')
good = SCHEMES.flatmap(lambda scheme: st.text(plain, min_size=1, max_size=8).map(lambda rest: scheme + rest))
addresses = SCHEMES.flatmap(
    lambda scheme: st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=8).map(
        lambda rest: scheme + rest
    )
)


@cache
def known() -> Shapes:
    return knowing(badge())


def filled(values: dict[str, Any], ids: list[str]) -> dict[str, Any]:
    document = badge()
    subject = document["credentialSubject"]
    document["id"], document["issuer"]["id"], subject["id"], subject["achievement"]["id"] = ids
    document["issuer"]["name"] = values["name"]
    subject["creditsEarned"] = values["fraction"]
    subject["achievement"].update(creditsAvailable=values["whole"], tag=values["tags"])
    for holder, value in zip(subject["identifier"], values["hashes"], strict=True):
        holder["identityHash"] = value
    return document


@settings(deadline=None)
@given(
    values=st.fixed_dictionaries(
        {
            "name": texts,
            "fraction": st.floats(allow_nan=False, allow_infinity=False),
            "whole": st.integers(-(10**23), 10**23),
            "tags": st.lists(words, min_size=2, max_size=2),
            "hashes": st.lists(words, min_size=2, max_size=2),
        }
    ),
    ids=st.lists(good, min_size=4, max_size=4, unique=True),
    hash_name=st.sampled_from(["sha256", "sha384"]),
)
def test_a_compiled_shape_says_what_expansion_says(
    values: dict[str, Any], ids: list[str], hash_name: str
) -> None:
    document = filled(values, ids)
    found = known().canonicalize(document, hash_name)
    assert found is not None
    assert found == canonicalize_by_expansion(document, hash_name=hash_name)


@settings(deadline=None)
@given(ids=st.lists(addresses, min_size=4, max_size=4, unique=True), name=st.text(st.characters()))
def test_what_expansion_refuses_no_shape_accepts(ids: list[str], name: str) -> None:
    document = badge()
    subject = document["credentialSubject"]
    document["id"], document["issuer"]["id"], subject["id"], subject["achievement"]["id"] = ids
    document["issuer"]["name"] = name
    try:
        expected = canonicalize_by_expansion(document)
    except PassportError:
        expected = None
    assert known().canonicalize(document, "sha256") in {None, expected}
