"""The pages of intake at a desk: what is asked, kept and shown, and an adviser who can open nothing else."""

import re

import pytest

from matching.bundle import load_bundle
from matching.intake.as_skills import AS_SKILLS
from matching.intake.assessment import SHORT_FORM
from tests.simulators.desks import at_desk
from tests.unit.wallet.test_views import HOSTILE
from wallet.core import intake_wishes
from wallet.core.advice import proposals, visits
from wallet.core.intake_answers import keep_answers, levels
from wallet.core.intake_pasts import pasts
from wallet.core.intake_skills import own_skills
from wallet.core.intake_vacancies import vacancies
from wallet.core.profile import profile_of
from wallet.core.profile_skills import SourceKind

TAXONOMY = load_bundle()
WELDER = TAXONOMY.search_occupations("welder", top=1)[0].iri
SOLDERER = TAXONOMY.search_occupations("solderer", top=1)[0].iri
WORDS = "I operate a forklift. I handle customer complaints."
SECRET = "een wens die niemand iets aangaat"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("intake")) as found:
        yield found


@pytest.fixture
def wallet(desk):
    with desk.desk.wallet() as found:
        return found


def ticks(page):
    return re.findall(r'name="skill" value="([^"]+)"', page.text)


def test_past_work_is_found_with_a_typing_error_and_its_skills_follow(desk, wallet):
    assert WELDER in desk.get("/intake/past/new?kind=work&q=lassr").text
    answer = desk.post("/intake/past", kind="work", occupation=WELDER, since="2001", until="2009")
    assert answer.is_success
    assert "2001" in answer.text
    assert [each.occupations for each in pasts(wallet)] == [(WELDER,)]
    page = desk.get("/intake/skills")
    assert "Dit hoort bij het werk van lasser (2001–2009)." in page.text
    assert "Dat is lang geleden" in page.text
    years = re.search(r"<desc[^>]*>(.*?)</desc>", desk.get("/match/skills").text, re.DOTALL).group(1)
    assert re.search(r"lasser \(\d+\).*2001.*2009", years), "of many skills a row for where they come from"
    assert desk.post("/intake/past", kind="work", occupation=WELDER, since="2o01").status_code == 400


def test_what_a_school_for_two_kinds_of_work_gives_has_its_reasons_said_once_and_not_under_each_skill(
    tmp_path,
):
    with at_desk(tmp_path) as desk:
        desk.post("/intake/past", kind="school", occupation=[WELDER, SOLDERER], since="2001", until="2004")
        page = desk.get("/intake/skills").text
        assert len(ticks(desk.get("/intake/skills"))) > 20
        assert 2 <= page.count("U leerde voor") <= 4


def test_what_is_kept_of_the_past_can_be_changed(desk, wallet):
    (one,) = pasts(wallet)
    assert f"/intake/past/new?record={one.id}" in desk.get("/intake/past?kind=work").text
    form = desk.get(f"/intake/past/new?record={one.id}").text
    assert 'value="2001"' in form
    assert f'value="{WELDER}" checked' in form
    changed = {"kind": "work", "occupation": WELDER, "since": "2002", "record": one.id}
    assert desk.post("/intake/past", **{**changed, "until": "2001"}).status_code == 400
    desk.post("/intake/past", **changed, until="2009", title="de werkplaats")
    (again,) = pasts(wallet)
    assert (again.id, again.since, again.title) == (one.id, 2002, "de werkplaats")
    assert desk.client.get("/intake/past/new?record=nothing").status_code == 404
    assert desk.post("/intake/past", **{**changed, "record": "nothing"}).status_code == 404
    desk.post("/intake/past", **{**changed, "since": "2001"}, until="2009")


def test_a_vocational_course_suggests_work_and_nothing_follows_before_it_is_ticked(desk, wallet):
    page = desk.get("/intake/past/new?kind=school&q=verzorgende").text
    crebo = re.search(r"kind=school&amp;crebo=(\d{5})", page).group(1)
    offered = desk.get(f"/intake/past/new?kind=school&crebo={crebo}").text
    assert "Het is een voorstel" in offered
    assert re.search(r'value="mbo-\d" selected', offered)
    assert not re.search(r'name="occupation" value="[^"]+" checked', offered)
    assert len(pasts(wallet)) == 1
    assert "crebo=" not in desk.get("/intake/past/new?kind=work&q=verzorgende").text


