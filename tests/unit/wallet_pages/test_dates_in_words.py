"""No page of the wallet says a day as documents write it: 22 november 2026, never 2026-11-22."""

import re

import pytest

from passport.texts import Language
from tests.simulators.house import House
from wallet.pages.routing import Guard
from wallet.pages.table import ROUTERS

_MAIN = re.compile(r"<main.*</main>", re.DOTALL)
_TECHNICAL = re.compile(r"<pre.*?</pre>|<textarea.*?</textarea>|<[^>]*>", re.DOTALL)
_ISO = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
PAGES = sorted(
    route.template
    for router in ROUTERS
    for route in router.routes
    if route.method == "GET" and "{" not in route.template and route.guard is Guard.PERSON
    if route.template != "/taxonomy"  # takes seconds, and says no day
)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("wallet"))
    made.made()
    made.one = made.take()
    return made


def said(answer):
    """What a person reads: neither what is to be filled in nor the document as a machine has it."""
    return _TECHNICAL.sub(" ", _MAIN.search(answer.text)[0])


@pytest.mark.parametrize("language", Language)
def test_every_page_says_its_days_in_words(house, language):
    for page in (*PAGES, f"/credentials/{house.one}"):
        answer = house.ask("GET", f"{page}?lang={language}")
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            assert not _ISO.findall(said(answer)), (page, _ISO.findall(said(answer)))
