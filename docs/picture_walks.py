"""The ways through the pages on which docs/make_pictures.py takes its pictures, once for each reader."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from passport.texts import Language
from tests.simulators.browsing import Person, browsing, person
from tests.simulators.camera import browsing_with_camera, film
from tests.simulators.confirming import SHEET, ConfirmedWorker, Outbox, number_of
from tests.simulators.issuing import issuer_process, open_office
from tests.simulators.phone import built, options, phone_in, served
from tests.simulators.town import Town, open_town
from tests.simulators.validating import BREAD, DOUGH, OVEN
from tests.simulators.validation_service import validation_service

Readers = Sequence[tuple[Language, tuple[int, int]]]
Shoot = Callable[..., None]

APP, WALLET, EMPLOYER, SCHOOL, SUPERVISOR = "app", "wallet", "employer", "school", "supervisor"
GROUPS = {
    APP: "The wallet for phones, when it begins",
    WALLET: "The wallet, on a phone and at a desk",
    EMPLOYER: "An employer",
    SCHOOL: "A school or an assessor",
    SUPERVISOR: "A supervisor who was invited",
}

_PHONE = 500
"""Below this width a screen is one of a phone."""
_SKILLS = "main .side"
_CLASS = "reference,result_value\nsynthetic-1,passed\nsynthetic-2,passed\nsynthetic-2,passed\n"


def phone(folder: Path, readers: Readers, shoot: Shoot) -> None:
    """The app of static files, from the door to the first page."""
    camera = folder / "camera.mjpeg"
    film(camera, ["nothing yet"])
    with served(built()) as address, browsing_with_camera(camera) as browser:
        for language, (width, height) in readers:
            screen = {"viewport": {"width": width, "height": height}, "is_mobile": width < _PHONE}
            context = browser.new_context(**{**options(language), **screen})
            context.grant_permissions(["camera"])
            with phone_in(context, address, language) as someone:
                someone.open()
                shoot(APP, someone.page, "Make a wallet")
                someone.create()
                shoot(APP, someone.page, "The recovery words, shown once")
                someone.go("/recovery/check")
                shoot(APP, someone.page, "Do you have the words?")
                someone.go("/")
                shoot(APP, someone.page, "Nothing is here yet")
                someone.go("/receive")
                shoot(APP, someone.page, "Receive, with the camera")
            context.close()


def town(folder: Path, readers: Readers, shoot: Shoot) -> None:
    """A worker with four credentials, a school, and an employer who asks."""
    with open_town(folder) as made:
        for reader in readers:
            _offer(made, reader, shoot)
            _wallet(made, reader, shoot)
            _asked(made, reader, shoot)
            _employer(made, reader, shoot)
            _school(made, reader, shoot)


def _sign_in(someone: Person, key: str) -> None:
    if not someone.field("api-key").is_visible():
        someone.page.get_by_text(someone.words("sign-in-key"), exact=True).click()
    someone.field("api-key").fill(key)
    someone.press("sign-in-with-key")


def _offer(made: Town, reader: Any, shoot: Shoot) -> None:
    """From the school's page to the wallet."""
    with made.at("issuer", *reader) as school, made.wallet(*reader) as worker:
        school.go("/console")
        shoot(SCHOOL, school.page, "Sign in")
        _sign_in(school, made.stage.school.key)
        shoot(SCHOOL, school.page, "Overview")
        school.follow(school.page.locator('main a[href^="/console/issue?"]').first)
        shoot(SCHOOL, school.page, "Issue to one person")
        school.press("issue")
        school.follow(school.page.get_by_role("link", name=school.words("offer-page")))
        shoot(SCHOOL, school.page, "What a school gives: a code and a link")
        picture = school.page.get_by_role("img", name=school.words("offer-qr-label")).screenshot()
        worker.go("/receive")
        code = {"name": "offer.png", "mimeType": "image/png", "buffer": picture}
        worker.field("receive-file").set_input_files(code)
        worker.press("receive-go")
        shoot(WALLET, worker.page, "Do you want to receive this?")
        worker.press("offer-accept")
        shoot(WALLET, worker.page, "Received, after it was checked")


