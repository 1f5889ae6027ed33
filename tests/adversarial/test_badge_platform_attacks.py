"""A hostile badge platform and our wallet: where it leads, what it answers, what it sends.

A21, A27, A29, A37 and A38 of the catalogue, for the Open Badges API.
"""

import copy
import re
import threading

import httpx
import pytest
from fastapi.responses import JSONResponse

from passport.clock import utc_now
from passport.errors.open_badges_api import TooManyBadges
from tests.simulators.badge_service import badge_service, redirect
from tests.simulators.desks import at_desk
from tests.simulators.markup import without_our_script
from tests.simulators.parties import Party
from wallet.core import limits
from wallet.core.badge_services.platforms import platforms
from wallet.desk.platforms import fetch, look
from wallet.errors import AddressNotAllowed
from wallet.errors_badge_services import PlatformUnreachable

SCHEME = ("components", "securitySchemes", "OAuth2ACG")


@pytest.fixture(scope="module")
def served():
    with badge_service() as made:
        yield made


@pytest.fixture(scope="module")
def at(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("client") / "wallet") as made:
        yield made


@pytest.fixture
def desk(at):
    at.desk.connections.clear()
    with at.desk.wallet() as wallet:
        gone = [("badge-platform", each) for each in wallet.vault.of_kind("badge-platform")]
        wallet.save(remove=frozenset(gone))
    return at


@pytest.fixture
def service(served):
    served.honest()
    return served


def leading(desk, service):
    looked = desk.post("/platforms", address=service.origin)
    mark = re.search(r'name="accepted" value="([0-9a-f]{64})"', looked.text)[1]
    page = desk.post("/platforms", address=service.origin, accepted=mark)
    go = re.search(r'href="(/platforms/go/[^"]+)"', page.text)[1]
    return desk.client.get(go, follow_redirects=False).headers["location"]


def arrive(address):
    return httpx.get(address, headers={"Accept": "text/html"}, trust_env=False, timeout=60)


def connected(desk):
    with desk.desk.wallet() as wallet:
        return platforms(wallet)


def connect(desk, service):
    assert arrive(service.visit(leading(desk, service))).status_code == 200
    (made,) = connected(desk)
    return made


def changed(path, value):
    def change(usual):
        made = copy.deepcopy(usual)
        part = made
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = value
        return made

    return change


# where it leads


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1.nip.example@localhost",
        "http://169.254.169.254",
        "http://10.0.0.1",
        "http://[::ffff:10.0.0.1]",
        "file:///etc/passwd",
        "gopher://localhost",
        "javascript:alert(1)",
    ],
)
def test_ssrf_by_a_typed_address_is_refused(desk, address):
    assert desk.post("/platforms", address=address).status_code == 400


@pytest.mark.parametrize("host", ["169.254.169.254", "10.0.0.1", "127.0.0.1:1", "[::1]", "192.168.0.1"])
def test_ssrf_by_the_description_reaches_no_private_address(desk, service, host):
    for place in ("x-imssf-registrationUrl", "x-revocationUrl"):
        service.answers["discovery"] = changed((*SCHEME, place), f"https://{host}/x")
        assert desk.post("/platforms", address=service.origin).status_code == 400
    flow = (*SCHEME, "flows", "authorizationCode")
    for place in ("tokenUrl", "refreshUrl", "authorizationUrl"):
        service.answers["discovery"] = changed((*flow, place), f"https://{host}/x")
        assert desk.post("/platforms", address=service.origin).status_code == 400
    assert set(service.asked) == {"GET /ims/ob/v3p0/discovery"}


def test_the_loopback_address_is_for_development_alone(desk, service, monkeypatch):
    monkeypatch.setattr(desk.desk.outside.fetcher, "_allow_loopback", False)
    with pytest.raises(AddressNotAllowed):
        look(desk.desk, service.origin)
    assert service.asked == []


@pytest.mark.parametrize("where", ["discovery", "register", "token", "credentials"])
def test_a_redirect_is_not_followed(desk, service, where):
    reached = redirect(f"{service.origin}/secret")
    if where == "credentials":
        made = connect(desk, service)
        service.answers[where] = reached
        with pytest.raises(PlatformUnreachable):
            fetch(desk.desk, made)
    elif where == "token":
        away = leading(desk, service)
        service.answers[where] = reached
        assert arrive(service.visit(away)).status_code == 503
        assert connected(desk) == ()
    else:
        service.answers[where] = reached
        if where == "discovery":
            assert desk.post("/platforms", address=service.origin).status_code == 503
        else:
            with pytest.raises(TypeError):
                leading(desk, service)
    assert "GET /secret" not in service.asked


def test_a_mix_up_of_two_servers_is_refused(desk, service):
    """The answer names another server than the one that was asked (RFC 9207)."""
    answer = arrive(service.visit(leading(desk, service), iss="https://honest.example"))
    assert answer.status_code == 400
    assert "POST /oauth/token" not in service.asked
    assert connected(desk) == ()


@pytest.mark.parametrize("changes", [{"state": "another"}, {"code": ""}])
def test_an_injected_answer_is_refused_and_the_place_takes_no_second(desk, service, changes):
    away = leading(desk, service)
    right = service.visit(away)
    assert arrive(service.visit(away, **changes)).status_code == 400
    assert arrive(right).status_code == 410
    assert "POST /oauth/token" not in service.asked


def test_an_answer_that_nobody_waits_for_is_refused(desk, service):
    base = str(desk.client.base_url).rstrip("/")
    assert arrive(f"{base}/connected/{'x' * 22}?code=a&state=b").status_code == 410


