"""Attacks on an organisation as a provider of badges: scopes, other learners, floods, addresses, codes, markup.

A17 to A23 and A52 of the catalogue, for the Open Badges API.
"""

import itertools

import pytest

from issuer.open_badges_api.limits import BADGE_PROVIDER
from tests.simulators.authorizing import AskingWallet, LearnerBrowser
from tests.simulators.badge_platform import LATER, PROFILE, READ, UPSERT, BadgePlatform
from tests.simulators.issuing import HTTP, HolderWallet, open_office
from tests.simulators.markup import without_our_script

MAILBOX = "badge-owner@school.example"
_VISITS = itertools.count()
_VISITS_OF_ONE = 8
"""Codes for one mailbox in a day are few, so several learners have a badge."""
_OTHERS = [MAILBOX, *(f"badge-owner-{number}@school.example" for number in range(8))]


@pytest.fixture(scope="module")
def owned(learner_school):
    """One badge of each learner."""
    achievement, wallet = learner_school.achievement(), HolderWallet()
    for mailbox in _OTHERS:
        asked = {"achievement": achievement, "learner": mailbox, "grants": ["pre-authorized_code"]}
        wallet.claim(learner_school.post("/api/offers", asked)["link"])


def a_learner():
    return _OTHERS[next(_VISITS) // _VISITS_OF_ONE]


@pytest.fixture
def platform(learner_school):
    return BadgePlatform(learner_school.issuer).register()


def code_for(platform, outbox, mailbox=None, ticked=None):
    browser = LearnerBrowser().open(platform.sign_in_url()).prove(outbox, mailbox or a_learner())
    browser.send("answer", answer="yes", scope=list(platform.scopes) if ticked is None else ticked)
    return platform.code_in(browser.back)


def let(platform, outbox, **more):
    assert platform.redeem(code_for(platform, outbox, **more)).status_code == 200
    return platform


# scopes


def test_scope_escalation_at_the_request_is_refused(learner_school):
    platform = BadgePlatform(learner_school.issuer, scopes=(READ,)).register()
    assert HTTP.get(platform.sign_in_url(scope=f"{READ} {PROFILE}")).status_code == 400


def test_scope_escalation_at_consent_gives_what_was_asked_alone(learner_school, owned, school_outbox):
    platform = BadgePlatform(learner_school.issuer, scopes=(READ,)).register()
    let(platform, school_outbox, ticked=[READ, PROFILE, UPSERT, LATER])
    assert platform.tokens["scope"] == READ
    assert platform.ask("GET", "profile").status_code == 403


def test_scope_escalation_at_refresh_is_refused(platform, owned, school_outbox):
    let(platform, school_outbox, ticked=[READ, LATER])
    assert platform.refresh(scope=f"{READ} {PROFILE}").json()["error"] == "invalid_scope"


def test_upsert_is_nothing_that_an_issuer_gives(learner_school):
    platform = BadgePlatform(learner_school.issuer).discover()
    answer = platform.post_registration(scope=UPSERT)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client_metadata")


def test_ticking_later_alone_gives_nothing(platform, owned, school_outbox):
    browser = LearnerBrowser().open(platform.sign_in_url()).prove(school_outbox, a_learner())
    browser.send("answer", answer="yes", scope=[LATER])
    assert (browser.status, browser.back) == (400, None)


# tokens of others


def test_a_learner_sees_no_badge_of_another(learner_school, platform, owned, school_outbox):
    other = {"achievement": learner_school.achievement(), "learner": "other@school.example"}
    learner_school.post("/api/offers", other)
    let(platform, school_outbox, mailbox="other@school.example")
    assert platform.badges().json() == {"credential": [], "compactJwsString": []}


def test_a_token_of_another_organisation_is_refused(school_process, platform, owned, school_outbox):
    let(platform, school_outbox)
    other = open_office(school_process, "another-school")
    token = platform.tokens["access_token"]
    answer = HTTP.get(f"{other.issuer}/ims/ob/v3p0/credentials", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    foreign = BadgePlatform(other.issuer).register()
    assert foreign.refresh(platform.tokens["refresh_token"]).status_code == 400
    assert foreign.revoke(token).status_code == 200
    assert platform.badges().status_code == 200


def test_another_programs_refresh_token_is_refused_and_ends_nothing(
    learner_school, platform, owned, school_outbox
):
    let(platform, school_outbox)
    thief = BadgePlatform(learner_school.issuer).register()
    assert thief.refresh(platform.tokens["refresh_token"]).status_code == 400
    assert thief.revoke(platform.tokens["refresh_token"]).status_code == 200
    assert platform.badges().status_code == 200


def test_a_badge_token_opens_no_credential_and_a_wallets_token_no_badges(
    learner_school, platform, owned, school_outbox
):
    let(platform, school_outbox)
    bearer = {"Authorization": f"Bearer {platform.tokens['access_token']}"}
    answer = HTTP.post(f"{learner_school.issuer}/credential", json={}, headers=bearer)
    assert answer.status_code >= 400
    made = learner_school.post("/api/offers", {"achievement": learner_school.achievement()})
    wallet = HolderWallet()
    token = wallet.token(wallet.fetch_offer(made["link"])).json()["access_token"]
    assert platform.ask("GET", "credentials", token=token).status_code == 401


def test_a_stolen_refresh_token_is_of_no_use_at_the_door_of_wallets(
    learner_school, platform, owned, school_outbox
):
    """That door asks for no client secret."""
    let(platform, school_outbox)
    wallet = AskingWallet(learner_school.issuer, signer=None, client_id=platform.client_id)
    answer = wallet.refresh(platform.tokens["refresh_token"])
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert platform.badges().status_code == 200


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_a_code_without_the_programs_secret_is_refused_and_stays_good(platform, owned, school_outbox, secret):
    code, right = code_for(platform, school_outbox), platform.client_secret
    platform.client_secret = secret
    assert platform.redeem(code).json()["error"] == "invalid_client"
    platform.public = True
    assert platform.redeem(code).json()["error"] == "invalid_client"
    platform.public, platform.client_secret = False, right
    assert platform.redeem(code).status_code == 200


# registration


def test_a_flood_of_registrations_pushes_itself_out(learner_school, platform, owned, school_outbox):
    let(platform, school_outbox)
    flood = BadgePlatform(learner_school.issuer).discover()
    for _ in range(30):
        assert flood.post_registration().status_code == 201
    assert platform.badges().status_code == 200
    assert platform.refresh().status_code == 200
    assert BADGE_PROVIDER.unused_clients < 10_000


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uris": []},
        {"redirect_uris": ["http://platform.example/back"]},
        {"redirect_uris": ["javascript:alert(1)"]},
        {"redirect_uris": ["https://user@platform.example/back"]},
        {"redirect_uris": ["https://platform.example/*"]},
        {"redirect_uris": ["https://platform.example/../back"]},
        {"redirect_uris": ["https://platform.example/1"] * (BADGE_PROVIDER.redirects + 1)},
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"grant_types": ["client_credentials"]},
        {"grant_types": ["password"]},
        {"response_types": ["token"]},
        {"client_name": "a\u202eb"},
        {"client_name": "x" * 201},
        {"client_uri": "javascript:alert(1)"},
        {"scope": "openid email"},
    ],
)
def test_a_registration_that_asks_for_what_is_not_given_is_refused(learner_school, changes):
    answer = BadgePlatform(learner_school.issuer).discover().post_registration(**changes)
    assert answer.status_code == 400
    assert answer.json()["error"] in {"invalid_redirect_uri", "invalid_client_metadata"}


