"""One credential, one digest: in whatever spelling it travels, and however much of it is disclosed."""

import json

import pytest

from passport.credentials import Form
from passport.credentials.digest import credential_digest
from passport.credentials.enveloped import envelope
from passport.encoding import digest_multibase
from passport.errors import Invalid, PassportError
from passport.json import dump
from tests.simulators.every_form import school, secure, unsigned
from tests.simulators.parties import Party

SKILL = "http://data.europa.eu/esco/skill/welding"


@pytest.fixture(scope="module")
def made():
    issuer, holder = school(), Party("Holder")
    return issuer, holder, unsigned(issuer, holder, [SKILL])


def test_it_is_of_the_one_form_of_the_json():
    assert credential_digest(b'{"b": 1,\n "a": [true]}') == digest_multibase(b'{"a":[true],"b":1}')


def test_another_spelling_has_the_same_digest(made):
    issuer, holder, document = made
    signed = json.loads(secure(document, "eddsa-rdfc-2022", issuer, holder))
    turned = dict(reversed(signed.items()))
    spellings = [signed, turned, dump(signed), b"  " + json.dumps(turned, indent=2).encode() + b"\n"]
    assert len({credential_digest(each) for each in spellings}) == 1


def test_the_proof_belongs_to_it(made):
    issuer, holder, document = made
    signed = json.loads(secure(document, "eddsa-rdfc-2022", issuer, holder))
    assert credential_digest(signed) != credential_digest(document)


@pytest.mark.parametrize("form", [Form.JWT_VC, Form.VC_SD_JWT, Form.DC_SD_JWT])
def test_a_token_and_its_envelope_have_one_digest(made, form):
    issuer, holder, document = made
    token = secure(document, form, issuer, holder)
    assert credential_digest(token) == credential_digest(envelope(token, form))
    assert credential_digest(token) == credential_digest(dump(envelope(token, form)))


@pytest.mark.parametrize("form", [Form.VC_SD_JWT, Form.DC_SD_JWT])
def test_what_is_disclosed_changes_nothing(made, form):
    issuer, holder, document = made
    token = secure(document, form, issuer, holder)
    issued, *disclosures = token.split(b"~")
    assert any(disclosures)
    assert credential_digest(issued + b"~") == credential_digest(token) == digest_multibase(issued)


@pytest.mark.parametrize("junk", [b'{"a": 1, "a": 2}', b"{", {"type": "EnvelopedVerifiableCredential"}])
def test_what_is_no_credential_has_none(junk):
    with pytest.raises(PassportError) as refused:
        credential_digest(junk)
    assert isinstance(refused.value, Invalid)
