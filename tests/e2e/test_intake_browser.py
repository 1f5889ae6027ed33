"""Intake, matching and an adviser in a real browser, on a small screen."""

import pytest

from matching.bundle import load_bundle
from matching.intake.assessment import SHORT_FORM
from passport.texts import Language
from tests.simulators.browsing import PHONE, person
from tests.simulators.desks import at_desk
from wallet.core.chosen_work import choose_work
from wallet.core.intake_answers import keep_answers
from wallet.core.intake_pasts import PastDraft, PastKind, keep_past
from wallet.core.intake_skills import Ticked
from wallet.core.intake_vacancies import keep_vacancy
from wallet.core.intake_wishes import keep_motives, keep_wishes

TAXONOMY = load_bundle()
WELDER, PLUMBER = (TAXONOMY.search_occupations(name, top=1)[0].iri for name in ("welder", "plumber"))
FORKLIFT = TAXONOMY.search_skills("operate forklift", top=1)[0].iri
PAGES = (
    *(
        "/intake",
        "/intake/past?kind=work",
        "/intake/past/new?kind=school&q=verzorgende",
        "/intake/skills?q=weld",
    ),
    *("/intake/vacancies", "/intake/wishes", "/intake/assess/list?page=6", "/intake/assess/result"),
    *("/match?test=yes", "/match/skills"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A wallet with something in every part of the intake."""
    with at_desk(tmp_path_factory.mktemp("intake-browser"), quick=True) as found:
        with found.desk.wallet() as wallet:
            keep_past(wallet, PastDraft(PastKind.WORK, (WELDER,), "2001", "2009"), TAXONOMY)
            keep_past(wallet, PastDraft(PastKind.SCHOOL, (PLUMBER,), "1998", "2001", level="mbo-2"), TAXONOMY)
            answers = {item: 1 + place % 5 for place, item in enumerate(SHORT_FORM[:50])}
            keep_answers(wallet, answers)
            keep_motives(wallet, ("calm",))
            keep_wishes(wallet, hours=32, times=("day",), note="rustig werk " * 12)
            asked = [Ticked(FORKLIFT, "I operate a forklift")]
            keep_vacancy(wallet, "I operate a forklift", asked, TAXONOMY, title="x" * 110)
            choose_work(wallet, PLUMBER, TAXONOMY)
        yield found


def somebody(desk, browser, language, screen):
    address = str(desk.client.base_url)
    jar = desk.client.cookies.jar
    cookies = [
        {"name": each.name, "value": each.value or "", "domain": "127.0.0.1", "path": "/"} for each in jar
    ]
    return person(
        browser, address.rstrip("/"), "wallet", language, screen, cookies={"cookies": cookies, "origins": []}
    )


def test_every_page_of_intake_and_matching_reads_well(desk, browser):
    with somebody(desk, browser, Language.NL, PHONE) as worker:
        for path in PAGES:
            worker.go(path)
            if path in {"/intake/past?kind=work", "/intake/vacancies"}:
                worker.follow(worker.page.locator('main a[href*="record="], main .cards a').first)


def test_an_adviser_looks_along_proposes_and_the_person_sees_what_they_did(desk, browser):
    """The last of this file: the end of a visit locks the wallet."""
    with somebody(desk, browser, Language.NL, PHONE) as worker:
        worker.go("/intake/advice")
        worker.field("advice-name").fill("Adviseur")
        for box in worker.page.locator("input[name=sees]").all():
            box.check()
        worker.press("advice-go")
        for link in [one.get_attribute("href") for one in worker.page.locator("nav.tabs a").all()]:
            worker.go(link or "")
        worker.field("own-search").fill("bread")
        worker.press("search-go")
        worker.page.get_by_role("radio").first.check()
        worker.field("adviser-words").fill("Dat zag ik u doen.")
        worker.press("adviser-go")
        worker.sees(worker.words("adviser-proposed"))
        worker.page.goto(worker.address + "/show")
        worker.look(refused=True)
        worker.go("/adviser")
        worker.press("adviser-end")
        desk.desk.unlock("een korte zin van mij")
        worker.go("/intake/advice")
        worker.sees("Dat zag ik u doen.")
        for seen in ("sees-past", "sees-skills", "sees-assessment", "sees-motives", "sees-proposal"):
            assert worker.page.get_by_text(worker.words(seen)).count()
        worker.press("advice-yes")
        assert worker.page.locator("#waiting").count() == 0