def test_a_skill_can_be_ticked_struck_out_and_forgotten(desk, wallet):
    first, second = ticks(desk.get("/intake/skills"))[:2]
    desk.post("/intake/skills", skill=first, do="mine", level="4")
    desk.post("/intake/skills", skill=second, do="not")
    assert {one.skill: (one.mine, one.level) for one in own_skills(wallet)} == {
        first: (True, 4),
        second: (False, None),
    }
    for skill in (first, second):
        desk.post("/intake/skills/forget", skill=skill)
    assert own_skills(wallet) == ()
    assert desk.post("/intake/skills", do="mine").status_code == 400
    assert desk.post("/intake/skills", skill=first, level="9").status_code == 400


def test_the_whole_list_and_the_next_question_are_kept_as_they_are_answered(desk, wallet):
    first = dict.fromkeys(SHORT_FORM[:9], "3") | {SHORT_FORM[1]: "5"}
    assert "Pagina 2 van 6" in desk.post("/intake/assess/list", page="1", **first).text
    assert len(levels(wallet)) == 9
    item = re.search(r'name="item" value="([^"]+)"', desk.get("/intake/assess/next").text).group(1)
    assert item not in first
    assert desk.post("/intake/assess/next", item=item).status_code == 400
    desk.post("/intake/assess/next", item=item, skip="yes")
    other = re.search(r'name="item" value="([^"]+)"', desk.get("/intake/assess/next").text).group(1)
    assert other != item
    page = desk.post("/intake/assess/next", **{"item": other, other: "1"})
    assert "Nog ongeveer" in page.text
    result = desk.get("/intake/assess/result").text
    assert "/match/occupation?iri=" in result
    assert "U.S. Department of Labor" in result
    desk.post("/intake/assess/forget")
    assert levels(wallet) == {}
    assert "te weinig antwoorden" in desk.get("/intake/assess/result").text


def test_what_was_answered_high_is_a_soft_skill_that_counts_little_until_it_is_ticked(desk, wallet):
    chemistry = AS_SKILLS["2.C.4.c"]
    keep_answers(wallet, {**dict.fromkeys(SHORT_FORM, 2), "2.C.4.c": 5, "2.C.4.d": 5})
    found = profile_of(wallet).by_skill[chemistry]
    assert (found.kind, found.level, str(found.strength)) == (SourceKind.ASSESSED, 5, "soft")
    assert 0 < found.weight < 0.5
    page = desk.get("/intake/skills")
    assert "een 5 van 5 voor: scheikunde" in page.text
    desk.post("/intake/skills", skill=chemistry, do="mine", level="5")
    assert profile_of(wallet).by_skill[chemistry].weight == 1
    desk.post("/intake/skills", skill=chemistry, do="not")
    assert chemistry not in profile_of(wallet).by_skill
    desk.post("/intake/skills/forget", skill=chemistry)


def test_the_self_assessment_counts_in_the_order_of_all_work_only_when_that_is_asked(desk, wallet):
    assert "/match?test=yes" in desk.get("/match").text
    assert "stap verschil" not in desk.get("/match").text
    page = desk.get("/match?test=yes").text
    assert "Deze volgorde telt ook uw zelftest mee" in page
    assert "stap verschil" in page
    desk.post("/intake/assess/forget")
    assert "test=yes" not in desk.get("/match?test=yes").text


def test_nothing_of_a_text_is_added_unseen_and_what_is_ticked_keeps_its_sentence(desk, wallet):
    page = desk.post("/intake/text", text=WORDS)
    offered = ticks(page)
    assert offered
    assert own_skills(wallet) == ()
    stranger = TAXONOMY.skills.iris[11]
    assert desk.post("/intake/text", text=WORDS, skill=stranger, keep="yes").status_code == 400
    desk.post("/intake/text", text=WORDS, skill=offered[0], keep="yes")
    (kept,) = own_skills(wallet)
    assert kept.quote in {"I operate a forklift", "I handle customer complaints"}
    assert kept.quote in desk.get("/intake/skills").text
    desk.post("/intake/skills/forget", skill=kept.skill)
    assert desk.post("/intake/text", text="x" * 20_001).status_code == 413


