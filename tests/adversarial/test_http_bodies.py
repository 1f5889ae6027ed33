"""A2, A3: what can be sent as a body, and what comes back: a small problem that repeats nothing."""

import asyncio
import gzip
import json
import socket
import time
from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI, File, Form, Request, UploadFile
from pydantic import Field

from passport.web import Body, WebSettings, create_app, document_body, strict_body
from passport.web.body import Moment
from tests.simulators.asgi import asked
from tests.simulators.serving import serving

MARK = "xyzzy-of-a-stranger"
LIMIT = 4_096
JSON = {"content-type": "application/json"}


class Inner(Body):
    level: int


class Offer(Body):
    name: str
    number: int = 1
    inner: Inner | None = None
    more: Annotated[dict[str, int], Field(default_factory=dict)]
    at: Moment | None = None


def service(**settings) -> FastAPI:
    app = create_app(
        title="t",
        version="1",
        settings=WebSettings(
            "http://localhost", body_limit=LIMIT, body_limits={"/large*": 4 * LIMIT}, **settings
        ),
    )

    @app.post("/offers")
    async def offers(body: Annotated[Offer, strict_body(Offer)]) -> dict[str, str]:
        return {"name": body.name}

    @app.post("/documents")
    async def documents(source: Annotated[bytes, document_body(most=LIMIT)]) -> dict[str, int]:
        return {"size": len(source)}

    @app.post("/large/documents")
    async def large(source: Annotated[bytes, document_body(most=4 * LIMIT)]) -> dict[str, int]:
        return {"size": len(source)}

    @app.post("/forms")
    async def forms(
        word: Annotated[str, Form(max_length=20)] = "", file: Annotated[UploadFile | None, File()] = None
    ) -> dict[str, str]:
        return {"word": word}

    return app


APP = service()

REFUSED = {
    "nothing": b"",
    "a list": b"[]",
    "a text": f'"{MARK}"'.encode(),
    "null": b"null",
    "duplicate key": f'{{"name":"a","name":"{MARK}"}}'.encode(),
    "duplicate key inside": b'{"name":"a","inner":{"level":1,"level":2}}',
    "NaN": b'{"name":"a","number":NaN}',
    "infinity": b'{"name":"a","number":-Infinity}',
    "1e400": b'{"name":"a","number":1e400}',
    "5,000 digits": b'{"name":"a","number":' + b"9" * 3_900 + b"}",
    "surrogate in a value": b'{"name":"\\ud800"}',
    "surrogate in a key": b'{"name":"a","\\udfff":1}',
    "surrogate in a refused member": b'{"name":5,"other":"\\ud800"}',
    "latin-1": '{"name":"é"}'.encode("latin-1"),
    "utf-16": '{"name":"a"}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"name":"a"}',
    "trailing text": b'{"name":"a"} x',
    "a comment": b'{"name":"a"/* */}',
    "single quotes": b"{'name':'a'}",
    "truncated": b'{"name":"a',
    "depth 33": b'{"name":"a","more":' + b"[" * 33 + b"]" * 33 + b"}",
    "depth 1,900": b"[" * 1_900 + b"]" * 1_900,
    "an unknown member": f'{{"name":"a","{MARK}":1}}'.encode(),
    "a missing member": b'{"number":1}',
    "a number as text": b'{"name":"a","number":"1"}',
    "a truth as number": b'{"name":"a","number":true}',
    "a fraction": b'{"name":"a","number":1.5}',
    "a text as number": f'{{"name":"a","number":"{MARK}"}}'.encode(),
    "wrong inside": f'{{"name":"a","inner":{{"level":"{MARK}"}}}}'.encode(),
    "wrong under their key": f'{{"name":"a","more":{{"{MARK}":"x"}}}}'.encode(),
    "a moment as number": b'{"name":"a","at":1700000000}',
    "a moment as week": b'{"name":"a","at":"2026-W05-6"}',
    "a naive moment": b'{"name":"a","at":"2026-01-31T09:00:00"}',
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_malformed_body_is_a_problem_and_is_not_repeated(what):
    began = time.monotonic()
    answer = asked(APP, "POST", "/offers", headers=JSON, content=REFUSED[what])
    assert time.monotonic() - began < 0.25
    assert answer.status_code in {400, 413}
    assert answer.headers["content-type"] == "application/problem+json"
    json.loads(answer.content)
    assert MARK not in answer.text
    assert len(answer.content) < 600


def test_a_good_body_is_taken():
    answer = asked(
        APP, "POST", "/offers", headers=JSON, content=b'{"name":"Zo\xc3\xab","at":"2026-01-31T09:00:00Z"}'
    )
    assert (answer.status_code, answer.json()) == (200, {"name": "Zoë"})


@pytest.mark.parametrize(
    "media_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "application/json; charset=utf-16", "application/jsonp", "text/json", "application/json, text/html"],
)  # fmt: skip
def test_another_content_type_is_refused(media_type):
    answer = asked(APP, "POST", "/offers", headers={"content-type": media_type}, content=b'{"name":"a"}')
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "media_type", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_spellings_of_the_right_content_type_are_taken(media_type):
    answer = asked(APP, "POST", "/offers", headers={"content-type": media_type}, content=b'{"name":"a"}')
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/offers", "/documents", "/forms"])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_refused_with_and_without_a_length(path, chunked):
    headers = JSON if path != "/forms" else {"content-type": "application/x-www-form-urlencoded"}
    body = b"word=" + b"x" * (LIMIT + 1 - 5)
    answer = asked(
        APP, "POST", path, headers=headers, content=[body[:1000], body[1000:]] if chunked else body
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(("path", "limit"), [("/documents", LIMIT), ("/large/documents", 4 * LIMIT)])
def test_the_limit_holds_at_n_and_n_plus_1(path, limit):
    assert asked(APP, "POST", path, headers=JSON, content=b"x" * limit).json() == {"size": limit}
    assert asked(APP, "POST", path, headers=JSON, content=[b"x" * limit]).json() == {"size": limit}
    assert asked(APP, "POST", path, headers=JSON, content=[b"x" * limit, b"x"]).status_code == 413


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "x-evil"])
def test_compressed_bodies_are_refused_unread(encoding):
    answer = asked(
        APP,
        "POST",
        "/documents",
        headers={**JSON, "content-encoding": encoding},
        content=gzip.compress(b"0" * 10**7),
    )
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_content_encoding")


