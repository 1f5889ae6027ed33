"""The verifier over HTTP: delegates' lists are fetched and never go back; profiles are linted before they are out."""

import json
import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from passport.documents import DocumentCache
from passport.evidence.bundle import read_bundle
from passport.fetch import Fetcher, gather_sync
from passport.trust import Recognition, RecognitionClass, Revocation
from passport.verification import Context
from tests.simulators.parties import ESCO, Party, recognise
from tests.simulators.showing import BREAD, TEAM, open_story

JSON = {"Content-Type": "application/json"}
EDUCATOR = frozenset({Recognition.EDUCATOR})
GOVERNMENT = "https://registrar.example/government"


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with open_story(tmp_path_factory.mktemp("lists")) as made:
        yield made


def unmeetable(**members):
    demands = [{"skill": BREAD, "label": "bake bread", "minimumStrength": "hard", "level": 9}]
    return {"key": "unmeetable", "name": {"en": "X", "nl": "X"}, "demands": demands, **members}


class TestDelegates:
    """In order: the sector's list is fetched from where the government says it is, and what then happens to it."""

    SECTOR, ACADEMY = Party("Sector"), Party("Academy")

    def address(self, story):
        return story.status_url.replace("status/1", "sector")

    def serve(self, story, *entries, **members):
        source = story.world.trust_list(
            *entries, publisher=self.SECTOR, list_id=self.address(story), **members
        )
        story.site.documents["sector"] = source
        return source

    def delegate(self, story, version, **members):
        entry = recognise(
            self.SECTOR,
            may_recognise=EDUCATOR,
            list_id=self.address(story),
            skills=frozenset({BREAD}),
            **members,
        )
        source = story.world.trust_list(entry, list_id=GOVERNMENT, version=version)
        with story.client as client:
            taken = client.post("/api/trust-lists", content=source, headers=JSON)
        assert taken.status_code == 201, taken.text

    def refresh(self, story):
        with story.client as client:
            return client.post("/api/trust-lists/refresh").json()["taken"]

    def shown(self, story, skills=(BREAD,)):
        """The report on a diploma of the academy."""
        diploma = self.ACADEMY.issue(
            story.worker, dict.fromkeys(skills, "a skill"), kind="Diploma", at=datetime.now(UTC)
        )
        with story.client as client:
            found = client.post(
                "/api/presentations",
                content=story.present([diploma]),
                headers={"Content-Type": "application/vp"},
            )
        assert found.status_code == 201, found.text
        return found.json()

    def test_a_list_that_nobody_delegates_is_refused(self, story):
        source = self.serve(story, recognise(self.ACADEMY, Recognition.EDUCATOR), version=2)
        with story.client as client:
            refused = client.post("/api/trust-lists", content=source, headers=JSON)
        assert refused.json()["code"] == "unexpected_publisher"

    def test_a_delegates_list_is_fetched_and_its_school_is_recognised_through_it(self, story):
        self.delegate(story, 1)
        assert self.refresh(story) == 1
        report = self.shown(story)
        [credential] = report["credentials"]
        assert credential["mayAward"] == "yes"
        [found] = credential["recognitions"]
        assert (found["by"], found["through"], found["fresh"]) == ("Sector", "Registrar", True)
        assert found["limitedToSkills"] is True
        [skill] = report["skills"]
        assert skill["strength"] == "hard"
        assert "recognised_through" in json.dumps(skill["reasons"])
        with story.client as client:
            lists = {each["id"]: each for each in client.get("/api/trust-lists").json()}
        assert lists[self.address(story)]["chosen"] is False
        assert lists[GOVERNMENT]["delegates"][0]["list"] == self.address(story)

    def test_beyond_its_bounds_it_says_nothing(self, story):
        report = self.shown(story, (TEAM,))
        assert (report["credentials"][0]["mayAward"], report["credentials"][0]["recognitions"]) == ("no", [])
        assert report["skills"][0]["strength"] == "soft"

    def test_a_downgrade_at_its_own_address_is_not_taken(self, story):
        self.serve(story, recognise(self.ACADEMY, Recognition.EDUCATOR, Recognition.VALIDATOR), version=1)
        assert self.refresh(story) == 0
        assert [each["recognition"] for each in self.shown(story)["credentials"][0]["recognitions"]] == [
            "educator"
        ]

    def test_a_downgrade_that_somebody_hands_over_is_refused(self, story):
        source = self.serve(story, version=1)
        with story.client as client:
            refused = client.post("/api/trust-lists", content=source, headers=JSON)
        assert refused.json()["code"] == "trust_list_rollback"

    def test_the_page_says_whose_word_each_list_is(self, story):
        origin = {"Origin": story.verifier}
        with httpx.Client(base_url=story.verifier, follow_redirects=True, timeout=20) as browser:
            browser.headers["Accept"] = "text/html"
            browser.post("/sign-in", data={"key": story.key}, headers=origin)
            page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", browser.get("/trust?lang=nl").text))
        assert "Registrar laat die anderen erkennen als school." in page
        assert "mag anderen erkennen als school" in page
        assert "Academy: school" in page

    def test_names_on_a_list_are_plain_text(self, story):
        """Also of a list that its publisher signed: a delegate may be hostile, and its list is shown."""
        party = Party('<img src=x onerror=alert(1)>"Ministry"')
        self.serve(
            story,
            recognise(self.ACADEMY, Recognition.EDUCATOR),
            recognise(party, Recognition.EDUCATOR),
            version=3,
        )
        assert self.refresh(story) == 1
        with httpx.Client(base_url=story.verifier, follow_redirects=True, timeout=20) as browser:
            browser.headers["Accept"] = "text/html"
            browser.post("/sign-in", data={"key": story.key}, headers={"Origin": story.verifier})
            page = browser.get("/trust").text
        assert "<img" not in page
        assert "&lt;img src=x" in page

    def test_a_delegation_that_is_revoked_takes_its_recognitions_along(self, story):
        self.delegate(story, 2, revoked=Revocation(datetime.now(UTC) - timedelta(minutes=1), "Not kept up."))
        report = self.shown(story)
        assert report["skills"][0]["strength"] == "soft"
        assert report["credentials"][0]["mayAward"] == "no"
        [reason] = [each for each in report["skills"][0]["reasons"] if "revoked" in each["code"]]
        assert "Sector" in reason["sentence"]
        assert self.refresh(story) == 0


