"""The console's pages of a validation in a real browser, on a phone and a desk, in Dutch and in English."""

import pytest

from passport.texts import Language
from tests.simulators.browsing import DESK, PHONE, browsing, person
from tests.simulators.validating import BREAD, DOUGH, OVEN
from tests.simulators.validation_service import validation_service

READERS = {"dutch-phone": (Language.NL, PHONE), "english-desk": (Language.EN, DESK)}
LONG = "a-word-that-nobody-can-break-and-that-goes-on" * 3


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with validation_service(tmp_path_factory.mktemp("pages")) as service, browsing() as browser:
        yield service, service.staffed(), browser


def signed_in(someone, key):
    someone.go("/console")
    someone.field("api-key").fill(key)
    someone.press("sign-in-with-key")


@pytest.mark.parametrize("reader", ["dutch-phone"])
def test_a_case_is_moved_by_its_people_from_page_to_page(story, reader):
    _, provider, browser = story
    language, screen = READERS[reader]
    asked = provider.asked(BREAD, DOUGH, OVEN, message=f"{LONG}\nI baked for years.")
    case = f"/console/validations/{asked.id}"
    with person(browser, provider.url, "issuer", language, screen) as coordinator:
        signed_in(coordinator, provider["coordinator"].api_key)
        coordinator.go("/console/validations")
        coordinator.go(case)
        coordinator.page.locator("details:has(#account-appoint-adviser) button").click()
        coordinator.look()
        coordinator.press("move-accept")
        coordinator.press("move-identify")
        coordinator.go("/console/validations?phase=documentation")
        coordinator.go(case)
        summary = coordinator.page.locator("details:has(#account-appoint-assessor)")
        if summary.get_attribute("open") is None:
            summary.locator("summary").click()
        coordinator.page.select_option("#account-appoint-assessor", provider["assessor"].id)
        coordinator.press(summary.locator("button"))
    with person(browser, provider.url, "issuer", language, screen, scripts=False) as adviser:
        signed_in_without_scripts(adviser, provider["adviser"].api_key)
        adviser.page.goto(provider.url + case)
        with adviser.page.expect_navigation():
            adviser.page.get_by_role("button", name=adviser.words("move-submit")).click()
    with person(browser, provider.url, "issuer", language, screen) as assessor:
        signed_in(assessor, provider["assessor"].api_key)
        assessor.go(case)
        assessor.page.fill("#how", "I watched for a morning.")
        for number, result in enumerate(
            ("met", "met", "not-met")
        ):  # nothing is found before somebody says so
            assessor.page.select_option(f"#result-{number}", result)
        assessor.page.fill("#reason-2", LONG)
        assessor.page.check("input[name=independent]")
        assessor.press("move-assess")
        assessor.press("move-certify")
        assessor.sees(LONG)
    assert asked.follow()["state"] == "partly-recognised"


def signed_in_without_scripts(someone, key):
    someone.page.goto(someone.address + "/console")
    someone.page.get_by_text(someone.words("sign-in-key"), exact=True).click()
    someone.field("api-key").fill(key)
    with someone.page.expect_navigation():
        someone.page.get_by_role("button", name=someone.words("sign-in-with-key"), exact=True).click()


@pytest.mark.parametrize("reader", ["english-desk"])
def test_an_owner_sees_roles_and_dates(story, reader):
    _, provider, browser = story
    with person(browser, provider.url, "issuer", *READERS[reader]) as owner:
        signed_in(owner, provider.owner.api_key)
        owner.go("/console/validations")
        owner.go("/console/validations/setup")
        owner.page.locator("form[action$='/settings'] button").click()
        owner.look()
