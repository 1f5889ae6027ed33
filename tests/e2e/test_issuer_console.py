"""The console over real HTTP, without JavaScript; and the command line against the same running service.

Longer than most: one running issuer serves all of it.
"""

import io
import json
import os
import re
import time

import httpx
import pytest
from PIL import Image

from passport.clock import utc_now
from passport.documents import DocumentCache
from passport.verification import Context, verify_credential
from tests.simulators.claiming import ManyKeys
from tests.simulators.issuing import ACHIEVEMENT, HTTP, HolderWallet, Office, issuer_process, open_office
from tests.simulators.warm import ran


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("console")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture
def browser(office):
    headers = {"Origin": office.url, "Accept": "text/html", "Accept-Language": "nl"}
    with httpx.Client(base_url=office.url, headers=headers, timeout=60) as client:
        assert client.post("/console/session", data={"api_key": office.api_key}).status_code == 303
        yield client


def once(page):
    return re.search(r'name="once" value="([0-9a-f]+)"', page.text)[1]


def followed(browser, response):
    assert response.status_code == 303, response.text
    return browser.get(response.headers["location"])


def make_achievement(browser, **changes):
    page = browser.get("/console/achievements")
    form = {
        "once": once(page),
        "name": "Lassen",
        "description": "Last staal.",
        "criteria": "Een proefstuk.",
        "type": "Certificate",
        "skills": "http://data.europa.eu/esco/skill/weld weld metal\n\n",
    } | changes
    return followed(browser, browser.post("/console/achievements", data=form))


def test_a_wrong_key_is_refused_in_the_readers_language(office):
    headers = {"Origin": office.url, "Accept": "text/html", "Accept-Language": "nl"}
    page = HTTP.post(f"{office.url}/console/session", data={"api_key": "x"}, headers=headers)
    assert page.status_code == 401
    assert "fout" in page.text
    assert "set-cookie" not in page.headers


def test_an_achievement_made_in_the_console_is_the_one_that_is_issued(browser, office):
    page = make_achievement(browser)
    assert "Lassen" in page.text
    made = next(item for item in office.get("/api/achievements") if item["name"] == "Lassen")
    assert made["achievement"]["alignment"] == [
        {
            "targetUrl": "http://data.europa.eu/esco/skill/weld",
            "targetName": "weld metal",
            "type": ["Alignment"],
        }
    ]


def test_sending_a_form_twice_makes_one_thing(browser, office):
    page = browser.get("/console/achievements")
    form = {"once": once(page), "name": "Twice", "description": "x", "criteria": "y"}
    for _ in range(2):
        assert browser.post("/console/achievements", data=form).status_code == 303
    assert [item["name"] for item in office.get("/api/achievements")].count("Twice") == 1


def test_an_offer_made_in_the_console_is_claimed_and_revoked(browser, office):
    achievement = office.achievement(suspendable=True)
    form = {
        "once": once(browser.get("/console/issue")),
        "achievement": achievement,
        "tx_code": "yes",
        "result": "8",
    }
    page = followed(browser, browser.post("/console/issue", data=form))
    link = re.search(r"openid-credential-offer://[^<\s]+", page.text)[0].replace("&amp;", "&")
    code = re.search(r">(\d{6})<", page.text)[1]
    credential = HolderWallet().claim(link, code)
    assert credential["credentialSubject"]["result"][0]["value"] == "8"
    number = credential["id"].removeprefix("urn:uuid:").replace("-", "")
    for action, shown in (("suspend", "Opgeschort"), ("resume", "Geldig"), ("revoke", "Ingetrokken")):
        page = followed(browser, browser.post(f"/console/credentials/{number}/{action}"))
        assert shown in page.text
    assert "Ingetrokken" in browser.get("/console/credentials").text
    assert "Bewijs ingetrokken" in browser.get("/console/audit").text
    file = browser.get(f"/console/credentials/{number}/file/ldp_vc")
    assert file.json() == credential
    page = browser.get(f"/console/credentials/{number}").text
    for form, ending in (("ecdsa-sd-2023", "json"), ("jwt_vc_json", "jwt"), ("vc%2Bsd-jwt", "sdjwt")):
        assert f"/file/{form}" in page
        file = browser.get(f"/console/credentials/{number}/file/{form}")
        assert file.headers["content-disposition"].endswith(f'.{ending}"')
        assert (
            verify_credential(file.content, Context(DocumentCache(), utc_now())).parsed.id == credential["id"]
        )


