"""The real wallet, the real issuer and the real verifier: several forms, one skill out of three, nothing lost."""

import base64
import json
from dataclasses import replace

import httpx
import pytest

from passport.answers import Answer
from passport.errors.fetch import Unreachable
from tests.e2e.test_one_source_all_forms import SKILLS, claims
from tests.simulators.issuing import issuer_process, open_office
from tests.simulators.showing import open_story
from tests.simulators.wallets import QuickSodium
from wallet.core.shelf import kept
from wallet.desk.asking import answer, look, take
from wallet.desk.asking_credentials import Asker
from wallet.desk.receiving import receive_file, receive_link
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings
from wallet.errors import IssuerUnreachable, OfferRefused, VaultNotSaved

KNEAD = list(SKILLS)[1]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("issuer")) as process:
        yield open_office(process)


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement(
        alignment=[
            {"targetUrl": skill, "targetName": name, "targetFramework": "ESCO 1.2.0"}
            for skill, name in SKILLS.items()
        ]
    )


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "wallet"
    made = Desk(WalletSettings(folder, allow_loopback=True), keeper=Keeper(folder, crypto=QuickSodium()))
    made.create("een korte zin van mij")
    yield made
    made.close()


@pytest.fixture
def wallet(desk):
    with desk.wallet() as opened:
        yield opened


def offered(office, achievement):
    made = office.post("/api/offers", claims(achievement))
    return made["id"], made["link"]


def state(office, identifier):
    return office.get(f"/api/offers/{identifier}")["state"]


def readable(source):
    """What somebody who gets these bytes can read in them, tokens and disclosures opened."""
    text = source.decode()
    for document in json.loads(source)["verifiableCredential"]:
        for part in str(document["id"]).replace("~", ".").replace(",", ".").split("."):
            try:
                text += base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8", "ignore")
            except ValueError:
                continue
    return text


def test_the_wallet_takes_the_forms_that_help_and_says_that_it_has_them(desk, wallet, office, achievement):
    identifier, link = offered(office, achievement)
    received = receive_link(desk, wallet, link)
    assert received.left_out == ()
    (one,) = kept(wallet)
    assert [str(form.name) for form in one.forms] == ["ldp_vc", "ecdsa-sd-2023", "vc+sd-jwt"]
    assert one.answer is Answer.YES
    assert state(office, identifier) == "accepted"


def test_one_skill_of_three_leaves_and_the_verifier_finds_it_good(
    desk, wallet, office, achievement, tmp_path_factory
):
    receive_link(desk, wallet, offered(office, achievement)[1])
    with open_story(tmp_path_factory.mktemp("verifier")) as story, story.client as client:
        profile = {
            "key": "kneader",
            "name": {"en": "Kneader", "nl": "Kneder"},
            "demands": [{"skill": KNEAD, "label": "deeg kneden", "minimumStrength": "soft"}],
        }
        assert client.post("/api/profiles", json=profile).status_code == 201
        made = client.post("/api/requests", json={"profile": "kneader"}).json()
        found = take(desk, wallet, json.dumps(made["request"]).encode())
        (leaving,) = look(desk, wallet, found.id).leaving
        assert leaving.shown == (SKILLS[KNEAD],)
        assert set(leaving.hidden) == set(SKILLS.values()) - {SKILLS[KNEAD]}
        delivered = answer(desk, wallet, found.id)
        assert delivered.sent is Answer.YES
        state = client.get(f"/api/requests/{made['id']}").json()
        report = client.get(f"/api/reports/{state['report']}").json()
    assert (report["verdict"], report["genuine"], report["met"]) == ("unrecognised", "yes", "yes")
    left = readable(delivered.response.presentation)
    for skill, name in SKILLS.items():
        assert (skill in left or name in left) is (skill == KNEAD)


def test_a_wallet_that_can_not_save_says_so_and_gets_the_same_credential_again(
    desk, wallet, office, achievement, monkeypatch
):
    identifier, link = offered(office, achievement)

    def full(_data, _revision):
        raise VaultNotSaved

    with monkeypatch.context() as disk:
        disk.setattr(wallet.store, "write", full)
        with pytest.raises(VaultNotSaved):
            receive_link(desk, wallet, link)
    assert kept(wallet) == ()
    assert state(office, identifier) == "failed"
    with pytest.raises(OfferRefused):
        receive_link(desk, wallet, link)
    office.post(f"/api/offers/{identifier}/again")
    receive_link(desk, wallet, link)
    assert len(kept(wallet)) == 1
    assert state(office, identifier) == "accepted"
    mine = [one for one in office.get("/api/credentials")["credentials"] if one["offer"] == identifier]
    assert len(mine) == 1