def _wallet(made: Town, reader: Any, shoot: Shoot) -> None:
    with made.wallet(*reader) as worker:

        def at(path: str, said: str) -> None:
            worker.go(path)
            shoot(WALLET, worker.page, said)

        def first(start: str, said: str) -> None:
            worker.follow(worker.page.locator(f'main a[href^="{start}"]').first)
            shoot(WALLET, worker.page, said)

        at("/", "What I can do")
        first("/skill", "One skill: how strong, and why")
        worker.go("/")
        first("/credentials/", "One credential")
        at("/receive", "Receive")
        at("/show", "Show")
        worker.page.get_by_role("checkbox").first.check()
        worker.press("show-go")
        shoot(WALLET, worker.page, "On show: a moving code")
        at(
            f"/claims/new?q={'dak' if worker.language is Language.NL else 'roof'}",
            "Say yourself what you can do",
        )
        at("/intake", "Tell which work you did")
        at("/match", "Work that fits")
        first("/match/occupation", "One occupation: what you have, what you lack")
        at("/plan", "A plan")
        at("/checkup", "The yearly check-up")
        at("/diplomas", "Diplomas, scans and licences")
        at("/journal", "The journal: what was shown to whom")
        at("/backup", "Safety: a backup, words, lock, lists")
        at("/leaving", "Leave with everything")


def _asked(made: Town, reader: Any, shoot: Shoot) -> None:
    """Two scans: the employer's question, the wallet's consent, and the answer."""
    with made.at("verifier", *reader) as employer, made.wallet(*reader) as worker:
        employer.go("/")
        shoot(EMPLOYER, employer.page, "Sign in")
        employer.field("sign-in-key").fill(made.stage.asker.key)
        employer.press("sign-in")
        shoot(EMPLOYER, employer.page, "Overview")
        employer.press("ask-now")
        shoot(EMPLOYER, employer.page, "Ask: a question as a code")
        worker.go("/show")
        worker.field("request-pictures").set_input_files([employer.moving_picture()])
        worker.press("request-go")
        shoot(WALLET, worker.page, "Somebody asks: what would leave, and what stays")
        worker.press("consent-approve-qr")
        shoot(WALLET, worker.page, "The answer, as a moving code")
        answer = worker.moving_picture()
        employer.follow(employer.page.get_by_role("link", name=employer.words("request-scan")))
        employer.field("pictures").set_input_files([answer])
        employer.press("send")
        shoot(EMPLOYER, employer.page, "The answer in two seconds")


def _employer(made: Town, reader: Any, shoot: Shoot) -> None:
    with made.at("verifier", *reader) as employer:
        employer.go("/")
        employer.field("sign-in-key").fill(made.stage.asker.key)
        employer.press("sign-in")
        for path, said in (
            ("/check", "Check whatever somebody shows"),
            ("/reports", "Reports: found, kept short, deleted"),
            ("/trust", "Whom you rely on"),
        ):
            employer.go(path)
            shoot(EMPLOYER, employer.page, said)
        employer.go("/")
        employer.follow(employer.page.get_by_role("link", name=employer.words("profile-new"), exact=True))
        shoot(EMPLOYER, employer.page, "A new profile")


def _school(made: Town, reader: Any, shoot: Shoot) -> None:
    with made.at("issuer", *reader) as school:
        school.go("/console")
        _sign_in(school, made.stage.school.key)
        school.go("/console/achievements")
        school.page.locator("#q").fill("welding")
        school.page.locator("[data-found] label").first.wait_for()
        shoot(SCHOOL, school.page, "Make a badge, with skills by search", "label[for=q]")
        school.go("/console/batches")
        school.field("csv-file").set_input_files(
            {"name": "class.csv", "mimeType": "text/csv", "buffer": _CLASS.encode()}
        )
        school.press("look-first")
        shoot(SCHOOL, school.page, "A class from a file, before anything is issued")
        school.press("discard")
        for path, said in (
            ("/credentials", "What was issued"),
            ("/accounts", "People and their roles"),
            ("/keys", "Keys to sign with"),
            ("/audit", "The log"),
        ):
            school.go("/console" + path)
            shoot(SCHOOL, school.page, said)
        school.go("/console/credentials")
        school.follow(school.page.locator('main a[href^="/console/credentials/"]').first)
        shoot(SCHOOL, school.page, "One credential, and taking it back")


