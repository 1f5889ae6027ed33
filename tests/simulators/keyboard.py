"""Somebody without a mouse: Tab and Enter alone, and eyes for where the focus is."""

from playwright.sync_api import Locator

from tests.simulators.browsing import Person
from tests.simulators.focus import is_focused, reach


def tab_to(someone: Person, target: Locator) -> None:
    reach(target.page, target.element_handle())


def type_in(someone: Person, code: str, text: str) -> None:
    tab_to(someone, someone.field(code))
    someone.page.keyboard.insert_text(text)


def enter(someone: Person, code: str) -> None:
    """Go to a button by keys and press it; look at the page that it leads to."""
    tab_to(someone, someone.page.get_by_role("button", name=someone.words(code), exact=True).first)
    with someone.page.expect_navigation():
        someone.page.keyboard.press("Enter")
    someone.look()


def issue_and_receive(school: Person, worker: Person, key: str) -> None:
    """A school signs in and makes an offer; a worker skips to the content, pastes the link and accepts."""
    school.page.goto(school.address + "/console")
    tab_to(school, school.page.locator("summary").get_by_text(school.words("sign-in-key"), exact=True))
    school.page.keyboard.press("Enter")
    type_in(school, "api-key", key)
    enter(school, "sign-in-with-key")
    school.go("/console/issue")
    enter(school, "issue")
    school.page.goto(
        school.page.get_by_role("link", name=school.words("offer-page")).get_attribute("href") or ""
    )
    link = school.page.get_by_role("link", name=school.words("offer-open")).get_attribute("href") or ""
    worker.go("/receive")
    worker.page.keyboard.press("Tab")
    assert is_focused(worker.page.locator(".skip"))
    worker.page.keyboard.press("Enter")
    assert is_focused(worker.page.locator("main"))
    type_in(worker, "receive-link", link)
    enter(worker, "receive-go")
    enter(worker, "offer-accept")
    worker.sees(worker.words("credential-yes"))


def ask_and_agree(employer: Person, worker: Person, key: str) -> None:
    """An employer signs in and asks; a worker looks at what would be shown and agrees."""
    employer.go("/")
    type_in(employer, "sign-in-key", key)
    enter(employer, "sign-in")
    enter(employer, "ask-now")
    worker.go("/show")
    worker.field("request-pictures").set_input_files(employer.moving_picture())
    enter(worker, "request-go")
    enter(worker, "consent-approve-qr")
    worker.sees(worker.words("shown-about-answer"))
