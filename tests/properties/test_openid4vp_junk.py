"""Whatever a stranger sends over OpenID4VP ends in an error of ours or in a report that says no."""

from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from passport.answers import Answer
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.jose import jwe
from passport.json import dump
from passport.keys import generate_agreement_key
from passport.openid4vp.client_metadata import parse_client_metadata
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.response_check import verify_response
from passport.openid4vp.response_read import Encryption, VpToken, WalletError, read_response
from passport.verification import Context
from tests.simulators.parties import NOW

STATE = "s" * 22
KEY = generate_agreement_key()
ENCRYPTION = Encryption(KEY, "1", ("A128GCM", "A256GCM"))
JWK = {**KEY.public_key.to_jwk(), "kid": "1"}
QUERY = parse_dcql(
    {
        "credentials": [
            {
                "id": "a",
                "format": "dc+sd-jwt",
                "meta": {},
                "claims": [{"path": ["category"]}],
                "multiple": True,
            },
            {"id": "b", "format": "ldp_vc", "meta": {}},
        ],
        "credential_sets": [{"options": [["a"], ["b"]]}],
    }
)
WORDS = st.sampled_from(
    ["a", "b", "c", "VerifiablePresentation", "@context", "type", "holder", "proof", "verifiableCredential", "vct", "cnf"]
)  # fmt: skip
TOKENS = st.sampled_from(["a.b.c", "a~b", "~", "e30.e30.e30", "e30.e30.e30~", "eyJhbGciOiJub25lIn0.e30.AA~"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | WORDS | TOKENS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)
VP_TOKENS = st.dictionaries(WORDS, st.lists(JSON, max_size=3) | JSON, max_size=3) | JSON
JUNK = settings(max_examples=150, deadline=None)


def ends_well(body, encryption):
    try:
        found = read_response(body, state=STATE, encryption=encryption)
    except PassportError:
        return
    assert isinstance(found, VpToken | WalletError)


@JUNK
@given(st.binary(max_size=60), st.sampled_from([None, ENCRYPTION]))
def test_junk_for_a_form(body, encryption):
    ends_well(body, encryption)
    ends_well(b"state=" + STATE.encode() + b"&vp_token=" + body, encryption)
    ends_well(b"response=" + body, encryption)


@JUNK
@given(st.dictionaries(st.sampled_from(["state", "vp_token", "error", "x"]), JSON, max_size=4))
def test_junk_that_was_encrypted(members):
    token = jwe.encrypt(dump({"state": STATE, **members}), recipient=JWK, enc="A128GCM", header={})
    ends_well(urlencode({"response": token}).encode(), ENCRYPTION)


@JUNK
@given(VP_TOKENS)
def test_junk_for_presentations_is_never_an_answer(source):
    body = urlencode({"state": STATE, "vp_token": dump(source).decode()}).encode()
    try:
        found = read_response(body, state=STATE, encryption=None)
    except PassportError:
        return
    assert isinstance(found, VpToken)
    context = Context(DocumentCache(), NOW)
    report = verify_response(found, query=QUERY, context=context, nonce="n" * 22, client_id="x509_hash:a")
    assert not report.presentations
    assert any(check.answer is not Answer.YES for check in report.together.checks)


@JUNK
@given(JSON)
def test_junk_for_what_a_verifier_says_about_itself(source):
    for read in (parse_client_metadata, lambda each: parse_dcql(each) if isinstance(each, dict) else None):
        try:
            read(source)
        except PassportError:
            continue
