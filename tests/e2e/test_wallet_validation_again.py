"""A wallet goes on from an earlier request: more documents for an open validation, and a renewal."""

import html
import json
import re
from dataclasses import replace

import httpx
import pytest
from typer.testing import CliRunner

from matching.bundle import load_bundle
from tests.simulators.serving import serving
from tests.simulators.validating import assessment
from tests.simulators.validation_service import validation_service
from tests.simulators.wallets import QuickSodium
from wallet.core.asked import AskedState, all_asked, one_asked
from wallet.core.asking import Draft, Sought, look
from wallet.core.claims_made import ClaimDraft, make_claim
from wallet.core.evidence_files import own_file
from wallet.core.finding import find_skills
from wallet.core.journal import journal
from wallet.desk import organisation_requests as requests
from wallet.desk.organisation import organisation_address
from wallet.desktop.app import create
from wallet.desktop.cli import app
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings
from wallet.errors_claims import AskingChanged, EarlierRequestUnfit, OrganisationRefused, RequestPerhapsSent
from wallet.views import requests as views
from wallet.views.rendering import Renderer

TAXONOMY = load_bundle()
SKILLS = tuple(skill for skill, _ in find_skills(TAXONOMY, "welding", "en"))[:2]
HOURS = b"date,hours,task\n2026-03-02,8,welding\n"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with validation_service(tmp_path_factory.mktemp("validations")) as made:
        yield made


@pytest.fixture(scope="module")
def provider(service):
    return service.staffed()


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


def claimed(wallet, skill, *files):
    return make_claim(wallet, ClaimDraft((skill,), words="Hulls.", files=files), TAXONOMY, language="en")


def draft(desk, provider, made, **members):
    found = requests.find(desk, organisation_address(provider.url, provider.slug))
    return Draft(Sought.VALIDATION, found.organisation, claims=(made.id,), **members)


def send(desk, wallet, wanted):
    return requests.ask(desk, wallet, wanted, mark=look(wallet, wanted).mark)


def certified(provider, sent, *results):
    case = sent.place.rpartition("/")[2]
    provider.until(case, "assessment")
    provider["assessor"].move(case, "assess", assessment=assessment(*results))
    provider["assessor"].move(case, "certify")


def page(wallet, one):
    return views.one_asked(Renderer(stylesheet=""), "en", wallet, one).html


def test_more_goes_to_an_open_validation_until_it_is_judged(provider, desk, wallet):
    file = own_file(wallet.random, "hours.csv", HOURS)
    first, second = claimed(wallet, SKILLS[0]), claimed(wallet, SKILLS[1], file)
    sent = send(desk, wallet, draft(desk, provider, first))
    assert f'href="/asked/{sent.id}/more"' in page(wallet, sent)

    more = draft(desk, provider, second, files=(file.id,), message="And this.", adds_to=sent.id)
    with pytest.raises(AskingChanged):
        requests.ask(desk, wallet, more, mark=look(wallet, replace(more, adds_to="")).mark)
    added = send(desk, wallet, more)
    assert (added.id, added.state, len(all_asked(wallet))) == (sent.id, AskedState.SENT, 1)
    assert added.claims == (first.id, second.id)
    assert added.files == (file.id,)
    assert {each.skill for each in added.progress.skills} == set(SKILLS)
    assert "And this." in [step.reason for step in added.progress.history]
    assert [entry.credentials for entry in journal(wallet)] == [(second.id,), (first.id,)]

    certified(provider, sent, *({"skill": each, "result": "met", "level": "2"} for each in range(2)))
    with pytest.raises(OrganisationRefused):
        send(desk, wallet, draft(desk, provider, first, adds_to=sent.id))
    kept = one_asked(wallet, sent.id)
    assert kept.said
    assert kept.claims == (first.id, second.id)
    assert f'href="/asked/{sent.id}/more"' not in page(wallet, requests.follow(desk, wallet, sent.id).asked)


def test_an_answer_that_is_not_clear_is_told_as_that(provider, desk, wallet):
    made, other = claimed(wallet, SKILLS[0]), claimed(wallet, SKILLS[1])
    sent = send(desk, wallet, draft(desk, provider, made))
    more = draft(desk, provider, other, adds_to=sent.id)
    mark = look(wallet, more).mark
    whole = desk.outside.exchange.post

    async def lost(url, *rest, **options):
        answered = await whole(url, *rest, **options)
        return replace(answered, status=502) if url.endswith("/documents") else answered

    desk.outside.exchange.post = lost
    with pytest.raises(RequestPerhapsSent):
        requests.ask(desk, wallet, more, mark=mark)
    del desk.outside.exchange.post
    assert one_asked(wallet, sent.id).claims == (made.id, other.id)
    assert len(requests.follow(desk, wallet, sent.id).asked.progress.skills) == 2


