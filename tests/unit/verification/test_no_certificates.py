"""An issuer by certificate, on a host that has no way to check one, as the phone (HAIP 1.0, section 6.1.1)."""

import pytest

from passport.answers import Answer
from passport.documents import DocumentCache
from passport.errors.x509 import ChainRefused
from passport.jose import jws
from passport.json import dump
from passport.sd_jwt.digital_credential import badge_claims
from passport.verification import Context, verify_credential
from passport.x509 import NoCertificates, read_x5c
from tests.simulators.parties import NOW, Party

SCHOOL, ADDRESS = Party("School"), "https://school.example"
WORKER = Party("Worker")


def badge(**header):
    made = SCHOOL.issue(WORKER, {"http://a.example/1": "Weld"})
    bare = {name: value for name, value in made.items() if name != "proof"}
    bare["issuer"] = {**SCHOOL.profile, "id": ADDRESS}
    claims = badge_claims(bare, vct="https://school.example/types/badge", status=None)
    whole = {"typ": "dc+sd-jwt", "x5c": ["MIIB"], **header}
    return f"{jws.sign(dump(claims), signer=SCHOOL.signer, header=whole)}~".encode()


def first(source, **more):
    report = verify_credential(source, Context(DocumentCache(), NOW, **more))
    assert report.credential is None
    check = next(each for each in report.checks if each.answer is not Answer.YES)
    return check.code, check.answer, check.reason.code


def test_who_signed_cannot_be_told():
    assert first(badge()) == ("issuer_found", Answer.CANNOT_TELL, "certificates_unsupported")


def test_attack_no_other_way_to_a_key_is_tried():
    """Whoever adds x5c would choose how it is verified."""
    cache = DocumentCache()
    verify_credential(badge(kid="key-1"), Context(cache, NOW))
    assert not cache.wanted


def test_a_host_that_refuses_them_all_says_no():
    refused = first(badge(), certificates=NoCertificates())
    assert refused == ("issuer_found", Answer.NO, "certificate_chain_refused")


@pytest.mark.parametrize(
    "value", [None, [], "MIIB", [7], [""], ["%"], ["MIIB="], ["MIIB"] * 20, ["A" * 8_196]]
)
def test_attack_x5c_of_a_wrong_form(value):
    with pytest.raises(ChainRefused):
        read_x5c(value)
    assert first(badge(x5c=value))[:2] == ("readable", Answer.NO)
