"""Claims of an SD-JWT VC that a badge also has as members, and digests where nobody expects them."""

import pytest

from passport.answers import Answer
from passport.jose import jws
from passport.json import dump
from passport.sd_jwt.digital_credential import badge_claims
from passport.sd_jwt.disclosure import digest, make_disclosure
from passport.securing import Withheld
from passport.verification import verify_credential
from tests.simulators.every_form import VCT, school, unsigned
from tests.simulators.parties import ESCO, NOW, Party, World

SCHOOL, WORKER = school(), Party("Worker")
BADGE = unsigned(SCHOOL, WORKER, [f"{ESCO}a"], kind="Diploma")
HIDDEN = digest(make_disclosure("c2FsdA", "more", {"more": 1}).text)
KEY = WORKER.signer.public_key.to_jwk()
LISTED = {"status_list": {"idx": 3, "uri": "https://school.example/status/2"}}
NEXT_YEAR = int(NOW.timestamp()) + 31_536_000


def report(**claims):
    whole = {**badge_claims(BADGE, vct=VCT, status=None), "iat": int(NOW.timestamp()), **claims}
    payload = dump({name: value for name, value in whole.items() if value is not ...})
    token = jws.sign(payload, signer=SCHOOL.signer, header={"typ": "dc+sd-jwt", "kid": SCHOOL.method})
    world = World()
    world.publish(SCHOOL.did_document())
    return verify_credential(f"{token}~".encode(), world.context)


def test_a_badge_with_its_types_holds():
    assert report(type=["VerifiableCredential", "OpenBadgeCredential"]).answer is Answer.YES


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"validUntil": "2026-11-20T11:00:00Z", "validFrom": "2026-11-20T10:00:00Z", "nbf": ..., "iat": ...}, "expired"),
        ({"validUntil": "2026-11-20T13:00:00Z", "exp": NEXT_YEAR}, "claims_contradict"),
        ({"validFrom": "2026-11-21T12:00:00Z"}, "claims_contradict"),
        ({"validFrom": 5}, "claims_contradict"),
        ({"validFrom": "2026-11-21T12:00:00Z", "nbf": ..., "iat": ...}, "not_yet_valid"),
        ({"type": ["VerifiableCredential", "EndorsementCredential"]}, "not_an_open_badge"),
    ],
)  # fmt: skip
def test_a_member_beside_its_claim_is_not_passed_over(claims, code):
    found = report(**claims)
    assert found.answer is Answer.NO
    assert code in {check.reason.code for check in found.checks}


@pytest.mark.parametrize(
    "claims",
    [
        {"cnf": {"jwk": {**KEY, "_sd": [HIDDEN]}}},
        {"cnf": {"jwk": KEY, "_sd": [HIDDEN]}},
        {"more": [{"inner": [{"...": HIDDEN}]}], "cnf": {"jwk": KEY, "x": [{"...": digest("x")}]}},
        {"aud": [{"...": HIDDEN}]},
    ],
)
def test_a_digest_within_a_claim_of_the_token_crashes_nothing(claims):
    assert report(**claims).error is not None or report(**claims).answer is Answer.YES


def test_a_status_hidden_beside_another_status_of_the_token_is_not_good():
    found = report(status={**LISTED, "_sd": [HIDDEN]})
    assert Withheld.STATUS in found.require().withheld
    assert "status_may_be_withheld" in {check.reason.code for check in found.checks}
