"""The wallet's pages, its JSON interface and its commands for forms and parts, over real HTTP without scripts."""

import json
from dataclasses import dataclass

import httpx
import pytest
from typer.testing import CliRunner

from passport.clock import utc_now
from passport.pictures.qr import read_image
from passport.qr_text import unpack
from tests.simulators.forms import CUT, FORMS, READ, SKILLS, WELD, SchoolOfForms
from tests.simulators.parties import Party, World
from tests.simulators.serving import bound, serving
from tests.simulators.wallets import Employer, QuickSodium, demand
from wallet.desktop.app import create
from wallet.desktop.cli import app
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings

PASSPHRASE = "een korte zin van mij"
BROWSER = {"accept": "text/html"}


@dataclass
class Home:
    client: httpx.Client
    desk: Desk
    school: SchoolOfForms
    world: World
    did: str

    @property
    def form(self) -> dict[str, str]:
        return {**BROWSER, "origin": str(self.client.base_url).rstrip("/")}

    def sources(self, *forms):
        unsigned = self.school.unsigned(self.did, at=self.world.now)
        return {form: self.school.sign(form, unsigned, at=self.world.now) for form in forms}


@pytest.fixture
def home(tmp_path):
    folder, listener = tmp_path / "wallet", bound()
    settings = WalletSettings(folder, port=listener.getsockname()[1], allow_loopback=True)
    desk = Desk(settings, keeper=Keeper(folder, crypto=QuickSodium()))
    desk.create(PASSPHRASE)
    school, world = SchoolOfForms(), World(now=utc_now().replace(microsecond=0))
    party = Party("De Vakschool", school.ed25519, school.did)
    world.publish(
        school.did_document(at=world.now), party.status_list("https://school.example/status/1", at=world.now)
    )
    token = desk.session.token
    with desk.wallet() as wallet:
        wallet.keep_documents(world.cache)
        did = wallet.did
    with (
        serving(create(settings, desk=desk), listener),
        httpx.Client(base_url=f"http://127.0.0.1:{settings.port}", timeout=20) as client,
    ):
        client.post("/api/session", json={"token": token}).raise_for_status()
        yield Home(client, desk, school, world, did)
    desk.close()


@pytest.fixture
def record(home):
    """One credential in three forms, taken in as a person would: a file, a pasted token, a program."""
    sources = home.sources("ldp_vc", "vc+sd-jwt", "ecdsa-sd-2023")
    files = {"file": ("badge.json", sources["ldp_vc"], "application/json")}
    assert home.client.post("/receive", files=files, headers=home.form).status_code == 200
    pasted = {"text": sources["vc+sd-jwt"].decode()}
    answer = home.client.post("/receive", data=pasted, files={"file": ("", b"")}, headers=home.form)
    assert answer.status_code == 200, answer.text
    body = {"credential": json.loads(sources["ecdsa-sd-2023"])}
    [taken] = home.client.post("/api/receive", json=body).json()["credentials"]
    return taken["id"]


def test_a_credential_shows_its_forms(home, record):
    [one] = home.client.get("/api/credentials").json()["credentials"]
    assert one["id"] == record
    assert sorted(one["forms"]) == ["ecdsa-sd-2023", "ldp_vc", "vc+sd-jwt"]
    assert one["showsParts"]
    for language, words in (("nl", "één vaardigheid van tonen"), ("en", "show one skill of it")):
        page = home.client.get(
            f"/credentials/{record}", headers={**BROWSER, "accept-language": language}
        ).text
        assert words in page
        assert all(form in page for form in one["forms"])
    document = home.client.get(f"/api/credentials/{record}").json()["document"]
    assert len(document["credentialSubject"]["achievement"]["alignment"]) == len(SKILLS)


