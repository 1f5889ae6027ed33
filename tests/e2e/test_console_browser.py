"""The console in a real browser: passkeys with Chromium's own authenticator, skills as one types, a class in turn.

One service and one browser for all of it, on a phone and at a desk, with scripts and without.
"""

import re

import httpx
import pytest

from passport.texts import Language
from tests.simulators.browsing import PHONE, chromium, person
from tests.simulators.issuing import HTTP, HolderWallet, issuer_process, open_office

WIDE = (1280, 900)
PASSPHRASE = "kraan fiets maandag soep"
EVIL = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7 * 7 }}"


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    chromium()
    with issuer_process(tmp_path_factory.mktemp("console-browsed")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process, "school")


def signed_in(someone, key):
    someone.page.goto(someone.address + "/console")
    someone.page.get_by_text(someone.words("sign-in-key"), exact=True).click()
    someone.field("api-key").fill(key)
    someone.press("sign-in-with-key")


def authenticator(someone, *, verified=True):
    """A fingerprint reader in the device itself (Web Authentication Level 3, section 11)."""
    devices = someone.page.context.new_cdp_session(someone.page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "isUserVerified": verified,
    }
    options |= {"hasUserVerification": True, "automaticPresenceSimulation": True}
    return devices, devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_a_colleague_is_invited_makes_a_passkey_and_signs_in_with_a_finger(office, browser):
    with person(browser, office.url, "issuer", Language.EN, WIDE) as owner:
        signed_in(owner, office.api_key)
        owner.go("/console/accounts")
        owner.page.locator("#person").fill(f"An assessor {EVIL}")
        owner.page.locator("#person-role").select_option("issuer")
        owner.press("person-invite-now")
        link = re.search(r"/join/[\w-]{43}", owner.page.content())[0]

    with person(browser, office.url, "issuer", Language.NL, PHONE) as assessor:
        assessor.go(link)
        assessor.sees("An assessor")
        assessor.field("sign-in-name").fill("assessor@school.example")
        assessor.field("passphrase").fill("te kort")
        assessor.page.locator("#passphrase").evaluate("(field) => field.removeAttribute('minlength')")
        with assessor.page.expect_navigation():
            assessor.page.get_by_role("button", name=assessor.words("join-now")).click()
        assessor.look(refused=True)
        assessor.field("passphrase").fill(PASSPHRASE)
        assessor.press("join-now")
        assessor.sees(assessor.words("passkeys-none"))
        devices, reader = authenticator(assessor)
        assessor.field("passkey-name").fill(EVIL[:60])
        assessor.press("passkey-make")
        assert len(devices.send("WebAuthn.getCredentials", {"authenticatorId": reader})["credentials"]) == 1
        assessor.press("sign-out")
        assessor.press("sign-in-passkey-now")
        assessor.go("/console/me")
        assessor.sees(assessor.words("account-used"))

        assessor.press("sign-out")
        devices.send("WebAuthn.setUserVerified", {"authenticatorId": reader, "isUserVerified": False})
        assessor.page.get_by_role("button", name=assessor.words("sign-in-passkey-now")).click()
        assessor.sees(assessor.words("sign-in-passkey-failed"))
        assessor.field("sign-in-name").fill("Assessor@school.example")
        assessor.field("passphrase").fill(PASSPHRASE)
        assessor.press("sign-in")
        assessor.sees(assessor.words("overview"))


def test_without_scripts_a_passphrase_is_enough_and_no_passkey_is_offered(office, browser):
    with person(browser, office.url, "issuer", Language.EN, PHONE, scripts=False) as somebody:
        somebody.page.goto(office.url + "/console")
        assert not somebody.page.get_by_role(
            "button", name=somebody.words("sign-in-passkey-now")
        ).is_visible()
        somebody.field("sign-in-name").fill("assessor@school.example")
        somebody.field("passphrase").fill(PASSPHRASE)
        with somebody.page.expect_navigation():
            somebody.page.get_by_role("button", name=somebody.words("sign-in"), exact=True).click()
        somebody.page.goto(office.url + "/console/me")
        somebody.sees(somebody.words("passkeys-need-script"))