def test_a_registrars_own_class_is_named_with_the_word_that_it_counts_as(story):
    guides, name = Party("Guides"), {"en": "Reintegration guide", "nl": "Re-integratiebegeleider"}
    guide = RecognitionClass("reintegration-guide", Recognition.ADVISER, name)
    entry = recognise(guides, guide, may_recognise=frozenset({guide}), list_id="https://guides.example/list")
    source = story.world.trust_list(entry, list_id="https://registrar.example/guides")
    badge = guides.issue(story.worker, {BREAD: "a skill"}, at=datetime.now(UTC))
    with story.client as client:
        assert client.post("/api/trust-lists", content=source, headers=JSON).status_code == 201
        [listed] = [each for each in client.get("/api/trust-lists").json() if each["classes"]]
        report = client.post(
            "/api/presentations",
            content=story.present([badge]),
            headers={"Content-Type": "application/vp", "Accept-Language": "nl"},
        ).json()
    assert listed["classes"] == [{"id": "reintegration-guide", "name": name, "countsAs": "adviser"}]
    assert listed["delegates"][0]["mayRecognise"] == ["adviser"]
    [found] = report["credentials"][0]["recognitions"]
    assert (found["recognition"], found["class"]) == (
        "adviser",
        {"id": "reintegration-guide", "name": name},
    )
    told = "Registrar noemt dit “Re-integratiebegeleider”. Dat telt als adviseur."
    assert told in json.dumps(report["skills"], ensure_ascii=False)
    with httpx.Client(base_url=story.verifier, follow_redirects=True, timeout=20) as browser:
        browser.headers["Accept"] = "text/html"
        browser.post("/sign-in", data={"key": story.key}, headers={"Origin": story.verifier})
        lists, shown = (
            re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", browser.get(path).text))
            for path in ("/trust?lang=nl", f"/reports/{report['id']}?lang=en")
        )
    assert "Guides: “Re-integratiebegeleider” (telt als adviseur)" in lists
    assert "mag anderen erkennen als “Re-integratiebegeleider” (telt als adviseur)" in lists
    assert "recognised as “Reintegration guide”, which counts as adviser" in shown