def test_a_renewal_names_the_earlier_case(provider, desk, wallet):
    made = claimed(wallet, SKILLS[0])
    sent = send(desk, wallet, draft(desk, provider, made))
    certified(provider, sent, {"skill": 0, "result": "met", "level": "2"})
    requests.follow(desk, wallet, sent.id)
    requests.fetch_badge(desk, wallet, sent.id)
    assert f'href="/asked/{sent.id}/renew"' in page(wallet, one_asked(wallet, sent.id))

    again = send(desk, wallet, draft(desk, provider, made, renews=sent.id))
    assert (again.renews, again.id != sent.id) == (sent.id, True)
    assert again.progress.source["renews"] == sent.place.rpartition("/")[2]
    assert f'href="/asked/{sent.id}"' in page(wallet, again)


def test_only_a_validation_of_the_same_organisation_can_be_gone_on_from(service, provider, desk, wallet):
    made, other = claimed(wallet, SKILLS[0]), service.staffed()
    sent = send(desk, wallet, draft(desk, provider, made))
    for members in ({"adds_to": sent.id}, {"renews": sent.id}):
        with pytest.raises(EarlierRequestUnfit):
            look(wallet, draft(desk, other, made, **members))


def test_by_command_without_naming_the_place_or_the_claim_again(provider, tmp_path):
    (tmp_path / "passphrase").write_text("een korte zin van mij\n")

    def run(*words, code=0):
        done = CliRunner().invoke(
            app,
            [*words, "--json"],
            env={
                "PASSPORT_WALLET_HOME": str(tmp_path / "by-command"),
                "PASSPORT_WALLET_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
                "PASSPORT_ALLOW_LOOPBACK": "1",
            },
            catch_exceptions=False,
        )
        assert done.exit_code == code, done.output
        return json.loads(done.stdout) if code == 0 else done

    run("init")
    made = run("claim", "add", "--skill", SKILLS[0], "--words", "Hulls.", "--language", "en")
    more = run("claim", "add", "--skill", SKILLS[1], "--words", "Pipes.", "--language", "en")
    at = ("--at", f"{provider.url}/o/{provider.slug}")
    run("ask", "validation", *at, code=2)
    sent = run("ask", "validation", *at, "--claim", made["id"], "--approve")["request"]
    run("ask", "validation", "--adds-to", sent["id"], "--renews", sent["id"], code=2)
    added = run("ask", "validation", "--adds-to", sent["id"][:8], "--claim", more["id"], "--approve")
    assert (added["consent"]["addsTo"], added["request"]["id"]) == (sent["id"], sent["id"])
    assert added["request"]["claims"] == [made["id"], more["id"]]
    renewed = run("ask", "validation", "--renews", sent["id"][:8])
    assert renewed["consent"]["renews"] == sent["id"]
    assert [each["id"] for each in renewed["consent"]["leaving"]] == [made["id"], more["id"]]
    assert renewed["request"] is None


def hidden(text):
    found = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text):
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def test_on_the_pages_a_person_sees_what_it_is_added_to_before_it_leaves(provider, desk):
    with desk.wallet() as wallet:
        made, more = claimed(wallet, SKILLS[0]), claimed(wallet, SKILLS[1])
        sent = send(desk, wallet, draft(desk, provider, made))
    with (
        serving(create(desk.settings, desk=desk)) as address,
        httpx.Client(base_url=address, trust_env=False, headers={"origin": address}) as page,
    ):
        page.get("/open", params={"token": desk.session.token})
        form = page.get(f"/asked/{sent.id}/more").text
        assert hidden(form)["adds_to"] == [sent.id]
        assert 'id="at"' not in form
        chosen = {**hidden(form), "claim": [more.id]}
        seen = page.post("/ask/validation/look", data=chosen).text
        assert f'<a href="/asked/{sent.id}">' in seen
        done = page.post("/ask/validation", data=hidden(seen))
        assert (done.status_code, done.headers["location"]) == (303, f"/asked/{sent.id}")
        assert f'href="/asked/{sent.id}/more"' in page.get(f"/asked/{sent.id}").text
        renewal = page.get(f"/asked/{sent.id}/renew").text
        assert hidden(renewal)["renews"] == [sent.id]
        changed = page.post("/ask/validation/change", data={**hidden(renewal), "claim": [made.id]}).text
        assert hidden(changed)["renews"] == [sent.id]