def test_skills_are_found_as_one_types_and_looked_at_before_anything_is_made(office, browser):
    before = len(office.get("/api/achievements"))
    with person(browser, office.url, "issuer", Language.EN, PHONE) as school:
        signed_in(school, office.api_key)
        school.go("/console/achievements")
        school.page.locator("#name").fill(f"Baking {EVIL}")
        school.page.locator("#description").fill(EVIL)
        school.page.locator("#criteria").fill(EVIL)
        school.page.locator("#q").fill("welding")
        found = school.page.locator("[data-found] label").first
        found.wait_for()
        name = found.inner_text().split("http")[0].strip()
        found.click()
        school.press("achievement-look")
        school.page.locator("#preview").get_by_text(name).wait_for()
        assert len(office.get("/api/achievements")) == before
        school.press("make-achievement")
    made = office.get("/api/achievements")[0]["achievement"]
    assert made["alignment"][0]["targetName"] == name
    assert made["alignment"][0]["targetFramework"].startswith("ESCO")


def test_skills_are_found_without_scripts(office):
    own = {"Origin": office.url, "Accept": "text/html", "Accept-Language": "en"}
    with httpx.Client(base_url=office.url, headers=own, timeout=60) as client:
        client.post("/console/session", data={"api_key": office.api_key})
        typed = {"name": "Welding", "description": "x", "q": "welding", "then": "search"}
        page = client.post("/console/achievements/draft", data=typed)
        assert 'value="Welding"' in page.text, "what was typed stays"
        skill = re.search(r'name="skill" value="([^"]+)"', page.text)[1]
        page = client.post("/console/achievements/draft", data=typed | {"skill": skill, "then": "search"})
        assert re.search(rf'value="{re.escape(skill)}" checked', page.text)
        refused = client.post("/console/achievements/draft", data=typed | {"skill": skill, "then": "look"})
        assert refused.status_code == 400, "without criteria it is no achievement"


def test_a_class_takes_its_badges_one_by_one(office, browser):
    achievement = office.achievement(name=f"In class {EVIL}")
    rows = "reference\nlearner-1\nlearner-2\n"
    made = office.ask(
        "POST",
        f"/api/batches?achievement={achievement}&tx_code=true",
        content=rows.encode(),
        headers={"Content-Type": "text/csv"},
    ).json()
    with person(browser, office.url, "issuer", Language.NL, PHONE) as teacher:
        signed_in(teacher, office.api_key)
        teacher.page.goto(f"{office.url}/console/batches/{made['id']}")
        teacher.page.get_by_role("link", name=teacher.words("batch-class-open")).click()
        for name in ("learner-1", "learner-2"):
            teacher.page.get_by_text(name).wait_for()
            teacher.look()
            offer = next(
                each["offer"]
                for each in office.get(f"/api/batches/{made['id']}/rows")["rows"]
                if each["reference"] == name
            )
            if name == "learner-1":
                slips_on_paper(teacher, made["id"], offer["tx_code"])
            HolderWallet().claim(offer["link"], offer["tx_code"])
            teacher.page.goto(f"{office.url}/console/batches/{made['id']}/class")
        teacher.sees(teacher.words("batch-class-done"))


def slips_on_paper(teacher, batch, code):
    """A slip for each learner, whose picture is the link to the offer; the codes are on a list of their own."""
    teacher.go(f"/console/batches/{batch}/slips")
    assert teacher.page.locator(".slips > li").count() == 2
    assert code not in teacher.page.content()
    printed = teacher.page.pdf(format="A4")
    assert printed.count(b"/Type /Page\n") == 1
    teacher.go(f"/console/batches/{batch}/codes")
    teacher.sees(code)


def test_every_page_of_the_console_shows_what_was_typed_as_text(office, browser):
    credential = office.post(
        "/api/credentials", {"achievement": office.achievement(name=EVIL), "subject": HolderWallet().did}
    )
    paths = [
        "/console", "/console/achievements", "/console/accounts", "/console/audit", "/console/keys", "/console/me",
        "/console/batches", "/console/issue", "/console/credentials", f"/console/credentials/{credential['id']}",
        "/console/audit?subject=account&since=2026-01-01", "/console/wallets", "/console/achievements/stacks",
    ]  # fmt: skip
    with person(browser, office.url, "issuer", Language.NL, PHONE) as owner:
        signed_in(owner, office.api_key)
        for path in paths:
            owner.go(path)
            assert owner.page.locator('img[src="x"]').count() == 0
    assert HTTP.get(f"{office.url}/console/audit/log.csv").status_code == 401