def test_a_credential_for_a_known_holder_is_issued_in_the_console(browser, office):
    holder = HolderWallet()
    form = {
        "once": once(browser.get("/console/issue")),
        "achievement": office.achievement(),
        "subject": holder.did,
        "evidence": "A test piece.",
        "valid_until": "2036-01-31",
    }
    page = followed(browser, browser.post("/console/issue", data=form))
    assert holder.did in page.text


def test_an_offer_that_no_wallet_kept_is_handed_over_again_in_the_console(browser, office):
    form = {"once": once(browser.get("/console/issue")), "achievement": office.achievement()}
    made = browser.post("/console/issue", data=form).headers["location"]
    link = office.get(f"/api{made.removeprefix('/console')}")["link"]
    wallet = HolderWallet()
    claim = wallet.claim_open(link)
    assert "nog niet bevestigd door de wallet" in browser.get(made).text
    wallet.notify(claim, "credential_failure")
    page = browser.get(made)
    assert "niet bewaard: de wallet kon het niet bewaren" in browser.get("/console/issue").text
    assert f'action="{made}/again"' in page.text
    assert link.replace("&", "&amp;") in followed(browser, browser.post(f"{made}/again")).text
    claim = wallet.claim_open(link)
    wallet.notify(claim, "credential_accepted")
    assert f'action="{made}/again"' not in browser.get(made).text
    number = claim.credential["id"].removeprefix("urn:uuid:").replace("-", "")
    browser.post(f"/console/credentials/{number}/revoke")
    assert "Dezelfde link geeft een nieuw bewijs" in browser.get(made).text


def test_an_offer_is_withdrawn_in_the_console(browser, office):
    form = {"once": once(browser.get("/console/issue")), "achievement": office.achievement()}
    made = browser.post("/console/issue", data=form).headers["location"]
    assert "ingetrokken" in followed(browser, browser.post(f"{made}/withdraw")).text


def test_a_batch_is_looked_at_started_watched_and_reported(browser, office):
    achievement, holder = office.achievement(), HolderWallet()
    text = f"reference,subject\nc1,{holder.did}\nc2,\nc3,x\n"
    page = browser.get("/console/batches")
    sent = browser.post(
        "/console/batches",
        data={"once": once(page), "achievement": achievement, "tx_code": "yes"},
        files={"file": ("batch.csv", text.encode(), "text/csv")},
    )
    preview = followed(browser, sent)
    assert re.search(r"<dd>3</dd>.*<dd>2</dd>.*Kunnen niet</dt><dd>1</dd>", preview.text, re.DOTALL)
    assert "Mislukt" not in preview.text, "nothing was tried yet"
    assert "did:key of did:jwk" in preview.text
    address = sent.headers["location"]
    page = followed(browser, browser.post(f"{address}/start"))
    until = time.monotonic() + 30
    while "Reeks: klaar" not in page.text and time.monotonic() < until:
        assert 'http-equiv="refresh"' in page.text
        time.sleep(0.1)
        page = browser.get(address)
    assert "<progress" in page.text
    report = browser.get(f"{address}/report")
    assert (
        report.text.count(",issued,") == report.text.count(",offered,") == report.text.count(",failed,") == 1
    )


def test_a_batch_can_be_thrown_away(browser, office):
    page = browser.get("/console/batches")
    sent = browser.post(
        "/console/batches",
        data={"once": once(page), "achievement": office.achievement()},
        files={"file": ("batch.csv", b"reference\nx\n", "text/csv")},
    )
    assert followed(browser, browser.post(f"{sent.headers['location']}/discard")).status_code == 200
    assert "weggegooid" in browser.get("/console/batches").text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/console/issue", {}),
        ("/console/issue", {"achievement": "x"}),
        ("/console/issue", {"achievement": "0" * 32, "valid_until": "31-1-2026"}),
        ("/console/achievements", {"name": "x"}),
        ("/console/batches", {"achievement": "0" * 32}),
        (f"/console/credentials/{'0' * 32}/revoke", {}),
        ("/console/credentials/x/revoke", {}),
        (f"/console/batches/{'0' * 32}/start", {}),
    ],
)
def test_a_wrong_form_gets_a_page_that_says_so(browser, path, data):
    page = browser.post(path, data=data)
    assert page.status_code in {400, 404}
    assert "Dit lukte niet" in page.text or 'role="alert"' in page.text