def test_markup_in_a_programs_name_is_text_at_consent(learner_school, owned, school_outbox):
    for name in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"):
        platform = BadgePlatform(learner_school.issuer, name=name).register()
        browser = LearnerBrowser().open(platform.sign_in_url())
        first = browser.page
        browser.prove(school_outbox, a_learner())
        for page in (first, browser.page):
            assert "<script" not in without_our_script(page)
            assert "<img src" not in page
            assert ">49<" not in page
        assert "unsafe" not in browser.headers["content-security-policy"]


# addresses and codes


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "https://attacker.example/back",
        "https://platform.example/back/",
        "https://platform.example/back?x=1",
        "https://platform.example:8443/back",
        "https://PLATFORM.example/back",
        "http://127.0.0.1/back",
    ],
)
def test_a_changed_redirect_uri_is_refused_and_nobody_is_sent_there(platform, redirect_uri):
    answer = HTTP.get(platform.sign_in_url(redirect_uri=redirect_uri))
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_a_changed_redirect_uri_at_the_token_endpoint_is_refused(platform, owned, school_outbox):
    code = code_for(platform, school_outbox)
    assert platform.redeem(code, redirect_uri="https://attacker.example/back").status_code == 400


def test_a_code_that_is_replayed_ends_what_came_of_it(platform, owned, school_outbox):
    code = code_for(platform, school_outbox)
    assert platform.redeem(code).status_code == 200
    assert platform.redeem(code).json()["error"] == "invalid_grant"
    assert platform.badges().status_code == 401
    assert platform.refresh().status_code == 400