def validation(folder: Path, readers: Readers, shoot: Shoot) -> None:
    """An assessor's request: the claim beside its proof, and the rubric."""
    with validation_service(folder) as service, browsing() as browser:
        provider = service.staffed()
        for language, screen in readers:
            asked = provider.asked(BREAD, DOUGH, OVEN, message="I baked for years. Synthetic.")
            case = f"/console/validations/{asked.id}"
            with person(browser, provider.url, "issuer", language, screen) as coordinator:
                coordinator.go("/console")
                _sign_in(coordinator, provider["coordinator"].api_key)
                coordinator.go("/console/validations")
                shoot(SCHOOL, coordinator.page, "Requests")
                coordinator.go(case)
                coordinator.page.locator("details:has(#account-appoint-adviser) button").click()
                coordinator.look()
                coordinator.press("move-accept")
                coordinator.press("move-identify")
                folded = coordinator.page.locator("details:has(#account-appoint-assessor)")
                if folded.get_attribute("open") is None:
                    folded.locator("summary").click()
                coordinator.page.select_option("#account-appoint-assessor", provider["assessor"].id)
                coordinator.press(folded.locator("button"))
            with person(browser, provider.url, "issuer", language, screen) as adviser:
                adviser.go("/console")
                _sign_in(adviser, provider["adviser"].api_key)
                adviser.go(case)
                adviser.press("move-submit")
            with person(browser, provider.url, "issuer", language, screen) as assessor:
                assessor.go("/console")
                _sign_in(assessor, provider["assessor"].api_key)
                assessor.go(case)
                shoot(SCHOOL, assessor.page, "One request: what is said beside what shows it", _SKILLS)


def confirmation(folder: Path, readers: Readers, shoot: Shoot) -> None:
    """A supervisor confirms with time sheets, without an account."""
    with issuer_process(folder) as process, browsing() as browser:
        office, outbox = open_office(process, "bakery"), Outbox.of(process)
        for language, screen in readers:
            worker = ConfirmedWorker()
            worker.ask(office).raise_for_status()
            page = f"/console/confirmations/{number_of(worker)}"
            with person(browser, process.url, "issuer", language, screen) as coordinator:
                coordinator.go("/console")
                _sign_in(coordinator, office.api_key)
                coordinator.go(page)
                shoot(SCHOOL, coordinator.page, "Invite a supervisor")
                coordinator.field("invite-email").fill("chef@employer.example")
                coordinator.press("invite-send")
            path = outbox.link(number_of(worker)).removeprefix(process.url)
            with person(browser, process.url, "issuer", language, screen) as chef:
                chef.go(path)
                shoot(SUPERVISOR, chef.page, "The link from the mail")
                chef.press("confirm-mail-code")
                chef.field("confirm-code").fill(outbox.code())
                chef.press("confirm-go-on")
                shoot(SUPERVISOR, chef.page, "What somebody says they can do: true, or not known")
                chef.page.locator("input[name=skill-0][value=work-record]").check()
                chef.page.locator("input[name=skill-1][value=unknown]").check()
                chef.field("confirm-role").fill("teamleider van de bakkerij")
                chef.field("confirm-not-the-holder").check()
                sheet = {"name": "uren.csv", "mimeType": "text/csv", "buffer": SHEET}
                chef.field("confirm-file").set_input_files(sheet)
                chef.press("confirm-look")
                shoot(SUPERVISOR, chef.page, "What will be sent, before it is")
                chef.press("confirm-send", organisation="Bakkersschool Noord")
                shoot(SUPERVISOR, chef.page, "Done")