def test_what_a_vacancy_asks_is_no_skill_of_the_person(desk, wallet):
    before = profile_of(wallet).weights
    assert 'name="title"' in desk.get("/intake/vacancy").text
    offered = ticks(desk.post("/intake/vacancy", text=WORDS, title="Magazijn"))
    page = desk.post("/intake/vacancy", text=WORDS, title="Magazijn", skill=offered[0], keep="yes")
    assert "Magazijn" in page.text
    assert "I operate a forklift" in page.text or "I handle" in page.text
    assert profile_of(wallet).weights == before
    assert own_skills(wallet) == ()
    (kept,) = vacancies(wallet)
    assert desk.get("/intake/vacancies").is_success
    desk.post(f"/intake/vacancies/{kept.id}/forget")
    assert vacancies(wallet) == ()


def test_motives_and_wishes_are_kept_and_leave_in_no_presentation(desk, wallet):
    desk.post("/intake/wishes/motives", motive=["helping", "calm"])
    desk.post("/intake/wishes/attitude", promises="5", new="")
    desk.post("/intake/wishes", hours="32", travel="45", time=["day"], note=SECRET)
    assert intake_wishes.motives(wallet).chosen == ("helping", "calm")
    assert intake_wishes.attitude(wallet).levels == {"promises": 5}
    assert (intake_wishes.wishes(wallet).hours, intake_wishes.wishes(wallet).note) == (32, SECRET)
    assert SECRET in desk.get("/intake/wishes").text
    for path in ("/show", "/match", "/claims", "/journal", "/api/wallet", "/api/skills"):
        assert SECRET not in desk.get(path).text
    five = ["helping", "calm", "money", "respect", "leading"]
    assert desk.post("/intake/wishes/motives", motive=five).status_code == 400
    assert desk.post("/intake/wishes", hours="999").status_code == 400
    assert desk.post("/intake/wishes", hours="-1").status_code == 400


def test_an_adviser_sees_what_was_chosen_and_can_open_nothing_else(desk, wallet):
    """Attack: an adviser at the keyboard who tries every other door."""
    page = desk.post("/intake/advice", name="Adviseur", sees="past", proposes="yes", minutes="30")
    assert "U kijkt mee als Adviseur" in page.text
    assert "lasser" in desk.get("/adviser/past").text
    for path in (
        "/",
        "/show",
        "/journal",
        "/backup",
        "/stored",
        "/intake",
        "/intake/wishes",
        "/intake/advice",
    ):
        assert desk.client.get(path).status_code == 403
    for path in ("/adviser/motives", "/adviser/skills", "/api/wallet", "/api/intake/past", "/passphrase"):
        assert desk.client.get(path).status_code == 403
    assert desk.post("/backup", passphrase="x" * 20).status_code == 403
    assert desk.post("/intake/advice", name="Ander", sees="motives").status_code == 403
    skill = ticks(desk.get("/adviser/search?q=brand"))[0]
    assert "wacht op een antwoord" in desk.post("/adviser/propose", skill=skill, words="Ik zag het.").text
    assert desk.post("/adviser/propose").status_code == 400
    assert own_skills(wallet) == ()
    desk.post("/adviser/end")
    assert not desk.desk.is_open
    desk.desk.unlock("een korte zin van mij")
    with desk.desk.wallet() as opened:
        (one,) = proposals(opened)
        assert [each.what for each in visits(opened)[0].looked] == ["past", "proposal"]
    assert "Ik zag het." in desk.get("/intake/advice").text
    desk.post(f"/intake/advice/{one.id}", answer="yes", level="2")
    with desk.desk.wallet() as opened:
        assert [(each.skill, each.level) for each in own_skills(opened)] == [(skill, 2)]


def test_whatever_anybody_writes_stays_text(desk):
    offered = ticks(desk.post("/intake/text", text=WORDS))[0]
    for text in HOSTILE:
        desk.post("/intake/past", kind="work", occupation=WELDER, since="2001", title=text)
    for text in HOSTILE[:3]:
        desk.post("/intake/vacancy", text=WORDS, title=text, skill=offered, keep="yes")
    desk.post("/intake/wishes", note=" ".join(HOSTILE))
    pages = [desk.get(path) for path in ("/intake/past?kind=work", "/intake/wishes", "/intake/vacancies")]
    pages.append(desk.post("/intake/text", text=f"{' '.join(HOSTILE)}. {WORDS}"))
    for page in pages:
        for mark in (
            "<script>",
            "<img",
            "<base",
            "<svg onload",
            "<style>",
            "<meta http-equiv=refresh",
            "\u202e",
        ):
            assert mark not in page.text, (page.url, mark)
