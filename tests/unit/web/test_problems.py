"""Refusals over HTTP: problem documents from one table, pages for browsers, nothing of the stranger's."""

import importlib
import pkgutil

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.responses import PlainTextResponse
from starlette.requests import ClientDisconnect

import passport.errors
from passport.errors import NotFound, PassportError, RateLimited
from passport.errors.storage import StoreUnavailable
from passport.texts import Language
from passport.web import WebSettings, create_app
from passport.web.problems import STATUS, problem, sentence_of, status_of
from tests.simulators.asgi import asked

SECRET = "s3cr3t-of-somebody"


class Driver(Exception):
    pass


def service(**settings) -> FastAPI:
    app = create_app(
        title="t",
        version="1",
        settings=WebSettings(**{"public_url": "https://service.example", **settings}),
        failures={Driver: StoreUnavailable},
    )
    router = APIRouter()

    @router.get("/boom")
    async def boom() -> None:
        raise RuntimeError(SECRET)

    @router.get("/gone")
    async def gone() -> None:
        raise NotFound(limit=3)

    @router.get("/slow-down")
    async def slow_down() -> None:
        raise RateLimited

    @router.get("/driver")
    async def driver() -> None:
        raise Driver(SECRET)

    @router.get("/items/{number}")
    async def items(number: int, page: int = 1) -> int:
        return number + page

    @router.get("/hello", response_class=PlainTextResponse)
    async def hello() -> str:
        return "hello"

    app.include_router(router)
    return app


HOST = {"host": "service.example"}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/boom", 500, "internal_error"),
        ("/gone", 404, "not_found"),
        ("/slow-down", 429, "rate_limited"),
        ("/driver", 503, "store_unavailable"),
        ("/items/x%3Cscript%3E", 400, "malformed_request"),
        ("/items/1?page=evil", 400, "malformed_request"),
        ("/nothing/here", 404, "not_found"),
    ],
)
def test_every_refusal_is_a_problem_document(path, status, code):
    answer = asked(service(), "GET", path, headers=HOST)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert (found["status"], found["code"]) == (status, code)
    assert found["type"] == f"urn:skills-passport:problem:{code}"
    assert found["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
    for sent in (SECRET, "script", "evil", "Traceback"):
        assert sent not in answer.text


def test_a_wrong_method_says_which_ones_are_right():
    answer = asked(service(), "DELETE", "/gone", headers=HOST)
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET"


def test_who_must_wait_is_told_how_long():
    assert asked(service(), "GET", "/slow-down", headers=HOST).headers["retry-after"]
    assert asked(service(), "GET", "/driver", headers=HOST).headers["retry-after"]


@pytest.mark.parametrize(
    ("wanted", "language", "words"),
    [
        ({"accept-language": "nl-NL,nl;q=0.9,en;q=0.8"}, "nl", "Dit is niet gelukt"),
        ({"accept-language": "de, en;q=0.5, nl;q=0.4"}, "en", "This did not work"),
        ({"accept-language": "en", "cookie": "lang=nl"}, "nl", "Dit is niet gelukt"),
        ({"accept-language": "*;q=x, ;;,"}, "en", "This did not work"),
        ({}, "en", "This did not work"),
    ],
)
def test_browsers_get_a_page_in_their_language(wanted, language, words):
    answer = asked(service(), "GET", "/gone", headers={**HOST, "accept": "text/html", **wanted})
    assert answer.status_code == 404
    assert answer.headers["content-language"] == language
    assert f'lang="{language}"' in answer.text
    assert words in answer.text


def test_the_language_in_the_address_wins_and_sticks():
    answer = asked(
        service(), "GET", "/gone?lang=nl", headers={**HOST, "accept": "text/html", "accept-language": "en"}
    )
    assert 'lang="nl"' in answer.text
    assert "lang=nl" in answer.headers["set-cookie"]
    assert "lang" not in asked(service(), "GET", "/gone?lang=xx", headers=HOST).headers.get("set-cookie", "")


def test_every_response_has_the_headers_that_protect_a_person():
    for path in ("/hello", "/boom", "/nothing"):
        headers = asked(service(), "GET", path, headers=HOST).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["strict-transport-security"].startswith("max-age=")
        assert headers["cache-control"] == "no-store"
    plain = asked(
        service(public_url="http://localhost:1"), "GET", "/hello", headers=HOST | {"host": "localhost:1"}
    )
    assert "strict-transport-security" not in plain.headers


@pytest.mark.parametrize(
    "host", ["evil.example", "service.example.evil.example", "", "[::2]", "localhost.evil"]
)
def test_another_host_name_is_refused(host):
    answer = asked(service(), "GET", "/hello", headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "unknown_host")


@pytest.mark.parametrize(
    "host", ["service.example", "SERVICE.example:443", "localhost:9", "127.0.0.1", "[::1]:8080"]
)
def test_its_own_host_names_are_answered(host):
    assert asked(service(), "GET", "/hello", headers={"host": host}).text == "hello"


def test_who_leaves_while_sending_is_no_fault_of_ours(caplog):
    app = service()

    @app.post("/left")
    async def left() -> None:
        raise ClientDisconnect

    with pytest.raises(AssertionError):  # of the client in memory, which was answered nothing
        asked(app, "POST", "/left", headers=HOST)
    assert "unexpected" not in caplog.text


def test_the_log_holds_no_path_query_or_message(caplog):
    caplog.set_level("INFO")
    asked(service(), "GET", "/items/4711471147114711?page=8888888888888888", headers=HOST)
    asked(service(), "GET", "/boom", headers=HOST)
    asked(service(), "GET", f"/{SECRET}", headers=HOST)
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("passport"))
    assert "/items/{number} 200" in logged
    assert "unexpected RuntimeError" in logged
    for sent in ("4711471147114711", "8888888888888888", SECRET):
        assert sent not in logged


def test_the_openapi_document_tells_of_problems_and_not_of_422():
    document = asked(service(), "GET", "/openapi.json", headers=HOST).json()
    assert document["components"]["schemas"]["Problem"]["required"] == [
        "type", "title", "status", "code", "instance",
    ]  # fmt: skip
    for operations in document["paths"].values():
        for operation in operations.values():
            assert "422" not in operation["responses"]
            assert "application/problem+json" in operation["responses"]["4XX"]["content"]


def every_error() -> list[type[PassportError]]:
    for module in pkgutil.iter_modules(passport.errors.__path__):
        importlib.import_module(f"passport.errors.{module.name}")
    found, todo = [], [PassportError]
    while todo:
        kind = todo.pop()
        found.append(kind)
        todo.extend(kind.__subclasses__())
    return [kind for kind in found if kind.__module__.startswith("passport.errors")]


def test_every_error_has_a_status_from_the_table():
    for kind in every_error():
        assert status_of(kind) in STATUS.values()
        assert status_of(kind) >= 400


def test_a_problem_keeps_its_details_apart_from_its_sentence():
    found = problem(NotFound(limit=3), Language.EN, "1")
    assert found["details"] == {"limit": 3}
    assert found["title"] == NotFound.sentence
    assert sentence_of(NotFound(limit=3), Language.NL) != NotFound.sentence
