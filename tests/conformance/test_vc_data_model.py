"""The statements of the VC Data Model 2.0 that its public suite checks, in our words, through the VC API.

Longer than most: the suite's statements in their order, each with what it takes and what it refuses.
"""

import pytest

from tests.simulators.suite_client import EXAMPLES, UNDEFINED_TERMS, V1, V2, Door, credential, presentation

KIND = "https://example.org/#ExampleKind"
TYPED = {"type": KIND, "id": "https://example.org/1"}
SRI = "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"
MULTIBASE = "uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"
ELSEWHERE = "https://example.org/degree.json"


@pytest.fixture(scope="module")
def door():
    return Door.opened()


def shown(door, **members):
    return door.prove(presentation(**members))


TAKEN = {
    # 4.3 contexts
    "several addresses of contexts": {"@context": [V2, EXAMPLES]},
    "a context that defines whatever is undefined": {"@context": [V2, UNDEFINED_TERMS], "colour": "red"},
    "an object among the contexts": {"@context": [V2, {"ExampleKind": KIND}], "type": ["VerifiableCredential", "ExampleKind"]},
    # 4.4 identifiers
    "no identifier": {"id": ...},
    "a DID as identifier": {"id": "did:example:credential"},
    "an https URL as identifier": {"id": "https://example.org/credential"},
    "a subject without an identifier": {"@context": [V2, EXAMPLES], "credentialSubject": {"colour": "red"}},
    # 4.5 types
    "one type, as a string": {"type": "VerifiableCredential"},
    "a type that is an address": {"type": ["VerifiableCredential", KIND]},
    "types in another order": {"type": [KIND, "VerifiableCredential"]},
    "types in yet another order": {"type": ["https://example.org/#a", "VerifiableCredential", KIND]},
    "a status with a type": {"credentialStatus": TYPED},
    "a status without an identifier": {"credentialStatus": {"type": KIND}},
    "terms of use with a type": {"termsOfUse": {"type": KIND}},
    "terms of use with an identifier": {"termsOfUse": TYPED},
    "several terms of use": {"termsOfUse": [TYPED, {"type": KIND}]},
    "evidence with a type": {"evidence": {"type": KIND}},
    "several pieces of evidence": {"evidence": [{"type": KIND}, {"type": KIND}]},
    "a refresh service with a type": {"refreshService": TYPED},
    "several refresh services": {"refreshService": [TYPED, {**TYPED, "id": "https://example.org/2"}]},
    "a schema with a type": {"credentialSchema": TYPED},
    "several schemas": {"credentialSchema": [TYPED, {**TYPED, "id": "https://example.org/2"}]},
    # 4.7 issuer
    "an issuer that is an object": {"issuer": {"id": "did:example:issuer"}},
    # 4.8 subjects
    "several subjects": {"credentialSubject": [{"id": "did:example:a"}, {"id": "did:example:b"}]},
    # 4.9 validity
    "a start with fractions of a second": {"validFrom": "2023-02-27T05:03:28.000Z"},
    "a start in another time zone": {"validFrom": "2023-02-27T05:03:28-08:00"},
    "a start far in the future": {"validFrom": "9999-12-31T00:00:00Z"},
    "an end": {"validUntil": "2030-02-27T05:03:28Z"},
    "an end with fractions of a second": {"validUntil": "2030-02-27T05:03:28.500Z"},
    "an end in another time zone": {"validUntil": "2030-02-27T05:03:28+02:00"},
    "an end that was": {"validUntil": "2020-02-27T05:03:28Z"},
    "an end after the start": {"validFrom": "2023-02-27T05:03:28Z", "validUntil": "2030-02-27T05:03:28Z"},
    "an end at the start": {"validFrom": "2023-02-27T05:03:28Z", "validUntil": "2023-02-27T05:03:28Z"},
    # 5.3 related resources
    "a related resource with its digest": {"relatedResource": {"id": V2, "digestSRI": SRI}},
    "a related resource with a multibase digest": {"relatedResource": [{"id": V2, "digestMultibase": MULTIBASE}]},
    "a related resource with its media type": {
        "relatedResource": [
            {"id": V2, "digestSRI": SRI, "mediaType": "application/ld+json"},
            {"id": ELSEWHERE, "digestSRI": "sha256-MIwhzJyufmsjiGS1qP0waCmFb0gKa5ZGBI0ZZtfQo9L="},
        ]
    },
}  # fmt: skip

