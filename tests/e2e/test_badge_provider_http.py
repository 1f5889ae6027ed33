"""A badge platform that knows the specification alone reads a learner's badges at our issuer, over real HTTP."""

import pytest

from tests.simulators.authorizing import LearnerBrowser
from tests.simulators.badge_platform import LATER, PROFILE, READ, UPSERT, BadgePlatform
from tests.simulators.confirming import Outbox
from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office

LEARNER = "learner@school.example"


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("badges")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture(scope="module")
def outbox(process):
    return Outbox.of(process)


@pytest.fixture(scope="module")
def badges(office):
    """Five badges that the learner's wallet claimed, one of them as a token only, and one that is not claimed."""
    achievement, wallet, held = office.achievement(), HolderWallet(), []
    for number in range(6):
        asked = {"achievement": achievement, "learner": LEARNER, "grants": ["pre-authorized_code"]}
        made = office.post("/api/offers", asked)
        if number < 5:
            held.append(wallet.claim(made["link"]))
    return held


def let(office, outbox, platform, ticked=None, mailbox=LEARNER):
    """A platform with a token, as a learner agreed."""
    if not platform.client_id:
        platform.register()
    browser = LearnerBrowser().open(platform.sign_in_url()).prove(outbox, mailbox)
    browser.send("answer", answer="yes", scope=list(platform.scopes) if ticked is None else ticked)
    answer = platform.redeem(platform.code_in(browser.back))
    assert answer.status_code == 200, answer.text
    return platform


@pytest.fixture(scope="module")
def platform(office, outbox, badges):
    return let(office, outbox, BadgePlatform(office.issuer))


def test_the_description_says_what_an_issuer_gives_and_where_permission_is_asked(office):
    platform = BadgePlatform(office.issuer).discover()
    assert platform.described["info"]["title"]
    assert set(platform.flow["scopes"]) == {READ, PROFILE, LATER}
    for address in (
        platform.described["info"]["termsOfService"],
        platform.scheme["x-imssf-privacyPolicyUrl"],
    ):
        assert HTTP.get(address).status_code == 200


def test_a_platform_reads_the_badges_that_the_learner_claimed(platform, badges):
    answer = platform.badges()
    assert answer.headers["x-total-count"] == "5"
    assert answer.json()["credential"] == badges
    assert answer.json()["compactJwsString"] == []


def test_pages_lead_to_each_other_and_each_badge_is_in_one(platform, badges):
    found, address, steps = [], f"{platform.base}/ims/ob/v3p0/credentials?limit=2", 0
    while address is not None:
        answer = platform.http.get(
            address, headers={"Authorization": f"Bearer {platform.tokens['access_token']}"}
        )
        found += answer.json()["credential"]
        address = answer.links.get("next", {}).get("url")
        assert {"first", "last"} <= set(answer.links)
        steps += 1
    assert (found, steps) == (badges, 3)
    later = platform.badges(since=badges[0]["validFrom"], offset=1, limit=1)
    assert later.status_code == 200


def test_since_leaves_out_what_was_there_before(platform):
    assert platform.badges(since="2099-01-01T00:00:00Z").headers["x-total-count"] == "0"
    assert platform.badges(since="2020-01-01T00:00:00Z").headers["x-total-count"] == "5"


def test_the_profile_names_the_learner_for_this_program_alone(office, outbox, platform):
    mine = platform.ask("GET", "profile").json()
    other = let(office, outbox, BadgePlatform(office.issuer)).ask("GET", "profile").json()
    assert (mine["type"], mine["email"]) == (["Profile"], LEARNER)
    assert mine["id"] != other["id"]
    assert platform.ask("GET", "profile").json() == mine


def test_a_refresh_token_works_once_and_its_second_use_ends_the_permission(office, outbox, badges):
    platform = let(office, outbox, BadgePlatform(office.issuer))
    first = dict(platform.tokens)
    assert platform.refresh().status_code == 200
    assert platform.badges().status_code == 200
    assert platform.ask("GET", "credentials", token=first["access_token"]).status_code == 401
    assert platform.refresh(first["refresh_token"]).json()["error"] == "invalid_grant"
    assert platform.badges().status_code == 401