class TestProfiles:
    def test_errors_are_found_before_publishing_and_stop_it(self, story):
        with story.client as client:
            linted = client.post("/api/profiles/lint", json=unmeetable(), headers={"Accept-Language": "nl"})
            assert linted.status_code == 200, linted.text
            assert linted.json()["errors"] == 1
            [error] = [each for each in linted.json()["findings"] if each["severity"] == "error"]
            assert (error["code"], error["skill"]) == ("lint.level_above_rubric", BREAD)
            assert "niveau 9 bestaat niet" in error["sentence"]
            refused = client.post("/api/profiles", json=unmeetable())
            assert (refused.status_code, refused.json()["code"]) == (409, "profile_cannot_be_met")
            chosen = client.post("/api/profiles", json=unmeetable(publishWithErrors=True))
            assert chosen.status_code == 201
            assert chosen.json()["findings"]

    def test_who_is_recognised_is_looked_up_in_the_lists_in_use(self, story):
        demand = {
            "skill": BREAD,
            "label": "bake bread",
            "minimumStrength": "hard",
            "acceptedIssuers": ["did:web:nobody.example", "did:web:noone.example"],
        }
        with story.client as client:
            found = client.post("/api/profiles/lint", json=unmeetable(demands=[demand])).json()
        assert "lint.no_issuer_recognised" in [each["code"] for each in found["findings"]]

    def test_the_occupations_own_skills_are_compared(self, story):
        from matching.bundle import load_bundle

        occupation = load_bundle().occupations.iris[0]
        demand = {"skill": f"{ESCO}x", "label": "lasdiploma", "minimumStrength": "soft"}
        with story.client as client:
            found = client.post(
                "/api/profiles/lint", json=unmeetable(demands=[demand], occupation=occupation)
            ).json()
        codes = [each["code"] for each in found["findings"]]
        assert {"lint.beyond_occupation", "lint.diploma_demand_skills"} <= set(codes)

    def test_all_profiles_are_a_bundle_that_anybody_can_verify(self, story):
        address = f"{story.verifier}/e/ster/profiles/index.json"
        found = gather_sync(
            lambda documents: read_bundle(address, context=Context(documents, datetime.now(UTC))),
            DocumentCache(),
            Fetcher(allow_loopback=True),
        )
        names = {each.profile.name["en"] for each in found if each.profile is not None}
        assert "Baker" in names
        assert all(each.error is None for each in found)
        assert httpx.get(f"{story.verifier}/e/nobody/profiles/index.json").status_code == 404

    def test_on_the_pages_nothing_is_published_unseen(self, story):
        origin = {"Origin": story.verifier}
        content = json.dumps(unmeetable(key="page", name={"nl": "<b>Bakker</b>"}))
        with httpx.Client(base_url=story.verifier, follow_redirects=True, timeout=20) as browser:
            browser.headers["Accept"] = "text/html"
            assert browser.get("/profiles/new").status_code == 401
            browser.post("/sign-in", data={"key": story.key}, headers=origin)
            assert "<textarea" in browser.get("/profiles/new").text
            draft = browser.post("/profiles/draft", data={"content": content}, headers=origin).text
            assert "Nobody can meet this" in draft
            assert "<b>Bakker" not in draft
            assert "required" in re.search(r'<input type="checkbox"[^>]*>', draft)[0]
            edited = browser.post("/profiles/edit", data={"content": content}, headers=origin).text
            assert "&lt;b&gt;Bakker" in edited
            refused = browser.post("/profiles", data={"content": content}, headers=origin)
            assert refused.status_code == 409
            assert browser.get("/profiles/page").status_code == 404
            published = browser.post("/profiles", data={"content": content, "anyway": "yes"}, headers=origin)
            assert published.url.path == "/profiles/page"
            assert "Nobody can meet this" in published.text
            uploaded = browser.post(
                "/profiles/draft", files={"file": ("p.json", content, "application/json")}, headers=origin
            )
            assert "Nobody can meet this" in uploaded.text

    @pytest.mark.parametrize(
        "junk", ["", "{}", "[]", "null", '{"key": "\\ud800"}', "{" * 100, '{"key":"../x"}']
    )
    def test_junk_is_no_profile(self, story, junk):
        origin = {"Origin": story.verifier}
        with httpx.Client(base_url=story.verifier, follow_redirects=True, timeout=20) as browser:
            browser.post("/sign-in", data={"key": story.key}, headers=origin)
            for path in ("/profiles/draft", "/profiles"):
                refused = browser.post(path, data={"content": junk}, headers=origin)
                assert 400 <= refused.status_code < 500, path