REFUSED = {
    # 4.3 contexts
    "no context": {"@context": ...},
    "no contexts in the list": {"@context": []},
    "a context that is a string": {"@context": V2},
    "a list without the base context": {"@context": [EXAMPLES]},
    "the base context in second place": {"@context": [EXAMPLES, V2]},
    "a context that is no URL": {"@context": [V2, "https ://not-a-url/contexts/example/v1"]},
    "a context that nobody has": {"@context": [V2, "https://example.com"]},
    "a number among the contexts": {"@context": [V2, 123192875]},
    "a null among the contexts": {"@context": [V2, None]},
    # 4.4 identifiers
    "a null identifier": {"id": None},
    "several identifiers": {"id": ["did:example:a", "did:example:b"]},
    "an identifier that is no URL": {"id": "not-a-url"},
    "a subject with several identifiers": {"credentialSubject": {"id": ["did:example:a", "did:example:b"]}},
    "a subject whose identifier is no URL": {"credentialSubject": {"id": "subject"}},
    # 4.5 types
    "no type": {"type": ...},
    "a null type": {"type": None},
    "no type of a credential": {"type": [KIND]},
    "a type that maps to no URL": {
        "@context": [V2, {"Odd": "https ://not-a-url#Odd"}],
        "type": ["VerifiableCredential", "Odd"],
    },
    "a type that maps to nothing": {"type": ["VerifiableCredential", "Unmapped"]},
    "a status without a type": {"credentialStatus": {"id": "did:example:status"}},
    "a status whose type is no URL": {"credentialStatus": {"id": "did:example:status", "type": "Unmapped"}},
    "a status with several identifiers": {"credentialStatus": {"type": KIND, "id": ["urn:a", "urn:b"]}},
    "a status whose identifier is no URL": {"credentialStatus": {"type": KIND, "id": "status"}},
    "terms of use without a type": {"termsOfUse": {"id": "https://example.org/1"}},
    "evidence without a type": {"evidence": {"id": "https://example.org/1"}},
    "a second piece of evidence without a type": {"evidence": [TYPED, {"id": "https://example.org/2"}]},
    "a refresh service without a type": {"refreshService": {"id": "https://example.org/1"}},
    "a schema without a type": {"credentialSchema": {"id": "https://example.org/1"}},
    "a schema without an identifier": {"credentialSchema": {"type": KIND}},
    "a schema whose identifier is a number": {"credentialSchema": {"type": KIND, "id": 3}},
    # 4.7 issuer
    "no issuer": {"issuer": ...},
    "an issuer that is no URL": {"issuer": "issuer"},
    "a null issuer": {"issuer": None},
    "an issuer with a null identifier": {"issuer": {"id": None}},
    "an issuer whose identifier is no URL": {"issuer": {"id": "issuer"}},
    "an issuer without an identifier": {"issuer": {"name": "School"}},
    # 4.8 subjects
    "no subject": {"credentialSubject": ...},
    "an empty subject": {"credentialSubject": {}},
    "no subjects in the list": {"credentialSubject": []},
    "an empty subject among several": {"credentialSubject": [{"id": "did:example:a"}, {}]},
    "a subject that is an address": {"credentialSubject": "did:example:a"},
    # 4.9 validity
    "a start that is no date": {"validFrom": "2017/09/27"},
    "a start without a time zone": {"validFrom": "2023-02-27T05:03:28"},
    "an end that is no date": {"validUntil": "2017/09/27"},
    "an end before the start": {"validFrom": "2030-02-27T05:03:28Z", "validUntil": "2023-02-27T05:03:28Z"},
    # 5.2 extensibility
    "a context that redefines a type of the base context": {
        "@context": [V2, {"VerifiableCredential": "https://example.org/#Other"}]
    },
    "a context that redefines a protected term": {
        "@context": [V2, {"@protected": True, "Kind": KIND}, {"Kind": "https://example.org/#Other"}],
        "type": ["VerifiableCredential", "Kind"],
    },
    "a field that no context defines": {"colour": "red"},
    # 5.3 related resources
    "related resources as strings": {"relatedResource": [V2]},
    "a related resource without an identifier": {"relatedResource": {"digestSRI": SRI}},
    "a related resource twice": {"relatedResource": [{"id": V2, "digestSRI": SRI}, {"id": V2, "digestMultibase": MULTIBASE}]},
    "a related resource without a digest": {"relatedResource": {"id": V2, "mediaType": "application/ld+json"}},
    "a related resource with another digest": {"relatedResource": {"id": V2, "digestSRI": "sha384-" + "A" * 64}},
    "a related resource with another multibase digest": {
        "relatedResource": {"id": V2, "digestMultibase": "u" + "A" * 43}
    },
    "a digest of no known kind": {"relatedResource": {"id": ELSEWHERE, "digestMultibase": "uZTQ0MjM1NiAgcmVwb3J0"}},
}  # fmt: skip


@pytest.mark.parametrize("members", TAKEN.values(), ids=TAKEN.keys())
def test_a_credential_may_have(door, members):
    door.accepts(door.issue(credential(**members)))


@pytest.mark.parametrize("members", REFUSED.values(), ids=REFUSED.keys())
def test_a_credential_may_not_have(door, members):
    door.will_not_issue(credential(**members))


