"""A wallet asks a real provider for a validation, over real HTTP: soft, then hard, and back by revocation."""

import pytest

from matching.bundle import load_bundle
from passport.evidence.kinds import Strength
from passport.trust import Recognition
from tests.simulators.parties import recognise
from tests.simulators.validating import assessment
from tests.simulators.validation_service import validation_service
from tests.simulators.wallets import QuickSodium
from wallet.core.asked import AskedState, all_asked, one_asked
from wallet.core.asking import Draft, Sought, look
from wallet.core.claims_made import ClaimDraft, make_claim, withdraw_claim
from wallet.core.evidence_files import own_file
from wallet.core.finding import find_skills
from wallet.core.journal import Way, journal
from wallet.core.skills import certain_strength, skill_evidence
from wallet.core.withdrawing import withdrawing
from wallet.desk import organisation_requests as requests
from wallet.desk.lists import refresh, take_list
from wallet.desk.organisation import organisation_address
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings
from wallet.errors_claims import (
    AskingChanged,
    NothingToFetch,
    OrganisationMismatch,
    OrganisationRefused,
    OrganisationUnreachable,
)

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


def claimed(wallet):
    files = (own_file(wallet.random, "hours.csv", HOURS), own_file(wallet.random, "other.txt", b"private"))
    made = make_claim(wallet, ClaimDraft(SKILLS, words="Hulls.", files=files), TAXONOMY, language="en")
    return made, files


def draft(desk, provider, made, files=(), **members):
    found = requests.find(desk, organisation_address(provider.url, provider.slug))
    assert found.organisation.did == provider.did
    chosen = {"claims": (made.id,), "files": tuple(one.id for one in files), **members}
    return Draft(Sought.VALIDATION, found.organisation, **chosen)


def strengths(wallet):
    return {one.skill: certain_strength(one) for one in skill_evidence(wallet)}


def test_a_claim_becomes_hard_by_an_assessor_and_soft_again_by_revocation(service, provider, desk, wallet):
    assessor = provider["assessor"]
    service.recognise(recognise(provider.did, Recognition.VALIDATOR))
    take_list(desk, wallet, f"{service.site_url}/list")
    made, files = claimed(wallet)
    assert set(strengths(wallet).values()) == {Strength.SOFT}

    wanted = draft(desk, provider, made, files[:1], message="From the yard.")
    leaving = look(wallet, wanted)
    assert [one.id for one in leaving.leaving_files] == [files[0].id]
    sent = requests.ask(desk, wallet, wanted, mark=leaving.mark)
    assert (sent.state, sent.progress.phase) == (AskedState.SENT, "preparation")
    [entry] = journal(wallet)
    assert (entry.way, entry.asker, entry.credentials) == (Way.ASKED, provider.did, (made.id,))
    assert entry.skills == tuple(sorted(SKILLS))
    with pytest.raises(NothingToFetch):
        requests.fetch_badge(desk, wallet, sent.id)

    case = sent.place.rpartition("/")[2]
    results = [
        {"skill": 0, "result": "met", "level": "2"},
        {"skill": 1, "result": "not-met", "reason": "Too slow."},
    ]
    provider.until(case, "assessment")
    assessor.move(case, "assess", assessment=assessment(*results))
    assessor.move(case, "certify")
    followed = requests.follow(desk, wallet, sent.id).asked
    assert followed.progress.phase == "aftercare"
    assert [each.outcome for each in followed.progress.skills] == ["recognised", "not-recognised"]
    assert followed.progress.skills[1].reason == "Too slow."
    [badge] = requests.fetch_badge(desk, wallet, sent.id).credentials
    assert one_asked(wallet, sent.id).received == (badge.id,)
    assert strengths(wallet) == {SKILLS[0]: Strength.HARD, SKILLS[1]: Strength.SOFT}

    cost = withdrawing(wallet, made.id)
    assert [each.id for each in cost.credentials] == [badge.id]
    assert SKILLS[0] in {each.skill for each in cost.skills}

    number = badge.report.parsed.id.removeprefix("urn:uuid:").replace("-", "")
    provider.owner.ask("POST", f"/api/credentials/{number}/revoke", json={}).raise_for_status()
    refresh(desk, wallet)
    assert set(strengths(wallet).values()) == {Strength.SOFT}


def test_a_request_can_be_taken_back_and_its_files_go(provider, desk, wallet):
    made, files = claimed(wallet)
    wanted = draft(desk, provider, made, files)
    sent = requests.ask(desk, wallet, wanted, mark=look(wallet, wanted).mark)
    back = requests.withdraw(desk, wallet, sent.id)
    assert (back.progress.state, back.progress.phase) == ("withdrawn", "aftercare")
    with pytest.raises(OrganisationRefused):
        requests.withdraw(desk, wallet, sent.id)


def test_who_does_not_agree_gets_another_judgement(provider, desk, wallet):
    made, _ = claimed(wallet)
    wanted = draft(desk, provider, made)
    sent = requests.ask(desk, wallet, wanted, mark=look(wallet, wanted).mark)
    with pytest.raises(OrganisationRefused):
        requests.appeal(desk, wallet, sent.id, "too early")
    case = sent.place.rpartition("/")[2]
    results = [{"skill": each, "result": "not-met", "reason": "Not seen."} for each in range(2)]
    provider.until(case, "assessment")
    provider["assessor"].move(case, "assess", assessment=assessment(*results))
    provider["assessor"].move(case, "certify")
    again = requests.appeal(desk, wallet, sent.id, "I can show it.")
    assert (again.progress.state, again.progress.phase) == ("appeal", "assessment")
    assert "I can show it." in [step.reason for step in again.progress.history]


def test_nothing_leaves_that_the_person_did_not_see(provider, desk, wallet):
    made, files = claimed(wallet)
    seen = look(wallet, draft(desk, provider, made)).mark
    with pytest.raises(AskingChanged):
        requests.ask(desk, wallet, draft(desk, provider, made, files), mark=seen)
    withdraw_claim(wallet, made.id)
    assert (all_asked(wallet), journal(wallet)) == ((), ())


def test_another_place_than_the_organisation_is_refused(provider, desk, wallet):
    for address in (f"{provider.url}/o/nobody-here", f"{provider.url}/{provider.slug}"):
        with pytest.raises((OrganisationMismatch, OrganisationUnreachable)):
            requests.find(desk, organisation_address(address))
