"""Issuing claims that can be left out, and showing some of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport import sd_jwt
from passport.errors.jose import ClaimsContradict, TokenTooLarge
from passport.errors.sd_jwt import (
    HolderKeyMismatch,
    HolderKeyMissing,
    KeyBindingMissing,
    NotDisclosable,
    PointerNotFound,
    ReservedClaimName,
    TooManyDisclosures,
)
from passport.keys import generate_signer
from passport.sd_jwt.key_binding import key_binding_terms
from passport.sd_jwt.pointers import write_pointer
from tests.simulators.parties import NOW

ISSUER, HOLDER = generate_signer(), generate_signer()
CLAIMS = {
    "iss": "did:example:school",
    "name": "Ann",
    "skills": ["weld", "solder", {"deep": {"deeper": 1, "other": 2}}],
    "address": {"street": "Dam", "city": "Amsterdam"},
}


def issue(claims=CLAIMS, disclosable=("/name",), **more):
    return sd_jwt.issue(claims, disclosable=disclosable, signer=ISSUER, header={}, **more)


def show(text, *pointers, holder=None):
    return sd_jwt.present(text, pointers=pointers, holder=holder, nonce="n", audience="a", now=NOW)


def read(text):
    return sd_jwt.processed(sd_jwt.parse(text))


def test_what_can_be_left_out_is_not_in_the_signed_text():
    text = issue(disclosable=["/name", "/skills/0"])
    signed = sd_jwt.parse(text).claims
    assert "name" not in signed
    assert "weld" not in json.dumps(signed)
    assert signed["_sd_alg"] == "sha-256"
    assert read(text) == CLAIMS
    bare = {name: value for name, value in CLAIMS.items() if name != "name"}
    assert read(show(text)) == {**bare, "skills": CLAIMS["skills"][1:]}


def test_nothing_to_leave_out_is_a_token_with_a_tilde():
    text = issue(disclosable=())
    assert text.count("~") == 1
    assert text.endswith("~")
    assert read(text) == CLAIMS


def test_the_claims_are_left_alone():
    before = json.dumps(CLAIMS)
    issue(disclosable=["/skills/2/deep/deeper", "/skills/2", "/address"], decoys=2)
    assert json.dumps(CLAIMS) == before


def test_what_stands_within_another_is_shown_with_it_and_apart_from_its_siblings():
    text = issue(disclosable=["/skills/2", "/skills/2/deep/deeper", "/skills/2/deep/other"])
    assert read(show(text)) == {**CLAIMS, "skills": ["weld", "solder"]}
    assert read(show(text, "/skills/2"))["skills"][2] == {"deep": {}}
    assert read(show(text, "/skills/2/deep/other"))["skills"][2] == {"deep": {"other": 2}}


def test_what_is_always_visible_may_be_asked_for():
    text = issue()
    assert show(text, "/address/city", "/iss") == show(text)
    with pytest.raises(PointerNotFound):
        show(text, "/address/country")


def test_what_was_kept_back_once_can_not_be_shown_later():
    with pytest.raises(PointerNotFound):
        show(show(issue()), "/name")


def test_salts_differ_and_hide_equal_values():
    text = issue({"a": ["x", "x"]}, ["/a/0", "/a/1"])
    one, other = sd_jwt.parse(text).disclosures
    assert one.salt != other.salt
    assert one.text != other.text


def test_chance_is_a_parameter():
    def counted(size):
        counted.last += 1
        return counted.last.to_bytes(size, "big")

    counted.last = 0
    first = issue(disclosable=["/skills/0", "/name"], decoys=3, randomness=counted)
    counted.last = 0
    assert issue(disclosable=["/skills/0", "/name"], decoys=3, randomness=counted) == first


@pytest.mark.parametrize("decoys", [0, 1, 32])
def test_decoys_look_like_what_is_left_out(decoys):
    text = issue(disclosable=["/name", "/skills/0"], decoys=decoys)
    claims = sd_jwt.parse(text).claims
    assert len(claims["_sd"]) == 1 + decoys
    assert sum("..." in each for each in claims["skills"] if isinstance(each, dict)) == 1 + decoys
    assert read(text) == CLAIMS
    assert claims["_sd"] == sorted(claims["_sd"])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"disclosable": ["/iss"]}, NotDisclosable),
        ({"disclosable": [""]}, NotDisclosable),
        ({"disclosable": ["/age"]}, PointerNotFound),
        ({"disclosable": ["/skills/3"]}, PointerNotFound),
        ({"claims": {"_sd": []}, "disclosable": ()}, ReservedClaimName),
        ({"claims": {"a": {"...": 1}}, "disclosable": ()}, ReservedClaimName),
        ({"claims": {"a": [{"_sd": 1}]}, "disclosable": ()}, ReservedClaimName),
        ({"claims": {"_sd_alg": "md5"}, "disclosable": ()}, ReservedClaimName),
        ({"claims": {"a": {"_sd_alg": 1}}, "disclosable": ["/a/_sd_alg"]}, ReservedClaimName),
        (
            {"claims": {"cnf": {}}, "disclosable": (), "holder_key": HOLDER.public_key},
            ClaimsContradict,
        ),
        ({"decoys": 33}, TooManyDisclosures),
        ({"claims": {"a": [0] * 257}, "disclosable": [f"/a/{n}" for n in range(257)]}, TooManyDisclosures),
        ({"claims": {"a": ["x" * 16_000] * 5}, "disclosable": ()}, TokenTooLarge),
    ],
)
def test_what_is_not_issued(changes, refusal):
    with pytest.raises(refusal):
        issue(**changes)


def test_as_much_as_may_be_is_issued():
    text = issue({"a": [0] * 256}, [f"/a/{n}" for n in range(256)], decoys=0)
    assert read(text) == {"a": [0] * 256}


@pytest.mark.parametrize("name", ["aud", "iat", "nbf", "exp", "jti", "cnf", "status", "vct", "vct#integrity"])
def test_what_a_check_needs_can_not_be_left_out(name):
    with pytest.raises(NotDisclosable):
        issue({name: {"a": 1}}, [f"/{name}"])
    with pytest.raises(NotDisclosable):
        issue({name: {"a": 1}}, [f"/{name}/a"])


def test_the_holder_signs_what_is_shown():
    text = issue(holder_key=HOLDER.public_key)
    shown = sd_jwt.parse(show(text, "/name", holder=HOLDER))
    key = sd_jwt.verify_key_binding(shown, nonce="n", audience="a", now=NOW)
    assert key == HOLDER.public_key
    terms = key_binding_terms(shown)
    assert (terms.nonce, terms.audience, terms.issued_at) == ("n", ("a",), NOW)
    with pytest.raises(KeyBindingMissing):
        key_binding_terms(sd_jwt.parse(text))


def test_only_the_holder_can_sign():
    with pytest.raises(HolderKeyMismatch):
        show(issue(holder_key=HOLDER.public_key), holder=ISSUER)
    with pytest.raises(HolderKeyMissing):
        show(issue(), holder=HOLDER)


def test_a_key_binding_is_made_anew_for_each_showing():
    once = show(issue(holder_key=HOLDER.public_key), "/name", holder=HOLDER)
    again = sd_jwt.present(once, pointers=(), holder=HOLDER, nonce="m", audience="b", now=NOW)
    assert sd_jwt.verify_key_binding(sd_jwt.parse(again), nonce="m", audience="b", now=NOW)
    assert "name" not in read(again)


def test_the_text_comes_back_letter_by_letter():
    text = show(issue(holder_key=HOLDER.public_key), "/name", holder=HOLDER)
    parsed = sd_jwt.parse(text)
    assert parsed.without_key_binding + parsed.key_binding.compact == text


NAMES = st.text(min_size=1, max_size=6).filter(lambda name: name not in {"_sd", "...", "_sd_alg"})
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
PRIVATE = NAMES.map(lambda name: f"x{name}")


def places(value, at=()):
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield (*at, str(name))
        yield from places(each, (*at, str(name)))


@given(st.data(), st.dictionaries(PRIVATE, VALUES, max_size=4), st.integers(0, 2))
def test_any_parts_of_any_claims_can_be_left_out(data, claims, decoys):
    """Everything comes back with all disclosures; what is asked for is there; nothing else came along."""
    everywhere = list(places(claims))
    hidden = data.draw(st.lists(st.sampled_from(everywhere), unique=True)) if everywhere else []
    text = issue(claims, [write_pointer(place) for place in hidden], decoys=decoys)
    assert read(text) == claims
    wanted = data.draw(st.lists(st.sampled_from(hidden), unique=True)) if hidden else []
    shown = sd_jwt.parse(show(text, *map(write_pointer, wanted)))
    needed = {place for place in hidden if any(each[: len(place)] == place for each in wanted)}
    assert len(shown.disclosures) == len(needed)
    sd_jwt.processed(shown)
