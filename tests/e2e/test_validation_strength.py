"""What a validation counts for at a verifier, and who may declare to be independent."""

import pytest

from passport.answers import Answer
from passport.clock import utc_now
from passport.documents import DocumentCache
from passport.evidence import Strength, weigh
from passport.fetch import Fetcher
from passport.fetch.gather import gather_sync
from passport.trust import Recognition
from passport.verification import Context, verify_credential
from tests.simulators.issuing import HTTP
from tests.simulators.parties import Party, World, recognise
from tests.simulators.validating import BREAD, DOUGH, OVEN, Worker, assessment
from tests.simulators.validation_service import validation_service


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with validation_service(tmp_path_factory.mktemp("strength")) as made:
        yield made


@pytest.fixture(scope="module")
def provider(service):
    return service.staffed()


def weighed(documents, holder, *entries):
    """As any verifier weighs it, with a list that recognises these parties."""
    world, cache = World(now=utc_now()), DocumentCache()

    def check(at_hand):
        context = Context(at_hand, utc_now())
        return [verify_credential(document, context).require() for document in documents]

    verified = gather_sync(check, cache, Fetcher(allow_loopback=True))
    found = weigh(verified, trust=world.trusting(*entries), now=utc_now(), holder=holder)
    return {each.skill: each for each in found}


def certified(provider, asked, **assessed):
    provider.until(asked.id, "aftercare", **assessed)
    return asked.worker.wallet.claim(asked.follow()["offer"])


def test_an_independent_assessor_of_a_recognised_validator_makes_it_hard(provider):
    asked = provider.asked()
    badge = certified(provider, asked)
    found = weighed([asked.claim, badge], asked.worker.did, recognise(provider.did, Recognition.VALIDATOR))
    assert {each: found[each].strength for each in (BREAD, DOUGH)} == {
        BREAD: Strength.HARD,
        DOUGH: Strength.HARD,
    }
    assert found[BREAD].answer is Answer.YES
    assert found[BREAD].level == 2


def test_without_recognition_it_stays_soft(provider):
    asked = provider.asked()
    badge = certified(provider, asked)
    assert weighed([asked.claim, badge], asked.worker.did)[BREAD].strength is Strength.SOFT


def test_without_the_declaration_it_is_semi_hard(provider):
    asked = provider.asked()
    badge = certified(provider, asked, independent=False)
    found = weighed([asked.claim, badge], asked.worker.did, recognise(provider.did, Recognition.VALIDATOR))
    assert found[BREAD].strength is Strength.SEMI_HARD
    assert "niet onafhankelijk" in str(badge["evidence"])


def test_hiding_the_claim_gives_no_certainty(provider):
    asked = provider.asked()
    badge = certified(provider, asked)
    found = weighed([badge], asked.worker.did, recognise(provider.did, Recognition.VALIDATOR))
    assert found[BREAD].answer is not Answer.YES


def test_an_assessor_who_works_for_the_employer_cant_declare_independence(provider):
    boss, worker = Party("A bakery"), Worker()
    reference = boss.issue(worker.did, {BREAD: "bake bread"}, genres=["work-record"], at=utc_now())
    insider = provider.hire("insider", "assessor", employer=boss.did, employerName="A bakery")
    asked = provider.asked(BREAD, worker=worker, others=[reference])
    provider.until(asked.id, "assessment", assessor="insider")
    refused = insider.ask(
        "POST",
        f"/api/validations/{asked.id}/moves",
        json={"move": "assess", "assessment": assessment(number=1)},
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "independence_contradicted")
    insider.move(asked.id, "assess", assessment=assessment(number=1, independent=False))
    insider.move(asked.id, "certify")
    badge = worker.wallet.claim(asked.follow()["offer"])
    assert badge["credentialSubject"]["source"]["parentOrg"]["id"] == boss.did
    found = weighed(
        [asked.claim, reference, badge],
        worker.did,
        recognise(provider.did, Recognition.VALIDATOR),
        recognise(boss, Recognition.EMPLOYER),
    )
    assert found[BREAD].strength is Strength.SEMI_HARD


def test_nobody_assesses_their_own_skills(provider):
    worker = Worker()
    himself = provider.hire("himself", "assessor", profile=worker.did)
    asked = provider.asked(BREAD, worker=worker)
    refused = provider["coordinator"].try_move(asked.id, "appoint-assessor", account=himself.id)
    assert (refused.status_code, refused.json()["code"]) == (403, "assessor_is_holder")


def test_the_assessor_sees_the_strength_now_and_after(service, provider):
    service.recognise(recognise(provider.did, Recognition.VALIDATOR))
    service.sweep()
    asked = provider.asked(BREAD)
    seen = provider["coordinator"].get(f"/api/validations/{asked.id}")
    assert seen["skills"][0]["strength"] == {"now": "soft", "answer": "yes", "after": "hard"}


def test_refused_skills_appear_nowhere_in_credential_report_or_achievement(provider):
    asked = provider.asked(BREAD, OVEN)
    provider.until(asked.id, "assessment")
    judge = provider["assessor"]
    results = (
        {"skill": 0, "result": "met", "level": "4"},
        {"skill": 1, "result": "not-met", "reason": "Left dirty twice."},
    )
    judge.move(asked.id, "assess", assessment=assessment(*results))
    judge.move(asked.id, "certify")
    wallet = asked.worker.wallet
    claim = wallet.claim_open(asked.follow()["offer"])
    texts = [str(claim.credential)]
    for each in claim.credential["relatedResource"]:
        if "/evidence/" in each["id"]:
            answer = HTTP.get(each["id"], headers={"Authorization": f"Bearer {claim.token}"})
            assert answer.is_success
            texts.append(answer.text)
    assert len(texts) == 2
    for text in texts:
        assert OVEN not in text
        assert "oven" not in text.lower()
        assert "dirty" not in text.lower()


def test_the_assessor_sees_what_a_delegates_list_makes_of_it(service, provider):
    sector, address = Party("Sector"), f"{service.site_url}/sector"
    lets = recognise(sector, may_recognise=frozenset({Recognition.VALIDATOR}), list_id=address)
    service.recognise(lets, version=7)
    service.site.documents["sector"] = service.registrar.trust_list(
        recognise(provider.did, Recognition.VALIDATOR), publisher=sector, list_id=address
    )
    service.sweep()
    asked = provider.asked()
    seen = provider["coordinator"].get(f"/api/validations/{asked.id}")
    assert seen["skills"][0]["strength"]["after"] == "hard"