@pytest.mark.parametrize("form", FORMS)
def test_a_program_hands_over_a_credential_in_any_form(home, form):
    source = home.sources(form)[form]
    given = {"credential": json.loads(source)} if source[:1] == b"{" else {"token": source.decode()}
    [taken] = home.client.post("/api/receive", json=given).json()["credentials"]
    assert (taken["forms"], taken["answer"]) == ([form], "yes")
    page = home.client.get(f"/credentials/{taken['id']}", headers=BROWSER)
    assert page.status_code == 200
    assert "Lasser" in page.text


def test_a_person_ticks_what_to_leave_out(home, record):
    page = home.client.get("/show", headers=BROWSER).text
    for skill in SKILLS:
        assert f'name="hide" value="{record} {skill}"' in page
    chosen = {"credential": [record], "hide": [f"{record} {WELD}", f"{record} {READ}"]}
    shown = home.client.post("/show", data=chosen, headers=home.form)
    assert shown.status_code == 200, shown.text
    picture = shown.text.partition("<img")[2].split('src="')[1].split('"')[0]
    presentation = unpack(read_image(home.client.get(picture).content))
    [entry] = home.client.get("/api/journal").json()["entries"]
    assert entry["skills"] == [CUT]
    assert WELD.encode() not in presentation
    everything = {"credential": [record], "hide": [f"{record} {skill}" for skill in SKILLS]}
    assert home.client.post("/show", data=everything, headers=home.form).status_code >= 400
    assert len(home.client.get("/api/journal").json()["entries"]) == 1


def test_a_program_names_the_skills_to_show(home, record):
    body = {"credentials": [record], "skills": {record: [CUT]}}
    shown = home.client.post("/api/present", json=body)
    assert shown.status_code == 200, shown.text
    assert WELD not in json.dumps(shown.json()["presentation"])
    refused = home.client.post("/api/present", json={**body, "skills": {record: []}})
    assert refused.status_code >= 400


def test_the_consent_page_says_which_skills_leave_and_which_stay(home, record):
    home.world.now = utc_now()
    employer = Employer(home.world, Party("Een werkgever"))
    now = home.world.now
    profile = employer.profile(
        [demand(CUT, "snijden")], valid_from=now, valid_until=now.replace(year=now.year + 1)
    )
    request = employer.request([demand(CUT, "snijden")], profile=profile)
    taken = home.client.post("/api/requests", json={"request": request}).json()
    [leaving] = taken["leaving"]
    assert (leaving["skillsShown"], leaving["skillsHidden"]) == (["snijden"], ["lassen", "tekeningen lezen"])
    assert leaving["form"] in {"ecdsa-sd-2023", "vc+sd-jwt"}
    page = home.client.get(f"/request/{taken['id']}", headers={**BROWSER, "accept-language": "nl"}).text
    assert "Dit gaat mee voor: <strong>snijden</strong>" in page
    assert "<li>Vaardigheid: lassen</li><li>Vaardigheid: tekeningen lezen</li>" in page


def test_the_commands_take_in_a_token_and_show_one_skill(home, record, tmp_path, monkeypatch):
    home.desk.close()
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    monkeypatch.setenv("PASSPORT_WALLET_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.setenv("PASSPORT_WALLET_HOME", str(tmp_path / "wallet"))
    for form, name in (("jwt_vc_json", "badge.jwt"), ("dc+sd-jwt", "badge.sdjwt")):
        (tmp_path / name).write_bytes(home.sources(form)[form])

    def run(*words):
        done = CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.output)

    def quick(settings):
        return Desk(settings, keeper=Keeper(settings.folder, crypto=QuickSodium()))

    monkeypatch.setattr("wallet.desktop.cli_base.Desk", quick)
    run("receive", str(tmp_path / "badge.jwt"))
    run("receive", str(tmp_path / "badge.sdjwt"))
    [one] = run("list")["credentials"]
    assert len(one["forms"]) == len(FORMS)
    shown = run("present", record[:8], "--only", CUT)
    assert WELD not in json.dumps(shown["presentation"])
    assert run("journal")["entries"][0]["skills"] == [CUT]
