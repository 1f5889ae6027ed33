"""A1 to A3 at the issuer's door: junk on every route that takes a body is refused, plainly, and never echoed."""

import pytest

from tests.simulators.issuing import HTTP, issuer_process, open_office
from tests.simulators.markup import without_our_script

MARK = "s3cr3tjunk"
JUNK = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"achievement":NaN,"x":"' + MARK.encode() + b'"}',
    b'{"name":"\\ud800' + MARK.encode() + b'"}',
    b'{"name":"a","name":"' + MARK.encode() + b'"}',
    b'{"' + MARK.encode() + b'":1}',
    b"\xef\xbb\xbf{}",
    b"\xff\xfe{\x00}\x00",
    b"[" * 100_000,
    b'{"name":' + b"9" * 5_000 + b"}",
    b'{"name":"' + b"x" * 20_000 + b'"}',
]


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("junk")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


def posting_paths(document):
    for path, operations in document["paths"].items():
        if "post" in operations:
            slugged = path.replace("{slug}", "bakery-school")
            parts = ["0" * 32 if part.startswith("{") else part for part in slugged.split("/")]
            yield "/".join(parts)


def test_junk_on_every_route_is_refused_and_not_repeated(process, office):
    paths = list(posting_paths(HTTP.get(f"{office.url}/openapi.json").json()))
    assert len(paths) >= 17
    for path in paths:
        secret = process.bootstrap_secret if "organisations" in path else office.api_key
        for body in JUNK:
            for media_type in ("application/json", "text/csv", "application/x-www-form-urlencoded"):
                answer = HTTP.post(
                    office.url + path,
                    content=body,
                    headers={"Content-Type": media_type, "Authorization": f"Bearer {secret}"},
                )
                fine = path.endswith(("/nonce", "/rotate"))
                assert answer.status_code < (300 if fine else 500), (path, body[:20], answer.text)
                assert MARK not in answer.text, path
                if path.endswith("/rotate"):
                    break
            if path.endswith("/rotate"):
                break


@pytest.mark.parametrize(
    "path",
    [
        "/o/%2e%2e/did.json",
        "/o/..%2f..%2fetc/did.json",
        "/o/bakery-school/status/0",
        "/o/bakery-school/status/-1",
        "/o/bakery-school/status/1e3",
        "/o/bakery-school/status/٣",
        "/o/bakery-school/status/99999999999999999999",
        "/o/bakery-school/offers/%00",
        "/o/bakery-school/offers/$ne",
        "/offers/%3Cscript%3E",
        "/offers/" + "0" * 32,
        "/.well-known/openid-credential-issuer/o/nobody",
        "/api/credentials/%24where",
    ],
)
def test_a_strange_path_finds_nothing(office, path):
    answer = HTTP.get(office.url + path, headers={"Authorization": f"Bearer {office.api_key}"})
    assert answer.status_code in {400, 404}, answer.text
    assert "<script" not in without_our_script(answer.text)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_is_too_large_is_refused(office):
    for path, size in (
        ("/api/achievements", 262_145),
        ("/api/evidence", 1_048_577),
        ("/api/batches", 4_194_305),
    ):
        answer = office.ask("POST", path, content=b"x" * size, headers={"Content-Type": "application/json"})
        assert answer.status_code == 413


def test_a_compressed_body_is_refused(office):
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    assert office.ask("POST", "/api/offers", content=b"\x1f\x8b", headers=headers).status_code == 415


def test_another_host_name_is_not_answered(office):
    answer = HTTP.get(f"{office.url}/o/{office.slug}/did.json", headers={"Host": "evil.example"})
    assert answer.status_code == 421