@pytest.mark.parametrize("place", ["credential", "issuer"])
@pytest.mark.parametrize("member", ["name", "description"])
class TestNames:
    """Sections 4.6 and 11.1."""

    @staticmethod
    def named(place, member, value):
        if place == "credential":
            return credential(**{member: value})
        return credential(issuer={"id": "did:example:issuer", member: value})

    @pytest.mark.parametrize(
        "value",
        [
            "Safe at heights",
            {"@value": "Safe at heights", "@language": "en"},
            {"@value": "Safe at heights", "@language": "en", "@direction": "ltr"},
            [
                {"@value": "Safe at heights", "@language": "en"},
                {"@value": "آمن في المرتفعات", "@language": "ar", "@direction": "rtl"},
            ],
        ],
    )
    def test_a_string_or_texts_in_languages(self, door, place, member, value):
        door.accepts(door.issue(self.named(place, member, value)))

    @pytest.mark.parametrize(
        "value",
        [
            {"@value": "Safe at heights", "@language": "en", "url": "did:example:more"},
            {"@value": "Safe at heights", "@language": "en", "@type": "https://example.org/t"},
            {"@language": "en"},
            7,
        ],
    )
    def test_nothing_else(self, door, place, member, value):
        door.will_not_issue(self.named(place, member, value))


def test_what_is_issued_is_secured_and_has_all_that_is_required(door):
    issued = door.issue(credential())
    assert issued.items() >= credential().items()
    assert issued["proof"]["type"] == "DataIntegrityProof"


def test_what_does_not_conform_is_refused(door):
    for document in ({"type": ["NonconformingDocument"]}, {}, {"@context": [V2]}):
        door.refuses(document)
        door.refuses_presentation(document)


def test_a_credential_of_version_1_is_issued_with_the_context_of_its_proof(door):
    old = credential(**{"@context": [V1], "issuanceDate": "2020-03-16T22:37:26.544Z"})
    issued = door.issue(old)
    assert issued["@context"] == [V1, "https://w3id.org/security/data-integrity/v2"]
    door.accepts(issued)
    door.will_not_issue({**old, "issuanceDate": "yesterday"})
    door.will_not_issue({name: value for name, value in old.items() if name != "issuanceDate"})


def test_a_secured_document_is_not_secured_again(door):
    door.will_not_issue(door.issue(credential()))


class TestPresentations:
    """Section 4.13, and those of section 4.3 and 4.5 on presentations."""

    @pytest.mark.parametrize(
        "members",
        [
            {},
            {"id": "urn:uuid:1"},
            {"type": ["VerifiablePresentation", KIND]},
            {"@context": [V2, EXAMPLES]},
            {"@context": [V2, {"ExampleKind": KIND}], "type": ["ExampleKind", "VerifiablePresentation"]},
            {"holder": "did:example:holder"},
            {"holder": {"id": "did:example:holder"}},
        ],
    )
    def test_good_ones(self, door, members):
        door.accepts_presentation(shown(door, **members))

    @pytest.mark.parametrize(
        "members",
        [
            {"@context": ...},
            {"@context": []},
            {"@context": [EXAMPLES, V2]},
            {"@context": [EXAMPLES]},
            {"@context": [V2, "https://example.com"]},
            {"@context": [V2, "https ://not-a-url/contexts/example/v1"]},
            {"@context": [V2, 123192875]},
            {"type": ...},
            {"type": [KIND]},
            {"type": ["VerifiablePresentation", "Unmapped"]},
            {"id": "not-a-url"},
            {"holder": {"name": "nobody"}},
            {"holder": "holder"},
            {"verifiableCredential": ["https://example.org/credential"]},
            {"verifiableCredential": [7]},
        ],
    )
    def test_bad_ones(self, door, members):
        good = shown(door)
        changed = {**good, **members}
        door.refuses_presentation({name: value for name, value in changed.items() if value is not ...})

    def test_several_credentials(self, door):
        door.accepts_presentation(
            shown(door, verifiableCredential=[door.issue(credential()), door.issue(credential(id=...))])
        )

    def test_one_bad_credential_among_several(self, door):
        bad = {**door.issue(credential()), "validUntil": "2099-01-01T00:00:00Z"}
        door.refuses_presentation(shown(door, verifiableCredential=[door.issue(credential()), bad]))

    def test_the_holders_own_word_names_the_holder(self, door):
        own = credential(issuer="did:example:holder")
        door.accepts_presentation(shown(door, holder="did:example:holder", verifiableCredential=[own]))
        door.refuses_presentation(shown(door, verifiableCredential=[own]))
        door.refuses_presentation(shown(door, holder="did:example:other", verifiableCredential=[own]))

    def test_another_proof_value(self, door):
        vp = shown(door)
        vp["proof"]["proofValue"] = "z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh"
        door.refuses_presentation(vp)
