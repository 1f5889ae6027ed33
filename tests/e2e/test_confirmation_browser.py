"""A supervisor on a phone without scripts, and a coordinator at a desk: in a real browser, every page looked at."""

import io

import pytest
from PIL import Image

from passport.texts import Language
from tests.simulators.browsing import PHONE, chromium, person
from tests.simulators.confirming import SHEET, ConfirmedWorker, Outbox, number_of
from tests.simulators.issuing import issuer_process, open_office

WIDE = (1280, 900)
EMPLOYER = "Bakkersschool Noord"


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    chromium()
    with issuer_process(tmp_path_factory.mktemp("browsed")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process, "bakery")


def photo():
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    Image.new("RGB", (400, 300), "orange").save(made, "JPEG", exif=exif)
    return {"name": "work.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def sign_in(someone, office):
    someone.go("/console")
    someone.field("api-key").fill(office.api_key)
    someone.press("sign-in-with-key")


def test_a_coordinator_invites_a_supervisor_who_confirms_on_a_phone_in_three_minutes(
    process, office, browser
):
    outbox, worker = Outbox.of(process), ConfirmedWorker()
    assert worker.ask(office).status_code == 201
    page = f"/console/confirmations/{number_of(worker)}"
    with person(browser, process.url, "issuer", Language.EN, WIDE) as coordinator:
        sign_in(coordinator, office)
        coordinator.go("/console/confirmations")
        coordinator.follow(coordinator.page.locator(f'a[href="{page}"]'))
        coordinator.sees(coordinator.words("confirmation-asked"))
        coordinator.field("invite-email").fill("chef@employer.example")
        coordinator.press("invite-send")
        coordinator.sees(coordinator.words("confirmation-invited"))

    path = outbox.link(number_of(worker)).removeprefix(process.url)
    with person(browser, process.url, "issuer", Language.NL, PHONE, scripts=False) as chef:
        chef.go(path)
        chef.sees("c…@employer.example")
        chef.press("confirm-mail-code")
        chef.field("confirm-code").fill(outbox.code())
        chef.press("confirm-go-on")
        chef.sees("A worker")
        chef.page.locator("input[name=skill-0][value=work-record]").check()
        chef.page.locator("input[name=skill-1][value=unknown]").check()
        chef.field("confirm-role").fill("teamleider van de bakkerij")
        chef.field("confirm-not-the-holder").check()
        chef.field("confirm-file").set_input_files(
            {"name": "uren.csv", "mimeType": "text/csv", "buffer": SHEET.replace(b"2026-03-02", b"2 maart")}
        )
        chef.page.get_by_role("button", name=chef.words("confirm-look"), exact=True).click()
        chef.page.get_by_role("alert").wait_for()
        chef.look(refused=True)
        chef.sees(chef.words("time_sheet_wrong_day"))
        chef.field("confirm-file").set_input_files(
            {"name": "uren.csv", "mimeType": "text/csv", "buffer": SHEET}
        )
        chef.press("confirm-look")
        chef.sees("15,5")
        chef.field("confirm-file").set_input_files(photo())
        chef.press("confirm-add-file-now")
        assert chef.page.locator("img.record").evaluate("(picture) => picture.naturalWidth") == 400
        chef.press("confirm-send", organisation=EMPLOYER)
        chef.sees(chef.words("confirm-done-title"))

    told = worker.told()
    assert [skill["answer"] for skill in told["skills"]] == ["work-record", "unknown"]
    assert [file["mediaType"] for file in told["files"]] == ["text/csv", "image/jpeg"]
    assert b"Camera" not in worker.hears("/files/2").content

    with person(browser, process.url, "issuer", Language.NL, PHONE) as coordinator:
        sign_in(coordinator, office)
        coordinator.go(page)
        coordinator.press("revoke-now")
        coordinator.sees(coordinator.words("standing-revoked"))
    assert len(worker.told()["revoked"]) == 1


def test_a_dead_link_leads_to_a_calm_page(process, browser):
    with person(browser, process.url, "issuer", Language.NL, PHONE) as somebody:
        somebody.page.goto(f"{process.url}/confirm/{'0' * 32}/{'A' * 22}")
        somebody.look(refused=True)
        somebody.sees("niet meer geldig")
