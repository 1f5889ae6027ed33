"""Attacks on the pages on which a learner gives permission: guessing, asking who is known, forging, framing.

A23 and A52 of the catalogue for these routes.
"""

import re

import httpx
import pytest

from issuer.learners.limits import LEARNER
from tests.simulators.authorizing import AskingWallet, LearnerBrowser
from tests.simulators.issuing import HTTP
from tests.simulators.markup import without_our_script


@pytest.fixture(scope="module")
def achievement(learner_school):
    return learner_school.achievement()


@pytest.fixture
def wallet(learner_school):
    return AskingWallet(learner_school.issuer)


def offered(school, achievement, **more):
    made = school.post("/api/offers", {"achievement": achievement} | more)
    return made | HTTP.get(made["credential_offer_uri"]).json()["grants"]["authorization_code"]


@pytest.fixture
def with_code(learner_school, achievement):
    return offered(learner_school, achievement, tx_code=True, grants=["authorization_code"])


def visit(wallet, offer=None):
    state = None if offer is None else offer["issuer_state"]
    return LearnerBrowser().open(wallet.pushed(issuer_state=state))


def without_numbers(page):
    """The page but what differs from visit to visit."""
    return re.sub(r"[0-9a-f]{32}", "", page)


# guessing


def test_five_wrong_codes_from_a_mail_and_the_code_is_void(
    wallet, learner_school, achievement, school_outbox
):
    offered(learner_school, achievement, learner="guessed@school.example")
    browser = visit(wallet).send("mailbox", mailbox="guessed@school.example")
    right = school_outbox.code()
    for _ in range(LEARNER.code_tries):
        assert browser.send("code", code=f"{(int(right) + 1) % 10**6:06}").status == 400
    assert browser.send("code", code=right).status == 400
    assert browser.offers == []


def test_four_wrong_codes_and_the_right_one_works(wallet, learner_school, achievement, school_outbox):
    offered(learner_school, achievement, learner="mistyped@school.example")
    browser = visit(wallet).send("mailbox", mailbox="mistyped@school.example")
    right = school_outbox.code()
    for _ in range(LEARNER.code_tries - 1):
        browser.send("code", code=f"{(int(right) + 1) % 10**6:06}")
    assert browser.send("code", code=f" {right[:3]} {right[3:]} ").offers


def test_a_code_of_one_visit_is_none_in_another(wallet, learner_school, achievement, school_outbox):
    offered(learner_school, achievement, learner="twice@school.example")
    mine, theirs = visit(wallet), visit(wallet)
    theirs.send("mailbox", mailbox="twice@school.example")
    code = school_outbox.code()
    mine.send("mailbox", mailbox="twice@school.example")
    assert mine.send("code", code=code).status == 400
    assert mine.send("code", code=school_outbox.code()).offers


def test_codes_are_asked_three_times_in_a_visit(wallet):
    browser = visit(wallet)
    for _ in range(LEARNER.codes):
        assert browser.send("mailbox", mailbox="patient@school.example").status == 200
    assert browser.send("mailbox", mailbox="patient@school.example").status == 429


def test_codes_for_one_mailbox_are_asked_ten_times_a_day_known_or_not(
    wallet, learner_school, achievement, school_outbox
):
    """A mailbox can't be flooded, and what is said of a known one is said of every other."""
    offered(learner_school, achievement, learner="flooded@school.example")
    for mailbox in ("flooded@school.example", "unknown-flooded@school.example"):
        found, browser = [], visit(wallet)
        for number in range(LEARNER.codes_a_day + 1):
            browser = browser if number % LEARNER.codes else visit(wallet)
            found.append(browser.send("mailbox", mailbox=mailbox).status)
        assert found == [200] * LEARNER.codes_a_day + [429]
    for _ in range(LEARNER.codes_a_day):
        school_outbox.code()


def test_whether_an_address_is_known_is_never_told(wallet, learner_school, achievement, school_outbox):
    offered(learner_school, achievement, learner="known@school.example")
    pages = []
    for mailbox in ("known@school.example", "unknown@school.example"):
        browser = visit(wallet).send("mailbox", mailbox=mailbox)
        wrong = LearnerBrowser(client=browser.client, address=browser.address).send("code", code="000000")
        pages.append(
            (browser.status, without_numbers(browser.page), wrong.status, without_numbers(wrong.page))
        )
        assert mailbox not in browser.page
    assert pages[0] == pages[1]
    assert school_outbox.code() != "000000"


def test_five_wrong_pickup_codes_end_the_offer_over_all_visits(wallet, learner_school, with_code):
    """The five tries of the transaction code are the offer's, whichever door they are used at."""
    wrong = f"{(int(with_code['tx_code']) + 1) % 10**6:06}"
    for _ in range(4):
        assert visit(wallet, with_code).send("pickup", code=wrong).status == 400
    assert learner_school.get(f"/api/offers/{with_code['id']}")["state"] == "open"
    visit(wallet, with_code).send("pickup", code=wrong)
    assert learner_school.get(f"/api/offers/{with_code['id']}")["state"] == "void"
    assert visit(wallet, with_code).send("pickup", code=with_code["tx_code"]).offers == []


