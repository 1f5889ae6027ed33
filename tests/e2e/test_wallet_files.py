"""Files at the wallet, over real HTTP without scripts: look into them, keep what is ticked, save a credential."""

import base64
import json
import re
from dataclasses import dataclass

import httpx
import pypdfium2
import pytest
from typer.testing import CliRunner

from passport.baking import bake, credentials_in
from passport.clock import utc_now
from passport.json import dump
from passport.pictures.qr import draw_png
from passport.qr_text import pack, unpack
from tests.simulators.badge_files import OLDER, OLDER_BYTES, SVG, png
from tests.simulators.forms import SchoolOfForms
from tests.simulators.parties import Party, World
from tests.simulators.scanner import texts_in
from tests.simulators.serving import bound, serving
from tests.simulators.wallets import QuickSodium
from wallet.core.imported import imported
from wallet.core.shelf import kept
from wallet.core.wallet import Kind
from wallet.desktop.app import create
from wallet.desktop.cli import app
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings

PASSPHRASE = "een korte zin van mij"


@dataclass
class Home:
    client: httpx.Client
    desk: Desk
    school: SchoolOfForms
    world: World
    did: str

    def badge(self, form="ldp_vc", subject=None, **members):
        return self.school.sign(
            form, self.school.unsigned(subject or self.did, at=self.world.now, **members), at=self.world.now
        )

    def look(self, *files, text=""):
        given = [("files", (name, data)) for name, data in files] or [("files", ("nothing", b""))]
        return self.client.post("/import", files=given, data={"text": text})

    def keep(self, page, *places):
        address = re.search(r'action="(/import/[0-9a-f]{32})"', page.text)[1]
        return self.client.post(address, data={"keep": [str(each) for each in places]})

    @property
    def held(self):
        with self.desk.wallet() as wallet:
            return len(kept(wallet)), len(imported(wallet))


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder, listener = tmp_path_factory.mktemp("files") / "wallet", bound()
    settings = WalletSettings(folder, port=listener.getsockname()[1], allow_loopback=True)
    desk = Desk(settings, keeper=Keeper(folder, crypto=QuickSodium()))
    desk.create(PASSPHRASE)
    school, world = SchoolOfForms(), World(now=utc_now().replace(microsecond=0))
    party = Party("De Vakschool", school.ed25519, school.did)
    world.publish(
        school.did_document(at=world.now), party.status_list("https://school.example/status/1", at=world.now)
    )
    with desk.wallet() as wallet:
        wallet.keep_documents(world.cache)
        did = wallet.did
    base = f"http://127.0.0.1:{settings.port}"
    headers = {"accept": "text/html", "accept-language": "nl", "origin": base}
    with (
        serving(create(settings, desk=desk), listener),
        httpx.Client(base_url=base, timeout=30, headers=headers) as client,
    ):
        client.post("/api/session", json={"token": desk.session.token}).raise_for_status()
        yield Home(client, desk, school, world, did)
    desk.close()


@pytest.fixture
def home(running):
    """Empty again before each test."""
    with running.desk.wallet() as wallet:
        vault = wallet.vault
        emptied = (Kind.CREDENTIAL, Kind.RECEIPT, Kind.FORM, Kind.IMPORTED, Kind.FILE)
        gone = {(kind, name) for kind in emptied for name in vault.of_kind(kind)}
        if gone:
            wallet.save(remove=frozenset(gone))
    return running


def test_nothing_is_kept_before_the_person_says_so(home):
    page = home.look(("badge.png", bake(png(), home.badge())))
    assert page.status_code == 200, page.text
    assert "Er is nog niets bewaard" in page.text
    assert "Echt, en van u" in page.text
    assert "Lasser" in page.text
    assert "De Vakschool" in page.text
    assert home.held == (0, 0)
    done = home.keep(page, 0)
    assert "Bewaard" in done.text
    assert home.held == (1, 0)
    assert (
        home.client.post(
            re.search(r'action="(/import/[0-9a-f]{32})"', page.text)[1], data={"keep": "0"}
        ).status_code
        == 404
    )


def test_a_letter_is_said_to_hold_no_credential(home):
    """In words for people; programs get the code of the reader of JSON."""
    page = home.look(("letter.txt", b"Dear sir,"), ("notes.txt", b"Milk, bread"))
    assert page.text.count("Wij vinden in dit bestand geen bewijs. Kies het bestand") == 2
    assert "RFC" not in page.text
    answer = home.client.post(
        "/api/import",
        json={"files": [{"name": "letter.txt", "data": base64.b64encode(b"Dear sir,").decode()}]},
    )
    assert [one["error"]["code"] for one in answer.json()["found"]] == ["malformed_json"]