def test_a_refused_form_stands_there_as_it_was_filled_in_with_the_refusal_beside_its_field(browser, office):
    typed = {
        "achievement": office.achievement(),
        "result": "<good>",
        "valid_until": "31-1-2026",
        "held": "yes",
    }
    page = browser.post("/console/issue", data={"once": once(browser.get("/console/issue")), **typed})
    assert page.status_code == 400
    assert 'value="&lt;good&gt;"' in page.text
    assert re.search(r'id="refused">[^<]+</p><input id="valid_until"[^>]+aria-invalid="true"', page.text)
    assert re.search(r'name="held" value="yes"[^>]* checked', page.text)
    again = browser.post(
        "/console/achievements", data={"name": "x", "skills": "http://x/y z", "type": "Course"}
    )
    assert re.search(r'role="alert" id="refused">[^<]+</p><input id="description"', again.text)
    assert 'value="Course" selected' in again.text
    assert ">http://x/y z</textarea>" in again.text.replace("\n", "")


def test_a_credential_is_found_by_its_number_its_holder_and_its_achievement(browser, office):
    holder, achievement = HolderWallet().did, office.achievement(name="Found again")
    made = office.post("/api/credentials", {"achievement": achievement, "subject": holder})["id"]
    link = f'href="/console/credentials/{made}"'
    number = f"urn:uuid:{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"
    for query in ({"by": number}, {"by": holder}, {"achievement": achievement}, {"by": f" {made} "}):
        page = browser.get("/console/credentials", params=query).text
        assert (page.count('<li class="card">'), page.count(link)) == (1, 1), query
    for query in ({"by": "x"}, {"achievement": "x"}, {"page": "7"}):
        assert "geen bewijs gevonden" in browser.get("/console/credentials", params=query).text


def test_a_reader_sees_and_does_not_act(browser, office, process):
    made = office.post("/api/accounts", {"name": "R", "role": "reader"})
    with httpx.Client(base_url=office.url, headers={"Origin": office.url, "Accept": "text/html"}) as reader:
        reader.post("/console/session", data={"api_key": made["api_key"]})
        assert reader.get("/console/credentials").status_code == 200
        assert reader.get("/console/issue").status_code == 403
        assert reader.post("/console/achievements", data={"name": "x"}).status_code == 403
        office.post(f"/api/accounts/{made['id']}/key")
        assert reader.get("/console/credentials").status_code == 401, "a new key ends the session"


def test_signing_out_ends_the_session(browser):
    assert browser.post("/console/session/end").status_code == 303
    assert browser.get("/console/credentials").status_code == 401


# the command line


def run(process, *words, key=None, code=0):
    environment = {**os.environ, "PASSPORT_ISSUER_URL": process.url}
    if key is not None:
        environment["PASSPORT_ISSUER_API_KEY_FILE"] = str(key)
    done = ran("issuer", *words, environment=environment)
    assert done.returncode == code, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    return done


