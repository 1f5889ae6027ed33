"""The pages and the JSON of matching as a browser and a script meet them, without a service."""

import json
import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from matching.adjacent import skills_of_work
from matching.bundle import load_bundle
from passport.clock import utc_now
from passport.json import dump
from tests.simulators.asgi import asked
from tests.simulators.parties import Party, World
from tests.simulators.wallets import Employer, QuickSodium, demand
from wallet.core.accept import examine, keep
from wallet.desktop.app import create
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings

TAXONOMY = load_bundle()
WELDER = TAXONOMY.search_occupations("welder", "en", top=1)[0].iri
SKILLS = sorted(skills_of_work(WELDER, TAXONOMY))
TOKEN = "t" * 43
BROWSER = {"accept": "text/html", "origin": "http://localhost"}


class AtHome:
    def __init__(self, folder):
        settings = WalletSettings(folder, port=8000, token=TOKEN)
        self.desk = Desk(settings, keeper=Keeper(folder, crypto=QuickSodium()))
        self.desk.create("een korte zin van mij")
        self.app = create(settings, desk=self.desk)
        entered = asked(self.app, "GET", f"/open?token={TOKEN}", headers=BROWSER)
        self.cookie = entered.headers["set-cookie"].partition(";")[0]

    def page(self, path, language="nl", status=200):
        answer = self.ask("GET", path, **{"accept-language": language})
        assert answer.status_code == status, answer.text[-1_500:]
        return answer.text

    def ask(self, method, path, body=None, files=None, data=None, **headers):
        more = {"files": files, "data": data}
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            headers |= {"content-type": "application/json", "accept": "application/json"}
        kept = {name: value for name, value in more.items() if value is not None}
        sent = {**BROWSER, "cookie": self.cookie, **headers}
        return asked(self.app, method, path, headers=sent, content=content, **kept)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = AtHome(tmp_path_factory.mktemp("match") / "w")
    school = Party("School <b>")
    now = utc_now()
    with home.desk.wallet() as wallet:
        for part, years in ((SKILLS[:8], 12), (SKILLS[8:20], 1)):
            badge = school.issue(
                wallet.did,
                {iri: TAXONOMY.label(iri) for iri in part},
                activity_end=now - timedelta(days=400 * years),
            )
            keep(wallet, (examine(dump(badge), wallet.documents(), wallet),))
    yield home
    home.desk.close()


def profile(number=1, **changes):
    world = World()
    world.now = utc_now()
    employer = Employer(world, Party(f"Employer {number}"))
    times = {"valid_from": utc_now() - timedelta(days=1), "valid_until": utc_now() + timedelta(days=9)}
    demands = [demand(SKILLS[0], "one"), demand(SKILLS[9], "two", level=3), demand("urn:x", "three")]
    return employer.profile(demands, profile_id=f"https://e.example/p/{number}", **times, **changes)


def test_all_work_is_ranked_with_a_word_a_map_and_coverage(home):
    page = home.page("/match")
    assert "heel dichtbij" in page
    assert 'role="img"' in page
    assert "Nothing was sent." in home.page("/match", "en")
    assert "lasser" in home.page("/match?q=lasser")


def test_one_occupation_opens_to_levels_age_interval_and_parts(home):
    page = home.page(f"/match/occupation?iri={quote(WELDER)}")
    for said in (
        "Plaats 1 van",
        "tiende van uw vaardigheden",
        "telt voor",
        "laatst gebruikt of getoond",
        "Precies dezelfde",
    ):
        assert said in page, said
    home.page("/match/occupation?iri=urn:none", status=404)


def test_near_work_has_its_own_page(home):
    page = home.page(f"/match/near?iri={quote(WELDER)}")
    assert "Werk dat lijkt op lasser" in page
    assert "heel dichtbij" in page


def test_what_counts_is_shown_with_age_and_source_and_markup_stays_text(home):
    page = home.page("/match/skills")
    assert "Bewijs van School &lt;b&gt;" in page
    assert "<b>" not in page
    assert "Telt voor 100 %" in page
    assert "Telt voor 4" in page


def test_the_page_about_the_number_says_what_it_is_and_what_it_cannot_say(home):
    assert "Wat het niet kan zeggen" in home.page("/match/number")
    assert "What it can&#39;t say" in home.page("/match/number", "en")


