"""A12: texts in a language. Language and direction are signed: nobody turns a text round or calls it another's."""

import copy

import pytest

from passport.clock import utc_now
from passport.documents import DocumentCache
from passport.errors import Invalid, SignatureMismatch
from passport.jsonld.canonical import canonicalize
from passport.proofs import method_source, verify_proofs

SIGNED = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": "urn:uuid:0b5f5a1c-6f0e-4b57-9a39-6f1d4a9c2f11",
    "type": ["VerifiableCredential"],
    "name": [
        {"@value": "Safe at heights", "@language": "en"},
        {"@value": "Veilig op hoogte", "@language": "nl-NL", "@direction": "ltr"},
        {"@value": "آمن في المرتفعات", "@language": "ar", "@direction": "rtl"},
    ],
    "description": {"@value": "no language", "@direction": "ltr"},
    "issuer": {
        "id": "did:key:z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z",
        "name": {"@value": "School", "@language": "en"},
    },
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {"id": "urn:uuid:1"},
    "proof": {
        "type": "DataIntegrityProof",
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": "did:key:z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z#z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z",
        "cryptosuite": "eddsa-rdfc-2022",
        "proofPurpose": "assertionMethod",
        "proofValue": "z676Pd9aep3oEPtkG9jFM7K6PVBZheik2BQmoQ5UAVdayqtyupBcp5oiYiryxSvU2gAK4WSyHT5wUk1VXVhfSRcPD",
    },
}
"""Signed with @digitalbazaar/vc 7.3 and eddsa-rdfc-2022-cryptosuite: texts with and without language and direction."""


def verify(document):
    verify_proofs(
        document,
        method_for=method_source(DocumentCache()),
        expected_purpose="assertionMethod",
        now=utc_now(),
    )


def changed(*path, **members):
    document = copy.deepcopy(SIGNED)
    value = document
    for step in path:
        value = value[step]
    for name, new in members.items():
        value[f"@{name}"] = new
    return document


def test_what_others_sign_with_language_and_direction_holds_here():
    verify(SIGNED)


def test_the_direction_is_in_the_canonical_form():
    canonical = canonicalize({name: value for name, value in SIGNED.items() if name != "proof"})
    assert '"Veilig op hoogte"^^<https://www.w3.org/ns/i18n#nl-nl_ltr>' in canonical
    assert '"no language"^^<https://www.w3.org/ns/i18n#_ltr>' in canonical
    assert '"Safe at heights"@en' in canonical


@pytest.mark.parametrize(
    "document",
    [
        changed("name", 0, language="nl"),
        changed("name", 0, direction="rtl"),
        changed("name", 1, direction="rtl"),
        changed("name", 1, language="nl"),
        changed("name", 1, value="Veilig op hoogte "),
        changed("description", direction="rtl"),
        changed("description", language="en"),
        changed("issuer", "name", language="nl"),
        {**SIGNED, "description": "no language"},
        {**SIGNED, "name": SIGNED["name"][:2]},
        {**SIGNED, "name": SIGNED["name"][0]},
        {**SIGNED, "name": "Safe at heights"},
    ],
)
def test_another_language_direction_or_text_breaks_the_signature(document):
    with pytest.raises(SignatureMismatch):
        verify(document)


def test_the_order_and_the_letters_of_the_tags_mean_nothing():
    verify({**SIGNED, "name": list(reversed(SIGNED["name"]))})
    verify(changed("name", 1, language="NL-nl"))


@pytest.mark.parametrize(
    "name",
    [
        {"@value": "x", "@type": "https://www.w3.org/ns/i18n#nl-nl_ltr"},
        {"@value": "x", "@language": "nl_ltr"},
        {"@value": "x", "@language": "nl", "@context": {"@vocab": "urn:"}},
        {"@value": ["x"], "@language": "nl"},
        {"@value": {"x": 1}, "@language": "nl"},
        {"@value": True, "@language": "nl"},
        {"@language": "nl", "en": "x"},
        {"nl": "x", "en": "y"},
        {"@set": [{"@value": "x", "@language": "nl"}]},
        {"@list": [{"@value": "x", "@language": "nl"}]},
    ],
)
def test_a_text_in_any_other_form_is_refused(name):
    document = {key: value for key, value in SIGNED.items() if key != "proof"}
    with pytest.raises(Invalid):
        canonicalize({**document, "name": name})