def test_several_files_at_once_each_with_its_own_answer(home):
    page = home.look(
        ("badge.svg", bake(SVG, home.badge("jwt_vc_json"))),
        ("old.json", OLDER_BYTES),
        (
            "other.json",
            home.badge(
                subject=Party("Somebody else").did,
                credential_id="urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b99",
            ),
        ),
        (
            "forged.json",
            home.badge(credential_id="urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b98").replace(
                b"Lasser", b"Doctor"
            ),
        ),
        ("photo.png", png()),
    )
    text = page.text
    assert "Echt, en van u" in text
    assert text.count("Document, niet gecontroleerd") == 2
    assert text.count("Wordt niet bewaard") == 2
    assert "In dit bestand zit geen bewijs" in text
    assert home.held == (0, 0)
    assert home.keep(page, 0, 1, 2).status_code == 200
    assert home.held == (1, 2)
    listed = home.client.get("/diplomas").text
    assert "Printen in drie lagen" in listed
    assert "badge als document" in listed


def test_more_files_than_are_looked_at_are_refused_and_none_is_left_out_unseen(home):
    page = home.look(*((f"{number}.txt", b"x") for number in range(65)))
    assert page.status_code == 413
    assert "Kies er hoogstens 64" in page.text
    assert home.look(*((f"{number}.txt", b"x") for number in range(64))).status_code == 200


def test_what_was_refused_can_not_be_ticked(home):
    page = home.look(("photo.png", png()))
    assert 'name="keep"' not in page.text
    refused = home.keep(page, 0)
    assert refused.status_code == 400
    assert home.keep(page, 7).status_code == 400
    assert home.held == (0, 0)


def test_what_is_here_already_is_said_to_be(home):
    badge = home.badge()
    home.keep(home.look(("a.json", badge)), 0)
    page = home.look(("b.png", bake(png(), badge)))
    assert "Staat al in uw wallet" in page.text
    assert home.held == (1, 0)


def test_codes_on_photos_and_pasted_texts_are_looked_into(home):
    frames = pack(home.badge())
    page = home.look(*((f"{n}.png", draw_png(frame)) for n, frame in enumerate(frames)))
    assert "Echt, en van u" in page.text
    assert "Echt, en van u" in home.look(text="\n".join(frames)).text
    assert home.look().status_code == 400


def test_a_backup_of_learner_credential_wallet_is_kept_as_documents(home):
    other = Party("The same person, another wallet")
    backup = [
        {
            "type": "UniversalWallet2020",
            "contents": [
                json.loads(home.badge(subject=other.did)),
                OLDER,
                {"type": "Ed25519VerificationKey2020", "privateKeyMultibase": "zSECRET"},
            ],
        }
    ]
    page = home.look(("Wallet Backup.json", dump(backup)))
    assert page.text.count("Document, niet gecontroleerd") == 2
    assert "SECRET" not in page.text
    home.keep(page, 0, 1)
    assert home.held == (0, 2)


def test_an_offer_in_a_code_is_shown_and_not_opened(home):
    page = home.look(
        (
            "offer.png",
            draw_png("openid-credential-offer://?credential_offer_uri=http%3A%2F%2F127.0.0.1%3A9%2Fo"),
        )
    )
    assert "Een aanbod van een organisatie" in page.text
    assert page.status_code == 200


def test_an_older_badge_is_never_asked_for_at_its_host(home, monkeypatch):
    monkeypatch.setattr(
        "passport.fetch.fetcher.Fetcher.get", lambda *_, **__: pytest.fail("something was fetched")
    )
    assert "Document, niet gecontroleerd" in home.look(("old.json", OLDER_BYTES)).text


def test_locking_the_wallet_forgets_what_was_looked_at(home):
    page = home.look(("badge.json", home.badge()))
    home.desk.incoming.clear()
    assert home.keep(page, 0).status_code == 404
    assert home.held == (0, 0)


def test_another_site_can_not_import(home):
    refused = home.client.post("/import", data={"text": "x"}, headers={"origin": "https://attacker.example"})
    assert refused.status_code == 403


HOSTILE = "<img src=x onerror=alert(1)>"


def test_a_hostile_badge_is_shown_as_plain_text(home):
    page = home.look(
        (f"{HOSTILE}.json", home.badge(achievement={"name": HOSTILE})),
        ("old.json", OLDER_BYTES.replace(b"Printen", HOSTILE.encode())),
    )
    assert "<img" not in page.text
    assert "&lt;img" in page.text
    assert "<img" not in home.keep(page, 0, 1).text
    assert "<img" not in home.client.get("/diplomas").text


