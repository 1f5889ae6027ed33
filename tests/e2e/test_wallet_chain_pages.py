"""The claims' pages over real HTTP without scripts: say something with a photo, ask, follow, withdraw."""

import base64
import html
import json
import re
from datetime import timedelta
from urllib.parse import quote

import httpx
import pytest
from fastapi import Response

from matching.bundle import load_bundle
from passport.clock import utc_now
from tests.simulators.chains import confirm, unsigned_confirmation
from tests.simulators.organisation import SmallOrganisation
from tests.simulators.serving import bound, serving
from tests.simulators.wallets import QuickSodium
from tests.unit.wallet.test_photos import PLACE, clean, written
from wallet.core import limits
from wallet.core.claims_made import claims_made
from wallet.core.finding import find_skills
from wallet.core.wallet import Kind
from wallet.desktop.app import create
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings

TAXONOMY = load_bundle()
SKILLS = tuple(skill for skill, _ in find_skills(TAXONOMY, "welding", "en"))[:2]


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "wallet"
    settings = WalletSettings(folder, allow_loopback=True)
    made = Desk(settings, keeper=Keeper(folder, crypto=QuickSodium()))
    made.create("een korte zin van mij")
    return made


@pytest.fixture
def page(desk):
    token = desk.session.token
    with (
        serving(create(desk.settings, desk=desk)) as address,
        httpx.Client(
            base_url=address, trust_env=False, headers={"accept-language": "en", "origin": address}
        ) as client,
    ):
        client.get("/open", params={"token": token})
        yield client


@pytest.fixture
def yard():
    socket = bound()
    made = SmallOrganisation(socket.getsockname()[1])
    with serving(made.app(), socket):
        yield made


def add(page, *files, **fields):
    data = {"skill": list(SKILLS), "words": "Hulls.", "route": "informal", **fields}
    sent = [("files", each) for each in files] or None
    return page.post("/claims", data=data, files=sent)


def hidden(text):
    """The hidden fields of a page's forms, as a browser would send them."""
    found = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text):
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def test_a_claim_with_a_photo_and_back_out_of_it(page, desk):
    found = page.get("/claims/new", params={"q": "welding"})
    assert SKILLS[0] in html.unescape(found.text)
    assert page.get("/claims/describe").status_code == 303
    assert page.get("/claims/describe", params={"skill": SKILLS}).status_code == 200
    made = add(page, ("weld.jpg", written("JPEG"), "image/jpeg"), ("hours.csv", b"a,b\n", "text/csv"))
    assert made.status_code == 303
    here = made.headers["location"]
    shown = page.get(here)
    assert "weld.jpg" in shown.text
    assert TAXONOMY.label(SKILLS[0], "en") in page.get("/claims").text
    [link] = re.findall(r'href="(/claims/[^"]+/file[^"]+)">weld', shown.text)
    photo = page.get(html.unescape(link))
    assert clean(photo.content)
    assert PLACE.encode() not in photo.content
    assert photo.headers["content-disposition"] == 'attachment; filename="weld.jpg"'
    assert photo.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in photo.headers["content-security-policy"]
    assert page.get(f"{here}/file", params={"id": "urn:x"}).status_code == 404
    assert "no longer proven" in page.get(f"{here}/withdraw").text
    assert page.post(f"{here}/withdraw").status_code == 303
    assert "You withdrew this" in page.get(here).text
    assert page.post(f"{here}/withdraw").status_code == 410
    assert page.post(f"/credentials/{here.rpartition('/')[2]}/remove").status_code == 303
    with desk.wallet() as wallet:
        assert (claims_made(wallet), wallet.vault.of_kind(Kind.FILE)) == ((), {})


def test_skills_are_found_by_a_dutch_name_of_work(page):
    """Most skills have an English name only: a Dutch word leads to them, to work, and from work to its skills."""
    found = page.get("/claims/new", params={"q": "zonnepanelen", "lang": "nl"})
    assert "mount photovoltaic panels" in found.text
    [link] = re.findall(r'href="(/claims/new[?]work=[^"]+)">monteur zonnepanelen<', found.text)
    skills = page.get(html.unescape(link))
    assert "mount photovoltaic panels" in skills.text
    assert "monteur zonnepanelen" in skills.text
    kept = page.get("/claims/new", params={"q": "bakker", "skill": SKILLS})
    assert f"skill={quote(SKILLS[0])}" in kept.text
    assert page.get("/claims/new", params={"work": "urn:x"}).status_code == 404


