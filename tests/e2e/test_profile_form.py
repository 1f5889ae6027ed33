"""The form for a function profile, without scripts: skills are searched, added, described and published."""

import html
import json
import re

import httpx
import pytest

from tests.simulators.showing import open_story
from verifier.profile_form import draft_of, key_of, with_skill, without_skill


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    with open_story(tmp_path_factory.mktemp("profile-form")) as story, story.client as client:
        own = {"Origin": str(client.base_url).rstrip("/"), "Accept": "text/html", "Accept-Language": "nl"}
        limits = httpx.Limits(max_keepalive_connections=0)
        with httpx.Client(
            base_url=client.base_url, headers=own, timeout=60, follow_redirects=True, limits=limits
        ) as browser:
            assert browser.get("/profiles/form").status_code == 401
            browser.post("/sign-in", data={"key": client.headers["authorization"].split()[1]})
            yield browser


def fields(page):
    """The form as a browser would send it: hidden and text fields, chosen options, ticked boxes."""
    form = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            form[name[1]] = html.unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page.text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        form[name] = chosen[1]
    return form


def press(pages, page, do, **changes):
    answer = pages.post("/profiles/form", data=fields(page) | changes | {"do": do})
    assert answer.status_code == 200, answer.text[-500:]
    return answer


def test_a_profile_is_made_with_the_form_and_published(pages):
    page = pages.get("/profiles/form")
    page = press(pages, page, "search", **{"name-nl": "Bakker <nacht>", "words": "brood bakken"})
    found = re.findall(r'value="add ([^"]+)"', page.text)
    assert found
    page = press(pages, page, f"add {found[0]}")
    page = press(pages, page, f"add {found[0]}")
    assert fields(page)["count"] == "1", "a skill is asked once"
    page = press(pages, page, f"add {found[1]}")
    page = press(pages, page, "remove 1")
    assert "Bakker &lt;nacht&gt;" in page.text
    changes = {"strength-0": "semi-hard", "level-0": "3", "age-0": "36", "by-educator-0": "yes"}
    draft = press(pages, page, "look", **changes)
    assert "niveau 3 of hoger" in draft.text
    content = html.unescape(re.search(r'name="content" value="([^"]*)"', draft.text)[1])
    published = pages.post("/profiles", data={"content": content, "anyway": "yes"})
    assert published.status_code == 200, published.text[-500:]
    assert str(published.url).endswith("/profiles/bakker-nacht")


def test_a_profile_starts_from_an_occupation_and_shows_whom_it_reaches(pages):
    entered = press(pages, pages.get("/profiles/form"), "search", work="lasser")
    assert re.findall(r'value="start ([^"]+)"', entered.text), "Enter in the field looks for the work"
    page = press(pages, pages.get("/profiles/form"), "occupation", work="lasser")
    found = re.findall(r'value="start ([^"]+)"', page.text)
    page = press(pages, page, f"start {found[0]}")
    form = fields(page)
    assert form["occupation"] == found[0]
    assert (form["name-nl"], form["count"]) == ("lasser", "15")
    assert "Uit het beroep lasser zijn vaardigheden toegevoegd: 15." in page.text
    assert page.text.count("hoort bij het beroep lasser") == 15
    assert "Deze mensen bestaan niet" in page.text or "verzonnen" in page.text, "whom it reaches stands there"
    mixed = press(pages, page, "add urn:own")
    assert mixed.text.count("hebt u zelf toegevoegd") == 1
    again = press(pages, page, f"start {found[0]}")
    assert fields(again)["count"] == "15", "the same work brings nothing twice"
    draft = press(pages, again, "look")
    assert "verzonnen mensen, geen echte" in draft.text
    content = html.unescape(re.search(r'name="content" value="([^"]*)"', draft.text)[1])
    assert found[0] in content


