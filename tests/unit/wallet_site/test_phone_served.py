"""The files of the phone's app, as they are sent: compressed where a browser takes it, once, and with their headers."""

import gzip
import json

import pytest
from fastapi import FastAPI

from passport.errors import NotFound
from tests.simulators.asgi import asked
from wallet.errors_phone import NoPhoneBuild
from wallet.site.phone import headers
from wallet.site.phone.serving import phone_routes

PAGE, BR, GZ = b"<!doctype html>" * 20, b"brotli of it", gzip.compress(b"<!doctype html>" * 20, mtime=0)


@pytest.fixture
def app(tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "index.html.br").write_bytes(BR)
    (tmp_path / "index.html.gz").write_bytes(GZ)
    (tmp_path / "f" / "memory-1.gz").write_bytes(b"unpacked by the app itself")
    listed = {"version": "1", "files": {"index.html": "abc", "f/memory-1.gz": "def"}}
    (tmp_path / "files.json").write_text(json.dumps(listed))
    made = FastAPI()
    made.include_router(phone_routes(tmp_path, loopback=False))
    return made


@pytest.mark.parametrize(
    ("accepted", "coding", "sent"),
    [
        ("gzip, deflate, br, zstd", "br", BR),
        ("gzip;q=1.0, br;q=0.5", "br", BR),
        ("gzip", "gzip", GZ),
        ("br;q=0, gzip", "gzip", GZ),
        ("br; q=0.000, gzip ; q=0", None, PAGE),
        ("brotli, x-gzip", None, PAGE),
        ("", None, PAGE),
    ],
)
def test_a_browser_gets_the_smallest_that_it_takes(app, accepted, coding, sent):
    answer = asked(app, "GET", "/app/", headers={"accept-encoding": accepted, "accept": "*/*"})
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["etag"] == f'"abc{coding or ""}"', "another tag for other bytes (RFC 9110, 8.8.3)"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-length"] == str(len(sent))
    head = asked(app, "HEAD", "/app/", headers={"accept-encoding": accepted, "accept": "*/*"})
    assert (head.status_code, head.headers) == (200, answer.headers), "RFC 9110, 9.3.2"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "index.html",
            "about.html",
            "sw.js",
            "manifest.webmanifest",
            "files.json",
            "f/icon-1.svg",
            "f/icon512-1.png",
        ),
        *(
            "f/page-1.js",
            "f/keeper-1.js",
            "f/python-1.js",
            "f/reader-1.js",
            "f/reader-1.wasm",
            "f/memory-1.gz",
        ),
        *("f/wallet-1.zip", "f/pages-1.css", "f/python-1/pyodide.asm.wasm", "f/python-1/python_stdlib.zip"),
    ],
)
def test_every_file_has_a_policy_and_only_the_keeper_reaches_out(name):
    sent = headers.of(name)
    policy = dict(each.strip().split(" ", 1) for each in sent["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert set(" ".join(policy.values()).split()) <= {
        *("'none'", "'self'", "'script'", "'wasm-unsafe-eval'", "blob:", "skills-passport"),
        *(("https:",) if name == "f/keeper-1.js" else ()),
    }
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Cross-Origin-Opener-Policy"] == "same-origin"


def test_what_a_browser_has_is_not_sent_again_and_what_is_packed_is_no_coding(app):
    tag = {"accept-encoding": "br", "if-none-match": '"abcbr"'}
    assert asked(app, "GET", "/app/index.html", headers=tag).status_code == 304
    stale = {"accept-encoding": "", "if-none-match": '"abcbr"'}
    assert asked(app, "GET", "/app/index.html", headers=stale).status_code == 200
    memory = asked(app, "GET", "/app/f/memory-1.gz", headers={"accept-encoding": "gzip, br"})
    assert "content-encoding" not in memory.headers
    assert memory.headers["content-type"] == "application/octet-stream"
    assert "immutable" in memory.headers["cache-control"]


def test_a_compressed_file_has_no_address_of_its_own(app):
    with pytest.raises(NotFound):
        asked(app, "GET", "/app/index.html.br")


def test_a_folder_without_an_app_is_said(tmp_path):
    with pytest.raises(NoPhoneBuild):
        phone_routes(tmp_path, loopback=False)