def test_a_pickup_code_opens_its_own_offer_alone(wallet, learner_school, achievement, with_code):
    other = offered(learner_school, achievement, tx_code=True, grants=["authorization_code"])
    assert visit(wallet, other).send("pickup", code=with_code["tx_code"]).offers == []
    assert visit(wallet).send("pickup", code=with_code["tx_code"]).offers == []
    browser = visit(wallet, with_code).send("pickup", code=with_code["tx_code"])
    browser.send("answer", answer="yes", offer=other["id"])
    assert (browser.status, browser.back) == (400, None)


# who is at the page


def test_session_fixation_a_page_that_somebody_else_opened_leads_nowhere(wallet, with_code):
    attacker = visit(wallet, with_code)
    victim = LearnerBrowser().open(attacker.address)
    assert victim.status == 403
    victim.address = attacker.address
    assert victim.send("pickup", code=with_code["tx_code"]).status == 403
    assert attacker.open(attacker.address).offers == []


@pytest.mark.parametrize("cookie", ["", "x", "é", "A" * 4_000])
def test_a_cookie_that_is_none_of_ours_opens_nothing(wallet, with_code, cookie):
    address = visit(wallet, with_code).address
    headers = [(b"Cookie", b"authorize=" + cookie.encode()), (b"Accept", b"text/html")]
    assert HTTP.get(address, headers=headers).status_code == 403


def test_the_cookie_is_of_this_visit_alone_and_out_of_reach_of_scripts(wallet):
    answer = HTTP.get(wallet.pushed())
    (cookie,) = answer.headers.get_list("set-cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert re.search(r"Path=/o/welding-school/authorize/[0-9a-f]{32};", cookie)


@pytest.mark.parametrize("what", ["mailbox", "code", "pickup", "answer"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://attacker.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_csrf_no_form_is_taken_from_another_page(wallet, with_code, what, headers):
    browser = visit(wallet, with_code)
    answer = browser.client.post(
        f"{browser.address}/{what}",
        data={"answer": "yes", "code": with_code["tx_code"], "mailbox": "a@school.example"},
        headers={"Accept": "text/html", **headers},
    )
    assert answer.status_code == 403
    assert browser.open(browser.address).offers == []


def test_clickjacking_the_pages_are_never_framed_and_lead_to_the_wallet_alone(wallet, with_code):
    browser = visit(wallet, with_code)
    for page in (browser, browser.send("pickup", code=with_code["tx_code"])):
        policy = page.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert "form-action 'self' https://wallet.example;" in policy
        assert page.headers["x-frame-options"] == "DENY"
        assert page.headers["referrer-policy"] == "same-origin"
        assert page.headers["cache-control"] == "no-store"


def test_a_get_gives_no_permission(wallet, with_code):
    browser = visit(wallet, with_code).send("pickup", code=with_code["tx_code"])
    for what in ("", "/answer", "/code", "/mailbox"):
        answer = browser.client.get(f"{browser.address}{what}?answer=yes&offer={with_code['id']}")
        assert answer.status_code in {200, 404, 405}
    assert browser.open(browser.address).offers == [with_code["id"]]


def test_yes_is_said_once(wallet, with_code):
    browser = visit(wallet, with_code).send("pickup", code=with_code["tx_code"])
    wallet.code_of(browser.agree())
    browser.back = None
    assert browser.send("answer", answer="yes", offer=with_code["id"]).status == 410
    assert browser.send("answer", answer="no").status == 410


def test_nobody_says_yes_who_proved_nothing(wallet, with_code, learner_school):
    browser = visit(wallet, with_code).send("answer", answer="yes", offer=with_code["id"])
    assert (browser.status, browser.back) == (410, None)
    assert learner_school.get(f"/api/offers/{with_code['id']}")["state"] == "open"


@pytest.mark.parametrize("offers", [[], ["x"], ["0" * 32], ["{}"]])
def test_a_yes_to_nothing_gives_nothing(wallet, with_code, offers):
    browser = visit(wallet, with_code).send("pickup", code=with_code["tx_code"])
    assert browser.send("answer", answer="yes", offer=offers).status == 400
    assert wallet.code_of(browser.agree([with_code["id"]]))


# what the page says


NAMES = {
    "markup": "<script>alert(1)</script>",
    "an attribute": '" onmouseover="alert(1)',
    "right to left": "\u202egnp.tellaw",
    "nothing seen": "https://wallet\u200b.example",
    "look-alike letters": "https://wаllet.example",
    "too long": "https://" + "w" * 480 + ".example",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_what_a_wallet_calls_itself_is_shown_as_that_and_nothing_else(learner_school, name):
    """A30 and A52: the address that gets the answer stands beside it, in ASCII."""
    wallet = AskingWallet(learner_school.issuer, client_id=name, redirect_uri="https://WALLET.example/back")
    answer = wallet.push()
    if answer.status_code == 400:
        assert answer.json()["error"] == "invalid_request"
        return
    page = LearnerBrowser().open(wallet.page(answer.json()["request_uri"])).page
    assert "<script" not in without_our_script(page)
    assert 'onmouseover="alert' not in page
    assert "\u202e" not in page
    assert "\u200b" not in page
    assert "wallet.example" in page
    assert "w" * 81 not in page


def test_an_unknown_organisation_has_no_page(learner_school):
    base = f"{learner_school.url}/o/nobody-here"
    for method, path in (("GET", "authorize"), ("POST", "par"), ("POST", "token")):
        answer = httpx.request(
            method, f"{base}/{path}", headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code == 404