def test_an_occupation_is_chosen_and_taken_away(home):
    assert "nog geen beroep gekozen" in home.page("/match/chosen")
    assert home.ask("POST", "/match/choose", data={"iri": WELDER}).status_code == 303
    assert "lasser" in home.page("/match/chosen")
    assert home.ask("POST", "/match/choose", data={"iri": WELDER, "leave": "yes"}).status_code == 303
    assert "nog geen beroep gekozen" in home.page("/match/chosen")


def test_profiles_are_taken_in_compared_and_forgotten(home):
    files = [("profile", (f"{number}.json", dump(profile(number)))) for number in (1, 2)]
    assert home.ask("POST", "/match", files=files).headers["location"] == "/match/profiles"
    page = home.page("/match/profiles")
    assert home.ask("GET", re.search(r'href="(/match/profile\?id=[^"]+)"', page)[1]).status_code == 200
    assert page.count("2 van 3") == 2
    one = home.ask("POST", "/match", files=[("profile", ("3.json", dump(profile(3))))])
    assert one.status_code == 200
    assert "level 3 is asked" in one.text
    kept = home.ask("GET", "/api/profiles", accept="application/json").json()["profiles"]
    assert len(kept) == 3
    for each in kept:
        assert home.ask("POST", "/match/forget", data={"id": each["id"]}).status_code == 303
    assert "Er zijn nog geen functieprofielen" in home.page("/match/profiles")


def test_a_changed_profile_and_an_empty_form_are_refused_on_the_page(home):
    changed = dump({**profile(), "version": 9})
    answer = home.ask("POST", "/match", files=[("profile", ("x.json", changed))])
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert home.ask("POST", "/match", data={"address": ""}).status_code == 400


def test_a_form_of_another_site_changes_nothing(home):
    answer = home.ask("POST", "/match/choose", data={"iri": WELDER}, origin="https://evil.example")
    assert answer.status_code == 403


def test_a_script_gets_the_same(home):
    near = home.ask("POST", "/api/match", {"near": WELDER, "most": 2}).json()["matches"]
    assert [one["place"] for one in near] == [1, 2]
    opened = home.ask("POST", "/api/match", {"occupation": WELDER}).json()
    assert opened["interval"]["best"] <= opened["place"] == 1
    total = sum(part["value"] for kind in opened["parts"].values() for part in kind)
    assert total == pytest.approx(opened["score"], abs=1e-5)
    skills = home.ask("GET", "/api/profile/skills", accept="application/json").json()["skills"]
    assert {one["freshness"]["age"] for one in skills} == {"fresh", "ageing"}
    assert home.ask("POST", "/api/chosen-work", {"occupation": WELDER}).status_code == 204
    assert home.ask("GET", "/api/chosen-work", accept="application/json").json()["matches"][0]["place"] == 1
    assert home.ask("DELETE", "/api/chosen-work", {"occupation": WELDER}).status_code == 204
    taken = home.ask("POST", "/api/profiles", {"profiles": [profile()]}).json()["profiles"]
    assert taken[0]["essential"] == {"met": 2, "of": 3}
    assert home.ask("DELETE", f"/api/profiles/{taken[0]['id']}").status_code == 204


@pytest.mark.parametrize(
    ("path", "field"), [("/market", "file"), ("/plan/catalogues", "file"), ("/match", "profile")]
)
def test_a_wrong_file_is_refused_in_the_language_of_the_page(home, path, field):
    other = ("figures.json", dump({"type": "SomethingElse", "id": "urn:x"}), "application/json")
    answer = home.ask("POST", path, files={field: other}, **{"accept-language": "nl"})
    assert answer.status_code == 400
    assert not any(word in answer.text for word in ("missing, unknown", "wrong form", "The ", "This "))


@pytest.mark.parametrize("path", ["/market", "/plan/catalogues", "/match"])
def test_whoever_chose_no_file_hears_to_choose_one(home, path):
    nothing = {"file": ("", b"", "application/octet-stream")}
    answer = home.ask("POST", path, files=nothing, **{"accept-language": "nl"})
    assert "Kies eerst een bestand" in answer.text


def test_an_address_of_no_occupation_is_not_found_and_not_repeated(home):
    for path in ("/market/occupation", "/match/occupation", "/match/near"):
        page = home.page(f"{path}?iri=urn:strange-one", status=404)
        assert "strange-one" not in page.partition("<main")[2]
        assert "Er is geen beroep" in page
