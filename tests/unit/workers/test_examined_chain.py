"""A presentation that is verified among many is weighed with the endorsements in it."""

from passport.json import dump
from passport.proofs import add_proof
from passport.workers.examination import Examination, Expected
from tests.simulators.chains import SKILL, Trade, claim, confirm
from tests.simulators.parties import NOW


def test_a_confirmation_beside_the_claim_counts() -> None:
    trade = Trade()
    claimed = claim(trade.holder, [SKILL])
    confirmed = confirm(trade.employer, claimed, SKILL)
    forged = confirm(trade.employer, claimed, SKILL) | {"name": "Changed"}
    unsigned = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": trade.holder.did,
        "verifiableCredential": [claimed, confirmed, forged, {**confirmed, "issuer": 1}],
    }
    shown = add_proof(
        unsigned,
        signer=trade.holder.signer,
        verification_method=trade.holder.method,
        created=NOW,
        proof_purpose="authentication",
        challenge="c" * 22,
        domain="did:web:verifier.example",
        cryptosuite="eddsa-jcs-2022",
    )
    expected = Expected(
        NOW,
        challenge="c" * 22,
        domain="did:web:verifier.example",
        trust=tuple(each.source for each in trade.trust.lists),
        publishers=(trade.world.registrar.did,),
    )
    report, _, _ = Examination(expected.plain()).work(dump(shown))
    assert [each["answer"] for each in report["endorsements"]] == ["yes", "no", "no"]
    assert report["endorsements"][2]["issuer"] is None
    [skill] = report["skills"]
    assert (skill["strength"], skill["answer"]) == ("semi-hard", "yes")
