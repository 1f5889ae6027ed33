"""The wallet's site hands out the published data whole, in two languages."""

import hashlib
import json

import httpx
import pytest

from passport.web import WebSettings
from tests.simulators.serving import serving
from wallet.site.app import create


@pytest.fixture(scope="module")
def client():
    with serving(create(WebSettings("http://localhost"))) as address, httpx.Client(base_url=address) as made:
        yield made


@pytest.mark.parametrize(("language", "words"), [("en", "in your own wallet"), ("nl", "in uw eigen wallet")])
def test_the_page_speaks_the_language_of_the_person(client, language, words):
    page = client.get("/", headers={"accept-language": language})
    assert words in page.text
    assert "European Commission" in page.text


def test_the_bundle_is_handed_out_whole_with_its_digest(client):
    data = client.get("/taxonomy/bundle.bin")
    assert data.headers["etag"] == f'"{hashlib.sha256(data.content).hexdigest()}"'
    assert json.loads(client.get("/taxonomy/manifest.json").content)["proof"]


def test_what_a_wallet_already_has_is_not_sent_again(client):
    tag = client.get("/taxonomy/bundle.bin").headers["etag"]
    again = client.get("/taxonomy/bundle.bin", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_who_asks_for_the_heads_alone_gets_those_of_the_whole(client):
    for path in ("/", "/taxonomy/bundle.bin"):
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b""), path
    whole = client.get("/taxonomy/bundle.bin").content
    assert head.headers["content-length"] == str(len(whole)), "RFC 9110, 9.3.2"
    assert client.head("/taxonomy/other").status_code == 404


def test_another_file_is_not_handed_out(client):
    assert client.get("/taxonomy/publisher.did").status_code == 404
    assert client.get("/taxonomy/..%2fbundle.py").status_code == 404


def test_the_site_sets_no_cookie_unless_a_language_is_chosen(client):
    client.cookies.clear()
    assert "set-cookie" not in client.get("/").headers
