"""The picture says in words what it shows, and takes no markup from anybody."""

from xml.etree import ElementTree as ET

from matching.explain import Demanded, compare
from matching.picture import draw_overlap
from passport.texts import Language

SVG = "{http://www.w3.org/2000/svg}"


def test_counts_are_words_and_sentences(small, small_release):
    skills = [small_release.skills[0].iri, small_release.skills[3].iri]
    found = compare(skills, small_release.occupations[0].iri, small, language="nl")
    svg = ET.fromstring(draw_overlap(found, Language.NL, name="p1"))
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "p1-title p1-desc"
    assert svg.findtext(f"{SVG}title") == "Uw vaardigheden naast lasser"
    assert svg.findtext(f"{SVG}desc").startswith("U hebt 1 van de 2 essentiële vaardigheden van lasser.")
    assert [text.text for text in svg.iter(f"{SVG}text")] == [
        "Hebt u en wordt gevraagd: 1",
        "Wordt gevraagd, hebt u nog niet: 2",
        "Hebt u, wordt niet gevraagd: 1",
    ]


def test_bars_are_as_long_as_their_numbers(small, small_release):
    found = compare([small_release.skills[0].iri], small_release.occupations[0].iri, small)
    svg = ET.fromstring(draw_overlap(found))
    widths = [int(bar.get("width")) for bar in svg.iter(f"{SVG}rect") if bar.get("fill") != "none"]
    assert widths == [212, 424, 0]


def test_a_name_with_markup_stays_text(small):
    evil = "</desc><script>alert(1)</script>\"'&"
    drawn = draw_overlap(compare([], [Demanded("http://x/1", label=evil)], small, name=evil), name='a"b')
    svg = ET.fromstring(drawn)
    assert "<script" not in drawn
    assert svg.findtext(f"{SVG}title") == f"Your skills beside {evil}"
    assert "style" not in drawn


def test_nothing_at_all_is_drawn_as_nothing(small):
    assert ET.fromstring(draw_overlap(compare([], [], small))) is not None
