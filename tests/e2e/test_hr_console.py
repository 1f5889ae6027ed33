"""Accounts and webhooks in the console and on the command line: a key or a secret is shown once."""

import json
import os
import re
import time
from contextlib import contextmanager

import httpx
import pytest

from tests.simulators.issuing import issuer_process, open_office
from tests.simulators.receiving import listening
from tests.simulators.warm import ran

SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")
KEY = re.compile(r"[0-9a-f]{16}\.[A-Za-z0-9_-]{43}")


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("hr-console")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process, "yard")


@contextmanager
def browser(office, key=None, language="nl"):
    headers = {"Origin": office.url, "Accept": "text/html", "Accept-Language": language}
    limits = httpx.Limits(max_keepalive_connections=0)
    arguments = {"headers": headers, "timeout": 60, "follow_redirects": True, "limits": limits}
    with httpx.Client(base_url=office.url, **arguments) as client:
        client.post("/console/session", data={"api_key": key or office.api_key})
        yield client


def test_the_menu_leads_an_owner_to_accounts_and_webhooks_and_nobody_else(office):
    menu = re.compile(r'<nav class="menu".*?</nav>', re.DOTALL)
    with browser(office) as client:
        for path in ("/console", "/console/achievements", "/console/accounts", "/console/webhooks"):
            found = menu.search(client.get(path).text)[0]
            assert 'href="/console/accounts"' in found
            assert 'href="/console/webhooks"' in found
            assert f'href="{path}" aria-current="page"' in found
        key = KEY.findall(client.post("/console/accounts", data={"name": "Reads", "role": "reader"}).text)[0]
    with browser(office, key) as theirs:
        found = menu.search(theirs.get("/console").text)[0]
        assert "/console/accounts" not in found
        assert "/console/webhooks" not in found


def test_an_owner_makes_and_switches_off_accounts_whose_keys_show_once(office):
    with browser(office) as client:
        page = client.post("/console/accounts", data={"name": "HR <systeem>", "role": "issuer"})
        (key,) = KEY.findall(page.text)
        assert "HR &lt;systeem&gt;" in page.text
        assert office.ask("GET", "/api/organisation", headers={"Authorization": f"Bearer {key}"}).is_success
        again = client.get("/console/accounts")
        assert not KEY.search(again.text)
        assert "laatst gebruikt op" in again.text
        account = key.partition(".")[0]
        (renewed,) = KEY.findall(client.post(f"/console/accounts/{account}/key").text)
        assert (
            office.ask("GET", "/api/organisation", headers={"Authorization": f"Bearer {key}"}).status_code
            == 401
        )
        with browser(office, renewed) as theirs:
            for path in ("/console/accounts", "/console/webhooks"):
                assert theirs.get(path).status_code == 403
            assert theirs.get(f"/o/{office.slug}/ims/ob/v3p0/about").is_success
        client.post(f"/console/accounts/{account}/off")
        assert (
            office.ask("GET", "/api/organisation", headers={"Authorization": f"Bearer {renewed}"}).status_code
            == 401
        )
        assert client.post("/console/accounts", data={"name": "x", "role": "king"}).status_code == 400


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_webhook_is_added_tested_and_looked_at_on_pages(office, language):
    with listening() as listener, browser(office, language=language) as client:
        page = client.post(
            "/console/webhooks",
            data={"url": listener.url, "description": "<b>HR</b>", "events": ["batch.finished"]},
        )
        (secret,) = SECRET.findall(page.text)
        webhook = re.search(r"/console/webhooks/([0-9a-f]{32})", page.text)[1]
        place = f"/console/webhooks/{webhook}"
        client.post(f"{place}/test")
        end = time.monotonic() + 15
        while not listener.got and time.monotonic() < end:
            time.sleep(0.05)
        assert listener.messages(secret) == [("webhook.test", {"id": webhook})]
        page = client.get(place)
        assert "msg_" in page.text
        assert "&lt;b&gt;HR&lt;/b&gt;" in page.text
        for path in (place, "/console/webhooks", "/console/audit"):
            assert not SECRET.search(client.get(path).text), "the secret shows again"
        assert client.post(f"{place}/off").status_code == 200
        assert client.post(f"{place}/test").status_code == 409
        assert len(SECRET.findall(client.post(f"{place}/secret").text)) == 1
        forged = client.post(f"{place}/remove", headers={"Origin": "https://evil.example"})
        assert forged.status_code == 403
        client.post(f"{place}/remove")
        assert client.get(place).status_code == 404


def test_accounts_and_webhooks_on_the_command_line(process, office, tmp_path):
    key = tmp_path / "owner.key"
    key.write_text(office.api_key)

    def passport(*words):
        environment = {
            **os.environ,
            "PASSPORT_ISSUER_URL": process.url,
            "PASSPORT_ISSUER_API_KEY_FILE": str(key),
        }
        done = ran("issuer", *words, "--json", environment=environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    made = passport("account", "add", "HR system", "--role", "issuer", "--key-file", tmp_path / "hr.key")
    assert "api_key" not in made
    assert KEY.fullmatch((tmp_path / "hr.key").read_text().strip())
    assert made["id"] in {each["id"] for each in passport("account", "list")}
    hook = passport(
        "webhook", "add", "https://hr.example.org/hook", "--secret-file", tmp_path / "hook.secret"
    )
    assert SECRET.fullmatch((tmp_path / "hook.secret").read_text().strip())
    assert [each["id"] for each in passport("webhook", "list")] == [hook["id"]]