def test_a_code_without_its_verifier_is_refused(platform, owned, school_outbox):
    code = code_for(platform, school_outbox)
    assert platform.redeem(code, code_verifier="x" * 43).status_code == 400
    assert platform.redeem(code).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
        {"response_type": "token"},
        {"client_id": "0" * 32},
        {"request": "e30.e30.x"},
    ],
)
def test_a_request_without_pkce_or_of_nobody_is_refused(platform, changes):
    assert HTTP.get(platform.sign_in_url(**changes)).status_code == 400


def test_a_page_that_somebody_else_opened_leads_nowhere(platform, owned, school_outbox):
    theirs = LearnerBrowser().open(platform.sign_in_url())
    assert LearnerBrowser().open(theirs.address).status == 403


@pytest.mark.parametrize("origin", ["https://attacker.example", "null"])
def test_a_yes_from_another_sites_form_is_refused(platform, owned, school_outbox, origin):
    browser = LearnerBrowser().open(platform.sign_in_url()).prove(school_outbox, a_learner())
    answer = browser.client.post(
        f"{browser.address}/answer", data={"answer": "yes", "scope": READ}, headers={"Origin": origin}
    )
    assert answer.status_code == 403


def test_whether_a_mailbox_is_known_is_not_told(platform, owned, school_outbox):
    pages = []
    for mailbox in (_OTHERS[-1], "nobody@elsewhere.example"):
        browser = LearnerBrowser().open(platform.sign_in_url()).send("mailbox", mailbox=mailbox)
        pages.append(browser.page.replace(browser.address.rpartition("/")[2], ""))
    assert pages[0] == pages[1]
    assert school_outbox.code()


# paging


@pytest.fixture(scope="module")
def reader(learner_school, owned, school_outbox):
    return let(BadgePlatform(learner_school.issuer).register(), school_outbox)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"limit": 10**9}, 200),
        ({"limit": "1" * 21}, 400),
        ({"limit": -1}, 400),
        ({"limit": 0}, 400),
        ({"limit": "٣"}, 400),
        ({"offset": -1}, 400),
        ({"offset": 10**18}, 200),
        ({"since": "0"}, 400),
        ({"since": {"$gt": ""}}, 400),
    ],
)
def test_paging_tricks(reader, query, status):
    answer = reader.badges(**query)
    assert answer.status_code == status
    if status == 400:
        field = answer.json()["imsx_codeMinor"]["imsx_codeMinorField"][0]
        assert field["imsx_codeMinorFieldValue"] == "invalid_query_parameter"


@pytest.mark.parametrize("name", ["   ", "\u3164", "\u2800", "...", "e" + "\u0301" * 9, "a\u202eb"])
def test_a_name_that_nobody_sees_or_that_paints_over_its_neighbours_is_refused(learner_school, name):
    platform = BadgePlatform(learner_school.issuer).discover()
    assert platform.post_registration(client_name=name).json()["error"] == "invalid_client_metadata"
