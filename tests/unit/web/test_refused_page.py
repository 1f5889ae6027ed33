"""Whichever rule refuses a form: its own page again, for the one who sent it, and for nobody else."""

import pytest
from fastapi import Form, Request, Response
from fastapi.responses import HTMLResponse

from passport.errors import NotAuthenticated
from passport.errors.web import AddressTaken, MalformedRequest, NotAPicture
from passport.web import WebSettings, create_app
from passport.web.forms import same_origin
from passport.web.refused_page import beside_its_field
from tests.simulators.asgi import asked

PAGE = (
    '<h1>Things</h1><form method="post" action="/things"><input name="name"><input name="size"></form>'
    '<form method="post" action="/things/1/part"><textarea name="text"></textarea></form>'
)
OURS = {"Origin": "http://localhost", "Accept": "text/html", "Accept-Language": "en"}
FILTER = '<form method="get" action="/list"><input name="since"><input name="about"></form>'
ERRORS = {
    "field": MalformedRequest(field="size", rule="number"),
    "none": AddressTaken(),
    "door": NotAuthenticated(),
}


@pytest.fixture
def app():
    made = create_app(title="t", version="1", settings=WebSettings("http://localhost"), forms_again=True)

    @made.get("/things")
    async def things(request: Request) -> Response:
        if "out" in request.headers.get("cookie", ""):
            raise NotAuthenticated
        return HTMLResponse(PAGE + request.url.query, headers={"x-own": "yes"})

    @made.post("/things", dependencies=[same_origin])
    async def make(name: str = Form(""), size: str = Form("")) -> None:
        raise ERRORS[name]

    @made.post("/things/1/part")
    async def part(text: str = Form("")) -> None:
        raise NotAPicture

    @made.get("/list")
    async def listed(since: str = "", page: int = 1) -> Response:
        if since and not since.isdecimal():
            raise MalformedRequest(field="since", rule="number")
        return HTMLResponse(f"<h1>List</h1>{FILTER}")

    @made.post("/elsewhere")
    async def elsewhere(request: Request, name: str = Form("")) -> Response:
        return await beside_its_field(request, HTMLResponse(PAGE), NotAPicture())

    return made


def sent(app, path, form, **headers):
    return asked(app, "POST", path, headers={**OURS, **headers}, data=form)


def test_the_form_comes_back_with_what_was_typed_and_the_refusal_beside_its_field(app):
    page = sent(app, "/things", {"name": "field", "size": "big"})
    assert page.status_code == 400
    assert page.headers["x-own"] == "yes", "the page's own headers, such as its policy, stay"
    assert (
        '<input name="name" value="field"><p class="notice notice-no" role="alert" id="refused">' in page.text
    )
    assert 'name="size" value="big" aria-invalid="true"' in page.text
    assert int(page.headers["content-length"]) == len(page.content)


def test_a_refusal_about_no_field_stands_on_top_of_the_form_and_keeps_its_status(app):
    page = sent(app, "/things", {"name": "none"})
    assert page.status_code == 409
    assert (
        '<form method="post" action="/things"><p class="notice notice-no" role="alert" id="refused"'
        in page.text
    )


def test_the_page_above_is_found_and_the_one_that_the_browser_came_from_before_it(app):
    assert 'role="alert" id="refused">' in sent(app, "/things/1/part", {"text": "x"}).text
    page = sent(app, "/things/1/part", {"text": "x"}, Referer="http://localhost/things?page=2")
    assert page.text.endswith("page=2")


def test_a_wrong_filter_in_an_address_is_the_whole_list_with_the_refusal_beside_the_filter(app):
    page = asked(app, "GET", '/list?since=x"><i>&about=y', headers=OURS)
    assert page.status_code == 400
    assert "<h1>List</h1>" in page.text
    assert 'name="since" value="x&quot;&gt;&lt;i&gt;" aria-invalid="true"' in page.text
    assert 'name="about" value="y"' in page.text
    for address in ("/list?page=x", "/list?since=x&more=than", "/list?"):
        assert 'aria-invalid="true"' not in asked(app, "GET", address, headers=OURS).text
    told = asked(app, "GET", "/list?since=x", headers={**OURS, "Accept": "application/json"})
    assert told.json()["code"] == "malformed_request"


@pytest.mark.parametrize(
    ("path", "form", "headers"),
    [
        ("/things", {"name": "door"}, {}),
        ("/things", {"name": "field"}, {"Origin": "http://evil.example"}),
        ("/things", {"name": "field", "more": "than the form has"}, {}),
        ("/things", {"name": "field"}, {"Cookie": "out=1"}),
        ("/things/1/part", {"text": "x"}, {"Referer": "http://[", "Cookie": "out=1"}),
        ("/things/1/part", {"text": "x"}, {"Referer": "http://evil.example/things", "Cookie": "out=1"}),
        ("/elsewhere", {"name": "x"}, {}),
    ],
)
def test_what_cannot_be_shown_again_is_refused_on_a_page_of_its_own(app, path, form, headers):
    page = sent(app, path, form, **headers)
    assert page.status_code >= 400
    assert "<h1>Things</h1>" not in page.text
    assert "This did not work" in page.text


def test_a_program_gets_data_and_no_page(app):
    answer = sent(app, "/things", {"name": "field"}, Accept="application/json")
    assert answer.json()["code"] == "malformed_request"
    assert sent(app, "/elsewhere", {"name": "x"}, Accept="*/*").json()["code"] == "not_a_picture"