def test_the_command_line_walks_the_whole_way(process, tmp_path):
    key, secret = tmp_path / "owner.key", process.folder / "data" / "bootstrap.secret"
    words = [
        "organisation",
        "create",
        "cli-school",
        "School",
        "--bootstrap-secret",
        secret,
        "--key-file",
        key,
    ]
    made = json.loads(run(process, *words, "--json").stdout)
    assert made["did"].endswith(":o:cli-school")
    assert "api_key" not in json.dumps(made)
    assert key.stat().st_mode & 0o777 == 0o600
    office = Office(process.url, "cli-school", made["did"], key.read_text().strip())

    achievement_file = tmp_path / "achievement.json"
    achievement_file.write_text(json.dumps(ACHIEVEMENT))
    created = run(process, "achievement", "create", achievement_file, "--json", key=key)
    achievement = json.loads(created.stdout)["id"]

    holder, output = HolderWallet(), tmp_path / "credential.json"
    issued = run(process, "issue", achievement, "--subject", holder.did, "-o", output, "--json", key=key)
    number = json.loads(issued.stdout)["id"]
    assert json.loads(output.read_text())["credentialSubject"]["id"] == holder.did
    saved = tmp_path / "credential.sdjwt"
    run(process, "download", f"urn:uuid:{number}", "--form", "vc+sd-jwt", "-o", saved, key=key)
    assert saved.read_bytes().count(b"~") > 1
    offer = json.loads(run(process, "issue", achievement, "--code", "--json", key=key).stdout)
    assert HolderWallet().claim(offer["link"], offer["tx_code"])
    held = json.loads(run(process, "issue", achievement, "--hold", "--json", key=key).stdout)
    seen = run(process, "offer", "show", held["id"], "--qr", "value", key=key).stdout
    assert "held back" in seen
    assert "credential_offer=%7B" in seen
    assert "credential_offer_uri=" in seen
    assert "█" in seen
    assert "released" in run(process, "offer", "release", held["id"], key=key).stdout
    assert HolderWallet().claim(held["link"])

    rows, report = tmp_path / "rows.csv", tmp_path / "report.csv"
    rows.write_text(f"reference,subject\nr1,{holder.did}\nr2,\n")
    batch = run(process, "batch", rows, "--achievement", achievement, "--report", report, key=key)
    assert "1 were issued, 1 offered, 0 failed" in batch.stdout
    assert batch.stderr == "", "no progress bar in a pipe"
    assert report.read_text().count("\n") == 3
    sent = run(process, "batches", "list", key=key).stdout.split()
    assert sent[1:] == ["done", "2", "of", "2"]
    for move in ("pause", "resume", "stop"):
        assert run(process, "batches", move, sent[0], key=key, code=1).stderr

    run(process, "revoke", number, key=key)
    assert office.get("/api/credentials?limit=100")["credentials"]
    assert "key-2" in run(process, "key", "rotate", key=key).stdout
    assert "revoked" in run(process, "key", "revoke", "key-1", key=key).stdout


def test_the_command_line_says_in_one_sentence_what_is_wrong(process, office, tmp_path):
    wrong = tmp_path / "wrong.key"
    wrong.write_text("x.y\n")
    done = run(process, "revoke", "0" * 32, key=wrong, code=1)
    assert "API key" in done.stderr or "API-sleutel" in done.stderr
    done = run(process, "revoke", "0" * 32, "--url", "http://localhost:1", key=wrong, code=1)
    assert "does not answer" in done.stderr
    done = run(process, "revoke", "0" * 32, "--url", "file:///etc/passwd", key=wrong, code=1)
    assert "http" in done.stderr


def test_what_is_held_back_is_released_in_the_console(browser, office):
    form = {"once": once(browser.get("/console/issue")), "achievement": office.achievement(), "held": "yes"}
    address = browser.post("/console/issue", data=form).headers["location"]
    offer = office.get(f"/api/offers/{address.rpartition('/')[2]}")
    assert "Nog geen wallet" in browser.get(address).text
    wallet = ManyKeys()
    opened, token = wallet.token(offer["link"])
    assert wallet.ask(opened, token).status_code == 202
    page = browser.get(address).text
    assert "Een wallet heeft dit aanbod aangenomen" in page
    assert "openid-credential-offer://?credential_offer=%7B" in page
    assert "een wallet wacht" in browser.get("/console/issue").text
    page = followed(browser, browser.post(f"{address}/release")).text
    assert "Vasthouden" not in page
    copies = wallet.ask(opened, token).json()["credentials"]
    number = copies[0]["credential"]["id"].removeprefix("urn:uuid:").replace("-", "")
    assert "3 kopieën" in browser.get(f"/console/credentials/{number}").text
    other = copies[1]["credential"]["id"].removeprefix("urn:uuid:").replace("-", "")
    assert f"/console/credentials/{number}" in browser.get(f"/console/credentials/{other}").text
    assert "Aanbod vrijgegeven" in browser.get("/console/audit").text


