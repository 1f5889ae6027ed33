"""The picture of a chain: every act in the lane of what it counts for, every state by shape and word."""

import re
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from passport.evidence import Strength, weigh
from passport.evidence.picture import draw_chain, drawing, tell_chain
from passport.evidence.picture.chain import read_chain
from passport.evidence.picture.lettering import width_of
from passport.evidence.report import write_skill
from passport.texts import Language, shared
from passport.trust import Recognition
from passport.web.static import stylesheet
from tests.simulators.parties import ESCO, NOW, Party, World, recognise, status_entry

SKILL = {f"{ESCO}forklift": "operate a forklift"}
SVG = "{http://www.w3.org/2000/svg}"
STATUS = "https://employer.example/status"
EN, NL = Language.EN, Language.NL


def days(number):
    return NOW - timedelta(days=number)


@pytest.fixture(scope="module")
def town():
    """What different signers say of one skill, weighed by one registrar's list."""
    world, worker = World(), Party("A worker")
    employer, assessor, school = Party("An employer"), Party("An assessor"), Party("A school")
    trust = world.trusting(
        recognise(employer, Recognition.EMPLOYER),
        recognise(assessor, Recognition.VALIDATOR),
        recognise(school, Recognition.EDUCATOR),
    )
    entry = [status_entry(STATUS, 3)]
    signed = {
        "claim": worker.issue(worker, SKILL, genres=["self-report"], activity_end=days(400)),
        "records": employer.issue(worker, SKILL, genres=["work-record"], activity_end=days(45)),
        "withdrawn": employer.issue(worker, SKILL, genres=["work-record"], status=entry),
        "validation": assessor.issue(
            worker,
            SKILL,
            genres=["validation"],
            activity_end=days(10),
            source={"id": Party("Somebody").did, "type": ["Profile"], "name": "Somebody"},
            results=[{"status": "Completed", "value": "passed"}],
        ),
        "derived": school.issue(worker, SKILL, kind="Certificate", genres=["derived"]),
        "foreign": Party("A school abroad").issue(worker, SKILL, kind="Diploma", genres=["examination"]),
    }

    def weighed(*names):
        [skill] = weigh([world.verify(signed[name]) for name in names], trust=trust, now=NOW)
        return skill

    uncertain = weighed("claim", "withdrawn")
    world.publish(employer.status_list(STATUS, revoked=[3]))
    return {
        "soft": weighed("claim"),
        "semi-hard": weighed("claim", "records"),
        "hard": weighed("claim", "records", "validation"),
        "uncertain": uncertain,
        "fallen": weighed("claim", "withdrawn"),
        "nothing": weighed("withdrawn"),
        "derived": weighed("derived"),
        "foreign": weighed("foreign"),
    }


CASES = ["soft", "semi-hard", "hard", "uncertain", "fallen", "nothing", "derived", "foreign"]


def with_paths(skill, *rules):
    """The report of a skill, in which each of these links rests on those before it."""
    report = write_skill(skill)
    by_rule = {link["rule"]: link for link in report["links"]}
    ids = [by_rule[rule]["credential"] for rule in rules]
    for place, rule in enumerate(rules):
        by_rule[rule]["path"] = [{"credential": each} for each in ids[: place + 1]]
    return report


def drawn(report, language=EN, **options):
    return ET.fromstring(draw_chain(report, language, **options))


