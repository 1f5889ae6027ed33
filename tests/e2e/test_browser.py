"""What people see and press in a real browser: Chromium before three services that really run.

HTTP clients send what we tell them. A browser adds an origin, refuses what a policy forbids, lays out long
words on small screens and says on its console what it did not like: promises about that are held here.
Every `go`, `press` and `follow` also looks at the page it leads to (tests/simulators/browsing.py).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from passport.texts import Language
from tests.simulators import accessibility, keyboard
from tests.simulators.browsing import DESK, PHONE, Person
from tests.simulators.slow_reader import SlowReader
from tests.simulators.town import Town, open_town
from wallet.views.rendering import NAVIGATION

EN, NL = Language.EN, Language.NL
READERS = {
    "english-phone": (EN, PHONE, True),
    "dutch-desk": (NL, DESK, True),
    "dutch-phone-without-scripts": (NL, PHONE, False),
}
WALLET_PAGES = (
    *("/", "/receive", "/claims", "/claims/new?q=roof", "/asked", "/assess", "/assess?q=roof"),
    *("/match", "/match?q=solar", "/match/skills", "/match/profiles", "/match/number"),
    *("/show", "/journal", "/diplomas", "/diplomas/stack"),
    *("/leaving", "/recovery", "/passphrase", "/stored", "/market", "/sets", "/checkup", "/checkup/new"),
    *("/plan", "/plan/catalogues", "/taxonomy"),
)
MORE_WALLET_PAGES = (
    *(
        "/import",
        "/issuers",
        "/platforms",
        "/programs",
        "/waiting",
        "/shared",
        "/taxonomy",
    ),
    *("/intake", "/intake/past?kind=work", "/intake/past/new?kind=work", "/intake/assess", "/intake/skills"),
    *("/intake/text", "/intake/wishes", "/intake/vacancies", "/intake/advice", "/plan", "/plan/catalogues"),
)
"""Judged once by axe; everything else of them is tested elsewhere."""
VERIFIER_PAGES = ("/", "/check", "/reports", "/trust")
CONSOLE_PAGES = (
    *("", "/achievements", "/achievements/stacks", "/achievements/licences"),
    *("/issue", "/batches", "/credentials", "/wallets", "/audit"),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with open_town(tmp_path_factory.mktemp("town")) as made:
        yield made


@pytest.fixture(params=READERS.values(), ids=READERS.keys())
def reader(request: pytest.FixtureRequest) -> tuple[Language, tuple[int, int], bool]:
    return request.param


def _sign_in(someone: Person, key: str, *, path: str = "/", label: str) -> None:
    someone.go(path)
    someone.field(label).fill(key)
    someone.press("sign-in-with-key" if label == "api-key" else "sign-in")


def _links(someone: Person, start: str) -> list[str]:
    found = someone.page.locator(f'main a[href^="{start}"]').all()
    return list(dict.fromkeys(link.get_attribute("href") or "" for link in found))


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_wallet_opens_by_its_address_and_only_once(town: Town, scripts: bool) -> None:
    address = town.open_wallet(EN, PHONE, scripts)
    with town.at("wallet", NL, PHONE, scripts) as stranger:
        stranger.page.goto(stranger.address + address)
        stranger.look(refused=True)
        stranger.sees(stranger.words("door-token-used"))
        stranger.page.goto(stranger.address + "/")
        stranger.look(refused=True)
        assert stranger.page.locator(".card").count() == 0


def test_every_page_of_the_wallet_reads_well(town: Town, reader: Any) -> None:
    """And axe finds nothing on it, on a phone in English; on what else there is at a desk in Dutch."""
    with town.wallet(*reader, axe=accessibility.EVERYWHERE or reader[1:] == (PHONE, True)) as worker:
        for path in WALLET_PAGES:
            worker.go(path)
        if reader[1] == DESK:
            worker.axe = True
            for path in MORE_WALLET_PAGES:
                worker.go(path)
            worker.axe = accessibility.EVERYWHERE
        worker.go("/backup")
        worker.go("/match")
        worker.follow(worker.page.locator('main a[href^="/match/occupation"]').first)
        worker.go("/")
        details = [*_links(worker, "/skill"), *_links(worker, "/credentials/")]
        assert len(details) >= 12
        for path in details:
            worker.go(path)


def test_the_language_changes_where_one_is(town: Town) -> None:
    with town.wallet(EN) as worker:
        worker.go("/")
        worker.follow(worker.page.locator('main a[href^="/skill"]').first)
        skill = worker.page.get_by_role("heading", level=1).inner_text()
        worker.language = NL
        worker.follow(worker.page.locator('nav.languages a[lang="nl"]'))
        assert worker.page.get_by_role("heading", level=1).inner_text() == skill
        worker.sees(worker.words("skill-why"))
        worker.go("/journal")
    with town.at("issuer", NL) as school:
        _sign_in(school, town.stage.school.key, path="/console", label="api-key")
        school.follow(school.page.locator('main a[href^="/console/issue?"]').last)
        chosen = school.field("achievement").input_value()
        school.language = EN
        school.follow(school.page.locator('nav.languages a[lang="en"]'))
        assert school.field("achievement").input_value() == chosen


@pytest.mark.parametrize("story", READERS)
def test_a_person_says_what_they_can_do(town: Town, story: str) -> None:
    with town.wallet(*READERS[story]) as worker:
        worker.go("/assess")
        worker.field("assess-search").fill("solder" if worker.language is EN else "solderen")
        worker.press("search-go")
        first, second = worker.page.get_by_role("checkbox").all()[:2]
        first.check()
        second.check()
        worker.press("assess-more")
        assert worker.page.locator("input[type=checkbox]:checked").count() == 2
        worker.press("assess-go")
        worker.sees(worker.words("credential-yes"))
        worker.follow(worker.page.locator('main a[href^="/credentials/"]'))
        worker.follow(worker.page.locator('main a[href^="/skill"]').first)
        worker.go("/assess")
        worker.field("assess-search").fill("qqqqqq")
        worker.press("search-go")
        worker.sees(worker.words("search-none"))


def test_a_backup_comes_as_a_file_and_a_short_passphrase_is_refused(town: Town) -> None:
    with town.wallet(NL) as worker:
        worker.go("/backup")
        worker.field("backup-passphrase").fill("paard batterij nietje juist")
        with worker.page.expect_download() as coming:
            worker.page.get_by_role("button", name=worker.words("backup-go"), exact=True).click()
        worker.troubles.clear()  # a page that becomes a file counts as given up
        assert Path(coming.value.path()).read_bytes().startswith(b"age-encryption.org/v1")
        worker.go("/backup")
        form = worker.page.locator('form[action="/backup"]')
        worker.field("backup-passphrase").fill("kort")
        form.get_by_role("button").click()
        assert worker.page.locator("#passphrase:invalid").count() == 1


def test_a_worker_shows_without_being_asked(town: Town) -> None:
    with town.wallet(EN) as worker, town.at("verifier", NL) as employer:
        worker.go("/show")
        worker.page.get_by_role("checkbox").first.check()
        worker.press("show-go")
        _sign_in(employer, town.stage.asker.key, label="sign-in-key")
        employer.go("/check")
        employer.field("check-files").set_input_files(worker.moving_picture())
        employer.press("send")
        employer.sees(employer.words("way-A-caution"))
        worker.go("/journal")
        worker.sees(worker.words("way-shown"))


@pytest.mark.parametrize("story", READERS)
def test_an_employer_asks_and_reads_the_answer_from_pictures(town: Town, story: str) -> None:
    language, screen, scripts = READERS[story]
    with (
        town.wallet(language, screen, scripts) as worker,
        town.at("verifier", language, screen, scripts, axe=scripts) as employer,
    ):
        _sign_in(employer, town.stage.asker.key, label="sign-in-key")
        for path in VERIFIER_PAGES:
            employer.go(path)
        employer.go("/")
        employer.press("ask-now")
        asked = urlsplit(employer.page.url).path
        pictures = employer.pictures() if screen == DESK else [employer.moving_picture()]

        worker.go("/show")
        worker.field("request-pictures").set_input_files(pictures)
        worker.press("request-go")
        assert worker.page.get_by_role("heading", level=1).inner_text() == worker.words("consent-title")
        worker.page.get_by_label(worker.words("consent-keep-skill"), exact=True).last.check()
        worker.press("consent-again")
        worker.page.locator("input[type=checkbox]:checked").first.uncheck()
        worker.press("consent-again")
        employer.go(asked)
        employer.sees(employer.words("request-step-scan"))
        worker.press("consent-approve-qr")
        worker.sees(worker.words("shown-about-answer"))
        answer = worker.pictures()

        employer.follow(employer.page.get_by_role("link", name=employer.words("request-scan")))
        employer.field("pictures").set_input_files(answer)
        employer.press("send")
        heading = employer.page.get_by_role("heading", level=1).inner_text()
        assert employer.words("verdict-genuine-means") in heading
        employer.sees(employer.words("met-yes"))
        employer.go(asked)  # what was answered leads to its report
        assert "/reports/" in employer.page.url
        employer.go("/reports")
        worker.go("/journal")
        worker.sees(worker.words("way-answered"))


@pytest.mark.parametrize("story", READERS)
def test_a_school_offers_by_a_picture_and_revokes(town: Town, story: str) -> None:
    language, screen, scripts = READERS[story]
    with (
        town.wallet(language, screen, scripts) as worker,
        town.at("issuer", language, screen, scripts) as school,
    ):
        _sign_in(school, town.stage.school.key, path="/console", label="api-key")
        name = f"Soldering {story}"
        school.go("/console/achievements")
        school.field("name").fill(name)
        school.field("description").fill("Solders. Synthetic.")
        school.field("criteria").fill("Shown in practice. Synthetic.")
        school.field("skills-lines").fill("https://skills.example/solder-" + story + " solder by hand")
        school.press("make-achievement")
        school.go("/console/issue")
        school.field("achievement").select_option(label=name)
        school.press("issue")
        school.follow(school.page.get_by_role("link", name=school.words("offer-page")))
        assert school.page.get_by_role("link", name=school.words("offer-open")).get_attribute("href")
        picture = school.page.get_by_role("img", name=school.words("offer-qr-label")).screenshot()

        worker.go("/receive")
        worker.field("receive-file").set_input_files(
            {"name": "offer.png", "mimeType": "image/png", "buffer": picture}
        )
        worker.press("receive-go")
        worker.press("offer-accept")
        worker.sees(worker.words("credential-yes"))
        worker.follow(worker.page.get_by_role("link", name=name))
        kept = urlsplit(worker.page.url).path

        school.go("/console/credentials")
        school.follow(school.page.get_by_role("link", name=name))
        school.press("revoke-now")
        school.sees(school.words("standing-revoked"))
        worker.go("/")
        worker.press("home-refresh")
        worker.go(kept)
        worker.sees(worker.words("credential-no"))


def test_every_page_of_the_console_reads_well(town: Town, reader: Any) -> None:
    """And axe finds nothing on it, where scripts run."""
    with town.at("issuer", *reader, axe=reader[2]) as school:
        school.go("/")
        _sign_in(school, town.stage.school.key, path="/console", label="api-key")
        for path in CONSOLE_PAGES:
            school.go("/console" + path)
        school.go("/console/credentials")
        school.go(_links(school, "/console/credentials/")[0])
        school.go("/console")
        school.follow(school.page.locator('main a[href*="/achievements/"]').first)
        school.go("/console/batches")
        rows = "reference,result_value\nsynthetic-1,passed\n" + "very-long-reference" * 8 + ",passed\n"
        school.field("csv-file").set_input_files(
            {"name": "rows.csv", "mimeType": "text/csv", "buffer": rows.encode()}
        )
        school.press("look-first")
        school.press("discard")
        school.go("/console")
        school.press("sign-out")


def test_a_wrong_key_is_refused_in_plain_words(town: Town) -> None:
    for service, language, path, label in (
        ("verifier", EN, "/", "sign-in-key"),
        ("issuer", NL, "/console", "api-key"),
    ):
        with town.at(service, language) as someone:
            someone.go(path)
            someone.field(label).fill("school.not-the-key")
            with someone.page.expect_navigation():
                button = "sign-in-with-key" if service == "issuer" else "sign-in"
                someone.page.get_by_role("button", name=someone.words(button), exact=True).click()
            someone.look(refused=True)
            alert = someone.page.get_by_role("alert").inner_text()
            assert "key is wrong" in alert if language is EN else "sleutel" in alert and "fout" in alert


def test_by_keys_alone_people_do_the_main_tasks(town: Town) -> None:
    """Sign in, issue, receive by paste, ask and agree: where the focus is, is seen at each stop."""
    with town.at("issuer", NL, DESK) as school, town.wallet(NL, PHONE) as worker:
        keyboard.issue_and_receive(school, worker, town.stage.school.key)
    with town.at("verifier", EN, DESK) as employer, town.wallet(EN, PHONE) as worker:
        keyboard.ask_and_agree(employer, worker, town.stage.asker.key)


def test_a_screen_reader_hears_the_menu_and_strength_in_words(town: Town) -> None:
    with town.wallet(NL, DESK) as worker:
        worker.go("/")
        menu = worker.page.get_by_role("navigation", name="Menu", exact=True)
        heard = [link.inner_text().strip() for link in menu.get_by_role("link").all()]
        assert heard == [worker.words(code) for code in NAVIGATION.values()]
        assert menu.get_by_role("link", name=worker.words("nav-home"), exact=True).get_attribute(
            "aria-current"
        )
        first = worker.page.locator("main .card").first
        assert "Hard" in first.aria_snapshot()
        assert "img" not in first.aria_snapshot()


def test_a_worker_who_reads_with_difficulty_gets_along(town: Town) -> None:
    """How strong a skill is, work that is near, and a code to show: eight taps in all (R106, R122)."""
    with town.wallet(NL, PHONE) as person:
        worker, main = SlowReader(person), person.page.locator("main")
        person.go("/")
        worker.arrives()
        worker.taps_card(main.locator("a[href^='/skill']").first)
        person.sees("Hard")
        worker.taps_menu("nav-home")
        worker.taps_card(main.locator("a[href^='/credentials/']").first)
        assert main.locator('.mark[class*=" strength-"]').first.is_visible()
        worker.taps_menu("nav-match")
        worker.taps_card(main.locator("a[href^='/match/occupation']").first)
        worker.taps_menu("nav-show")
        worker.ticks(main.get_by_role("checkbox").first)
        worker.taps_button("show-go")
        assert main.locator("img.qr").first.is_visible()
        assert worker.taps == 8


def test_with_text_four_times_as_large_nothing_is_lost(town: Town) -> None:
    """WCAG 2.2, 1.4.10: 320 wide and 256 high is a screen of 1280 by 1024 at 400 %."""
    with town.wallet(NL, (320, 256)) as worker:
        for path in ("/", "/receive", "/show", "/match", "/backup"):
            worker.go(path)
            assert (
                worker.page.locator(".menu").evaluate("(menu) => getComputedStyle(menu).position") == "static"
            )