def test_how_wallets_show_the_organisation_is_chosen_in_the_console(browser, office):
    assert "Hoe wallets u tonen" in browser.get("/console/wallets").text
    png = io.BytesIO()
    Image.new("RGB", (40, 40), "#aa5500").save(png, "PNG")
    typed = {
        "name_nl": "Bakkersschool <b>",
        "background_color": "#5b3a1e",
        "text_color": "#ffffff",
        "logo_alt": "Een brood",
    }
    sent = browser.post(
        "/console/wallets", data=typed, files={"file": ("logo.png", png.getvalue(), "image/png")}
    )
    assert "Bakkersschool &lt;b&gt;" in followed(browser, sent).text
    chosen = office.get("/api/appearance")
    assert chosen["logo"].startswith("data:image/png;base64,")
    assert chosen["logo_alt"] == "Een brood"
    assert browser.get("/console/wallets/logo").headers["content-type"] == "image/png"
    browser.post("/console/wallets", data=typed | {"keep": "yes"})
    assert office.get("/api/appearance")["logo"] == chosen["logo"]
    browser.post("/console/wallets", data=typed)
    assert office.get("/api/appearance")["logo"] is None
    assert browser.get("/console/wallets/logo").status_code == 404
    for wrong in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", png.getvalue() + b"x" * 60_000):
        refused = browser.post("/console/wallets", data=typed, files={"file": ("logo", wrong, "image/png")})
        assert refused.status_code in {400, 413, 415, 422}, wrong[:10]
    assert browser.post("/console/wallets", data=typed | {"text_color": "red"}).status_code in {400, 422}
    reader = office.post("/api/accounts", {"name": "Reader", "role": "issuer"})["api_key"]
    with httpx.Client(base_url=office.url, headers=browser.headers, timeout=60) as other:
        other.post("/console/session", data={"api_key": reader})
        assert "Alleen een eigenaar" in other.get("/console/wallets").text
        assert other.post("/console/wallets", data=typed).status_code == 403


def test_the_log_is_asked_by_subject_person_and_day_and_taken_as_a_file(browser, office):
    browser.post("/console/achievements", data={"name": "Logged", "description": "x", "criteria": "y"})
    page = browser.get("/console/audit?subject=achievement").text
    assert "Prestatie gemaakt" in page
    assert "Organisatie gemaakt" not in page
    assert "Hier staat niets." in browser.get("/console/audit?subject=achievement&until=2020-01-01").text
    assert "Hier staat niets." in browser.get("/console/audit?account=holder&since=2999-01-01").text
    refused = browser.get("/console/audit?until=2026-99-99&subject=achievement")
    assert (refused.status_code, "Prestatie gemaakt" in refused.text) == (400, True)
    assert 'value="2026-99-99" aria-invalid="true"' in refused.text
    file = browser.get("/console/audit/log.csv?subject=achievement&delimiter=semicolon&bom=true")
    assert file.headers["content-type"].startswith("text/csv")
    lines = file.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "at;account;name;action;object;reason"
    assert all(";achievement." in line for line in lines[1:])


def test_a_credential_is_revoked_for_a_reason_that_stands_in_the_log_alone(browser, office):
    made = office.post(
        "/api/credentials", {"achievement": office.achievement(), "subject": HolderWallet().did}
    )
    place = f"/console/credentials/{made['id']}"
    assert "Wat er dan gebeurt" in browser.get(place).text
    page = followed(browser, browser.post(f"{place}/revoke", data={"reason": "fraud"}))
    assert "Fraude" not in page.text
    assert "Fraude" in browser.get("/console/audit?subject=credential").text


def test_keys_show_what_they_signed_and_are_rotated_and_revoked(process):
    office = open_office(process, "key-school")
    office.post("/api/credentials", {"achievement": office.achievement(), "subject": HolderWallet().did})
    headers = {"Origin": office.url, "Accept": "text/html", "Accept-Language": "en"}
    with httpx.Client(base_url=office.url, headers=headers, timeout=60) as owner:
        owner.post("/console/session", data={"api_key": office.api_key})
        assert "1 credentials" in owner.get("/console/keys").text
        page = followed(owner, owner.post("/console/keys/rotate"))
        assert "Signs no more since" in page.text
        page = followed(owner, owner.post("/console/keys/key-1/revoke"))
        assert "Revoked on" in page.text
        assert owner.post("/console/keys/key-99/revoke").status_code == 404
    states = {each["id"]: each["state"] for each in office.get("/api/organisation")["keys"]}
    assert (states["key-1"], states["key-2"]) == ("revoked", "current")
