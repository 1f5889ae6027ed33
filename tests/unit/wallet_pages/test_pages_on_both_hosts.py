"""The same page on every host: by pure dispatch, as on a phone, and under FastAPI, as on a desktop."""

import re

import pytest

from passport.texts import Language
from tests.simulators.house import PASSPHRASE, House
from wallet.errors_device import NotOnThisDevice
from wallet.pages.dispatch import answer
from wallet.pages.routing import Guard, find
from wallet.pages.table import ROUTERS
from wallet.pages.visit import Upload, Visit

_NUMBER = re.compile(r" · [^<]*[0-9a-f]{8}-[0-9a-f-]{27}")
"""The log's number of a refusal, which only a server keeps."""
_MAIN = re.compile(r"<main.*</main>", re.DOTALL)
NOT_HERE = {
    "/taxonomy",  # takes seconds, and is of the same kind as the others
    "/checkup/new",  # each form has a number of its own
}
PLAIN = sorted(
    route.template
    for router in ROUTERS
    for route in router.routes
    if route.method == "GET"
    and "{" not in route.template
    and route.guard is Guard.PERSON
    and route.template not in NOT_HERE
)
EVERY = [route for router in ROUTERS for route in router.routes]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("wallet"))
    made.made()
    made.one = made.take()
    return made


def visit(house, method, path, form=()):
    return Visit(
        method=method,
        url=f"http://localhost{path}",
        form=form,
        language=Language.EN,
        desk=house.desk,
        renderer=house.app.state.renderer,
    )


def both(house, method, path, **fields):
    """The answer of each host."""
    here = house.ask(method, path, **({"data": fields} if method == "POST" else {}))
    form = [
        (name, value)
        for name, given in fields.items()
        for value in ([given] if isinstance(given, str) else given)
    ]
    return here, answer(visit(house, method, path, form), ROUTERS)


def same(here, there):
    assert (here.status_code, here.headers.get("location")) == (there.status, there.location)
    assert here.content == there.body
    assert here.headers.get("refresh") == there.headers.get("Refresh")
    assert _kind(here.headers.get("content-type", "")) == _kind(there.media_type)


def _kind(media_type):
    return media_type.partition(";")[0]


def same_refusal(here, there):
    """A server has its own page for what no handler shows; what it says is the same."""
    assert here.status_code == there.status >= 400
    assert _NUMBER.sub("", _MAIN.search(here.text)[0]) == _MAIN.search(there.html)[0]


@pytest.mark.parametrize("path", PLAIN)
def test_a_page_is_the_same_on_every_host(house, path):
    here, there = both(house, "GET", path)
    (same_refusal if there.status >= 400 else same)(here, there)


@pytest.mark.parametrize(
    "path",
    [
        "/skill?iri=nothing",
        "/skill",
        "/claims/" + "x" * 300,
        "/claims/a%3Fb%23c",
        "/claims/%E2%82%AC/file?id=1",
        "/on-show/none?picture=100",
        "/on-show/none/x.png",
        "/ask/nonsense",
        "/shared?gone=perhaps",
        "/nowhere",
    ],
)
def test_so_is_what_a_refusal_says(house, path):
    same_refusal(*both(house, "GET", path.format(one=house.one)))


@pytest.mark.parametrize("path", ["/credentials/{one}", "/receive?lang=en", "/claims/new?skill=a&skill=b"])
def test_so_is_a_page_with_parameters(house, path):
    same(*both(house, "GET", path.format(one=house.one)))


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/undo", {}),
        ("/stored/journal", {"since": "2026-02-02", "until": "2026-02-01"}),
        ("/stored/everything", {"passphrase": PASSPHRASE}),
        ("/share", {"credential": ["none"]}),
        ("/passphrase", {"passphrase": "kort", "old": PASSPHRASE}),
        ("/receive", {"text": ""}),
        ("/receive", {"text": "not a credential"}),
        ("/assess/more", {"skill": ["a", "b"]}),
    ],
)
def test_so_is_the_answer_to_a_form(house, path, fields):
    same(*both(house, "POST", path, **fields))


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/share", {"days": "many"}),
        ("/show", {"credential": ["a"] * 65}),
        ("/unlock", {"passphrase": "x" * 4_097}),
        ("/lock-time", {"minutes": "soon"}),
        ("/journal", {}),
    ],
)
def test_so_is_what_the_refusal_of_a_form_says(house, path, fields):
    same_refusal(*both(house, "POST", path, **fields))


def test_a_picture_is_the_same_on_every_host(house):
    shown = house.desk.showing.add(b'{"a": 1}')
    for name in ("1.png", "all.gif"):
        path = f"/on-show/{shown.id}/{name}"
        here, there = both(house, "GET", path)
        assert (here.content, here.headers["content-type"]) == (there.body, there.media_type)


def test_a_file_of_a_form_arrives_whole(house):
    form = [("text", ""), ("file", Upload("notes.txt", b"nothing of use"))]
    here = house.ask("POST", "/receive", data={"text": ""}, files={"file": ("notes.txt", b"nothing of use")})
    same(here, answer(visit(house, "POST", "/receive", form), ROUTERS))


def test_while_an_adviser_sits_there_the_phone_too_shows_only_what_is_for_them(house):
    class Present:
        id, until = "visit", house.time.now.replace(year=2100)

    house.desk.guest.begin(Present())
    try:
        same_refusal(*both(house, "GET", "/journal"))
        assert both(house, "GET", "/journal")[1].status == 403
    finally:
        house.desk.guest.clear()


def test_what_a_device_lacks_is_said_on_a_page(house):
    shown = house.desk.showing.add(b'{"a": 1}')
    tools, house.desk.tools = house.desk.tools, type(house.desk.tools)()
    try:
        found = answer(visit(house, "GET", f"/on-show/{shown.id}/1.png"), ROUTERS)
        assert NotOnThisDevice.sentence in found.html
        posted = [("passphrase", "a sentence of nobody"), ("with_seed", "")]
        assert NotOnThisDevice.sentence in answer(visit(house, "POST", "/backup", posted), ROUTERS).html
    finally:
        house.desk.tools = tools


@pytest.mark.parametrize("route", EVERY, ids=lambda route: f"{route.method} {route.template}")
def test_no_route_hides_another(route):
    path = re.sub(r"\{\w+\}", "7", route.template)
    assert find(ROUTERS, route.method, path) is route
