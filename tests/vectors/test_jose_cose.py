"""The vectors of W3C VC-JOSE-COSE's test suite: tokens to accept, tokens to refuse, documents to secure.

Their issuer is an https URL and their `kid` the thumbprint of a key; the key is looked up as `<iss>#<kid>`.
COSE, ES512 and presentations as SD-JWT are left out: docs/conformance.md.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest

from passport.credentials import parse_presentation
from passport.credentials.enveloped import unwrap
from passport.dids import VerificationMethod
from passport.errors import Invalid, SignatureMismatch
from passport.errors.jose import UnsupportedAlgorithm, VcClaimNotAllowed, WrongTokenType
from passport.errors.sd_jwt import ProtectedClaimHidden
from passport.jose import vc_jwt
from passport.keys import KeyType, PublicKey, generate_signer
from passport.sd_jwt import credential
from passport.sd_jwt.disclosable import disclosable_pointers

NOW = datetime(2024, 12, 15, tzinfo=UTC)

ACCEPTED = ["credential-jose-minimal", "credential-issuer-match-signed", "credential-sdjwt-selective"]
REFUSED = {
    "credential-jose-bad-media-type": WrongTokenType,
    "credential-jose-bad-signature": SignatureMismatch,
    "credential-jose-vc-vp-claims": VcClaimNotAllowed,
    "credential-sdjwt-bad-media-type": ProtectedClaimHidden,
    "credential-sdjwt-bad-signature": SignatureMismatch,
    "presentation-jose-bad-media-type": WrongTokenType,
    "presentation-sdjwt-bad-credential": UnsupportedAlgorithm,
    "presentation-sdjwt-bad-media-type": ProtectedClaimHidden,
}
LEFT_OUT = {
    "credential-jose-unknown-extensions": UnsupportedAlgorithm,  # ES512
    "credential-sdjwt-nested": UnsupportedAlgorithm,  # ES512
    "presentation-sdjwt-selective": ProtectedClaimHidden,  # its type could have been left out
}
COSE = 7


@pytest.fixture(scope="module")
def folder(vectors):
    return vectors / "jose-cose"


@pytest.fixture(scope="module")
def method_for(folder):
    methods = {}
    for path in folder.glob("vm-*.json"):
        jwk = json.loads(path.read_bytes())["publicKeyJwk"]
        if jwk["crv"] == "P-521":
            continue
        issuer = "https://example.issuer/vc-jose-cose"
        name = f"{issuer}#{jwk['kid']}"
        methods[name] = VerificationMethod(name, "JsonWebKey", issuer, PublicKey.from_jwk(jwk))
    assert len(methods) == 3
    return lambda name, _purpose: methods[name]


def read_and_verify(folder, name, method_for):
    text = (folder / f"{name}.txt").read_text().strip()
    room = credential if "~" in text else vc_jwt
    document = room.read(text)
    at = document.terms.issued_at or NOW  # presentations were good for a day after they were made
    room.verify(document, method_for=method_for, expected_purpose="assertionMethod", now=at)
    return document.document


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_good_is_accepted(folder, method_for, name):
    document = read_and_verify(folder, name, method_for)
    assert document["issuer"] == "https://example.issuer/vc-jose-cose"
    assert "_sd" not in document["credentialSubject"]


def test_a_presentation_of_several_forms_is_accepted(folder, method_for):
    document = read_and_verify(folder, "presentation-jose-multiple", method_for)
    shown = [each["id"] for each in document["verifiableCredential"]]
    jwt, sd_jwt, _cose = (each.partition(",")[2] for each in shown)
    vc_jwt.verify(vc_jwt.read(jwt), method_for=method_for, expected_purpose="assertionMethod", now=NOW)
    credential.verify(
        credential.read(sd_jwt), method_for=method_for, expected_purpose="assertionMethod", now=NOW
    )


@pytest.mark.parametrize(("name", "refusal"), (REFUSED | LEFT_OUT).items())
def test_what_is_bad_or_not_ours_is_refused(folder, method_for, name, refusal):
    with pytest.raises(refusal):
        read_and_verify(folder, name, method_for)


def test_a_presentation_of_something_that_is_no_credential_is_refused(folder, method_for):
    document = read_and_verify(folder, "presentation-jose-bad-credential", method_for)
    with pytest.raises(Invalid):
        unwrap(parse_presentation({**document, "type": [document["type"]]}).credentials[0])


def test_every_token_is_counted(folder):
    names = {path.stem for path in folder.glob("*.txt")}
    others = {"presentation-jose-multiple", "presentation-jose-bad-credential"}
    tested = {*ACCEPTED, *REFUSED, *LEFT_OUT, *others}
    assert len(names - tested) == COSE
    assert all("cose-" in name for name in names - tested)


@pytest.mark.parametrize("key_type", KeyType)
@pytest.mark.parametrize("kind", ["minimal", "full", "unknown-extensions", "selective", "nested-selective"])
def test_their_credentials_come_back_from_both_forms(folder, key_type, kind):
    source = json.loads((folder / f"credential-{kind}.json").read_bytes())
    signer, method = generate_signer(key_type), "did:web:issuer.example#key-1"
    hidden = [f"/credentialSubject/{name}" for name in source["credentialSubject"] if name != "id"]
    jwt = vc_jwt.sign_credential(source, signer=signer, verification_method=method, issued_at=NOW)
    sd_jwt = credential.sign_vc(source, disclosable=hidden, signer=signer, verification_method=method)
    assert disclosable_pointers(source) == ()
    found = VerificationMethod(method, "Multikey", "did:web:issuer.example", signer.public_key)
    for room, token in ((vc_jwt, jwt), (credential, sd_jwt)):
        document = room.read(token)
        assert document.document == source
        room.verify(document, method_for=lambda *_: found, expected_purpose="assertionMethod", now=NOW)


@pytest.mark.parametrize("kind", ["single", "multiple", "selective"])
def test_their_presentations_come_back(folder, kind):
    source = json.loads((folder / f"presentation-{kind}.json").read_bytes())
    token = vc_jwt.sign_presentation(
        source,
        signer=generate_signer(),
        verification_method="did:web:holder.example#key-1",
        issued_at=NOW,
        expires=NOW + timedelta(minutes=2),
    )
    assert vc_jwt.read(token).document == source
