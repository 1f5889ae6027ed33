"""A stranger's words in the picture of a chain: they move nothing, hide nothing and end in their box."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.evidence.picture import draw_chain
from passport.evidence.picture.lettering import drawable, width_of, wrapped
from passport.texts import Language
from passport.texts.unseen import UNSEEN

SVG = "{http://www.w3.org/2000/svg}"
ODD = [
    "<script>alert(1)</script>",
    '"/><image href="https://attacker.example/x"/>',
    "\u202eloohcS A\u202c",
    "\u2066A school\u2069\u200f\u061c",
    "A\x00b\x1bc\ufffe\uffff\ufdd0",
    "&amp; &#60;b&#62; ]]>",
    "W" * 4_000,
    "\u4e2d" * 300,
    "Z" + "\u0327\u0300\u0301\u0302" * 40 + "algo",
    "one\u2028two\u2029three\r\nfour\tfive",
    "\ud800 alone",
    "   ",
    "",
]


def report(text):
    reason = {"code": "evidence.rule.unknown", "values": {"issuer": text}}
    link = {
        "credential": text,
        "issuer": {"id": "did:key:z6Mk", "name": text},
        "rule": "unknown",
        "strength": "soft",
        "certain": "soft",
        "answer": "yes",
        "method": None,
        "date": None,
        "ageMonths": None,
        "recognisedAs": [],
        "reasons": [reason],
    }
    listed = {**link, "credential": f"{text}2", "recognisedAs": ["employer"]}
    return {
        "skill": "https://skills.example/1",
        "label": text,
        "strength": "soft",
        "answer": "yes",
        "strengthWithout": "soft",
        "links": [link, listed],
        "raiseBy": [{"code": "evidence.raise.ask_recognised", "values": {"issuer": text}}],
    }


def look_at(picture):
    """What must hold of any picture, whatever stands in it."""
    root = ET.fromstring(picture)
    kinds = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert kinds <= {"svg", "title", "desc", "text", "rect", "circle", "path"}
    for each in root.iter():
        assert not UNSEEN.search(each.text or "")
        assert not [name for name in each.attrib if name.startswith("on") or "href" in name]
    for line in root.iter(f"{SVG}text"):
        if line.get("text-anchor") is None:
            assert float(line.get("x")) + width_of(line.text or "", float(line.get("font-size"))) <= 362


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_words_stay_words_in_their_box(text):
    for language in Language:
        look_at(draw_chain(report(text), language, heading=True))


@given(st.text(max_size=60))
def test_any_words_stay_words_in_their_box(text):
    look_at(draw_chain(report(text), Language.EN, heading=True))


@given(st.text(max_size=200), st.integers(1, 5))
def test_text_is_cut_into_lines_that_fit(text, most):
    lines = wrapped(text, 14, 120, most)
    assert 1 <= len(lines) <= most
    assert all(width_of(line, 14) <= 120 for line in lines)


def test_marks_that_pile_up_are_cut():
    assert drawable("e" + "\u0301" * 50) == "e\u0301\u0301\ufffd"


def test_a_name_for_ids_cannot_leave_its_attribute():
    look_at(draw_chain(report("A"), Language.EN, name='x" onload="alert(1)'))