def test_each_connection_has_an_address_and_a_registration_of_its_own(desk, service):
    leading(desk, service)
    leading(desk, service)
    addresses = [each["redirect_uris"][0] for each in service.registered.values()][-2:]
    assert len(set(addresses)) == 2
    assert all(re.fullmatch(r"http://127\.0\.0\.1:\d+/connected/[\w-]{22}", each) for each in addresses)


def test_a_form_of_another_site_connects_nothing(desk, service):
    forged = desk.client.post(
        "/platforms", data={"address": service.origin}, headers={"Origin": "https://attacker.example"}
    )
    assert forged.status_code == 403
    assert service.asked == []


def test_nothing_is_asked_of_a_platform_before_a_yes(desk, service):
    desk.post("/platforms", address=service.origin)
    assert service.asked == ["GET /ims/ob/v3p0/discovery"]


def test_a_platform_that_changed_since_the_look_is_looked_at_again(desk, service):
    looked = desk.post("/platforms", address=service.origin)
    mark = re.search(r'name="accepted" value="([0-9a-f]{64})"', looked.text)[1]
    service.answers["discovery"] = changed(("info", "title"), "Somebody else")
    again = desk.post("/platforms", address=service.origin, accepted=mark)
    assert "Somebody else" in again.text
    assert service.registered == {} or "POST /oauth/register" not in service.asked


# what it answers


def test_a_list_without_an_end_stops(desk, service):
    made = connect(desk, service)
    service.answers["credentials"] = lambda usual: usual | {"credential": [{"id": "urn:x:1"}]}
    service.badges += [{"id": f"urn:x:{number}"} for number in range(10_000)]
    with pytest.raises(TooManyBadges):
        fetch(desk.desk, made)
    assert service.asked.count("GET /ims/ob/v3p0/credentials") <= 20


def test_more_badges_than_are_taken_in_one_go_are_refused(desk, service):
    made = connect(desk, service)
    many = [{"id": "urn:x:1"}] * (limits.PLATFORM_BADGES + 1)
    service.answers["credentials"] = lambda usual: usual | {"credential": many}
    with pytest.raises(TooManyBadges):
        fetch(desk.desk, made)


@pytest.mark.parametrize("body", [{"credential": "x"}, {"credential": [1]}, {"compactJwsString": [{}]}, []])
def test_a_list_that_is_none_keeps_nothing(desk, service, body):
    made = connect(desk, service)
    service.answers["credentials"] = lambda _usual: body
    assert desk.post(f"/platforms/{made.id}/fetch").status_code == 400


def test_forged_badges_and_those_of_others_are_shown_for_what_they_are_and_none_is_kept(desk, service):
    made, school = connect(desk, service), Party("A school")
    forged = copy.deepcopy(school.issue(desk.did, ["https://skills.example/weld"], at=utc_now()))
    forged["credentialSubject"]["achievement"]["name"] = "Doctor"
    others = school.issue(Party("Somebody else").did, ["https://skills.example/weld"], at=utc_now())
    service.badges += [forged, others]
    with desk.desk.wallet() as wallet:
        before = wallet.vault.of_kind("credential")
    page = desk.post(f"/platforms/{made.id}/fetch").text
    assert page.count('name="keep"') == 1  # somebody else's, as a document and no proof
    with desk.desk.wallet() as wallet:
        assert wallet.vault.of_kind("credential") == before


def test_markup_in_a_platforms_name_is_text(desk, service):
    service.answers["discovery"] = changed(("info", "title"), "<script>alert(1)</script>")
    assert "<script" not in without_our_script(desk.post("/platforms", address=service.origin).text)
    connect(desk, service)
    assert "<script" not in without_our_script(desk.get("/platforms").text)


def test_what_a_platform_says_of_its_refusal_is_not_echoed(desk, service):
    made = connect(desk, service)
    service.answers["credentials"] = JSONResponse({"imsx_description": "call this number"}, status_code=403)
    page = desk.post(f"/platforms/{made.id}/fetch")
    assert page.status_code == 403
    assert "call this number" not in page.text


def test_tokens_stand_in_no_page_and_in_no_readable_copy(desk, service):
    made = connect(desk, service)
    secrets = (made.access_token, made.refresh_token, made.client_secret)
    page = desk.get("/platforms").text
    assert not any(secret in page for secret in secrets)


@pytest.mark.parametrize("seconds", [10**9, 10**12, 10**15])
def test_a_token_for_thousands_of_years_breaks_nothing(desk, service, seconds):
    service.answers["token"] = lambda usual: usual | {"expires_in": seconds}
    made = connect(desk, service)
    assert made.access_until.year < utc_now().year + 2


def test_a_platform_that_gives_itself_more_than_was_agreed_gets_no_more(desk, service):
    """The person did not tick that badges may be sent there."""
    base = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
    wide = f"{base}credential.readonly {base}credential.upsert {base}profile.update"
    service.answers["token"] = lambda usual: usual | {"scope": wide}
    made = connect(desk, service)
    assert made.scope == (f"{base}credential.readonly",)


def test_a_platform_that_nobody_can_see_the_name_of_is_refused(desk, service):
    for title in ("  ", "\u3164", "\u2800\u2800", "a" + "\u0300" * 40):
        service.answers["discovery"] = changed(("info", "title"), title)
        assert desk.post("/platforms", address=service.origin).status_code == 400


def test_a_platform_that_answers_slowly_keeps_nobody_from_the_wallet(desk, service):
    made, asked, go_on = connect(desk, service), threading.Event(), threading.Event()

    def slow(usual):
        asked.set()
        go_on.wait(4)
        return usual

    service.answers["credentials"] = slow
    fetching = threading.Thread(target=lambda: desk.post(f"/platforms/{made.id}/fetch"))
    fetching.start()
    assert asked.wait(30)
    with desk.desk.wallet():
        assert fetching.is_alive()
    go_on.set()
    fetching.join(30)
