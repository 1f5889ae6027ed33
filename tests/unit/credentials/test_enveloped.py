"""An envelope holds a token and nothing else (VC 2.0, section 4.12)."""

import pytest

from passport.credentials import Form, parse_presentation
from passport.credentials.build import presentation
from passport.credentials.enveloped import envelope, is_enveloped, unwrap
from passport.errors import PassportError
from passport.errors.credentials import MalformedEnvelope

V2 = "https://www.w3.org/ns/credentials/v2"
TOKEN = b"eyJh.eyJi.c2ln"


@pytest.mark.parametrize("form", [Form.JWT_VC, Form.VC_SD_JWT, Form.DC_SD_JWT])
def test_what_was_put_in_comes_out(form):
    assert unwrap(envelope(TOKEN, form)) == (form, TOKEN)


def test_disclosures_may_follow_the_token():
    assert unwrap(envelope(TOKEN + b"~WyJh~", Form.VC_SD_JWT))[1] == TOKEN + b"~WyJh~"


@pytest.mark.parametrize(
    "change",
    [
        {"id": "data:application/vc+jwt;base64,ZXk"},
        {"id": "data:text/html,x"},
        {"id": "data:application/vc+jwt,"},
        {"id": "data:application/vc+jwt,a b"},
        {"id": "data:application/vc+jwt,a\n"},
        {"id": "data:application/vp+jwt,a.b.c"},
        {"id": "https://school.example/token"},
        {"id": 3},
        {"id": None},
        {"type": "VerifiableCredential"},
        {"type": ["EnvelopedVerifiableCredential", "VerifiableCredential"]},
        {"@context": "https://www.w3.org/2018/credentials/v1"},
        {"@context": None},
        {"name": "signed by nobody"},
        {"credentialSubject": {"id": "did:example:1"}},
    ],
)
def test_anything_else_is_no_envelope(change):
    with pytest.raises(PassportError):
        unwrap({**envelope(TOKEN, Form.JWT_VC), **change})


def test_a_presentation_takes_envelopes():
    shown = presentation(
        holder="did:example:1", credentials=[envelope(TOKEN, Form.VC_SD_JWT)], presentation_id="urn:uuid:1"
    )
    (found,) = parse_presentation(shown).credentials
    assert is_enveloped(found)


def test_a_presentation_refuses_an_envelope_with_more_in_it():
    more = {**envelope(TOKEN, Form.JWT_VC), "name": "x"}
    shown = presentation(holder="did:example:1", credentials=[more], presentation_id="urn:uuid:1")
    with pytest.raises(MalformedEnvelope):
        parse_presentation(shown)