def test_a_published_profile_is_changed_and_withdrawn(pages):
    begun = {"name": {"en": "Welder"}, "demands": [{"skill": "urn:weld", "label": "weld"}]}
    page = pages.post("/profiles/form", data={"content": json.dumps(begun), "do": "mend"})
    address = publish(pages, press(pages, page, "look", **{"by-educator-0": "yes", "age-0": "36"}))
    again = pages.get("/profiles/form", params={"profile": "welder"})
    assert "versie 2" in again.text
    assert (fields(again)["age-0"], fields(again)["by-educator-0"]) == ("36", "yes")
    draft = press(pages, again, "look", **{"strength-0": "hard"})
    mended = pages.post("/profiles/form", data={"content": content(draft), "do": "mend"})
    assert (fields(mended)["strength-0"], fields(mended)["key"]) == ("hard", "welder")
    assert publish(pages, press(pages, mended, "look")) == address
    public = str(pages.base_url).rstrip("/") + "/e/ster/profiles/welder"
    assert httpx.get(public).json()["version"] == 2
    pages.post("/profiles/welder/withdraw")
    assert httpx.get(public + "/1").status_code == 200, "not without the tick"
    home = pages.post("/profiles/welder/withdraw", data={"sure": "yes"})
    assert home.status_code == 200
    assert "/profiles/welder" not in home.text
    for gone in (public, public + "/1", public + "/2"):
        assert httpx.get(gone).status_code == 404
    assert pages.post("/requests", data={"profile": "welder"}).status_code == 404
    publish(pages, press(pages, mended, "look"))
    assert httpx.get(public).json()["version"] == 3, "a number that was used stays used"


def test_what_only_experts_write_survives_the_form(pages):
    demand = {
        "skill": "urn:x", "label": "x", "acceptedIssuers": ["did:web:school.example"], "recordsShown": True,
    }  # fmt: skip
    expert = {"key": "expert", "name": {"en": "Expert"}, "taxonomy": "CompetentNL 1", "demands": [demand]}
    page = pages.post("/profiles/form", data={"content": json.dumps(expert), "do": "mend"})
    kept = json.loads(content(press(pages, page, "look")))
    assert kept["taxonomy"] == "CompetentNL 1"
    assert kept["demands"][0]["acceptedIssuers"] == ["did:web:school.example"]
    assert kept["demands"][0]["recordsShown"] is True


@pytest.mark.parametrize(
    "odd", ["", "[]", "{", '{"demands":[1,{"skill":2}],"name":7}', '{"demands":7}', '{"id":[]}']
)
def test_a_draft_that_is_none_is_no_fault_of_ours(pages, odd):
    answer = pages.post("/profiles/form", data={"content": odd, "do": "mend"})
    assert answer.status_code in {200, 400}


def test_suggestions_and_findings_come_while_the_form_is_filled_in(pages):
    found = pages.get("/profiles/form/suggest", params={"q": "lasser", "table": "occupations"}).json()[
        "found"
    ]
    assert found[0]["label"] == "lasser"
    skills = pages.get("/profiles/form/suggest", params={"q": "welding", "table": "skills"}).json()["found"]
    assert {each.get("lang") for each in skills} == {"en"}, "what has no name in Dutch says so"
    assert pages.get("/profiles/form/suggest", params={"q": " "}).json() == {"found": []}
    assert pages.get("/profiles/form/suggest", params={"q": "x" * 101}).status_code == 400
    page = press(pages, pages.get("/profiles/form"), "start " + found[0]["iri"])
    said = pages.post("/profiles/form/live", data=fields(page)).json()
    assert any(" van de 4" in each for each in said["reach"]), (
        "with its numbers, as no picture stands beside it"
    )
    assert all(one["sentence"] for one in said["findings"])
    assert pages.post("/profiles/form/live", data={}).json() == {"findings": [], "reach": []}


def content(draft):
    return html.unescape(re.search(r'name="content" value="([^"]*)"', draft.text)[1])


def publish(pages, draft):
    answer = pages.post("/profiles", data={"content": content(draft), "anyway": "yes"})
    assert answer.status_code == 200, answer.text[-500:]
    return str(answer.url)


def test_a_form_of_another_site_is_refused(pages):
    answer = pages.post("/profiles/form", data={"do": "look"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "form",
    [{"do": "look"}, {"do": "add nothing-that-is-a-skill"}, {"do": "start nothing"}, {"do": "occupation", "work": "x" * 999}, {"do": "remove x"}, {"count": "99999"}, {"count": "²"},
     {"do": "search", "words": "x" * 4_000}, {"do": "look", "count": "1", "skill-0": "x", "level-0": "²"}],
)  # fmt: skip
def test_odd_forms_are_no_fault_of_ours(pages, form):
    assert pages.post("/profiles/form", data=form).status_code in {200, 400, 413}


def test_the_rows_of_a_draft():
    draft = with_skill(draft_of({"name-nl": "Lasser (MAG)"}), "urn:a", {"nl": "lassen", "en": "weld"})
    assert (draft["key"], draft["demands"][0]["label"]) == ("lasser-mag", "lassen")
    assert with_skill(draft, "urn:a", {"nl": "lassen"}) == draft
    assert without_skill(draft, 0)["demands"] == without_skill(draft, 0)["demands"] == []
    assert without_skill(draft, -1) == draft
    assert key_of("É" * 100) == "e" * 64