def test_what_is_refused_keeps_what_was_typed(page, desk):
    for status, files, fields in (
        (400, (("a.html", b"<script>alert(1)</script>", "text/html"),), {}),
        (413, (("a.pdf", b"%PDF-" + b"x" * limits.EVIDENCE_FILE, "application/pdf"),), {}),
        (413, tuple((f"{number}.txt", b"x", "text/plain") for number in range(17)), {}),
        (400, (), {"since": "yesterday"}),
        (400, (), {"skill": []}),
        (404, (), {"skill": ["urn:x"]}),
    ):
        again = add(page, *files, **{"title": 'Quote " <b>', **fields})
        assert again.status_code == status, again.text
        assert 'value="Quote &#34; &lt;b&gt;"' in again.text
        assert "Choose your files once more." in again.text, (status, fields)
    with desk.wallet() as wallet:
        assert claims_made(wallet) == ()
    assert page.post("/claims", headers={"origin": "https://evil.example"}).status_code == 403


def test_asking_and_following(page, desk, yard):
    made = add(page, ("hours.csv", b"a,b\n", "text/csv"), ("private.txt", b"secret", "text/plain"))
    record = made.headers["location"].rpartition("/")[2]
    with desk.wallet() as wallet:
        document = claims_made(wallet)[0].kept.report.parsed.document
    files = {each["name"]: each["id"] for each in document["evidence"]}
    form = page.get("/ask/confirmation", params={"claim": record})
    assert files["hours.csv"] in form.text
    chosen = {
        "at": yard.url,
        "claim": record,
        "skill": [SKILLS[0]],
        "file": files["hours.csv"],
        "message": 'Please "confirm"',
    }
    looked = page.post("/ask/confirmation/look", data=chosen)
    assert "These files would leave" in looked.text
    assert "private.txt" in looked.text.partition("These files stay with you")[2]
    assert yard.bodies == []
    fields = hidden(looked.text)
    assert page.post("/ask/confirmation", data={**fields, "mark": "0" * 64}).status_code == 409
    assert page.post("/ask/confirmation/change", data=fields).status_code == 200
    assert yard.bodies == []
    sent = page.post("/ask/confirmation", data=fields)
    assert sent.status_code == 303, sent.text
    [body] = yard.bodies
    assert [each["name"] for each in body["files"]] == ["hours.csv"]
    here = sent.headers["location"]
    yard.credentials = [confirm(yard.party, document, SKILLS[0], at=utc_now() - timedelta(minutes=1))]
    yard.state = "confirmed"
    assert "New confirmations: 1" in page.post(f"{here}/look").text
    assert "A shipyard" in page.get(f"/claims/{record}").text
    assert page.post(f"{here}/fetch").status_code == 404
    assert page.post(f"{here}/appeal", data={"reason": "x"}).status_code == 404
    assert "Asked an organisation" in page.get("/journal").text
    assert yard.name in page.get("/asked").text
    with desk.wallet() as wallet:
        [endorsement] = wallet.vault.of_kind(Kind.ENDORSEMENT)
    assert page.post(f"/claims/{record}/confirmations/{endorsement}/remove").status_code == 303
    assert "Nobody yet." in page.get(f"/claims/{record}").text
    assert page.post(f"{here}/withdraw").status_code == 303
    assert page.post(f"{here}/forget").status_code == 303
    assert page.get(here).status_code == 404


def test_a_confirmation_is_called_after_its_skill_where_it_would_leave(page, desk, yard):
    record = add(page).headers["location"].rpartition("/")[2]
    with desk.wallet() as wallet:
        document = claims_made(wallet)[0].kept.report.parsed.document
    at = utc_now() - timedelta(minutes=1)
    unsigned = unsigned_confirmation(yard.party, document, SKILLS[0], at=at)
    unsigned["credentialSubject"].pop("endorsementComment", None)
    page.post("/receive", data={"text": json.dumps(yard.party.sign(unsigned, at=at))})
    with desk.wallet() as wallet:
        [endorsement] = wallet.vault.of_kind(Kind.ENDORSEMENT)
    label = html.escape(TAXONOMY.label(SKILLS[0], "en"))
    form = page.get("/ask/validation", params={"claim": record})
    assert f"A shipyard: {label}" in form.text
    chosen = {"at": yard.url, "claim": record, "endorsement": endorsement}
    assert f"<h3>{label}</h3>" in page.post("/ask/validation/look", data=chosen).text


