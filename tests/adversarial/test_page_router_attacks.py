"""Addresses that nobody would type, at both hosts of the wallet's pages: no page breaks, no guard is passed by."""

import pytest

from passport.texts import Language
from tests.simulators.house import House
from wallet.pages.dispatch import answer
from wallet.pages.table import ROUTERS
from wallet.pages.visit import Visit


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("wallet"))
    made.made()
    return made


def on_a_phone(house, method, url, form=()):
    renderer = house.app.state.renderer
    visit = Visit(method=method, url=url, form=form, language=Language.EN, desk=house.desk, renderer=renderer)
    return answer(visit, ROUTERS)


@pytest.mark.parametrize(
    "path",
    ["/receive%0A", "/plan/modules%0a", "/offers/x/take%0A", "/receive%00", "/Receive", "/%2E/receive",
     "/%2E%2E/receive", "/x//receive", "/receive;x", "/receive%3F", "/receive%23x", "/%ff"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_path_that_almost_is_one_finds_no_page_on_either_host(house, path, method):
    here, there = house.ask(method, path), on_a_phone(house, method, f"http://localhost{path}")
    assert {here.status_code, there.status} <= {404, 405}


@pytest.mark.parametrize("url", ["//[", "https://[", "//[::1", "https://[x]/receive"])
def test_an_address_that_is_none_shows_the_first_page_and_breaks_nothing(house, url):
    assert on_a_phone(house, "GET", url).status == on_a_phone(house, "GET", "/").status == 200
    assert on_a_phone(house, "POST", url).status == 405


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "OPTIONS", "get", "PATCH"])
def test_another_method_is_no_way_to_a_page(house, method):
    form = [("_method", "POST"), ("X-HTTP-Method-Override", "POST")]
    assert on_a_phone(house, method, "/lock", form).status == 405
    assert house.ask(method, "/lock", data={"_method": "POST"}).status_code == 405
    assert house.desk.is_open


@pytest.mark.parametrize(
    "path",
    ["/adviser/../show", "/adviser%2F..%2Fshow", "/adviser/%2e%2e/show", "/adviser//show", "/show?/adviser/",
     "//adviser/show", "/show%3F/adviser/", "/idle/../show", "/show;/adviser/", "/show#/adviser/"],
)  # fmt: skip
def test_no_spelling_of_an_address_gets_an_adviser_out_of_their_visit(house, path):
    class Present:
        id, until = "visit", house.time.now.replace(year=2100)

    house.desk.guest.begin(Present())
    try:
        assert house.ask("GET", path).status_code in {403, 404}
        assert on_a_phone(house, "GET", f"http://localhost{path}").status in {403, 404}
        assert on_a_phone(house, "GET", path).status in {403, 404}
    finally:
        house.desk.guest.clear()