def words(picture):
    return [each.text for each in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("case", CASES)
def test_every_case_is_drawn_with_attributes_alone_and_told_to_who_does_not_see_it(town, case, language):
    source = draw_chain(town[case], language, heading=True)
    picture = ET.fromstring(source)
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert picture.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert SKILL[f"{ESCO}forklift"] in title.text
    for link in town[case].links:
        assert shared().say(f"chain.state.{link.answer}", language) in description.text
    assert "style" not in {name for each in picture.iter() for name in each.attrib}
    assert "<style" not in source
    assert f'lang="{language}"' in source


@pytest.mark.parametrize("case", CASES)
def test_hard_is_on_top_and_soft_below(town, case):
    lanes = [each for each in drawn(town[case]).iter(f"{SVG}rect") if "-lane" in each.get("class", "")]
    order = [each.get("class") for each in sorted(lanes, key=lambda each: float(each.get("y")))]
    assert order == ["chain-fill-hard-lane", "chain-fill-semi-hard-lane", "chain-fill-soft-lane"]
    for upper, lower in pairwise(sorted(lanes, key=lambda each: float(each.get("y")))):
        assert float(upper.get("y")) + float(upper.get("height")) < float(lower.get("y"))


def test_what_fell_is_struck_through_in_the_lane_it_fell_from(town):
    chain = read_chain(write_skill(town["fallen"]), 10)
    fallen = [node for node in chain.nodes if node.answer == "no"]
    assert [node.lane for node in fallen] == [Strength.SEMI_HARD]
    picture = drawn(town["fallen"])
    struck = [each.text for each in picture.iter(f"{SVG}text") if each.get("text-decoration")]
    assert struck == ["Work records"]
    assert "The issuer has revoked it." in words(picture)
    assert "Counts for nothing" in words(picture)


def test_what_cannot_be_told_is_dashed_with_a_question_mark(town):
    picture = drawn(town["uncertain"])
    assert "?" in words(picture)
    assert "if it checks out" in words(picture)
    assert any(each.get("stroke-dasharray") == "6 4" for each in picture.iter(f"{SVG}rect"))


@pytest.mark.parametrize(
    ("case", "lane", "says"),
    [
        ("soft", Strength.SEMI_HARD, "evidence.raise.ask_confirmation"),
        ("semi-hard", Strength.HARD, "evidence.raise.ask_assessor"),
        ("nothing", Strength.SEMI_HARD, "evidence.raise.renew"),
        ("uncertain", Strength.SEMI_HARD, "evidence.raise.check_again"),
        ("hard", None, None),
    ],
)
def test_what_would_raise_it_is_a_ghost_in_the_lane_above(town, case, lane, says):
    ghosts = read_chain(write_skill(town[case]), 10).ghosts
    assert [(ghost.lane, ghost.reason.code) for ghost in ghosts][:1] == ([(lane, says)] if says else [])


def test_the_kinds_of_acts_have_their_names(town):
    assert "Diploma or certificate" in words(drawn(town["foreign"]))
    assert "Worked out from other proof" in words(drawn(town["derived"]))
    assert "Eigen verklaring" in words(drawn(town["soft"], NL))
    report = write_skill(town["soft"])
    report["links"][0] |= {"rule": "unknown", "method": None}
    assert "Statement" in words(drawn(report))
    report["links"][0] |= {"act": "endorsement"}
    assert "Confirmation" in words(drawn(report))


def test_somebody_unknown_is_shown_by_identifier_beside_the_name_that_it_gives_itself(town):
    told = words(drawn(town["foreign"]))
    [link] = town["foreign"].links
    assert f"{link.issuer[:16]}…{link.issuer[-6:]}" in told
    assert "calls itself A school abroad" in told
    report = write_skill(town["foreign"])
    report["links"][0]["issuer"]["name"] = report["links"][0]["issuer"]["id"]
    assert not [each for each in words(drawn(report)) if "calls itself" in each]


def test_arrows_go_from_what_builds_to_what_it_rests_on(town):
    report = with_paths(town["hard"], "holder", "work-record", "independent-assessment")
    chain = read_chain(report, 10)
    kinds = [(chain.nodes[upper].kind, chain.nodes[lower].kind) for upper, lower in chain.rests]
    assert sorted(kinds) == [("kind.validation", "kind.work-record"), ("kind.work-record", "kind.claim")]
    assert len([each for each in drawn(report).iter(f"{SVG}path") if "l-7-4.5" in each.get("d")]) == 2
    assert "An arrow points at what a proof rests on." in words(drawn(report))
    told = drawn(report).find(f"{SVG}desc").text
    assert "It rests on: Own claim, The holder." in told


def test_two_claims_under_one_validation_do_not_rest_on_each_other(town):
    report = with_paths(town["hard"], "holder", "work-record", "independent-assessment")
    for link in report["links"]:
        if link["rule"] == "work-record":
            link["path"] = link["path"][1:]
    chain = read_chain(report, 10)
    kinds = {(chain.nodes[upper].kind, chain.nodes[lower].kind) for upper, lower in chain.rests}
    assert kinds == {("kind.validation", "kind.work-record"), ("kind.validation", "kind.claim")}


def test_acts_that_rest_on_each_other_are_drawn_and_it_ends(town):
    report = with_paths(town["hard"], "holder", "work-record", "independent-assessment")
    ids = [{"credential": link["credential"]} for link in report["links"]]
    for link in report["links"]:
        link["path"] = ids
    assert len(read_chain(report, 10).nodes) == 3
    drawn(report)


def test_two_credentials_with_one_id_are_two_nodes(town):
    report = write_skill(town["hard"])
    for link in report["links"]:
        link["credential"] = "urn:uuid:the-same"
    assert len(read_chain(report, 10).nodes) == 3


def test_a_rule_of_another_version_is_drawn_as_soft(town):
    report = write_skill(town["nothing"])
    report["links"][0]["rule"] = "of-another-version"
    assert read_chain(report, 10).nodes[0].lane is Strength.SOFT


def test_more_than_fits_is_counted(town):
    report = write_skill(town["hard"])
    report["links"] = [{**report["links"][0], "credential": f"urn:uuid:{number}"} for number in range(17)]
    picture = drawn(report)
    assert "And 7 more that are not drawn." in words(picture)
    assert words(picture).count("Validation") == 10
    assert "And 7 more that are not drawn." in picture.find(f"{SVG}desc").text


@pytest.mark.parametrize(
    ("months", "said"), [(0, "under a month old"), (1, "1 month old"), (14, "14 months old")]
)
def test_the_age_is_always_said(town, months, said):
    report = write_skill(town["soft"])
    report["links"][0]["ageMonths"] = months
    assert f"16 October 2025 · {said}" in words(drawn(report))


def test_on_a_screen_without_pictures_the_acts_are_lines(town):
    verdict, told = tell_chain(with_paths(town["semi-hard"], "holder", "work-record"), EN, 10)
    assert verdict == "This counts as semi-hard proof."
    assert [(each.strength, each.rests_on) for each in told] == [
        (Strength.SEMI_HARD, ("Own claim, The holder",)),
        (Strength.SOFT, ()),
    ]
    verdict, told = tell_chain(town["nothing"], EN, 10)
    assert verdict == "Nothing counts at this moment."
    assert told[0].why == "The issuer has revoked it."
    assert told[0].line == "Work records, An employer"


def test_without_what_is_uncertain_there_may_be_nothing(town):
    report = write_skill(town["uncertain"]) | {"strengthWithout": None}
    assert tell_chain(report, EN, 10)[0].endswith("Without it: nothing.")
    assert tell_chain(town["uncertain"], EN, 10)[0].endswith("Without it: soft.")


def test_a_picture_in_a_file_of_its_own_brings_its_dark_colours(town):
    alone = draw_chain(town["hard"], EN, standalone=True, heading=True, name="mine")
    assert "prefers-color-scheme:dark" in alone
    assert 'id="mine-title"' in alone
    ET.fromstring(alone)


def test_every_class_of_the_picture_has_its_colour_in_the_stylesheet(town):
    sheet = stylesheet().decode()
    used = {
        name
        for case in CASES
        for name in re.findall(r'class="(chain-[a-z-]+)"', draw_chain(town[case], EN, heading=True))
    }
    assert not [name for name in used if f".{name} " not in sheet]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_colours_can_be_read_by_light_and_in_the_dark():
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for text."""
    dark = drawing.DARK
    for strength, (colour, ground) in drawing.LANES.items():
        assert contrast(colour, ground) >= 4.5
        assert contrast(dark[str(strength)], dark[f"{strength}-lane"]) >= 4.5
    for answer, colour in drawing.STATES.items():
        assert contrast(colour, drawing.PAPER) >= 4.5
        assert contrast(dark[str(answer)], dark["paper"]) >= 4.5
    for name, colour in (("ink", drawing.INK), ("quiet", drawing.QUIET)):
        assert contrast(colour, drawing.PAPER) >= 4.5
        assert contrast(dark[name], dark["paper"]) >= 4.5


@pytest.mark.parametrize("case", CASES)
def test_no_line_runs_out_of_the_picture(town, case):
    for each in drawn(town[case], NL, heading=True).iter(f"{SVG}text"):
        if each.get("text-anchor") is None:
            assert float(each.get("x")) + width_of(each.text or "", float(each.get("font-size"))) <= 362
