"""N-Quads as RDFC-1.0 wants them, where PyLD writes them otherwise."""

import pytest

from passport.errors.jsonld import MalformedNQuads
from passport.jsonld.nquads import XSD, line, literal, parse_nquads


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain", '"plain"'),
        ('say "x"', r'"say \"x\""'),
        ("back\\slash", r'"back\\slash"'),
        ("\b\t\n\f\r", r'"\b\t\n\f\r"'),
        ("\x00\x01\x0b\x1f\x7f", r'"\u0000\u0001\u000B\u001F\u007F"'),
        ("\x80\x85\u2028é😀", '"\x80\x85\u2028é😀"'),
        ("", '""'),
    ],
)
def test_literals_escape_controls_and_nothing_else(value: str, written: str) -> None:
    assert literal(value) == written
    (quad,) = parse_nquads(f"<urn:s> <urn:p> {written} .\n")
    assert quad == ("<urn:s>", "<urn:p>", written, "")


def test_the_string_datatype_is_unsaid_and_others_are_said() -> None:
    assert literal("x", f"{XSD}string") == '"x"'
    assert literal("x", f"{XSD}date") == f'"x"^^<{XSD}date>'
    assert literal("x", language="nl") == '"x"@nl'


def test_a_document_is_read_to_its_quads() -> None:
    text = (
        "# a comment\r\n\n"
        '_:a <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#string> .\r\n'
        '_:a <urn:p> "1" .\n'
        "<urn:s><urn:p>_:b.c <urn:g>.#end\n"
        '<urn:s> <urn:p> "\\u00e9\\U0001F600"@en-GB _:g .'
    )
    assert parse_nquads(text) == {
        ("_:a", "<urn:p>", '"1"', ""),
        ("<urn:s>", "<urn:p>", "_:b.c", "<urn:g>"),
        ("<urn:s>", "<urn:p>", '"é😀"@en-GB', "_:g"),
    }


def test_lines_end_at_line_ends_only() -> None:
    text = '<urn:s> <urn:p> "a\u2028b\x85c" .\n'
    (quad,) = parse_nquads(text)
    assert line(quad) == text


@pytest.mark.parametrize(
    "text",
    [
        "<urn:s> <urn:p> .",
        '"s" <urn:p> <urn:o> .',
        "<urn:s> _:p <urn:o> .",
        "<urn:s> <urn:p> <urn:o>",
        "<urn:s> <urn:p> <urn o> .",
        '<urn:s> <urn:p> "open .',
        r'<urn:s> <urn:p> "\x" .',
        r'<urn:s> <urn:p> "\uD800" .',
        r'<urn:s> <urn:p> "\UFFFFFFFF" .',
        r"<urn:s> <urn:p\u003E> <urn:o> .",
        r'<urn:s> <urn:p> "x"^^<urn:\u0020> .',
        '<urn:s> <urn:p> "x" "y" .',
    ],
)
def test_what_is_no_quad_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(MalformedNQuads) as refused:
        parse_nquads(text)
    assert refused.value.details.keys() <= {"line"}
