"""The console's pages of stacked achievements and licences, over real HTTP, without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.simulators.issuing import HolderWallet, issuer_process, open_office

STACKS, LICENCES = "/console/achievements/stacks", "/console/achievements/licences"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("stacks")) as started:
        yield open_office(started)


@pytest.fixture
def browser(office):
    headers = {"Origin": office.url, "Accept": "text/html", "Accept-Language": "nl"}
    with httpx.Client(base_url=office.url, headers=headers, timeout=60, follow_redirects=True) as client:
        client.post("/console/session", data={"api_key": office.api_key})
        yield client


def form(browser, **changes):
    once = re.search(r'name="once" value="([0-9a-f]+)"', browser.get(STACKS).text)[1]
    return {
        "once": once,
        "name": "Bakker",
        "description": "Bakt.",
        "criteria": "Twee modules.",
        "type": "Certificate",
    } | changes


def test_a_stack_is_made_of_own_and_others_parts(office, browser):
    own = [office.achievement(name=f"Module {number}") for number in (1, 2)]
    other = "https://mill.example/achievements/1 did:web:mill.example did:web:other.example"
    ticked = {f"part-{each}": "yes" for each in own}
    page = browser.post(STACKS, data=form(browser, others=f"\n{other}\n", least="2", **ticked))
    assert page.status_code == 200, page.text
    assert "Nodig: 2 van 3 delen." in page.text
    assert "did:web:mill.example, did:web:other.example" in page.text
    [stack] = office.get("/api/stacks")
    assert stack["url"] in page.text
    assert [part["issuers"] for part in stack["parts"]] == [
        [office.did],
        [office.did],
        ["did:web:mill.example", "did:web:other.example"],
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"others": "https://mill.example/a"},
        {"others": "https://mill.example/a did:web:a.example"},
        {"others": "\n".join(f"https://mill.example/{at} did:web:a.example" for at in range(17))},
        {
            "others": "https://x.example/1 did:web:a.example\nhttps://x.example/2 did:web:b.example",
            "least": "٢",
        },
        {"others": "https://x.example/1 did:web:a.example\nhttps://x.example/2 nonsense"},
    ],
)
def test_a_rule_that_is_none_is_told_on_the_page(browser, changes):
    answer = browser.post(STACKS, data=form(browser, **changes))
    assert answer.status_code == 400
    assert "<html" in answer.text


def test_a_licence_is_issued_with_its_number_and_renewed(office, browser):
    wallet = HolderWallet()
    achievement = office.achievement(name="Heftruck", achievementType="License")
    soon = (datetime.now(UTC) + timedelta(days=40)).date().isoformat()
    issued = {"achievement": achievement, "subject": wallet.did, "valid_until": soon}
    page = browser.post("/console/issue", data=issued | {"license_number": "VH-2041"})
    assert page.status_code == 200, page.text
    credential = page.url.path.rsplit("/", 1)[1]
    shown = browser.get(LICENCES)
    assert "VH-2041" in shown.text
    assert "Heftruck" in shown.text
    later = (datetime.now(UTC) + timedelta(days=400)).date().isoformat()
    renewed = browser.post(
        f"{LICENCES}/{credential}/renew", data={"valid_until": later, "evidence": "Nascholing"}
    )
    assert renewed.url.path.startswith("/console/offers/")
    for wrong in ({}, {"valid_until": soon}, {"valid_until": "soon"}):
        assert browser.post(f"{LICENCES}/{credential}/renew", data=wrong).status_code == 400