def test_a_used_code_ends_the_permission_only_with_its_verifier(office, outbox, badges):
    platform = BadgePlatform(office.issuer)
    platform.register()
    browser = LearnerBrowser().open(platform.sign_in_url()).prove(outbox, LEARNER)
    browser.send("answer", answer="yes", scope=list(platform.scopes))
    code = platform.code_in(browser.back)
    assert platform.redeem(code).status_code == 200
    assert platform.redeem(code, code_verifier="x" * 43).status_code == 400
    assert platform.badges().status_code == 200
    assert platform.redeem(code).status_code == 400
    assert platform.badges().status_code == 401


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_a_revoked_token_ends_the_permission(office, outbox, badges, kind):
    platform = let(office, outbox, BadgePlatform(office.issuer))
    assert platform.revoke(platform.tokens[kind]).status_code == 200
    assert platform.revoke(platform.tokens[kind]).status_code == 200
    assert platform.badges().status_code == 401
    assert platform.refresh().status_code == 400


def test_the_learner_sees_the_programs_with_a_permission_and_ends_one(office, outbox, badges):
    platform = let(office, outbox, BadgePlatform(office.issuer, name="One to be ended"))
    again = BadgePlatform(office.issuer).register()
    browser = LearnerBrowser().open(again.sign_in_url()).prove(outbox, LEARNER)
    assert "One to be ended" in browser.page
    grant = platform.tokens["access_token"].partition(".")[0]
    browser.send("end", grant=grant)
    assert "One to be ended" not in browser.page
    assert platform.badges().status_code == 401


def test_without_offline_access_there_is_no_refresh_token(office, outbox, badges):
    platform = let(office, outbox, BadgePlatform(office.issuer), ticked=[READ])
    assert "refresh_token" not in platform.tokens
    assert platform.tokens["scope"] == READ
    assert platform.ask("GET", "profile").status_code == 403


def test_a_program_that_keeps_no_secret_gets_no_refresh_token(office, outbox, badges):
    platform = let(office, outbox, BadgePlatform(office.issuer, public=True))
    assert "refresh_token" not in platform.tokens
    assert platform.badges().status_code == 200


def test_an_issuer_takes_no_badges_and_changes_no_profile(platform, badges):
    for answer in (platform.upsert(badges[0]), platform.ask("PUT", "profile", json={})):
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
        assert answer.json()["imsx_codeMajor"] == "unsupported"
    assert UPSERT not in platform.flow["scopes"]


def test_a_badge_that_its_school_gives_as_a_token_only_is_among_the_tokens(office, outbox):
    achievement, mailbox = office.achievement(), "token@school.example"
    asked = {"achievement": achievement, "learner": mailbox, "grants": ["pre-authorized_code"]}
    made = office.post("/api/offers", asked | {"forms": ["jwt_vc_json"]})
    wallet = HolderWallet()
    offer = wallet.fetch_offer(made["link"])
    token = wallet.token(offer).json()["access_token"]
    proof = wallet.key_proof(office.issuer)
    given = HTTP.post(
        f"{office.issuer}/credential",
        json={"credential_configuration_id": f"{achievement}_jwt_vc_json", "proofs": {"jwt": [proof]}},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert given.status_code == 200, given.text
    held = given.json()["credentials"][0]["credential"]
    platform = let(office, outbox, BadgePlatform(office.issuer), mailbox=mailbox)
    assert platform.badges().json() == {"credential": [], "compactJwsString": [held]}


def test_refusals_are_status_info(office, platform):
    answer = platform.http.get(f"{platform.base}/ims/ob/v3p0/credentials")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == (
        "unauthorizedrequest"
    )
    unknown = platform.http.get(f"{platform.base}x/ims/ob/v3p0/discovery")
    assert (unknown.status_code, unknown.json()["imsx_codeMajor"]) == (404, "failure")
