"""A confirmation leaves with the claim that it rests on, when a demand needs it, and can be refused."""

import pytest

from matching.bundle import load_bundle
from passport.answers import Answer
from passport.evidence import Strength, decide, weigh
from passport.json import dump
from passport.trust import Recognition
from passport.verification import verify_presentation
from tests.simulators.chains import claim, confirm
from tests.simulators.parties import ESCO, Party
from tests.simulators.wallets import Employer, Person, demand
from wallet.core.answering import approve
from wallet.core.consent import consent
from wallet.core.consent_summary import consent_json
from wallet.core.endorsements import endorsements, examine_endorsement, keep_endorsements
from wallet.core.requests import take_request
from wallet.core.shelf import trust

TEAM, PLAN = f"{ESCO}team", f"{ESCO}plan"
TAXONOMY = load_bundle()


@pytest.fixture
def person():
    made = Person()
    boss = Party("Employer")
    made.trust((boss, Recognition.EMPLOYER))
    claimed = claim(Party("Worker", made.wallet.holder.signer), [TEAM, PLAN])
    made.take(claimed)
    confirmed = dump(confirm(boss, claimed, TEAM))
    keep_endorsements(made.wallet, [examine_endorsement(confirmed, made.world.cache, made.wallet)])
    return made


def asked(person, *demands):
    request = Employer(person.world).request(demands)
    return take_request(person.wallet, dump(request), person.world.cache)


def test_it_leaves_with_its_claim_and_a_verifier_finds_what_was_promised(person):
    found = asked(person, demand(TEAM, strength=Strength.SEMI_HARD))
    agreed = consent(person.wallet, found, TAXONOMY)
    assert [result.answer for result in agreed.results] == [Answer.YES]
    assert (len(agreed.leaving), len(agreed.confirming)) == (1, 1)
    said = consent_json(agreed, str)["confirming"][0]
    assert (said["serves"], said["answer"]) == (["team"], "yes")
    assert [cost["without"] for cost in said["costOfRefusing"]] == ["no"]
    response = approve(person.wallet, found.id, person.world.cache, TAXONOMY, mark=agreed.mark)
    paths = [each["path_nested"]["path"] for each in response.submission["descriptor_map"]]
    assert paths == ["$.verifiableCredential[0]", "$.verifiableCredential[1]"]
    shown = verify_presentation(
        response.presentation,
        person.world.context,
        expected_challenge=found.request.challenge,
        expected_domain=found.request.domain,
    ).require()
    evidence = weigh(
        shown.credentials,
        trust=trust(person.wallet),
        now=person.world.now,
        holder=shown.holder,
        endorsements=shown.endorsements,
    )
    decided = decide(found.request.profile.demands, evidence, person.world.now)
    assert [result.answer for result in decided] == [Answer.YES]


def test_it_stays_where_no_demand_needs_it(person):
    agreed = consent(person.wallet, asked(person, demand(TEAM)), TAXONOMY)
    assert (len(agreed.leaving), agreed.confirming) == (1, ())


def test_refused_it_stays_and_the_demand_is_not_met(person):
    found = asked(person, demand(TEAM, strength=Strength.SEMI_HARD))
    (confirmed,) = endorsements(person.wallet)
    agreed = consent(person.wallet, found, TAXONOMY, refused=[confirmed.id])
    assert (agreed.leaving, agreed.confirming) == ((), ())
    assert [cost.demand.skill for cost in agreed.cost] == [TEAM]
    assert agreed.results[0].reasons[0].code == "policy.stays_hidden"
