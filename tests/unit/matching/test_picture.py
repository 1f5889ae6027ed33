"""Pictures of a match say in words what they show, take no markup from anybody, and are as large as their numbers."""

import math
from datetime import UTC, datetime
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from matching.adjacent import adjacent
from matching.explain import Demanded, compare
from matching.pictures import Near, SkillYears, draw_near, draw_overlap, draw_years
from matching.pictures.near import MOST
from passport.texts import Language

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "</desc><script>alert(1)</script>\"'&"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def circles(svg):
    """The outlines, once each: where and how large."""
    return [
        tuple(float(one.get(name)) for name in ("cx", "cy", "r"))
        for one in svg.iter(f"{SVG}circle")
        if one.get("fill") == "none"
    ]


def words(svg):
    return [text.text for text in svg.iter(f"{SVG}text")]


def demanded(count, start=0):
    return [Demanded(f"urn:s:{number}") for number in range(start, start + count)]


def has(count):
    return [f"urn:s:{number}" for number in range(count)]


def test_counts_are_words_and_sentences(small, small_release):
    skills = [small_release.skills[0].iri, small_release.skills[3].iri]
    found = compare(skills, small_release.occupations[0].iri, small, language="nl")
    svg = ET.fromstring(draw_overlap(found, Language.NL, name="p1"))
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "p1-title p1-desc"
    assert svg.findtext(f"{SVG}title") == "Uw vaardigheden naast lasser"
    assert svg.findtext(f"{SVG}desc").startswith("U hebt 1 van de 2 vaardigheden die voor lasser nodig zijn.")
    assert words(svg)[-3:] == [
        "Hebt u en wordt gevraagd: 1",
        "Wordt gevraagd, hebt u nog niet: 2",
        "Hebt u, wordt niet gevraagd: 1",
    ]


def test_areas_are_as_large_as_their_numbers(esco):
    iris = list(esco.skills)
    found = compare(iris[:40], [Demanded(iri) for iri in iris[30:50]], esco, name="Work")
    one, other = circles(ET.fromstring(draw_overlap(found)))
    assert math.pow(one[2] / other[2], 2) == pytest.approx(40 / 20, rel=0.1)
    assert abs(one[0] - other[0]) < one[2] + other[2]


def test_without_anything_shared_the_circles_stay_apart(esco):
    iris = list(esco.skills)
    found = compare(iris[:9], [Demanded(iri) for iri in iris[20:25]], esco, name="Work")
    one, other = circles(ET.fromstring(draw_overlap(found)))
    assert abs(one[0] - other[0]) > one[2] + other[2]


@pytest.mark.parametrize(("own", "asked"), [(3, 30), (30, 3), (7, 7)])
def test_a_set_within_the_other_lies_within_it(esco, own, asked):
    iris = list(esco.skills)
    found = compare(iris[:own], [Demanded(iri) for iri in iris[:asked]], esco, name="Work")
    one, other = sorted(circles(ET.fromstring(draw_overlap(found))), key=lambda circle: circle[2])
    assert abs(one[0] - other[0]) <= other[2] - one[2] + 2


def test_too_low_a_level_has_a_row_of_its_own(small, small_release):
    weld = small_release.skills[0].iri
    found = compare([weld], [Demanded(weld, level=3)], small, levels={weld: 1}, name="Work")
    assert words(ET.fromstring(draw_overlap(found)))[-1] == "Of those, there but at too low a level: 1"


def test_names_with_markup_stay_text(small, esco):
    overlap = draw_overlap(
        compare([], [Demanded("http://x/1", label=EVIL)], small, name=EVIL), name='a"b', standalone=False
    )
    near = draw_near([Near(esco.occupations.iris[0], EVIL, 0.4)], esco, middle=EVIL)
    years = draw_years([SkillYears(EVIL, (NOW,), 1.0)], NOW)
    for drawn in (overlap, near, years):
        ET.fromstring(drawn)
        assert "<script" not in drawn
        assert "style" not in drawn
    assert ET.fromstring(overlap).findtext(f"{SVG}title") == f"Your skills beside {EVIL}"


def test_nothing_at_all_is_drawn_as_nothing(small):
    assert circles(ET.fromstring(draw_overlap(compare([], [], small)))) == []
    assert ET.fromstring(draw_near([], small, middle="you")) is not None
    assert ET.fromstring(draw_years([], NOW)) is not None


def near(esco, number):
    occupation = esco.occupations.iris[number]
    return occupation, [
        Near(one.occupation, esco.label(one.occupation), one.score) for one in adjacent(occupation, esco)
    ]


def dots(svg):
    """Distance from the middle by the number in the dot, without those of the list below."""
    found = {}
    for one in svg.iter(f"{SVG}text"):
        if one.get("font-size") == "13" and float(one.get("x")):
            x, y = float(one.get("x")) - 180, float(one.get("y")) - 5 - 180
            found[int(one.text)] = math.hypot(x, y)
    return found


def test_what_is_closer_lies_closer_to_the_middle(esco):
    occupation, found = near(esco, 42)
    svg = ET.fromstring(draw_near(found, esco, middle=esco.label(occupation)))
    distances = [dots(svg)[place] for place in range(1, MOST + 1)]
    assert all(one <= other + 2 for one, other in pairwise(distances))
    said = svg.findtext(f"{SVG}desc")
    assert said.startswith(f"1: {found[0].label}, ")
    assert {one.label for one in found} <= set(words(svg))


def test_a_map_holds_far_work_and_no_more_than_ten(esco):
    _, found = near(esco, 42)
    far = [
        Near(one.occupation, one.label, score) for one, score in zip(found, (1, 0.3, 0.12, 0.0), strict=False)
    ]
    drawn = dots(ET.fromstring(draw_near(far, esco, middle="you")))
    assert list(drawn) == [1, 2, 3, 4]
    assert max(drawn.values()) <= 152
    assert len(dots(ET.fromstring(draw_near([*found, *found], esco, middle="you")))) == MOST


def test_years_show_when_and_what_is_left_and_count_the_rest():
    def at(year):
        return datetime(year, 6, 1, tzinfo=UTC)

    skills = [SkillYears(f"skill {year}", (at(year), at(year + 3)), 0.5) for year in range(1990, 2010)]
    svg = ET.fromstring(draw_years([*skills, SkillYears("no date", (), 1.0)], NOW, Language.EN))
    said = svg.findtext(f"{SVG}desc")
    several = draw_years([SkillYears("a school", (at(2009),), 1.0), SkillYears("no date", (), 1.0, 6)], NOW)
    assert "Without a date: 6." in several, "skills are counted, not rows"
    assert said.startswith("skill 2009: first shown in 2009, last in 2012, counts for 50 %.")
    assert said.endswith("drawn here: 8. Without a date: 1. Nobody can say how old those are.")
    assert "no date" not in words(svg)[:20]
    assert words(svg).count("50 %") == 12


def test_the_same_input_gives_the_same_bytes(esco):
    _, found = near(esco, 7)
    once, again = (draw_near(list(found), esco, Language.NL, middle="u") for _ in range(2))
    assert once == again


def test_a_file_of_its_own_brings_its_dark_colours(small):
    drawn = draw_overlap(compare([], [], small), standalone=True)
    assert "prefers-color-scheme:dark" in drawn