@pytest.fixture
def record(home):
    home.keep(home.look(("a.json", home.badge()), ("b.jwt", home.badge("jwt_vc_json"))), 0, 1)
    with home.desk.wallet() as wallet:
        (one,) = kept(wallet)
        return one


@pytest.mark.parametrize("kind", ["pdf", "png", "svg", "html", "json", "jwt"])
def test_a_credential_is_saved_and_looked_into_again(home, record, kind):
    page = home.client.get(f"/credentials/{record.id}").text
    assert f"/credentials/{record.id}/save/{kind}" in page
    file = home.client.get(f"/credentials/{record.id}/save/{kind}")
    assert file.status_code == 200
    assert file.headers["content-disposition"].startswith("attachment;")
    assert credentials_in(file.content)[0].source in {form.source for form in record.forms}
    assert "Staat al in uw wallet" in home.look((f"x.{kind}", file.content)).text


def test_a_form_that_is_not_here_is_not_saved(home, record):
    assert "save/sdjwt" not in home.client.get(f"/credentials/{record.id}").text
    assert home.client.get(f"/credentials/{record.id}/save/sdjwt").status_code == 404


def test_a_name_is_printed_where_the_person_asks_for_it(home, record):
    file = home.client.post(f"/credentials/{record.id}/save/pdf", data={"name": "Zoë Ødegård"})
    document = pypdfium2.PdfDocument(file.content)
    assert "Zoë Ødegård" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_a_program_looks_keeps_and_saves(home):
    encoded = base64.b64encode(bake(png(), home.badge())).decode()
    looked = home.client.post("/api/import", json={"files": [{"name": "a.png", "data": encoded}]}).json()
    assert [(each["keeping"], each["wouldBeKept"]) for each in looked["found"]] == [("credential", True)]
    assert home.held == (0, 0)
    kept = home.client.post(f"/api/import/{looked['id']}", json={"keep": [0]})
    assert kept.json()["kept"][0]["title"] == "Lasser"
    [one] = home.client.get("/api/credentials").json()["credentials"]
    file = home.client.get(f"/api/credentials/{one['id']}/files/pdf")
    assert credentials_in(file.content)[0].source
    again = home.client.post(
        "/api/import", json={"files": [{"data": base64.b64encode(file.content).decode()}]}
    ).json()
    assert again["found"][0]["keeping"] == "here"
    refused = home.client.post(
        f"/api/import/{again['id']}", json={"keep": [0]}, headers={"accept": "application/json"}
    )
    assert refused.json()["code"] == "not_among_found"


def test_the_commands_save_and_take_in(home, tmp_path, monkeypatch):
    folder, out = tmp_path / "wallet", tmp_path / "out"
    monkeypatch.setenv("PASSPORT_WALLET_HOME", str(folder))
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    monkeypatch.setenv("PASSPORT_WALLET_PASSPHRASE_FILE", str(tmp_path / "passphrase"))

    def quick(settings):
        return Desk(settings, keeper=Keeper(settings.folder, crypto=QuickSodium()))

    def run(*words):
        done = CliRunner().invoke(app, [*map(str, words), "--json"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.output)

    monkeypatch.setattr("wallet.desktop.cli_base.Desk", quick)
    other = quick(WalletSettings(folder))
    other.create(PASSPHRASE)
    with other.wallet() as wallet:
        wallet.keep_documents(home.world.cache)
        badge = home.badge(subject=wallet.did)
    other.close()
    picture = tmp_path / "badge.png"
    picture.write_bytes(bake(png(), badge))
    assert run("import", picture)["credentials"][0]["name"] == "Lasser"
    for kind in ("pdf", "png", "svg", "html", "json"):
        (written,) = run("save", out, "--as", kind)["written"]
        assert written.endswith(f".{kind}")
    assert run("save", out, "--as", "jwt")["leftOut"][0]["code"] == "form_not_here"


def test_a_card_is_made_of_a_credential_and_read_back(home, record):
    assert f'action="/credentials/{record.id}/card"' in home.client.get(f"/credentials/{record.id}").text
    file = home.client.post(f"/credentials/{record.id}/card", data={"name": "Zoë Ødegård"})
    assert (file.status_code, file.headers["content-type"]) == (200, "application/pdf")
    with pypdfium2.PdfDocument(file.content) as document:
        picture = document[0].render(scale=300 / 72).to_pil().convert("L")
        assert "Zoë Ødegård" in document[0].get_textpage().get_text_bounded()
    (code,) = texts_in(picture)
    assert unpack([code]) in {form.source for form in record.forms}