def test_a_reply_that_got_lost_is_asked_for_once_more(desk, wallet, office, achievement, monkeypatch):
    identifier, link = offered(office, achievement)
    post, lost = desk.outside.exchange.post, []

    async def unreliable(url, *arguments, **more):
        answered = await post(url, *arguments, **more)
        if url.endswith("/credential") and not lost:
            lost.append(url)
            raise Unreachable
        return answered

    monkeypatch.setattr(desk.outside.exchange, "post", unreliable)
    receive_link(desk, wallet, link)
    assert lost
    assert len(kept(wallet)) == 1
    mine = [one for one in office.get("/api/credentials")["credentials"] if one["offer"] == identifier]
    assert len(mine) == 1


def test_a_claim_that_never_got_through_leaves_an_offer_that_can_be_handed_over_again(
    desk, wallet, office, achievement, monkeypatch
):
    identifier, link = offered(office, achievement)
    post = desk.outside.exchange.post

    async def dead(url, *arguments, **more):
        answered = await post(url, *arguments, **more)
        if url.endswith("/credential"):
            raise Unreachable
        return answered

    with monkeypatch.context() as line:
        line.setattr(desk.outside.exchange, "post", dead)
        with pytest.raises(IssuerUnreachable):
            receive_link(desk, wallet, link)
    assert state(office, identifier) == "issued"
    assert office.ask("POST", f"/api/offers/{identifier}/again").status_code == 409, "its token still lives"


def changed(source):
    """A credential that was touched on its way."""
    if source.startswith(b"{"):
        return json.dumps(json.loads(source) | {"name": "Meesterbakker"}).encode()
    head, payload, rest = source.split(b".", 2)
    return b".".join([head, payload, (b"B" if rest[:1] == b"A" else b"A") + rest[1:]])


@pytest.mark.parametrize("spoilt", ["ecdsa-sd-2023", "vc+sd-jwt"])
def test_a_form_that_is_not_in_order_is_left_out_and_told(
    desk, wallet, office, achievement, monkeypatch, spoilt
):
    identifier, link = offered(office, achievement)
    post, ask, told = desk.outside.exchange.post, Asker.ask, []

    async def listening(url, body, **more):
        if url.endswith("/notification"):
            told.append(json.loads(body)["event"])
        return await post(url, body, **more)

    async def spoiling(asker, configuration, *arguments):  # what comes is encrypted until it is here
        got = await ask(asker, configuration, *arguments)
        spoils = configuration.id.endswith(f"_{spoilt}")
        return replace(got, credentials=(changed(got.credentials[0]),)) if spoils else got

    monkeypatch.setattr(desk.outside.exchange, "post", listening)
    monkeypatch.setattr(Asker, "ask", spoiling)
    received = receive_link(desk, wallet, link)
    assert len(received.left_out) == 1
    (one,) = kept(wallet)
    assert spoilt not in [str(form.name) for form in one.forms]
    assert len(one.forms) == 2
    assert sorted(told) == ["credential_accepted", "credential_accepted", "credential_failure"]
    assert state(office, identifier) == "accepted"


@pytest.mark.parametrize("form", ["ldp_vc", "ecdsa-sd-2023", "jwt_vc_json", "vc+sd-jwt", "dc+sd-jwt"])
def test_a_file_in_any_form_is_taken_in(desk, wallet, office, achievement, form):
    made = office.post("/api/credentials", claims(achievement) | {"subject": wallet.did})
    source = office.ask("GET", f"/api/credentials/{made['id']}/forms/{form}").content
    (one,) = receive_file(desk, wallet, source + b"\n").credentials
    assert one.answer is Answer.YES
    assert [str(each.name) for each in kept(wallet)[0].forms] == [form]
    rest = office.ask("GET", f"/api/credentials/{made['id']}/forms/ldp_vc").content
    receive_file(desk, wallet, rest)
    assert len(kept(wallet)) == 1


def test_after_a_revocation_the_same_link_gives_another_credential(desk, wallet, office, achievement):
    identifier, link = offered(office, achievement)
    receive_link(desk, wallet, link)
    (mine,) = (one for one in office.get("/api/credentials")["credentials"] if one["offer"] == identifier)
    office.post(f"/api/credentials/{mine['id']}/revoke")
    again = office.post(f"/api/offers/{identifier}/again")
    assert httpx.get(again["credential_offer_uri"]).status_code == 200
    receive_link(desk, wallet, link)
    first, second = sorted(kept(wallet), key=lambda one: one.received_at)
    assert first.report.parsed.id != second.report.parsed.id