@pytest.mark.parametrize("length", ["-1", "1e3", "٣", "+5", "0x10", "9" * 5000])
def test_a_strange_length_is_refused(length):
    from passport.web.guard import Guard

    async def app(*_):
        pytest.fail("reached")

    sent = []

    async def go():
        guard = Guard(app, settings=WebSettings("http://localhost"), refuse=APP_REFUSE)
        scope = {
            "type": "http", "method": "POST", "path": "/", "query_string": b"", "app": APP,
            "headers": [(b"host", b"localhost"), (b"content-length", length.encode())],
        }  # fmt: skip

        async def send(message):
            sent.append(message)

        await guard(scope, None, send)

    asyncio.run(go())
    assert sent[0]["status"] in {400, 413}


APP_REFUSE = next(each.kwargs["refuse"] for each in APP.user_middleware)


def test_a_malformed_form_is_a_problem_and_is_not_repeated():
    for body, media_type in (
        (b"word=" + MARK.encode() * 3, "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken " + MARK.encode(), "multipart/form-data; boundary=x"),
        (b"--x\r\n", "multipart/form-data"),
    ):
        answer = asked(APP, "POST", "/forms", headers={"content-type": media_type}, content=body)
        assert answer.status_code in {400, 415}, answer.text
        assert MARK not in answer.text


CHARSETS = (
    "undefined",
    "punycode",
    "idna",
    "unicode_escape",
    "raw_unicode_escape",
    "utf-7",
    "utf-16",
    "rot13",
)


@pytest.mark.parametrize("charset", CHARSETS)
def test_the_sender_of_a_form_does_not_choose_its_codec(charset):
    """A codec that raises is a failure of ours; one that reads escapes makes lone surrogates."""
    app = service()

    @app.post("/words")
    async def words(request: Request) -> dict[str, str]:
        return {"word": str((await request.form())["word"])}

    body = b'--x\r\nContent-Disposition: form-data; name="word"\r\n\r\n\\ud800\xff\r\n--x--\r\n'
    for name in (charset, f'"{charset}"', charset.upper()):
        media_type = f"multipart/form-data; boundary=x; Charset={name}"
        answer = asked(app, "POST", "/words", headers={"content-type": media_type}, content=body)
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.fixture(scope="module")
def address():
    with serving(service(body_seconds=1.0)) as address:
        yield address


def _raw(address: str, *parts: bytes, pause: float = 0.0) -> bytes:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        for part in parts:
            try:
                connection.sendall(part)
            except OSError:
                break
            time.sleep(pause)
        answer = b""
        while True:
            try:
                got = connection.recv(65_536)
            except OSError:
                break
            answer += got
            if not got or b"}" in answer:
                return answer
        return answer


def test_a_body_that_drips_is_cut_off(address):
    began = time.monotonic()
    head = b"POST /offers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    answer = _raw(address, head, *[b"x"] * 20, pause=0.1)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"body_too_slow" in answer
    assert time.monotonic() - began < 5


def test_a_stream_without_end_is_cut_off(address):
    head = b"POST /documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = _raw(address, head, *[b"400\r\n" + b"x" * 1024 + b"\r\n"] * 50)
    assert answer.startswith(b"HTTP/1.1 413")


def test_the_service_answers_after_all_that(address):
    assert httpx.post(f"{address}/offers", json={"name": "a"}).json() == {"name": "a"}