def test_what_was_refused_is_asked_again_from_its_own_page(page, yard):
    record = add(page).headers["location"].rpartition("/")[2]
    yard.answers["take"] = Response(b'{"sentence": "Not here."}', 403, media_type="application/json")
    chosen = {"at": yard.url, "claim": record}
    fields = hidden(page.post("/ask/confirmation/look", data=chosen).text)
    refused = page.post("/ask/confirmation", data=fields)
    [link] = re.findall(r'href="(/ask/confirmation[?]at=[^"]+)"', refused.text)
    again = page.get(html.unescape(link))
    assert f'value="{yard.url}"' in again.text
    assert re.search(f'value="{record}" checked', again.text)


def test_a_wrong_link_is_said_on_the_form(page, yard):
    record = add(page).headers["location"].rpartition("/")[2]
    for at in ("not a link", "https://192.168.0.1/o/x", f"{yard.origin}/o/nobody"):
        again = page.post("/ask/validation/look", data={"at": at, "claim": record})
        assert 400 <= again.status_code < 600, at
        assert html.escape(at) in again.text
    assert page.get("/ask/nonsense").status_code == 400


def test_a_confirmation_in_a_file_is_received_as_well(page, desk, yard):
    add(page)
    with desk.wallet() as wallet:
        document = claims_made(wallet)[0].kept.report.parsed.document
    confirmed = json.dumps(confirm(yard.party, document, at=utc_now() - timedelta(minutes=1)))
    received = page.post("/receive", data={"text": confirmed})
    assert "Confirmation by A shipyard" in received.text
    other = json.dumps(confirm(yard.party, {**document, "name": "x"}, at=utc_now() - timedelta(minutes=1)))
    refused = page.post("/receive", data={"text": other})
    assert "another version of your claim" in refused.text


def test_a_script_does_what_a_person_does(page, desk, yard):
    del page.headers["origin"]
    hours = {"name": "hours.csv", "content": base64.b64encode(b"a,b\n").decode()}
    body = {"skills": SKILLS, "words": "Hulls.", "from": "2020-01-01", "route": "informal", "files": [hours]}
    made = page.post("/api/claims", json=body)
    assert made.status_code == 201, made.text
    record = made.json()["id"]
    claim = page.get(f"/api/claims/{record}").json()
    assert (claim["learningRoute"], claim["files"][0]["name"]) == ("informal", "hours.csv")
    question = {
        "sought": "confirmation",
        "at": yard.origin,
        "organisation": "yard",
        "claims": [record],
        "files": [claim["files"][0]["id"]],
    }
    looked = page.post("/api/asked", json=question).json()
    assert (looked["request"], yard.bodies) == (None, [])
    sent = page.post("/api/asked", json={**question, "mark": looked["consent"]["mark"]}).json()["request"]
    assert (sent["sent"], len(yard.bodies)) == ("sent", 1)
    with desk.wallet() as wallet:
        document = claims_made(wallet)[0].kept.report.parsed.document
    good, withdrawn = (
        confirm(yard.party, document, skill, at=utc_now() - timedelta(minutes=1), **more)
        for skill, more in ((SKILLS[0], {}), (SKILLS[1], {"valid_until": utc_now() - timedelta(seconds=5)}))
    )
    yard.credentials = [good, withdrawn]
    seen = page.post(f"/api/asked/{sent['id']}/look").json()
    assert [each["confirms"] for each in seen["confirmations"]] == [SKILLS[0]]
    assert len(page.get(f"/api/claims/{record}").json()["confirmations"]) == 1
    assert page.post(f"/api/asked/{sent['id']}/fetch").status_code == 404
    assert page.post(f"/api/asked/{sent['id']}/appeal", json={"reason": "x"}).status_code == 404
    assert page.post(f"/api/asked/{sent['id']}/withdraw").json()["state"] == "withdrawn"
    assert len(page.get("/api/asked").json()["requests"]) == 1
    assert page.delete(f"/api/asked/{sent['id']}").status_code == 204
    assert page.get("/api/asked").json() == {"requests": []}
    assert page.post(f"/api/claims/{record}/withdraw").json()["withdrawn"]
    assert [each["id"] for each in page.get("/api/claims").json()["claims"]] == [record]
    assert page.post("/api/asked", json={**question, "sought": "nonsense"}).status_code == 400
    assert page.post("/api/claims", json={**body, "files": [{**hours, "content": "%"}]}).status_code == 400
