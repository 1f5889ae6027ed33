"""Texts of a badge that make a certificate long, slow or impossible to set: it comes out, and nobody waits for it."""

import pypdfium2
import pytest

from passport.certificate import certificate_of
from passport.certificate.plain import one_line, several_lines
from passport.paper import SaveAs, save_as
from passport.texts import Language
from tests.simulators.badge_files import signed

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
WITHOUT_LETTERS = [FAMILY * 400, "\u6f22\u200d" * 1_500, "\u2014\u05d0" + "!" * 3_000]


@pytest.mark.parametrize("text", WITHOUT_LETTERS, ids=["families", "joiners", "hebrew"])
def test_thousands_of_characters_without_a_letter_are_cut_and_set(text):
    """The library that sets pages called itself once for each of them, and ended."""
    source = signed(achievement={"description": f"Voor {text} na", "name": f"Lasser {text}"})
    with pypdfium2.PdfDocument(save_as(SaveAs.PDF, source, Language.NL, name="x").data) as document:
        assert len(document) <= 4
    said = certificate_of(source, Language.NL)
    assert said.description.startswith("Voor")
    assert said.description.endswith("na") or "\u6f22" in text


@pytest.mark.parametrize("text", ["x\n\n" * 5_000])
def test_thousands_of_lines_make_no_hundreds_of_pages(text):
    source = signed(achievement={"description": text, "criteria": {"narrative": text}})
    with pypdfium2.PdfDocument(save_as(SaveAs.PDF, source, Language.NL, name="x").data) as document:
        assert len(document) <= 12


def test_lines_and_paragraphs_of_an_honest_text_stay():
    assert several_lines(" Een.\r\nTwee.\n\nDrie. ") == "Een.\nTwee.\n\nDrie."
    assert several_lines("Een.\n\n\n\nTwee.") == "Een.\n\nTwee."
    assert one_line("tel. 06-12 34 56 78 - 1/2 - (a)") == "tel. 06-12 34 56 78 - 1/2 - (a)"
    assert one_line("-" * 200) == "-" * 200
    assert one_line("-" * 201) == "-" * 200 + "…"
    assert several_lines("\n".join("abcd" for _ in range(80))).count("abcd") == 80
    assert several_lines("\n".join("abcd" for _ in range(81))).count("abcd") == 79
