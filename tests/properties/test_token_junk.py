"""Whatever stands in a token that was really signed: it is read, or refused by a rule; nothing else happens."""

import base64
import json

from hypothesis import given
from hypothesis import strategies as st

from passport import sd_jwt
from passport.credentials.vocabulary import CREDENTIALS_V1, CREDENTIALS_V2
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.jose import jws, vc_jwt
from passport.keys import generate_signer
from passport.proofs import method_source
from passport.sd_jwt import credential
from passport.sd_jwt.disclosure import digest
from tests.simulators.parties import NOW, Party

SCHOOL = Party("School", generate_signer())
THEN = int(NOW.timestamp())
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["", "a", SCHOOL.did, SCHOOL.method, "did:web:a", "#", "sha-256", "vc+jwt", "vc+sd-jwt", "JWT"]
    ),
    st.sampled_from(["2026-11-20T12:00:00Z", "0001-01-01T00:00:00+14:00", CREDENTIALS_V1, CREDENTIALS_V2]),
)
VALUES = st.recursive(
    ODD,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "_sd", "...", "jwk", "kid", "x", "status_list", "@context"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
CLAIMS = st.dictionaries(
    st.sampled_from(
        [
            "@context",
            "type",
            "iss",
            "sub",
            "jti",
            "aud",
            "exp",
            "nbf",
            "iat",
            "nonce",
            "cnf",
            "vc",
            "vp",
            "vct",
            "status",
            "_sd",
            "_sd_alg",
            "issuer",
            "holder",
            "id",
            "credentialSubject",
            "credentialStatus",
            "validFrom",
            "validUntil",
        ]
    ),
    VALUES,
    max_size=6,
)
HEADERS = st.dictionaries(st.sampled_from(["typ", "kid", "cty", "x5t"]), ODD, max_size=3)
BASE = {
    "@context": [CREDENTIALS_V2],
    "type": ["VerifiableCredential"],
    "issuer": SCHOOL.did,
    "credentialSubject": {},
}
BASES = st.sampled_from([{}, BASE, {"iss": SCHOOL.did, "vct": "https://a.example"}, {"vc": BASE}])


def signed(claims, header):
    head = {"typ": "vc+jwt", "kid": SCHOOL.method, **header}
    return jws.sign(json.dumps(claims).encode(), signer=SCHOOL.signer, header=head)


def check(room, text):
    try:
        found = room.read(text)
        room.verify(
            found,
            method_for=method_source(DocumentCache()),
            expected_purpose="assertionMethod",
            now=NOW,
            expected_challenge="n",
        )
    except PassportError:
        return


@given(BASES, CLAIMS, HEADERS)
def test_claims_of_every_kind_in_a_jwt(base, claims, header):
    check(vc_jwt, signed({**base, **claims}, header))


@given(BASES, CLAIMS, HEADERS, st.lists(st.lists(VALUES, max_size=4), max_size=3), CLAIMS)
def test_claims_and_disclosures_of_every_kind_in_an_sd_jwt(base, claims, header, contents, binding):
    disclosures = [
        base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=").decode() for each in contents
    ]
    whole = {"_sd": [digest(each) for each in disclosures], **base, **claims}
    shown = "~".join([signed(whole, {"typ": "vc+sd-jwt", **header}), *disclosures, ""])
    check(credential, shown)
    check(credential, shown + signed({"sd_hash": digest(shown), "iat": THEN, **binding}, {"typ": "kb+jwt"}))


@given(st.text(alphabet="eyJ0.~-_=A{}\"'\n", max_size=60))
def test_text_of_every_kind(text):
    check(vc_jwt, text)
    check(credential, text)
    try:
        sd_jwt.processed(sd_jwt.parse(text))
    except PassportError:
        return
