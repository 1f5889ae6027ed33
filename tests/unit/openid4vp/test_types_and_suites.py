"""What a query may call a credential's types, and what a presentation is signed with."""

import pytest

from passport.errors.openid4vp import SuiteNotTaken
from passport.keys import KeyType
from passport.openid4vp.client_metadata import ClientMetadata
from passport.openid4vp.response_write import suite_for, takes_any
from passport.openid4vp.types import types_of

V1, V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
W3C = "https://www.w3.org/2018/credentials#VerifiableCredential"


@pytest.mark.parametrize(
    ("document", "types"),
    [
        (
            {"@context": [V2, OB], "type": ["VerifiableCredential", "OpenBadgeCredential"]},
            {W3C, "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential", "VerifiableCredential", "OpenBadgeCredential"},
        ),
        ({"@context": [V1], "type": ["VerifiableCredential", "IDCredential"]}, {W3C, "VerifiableCredential", "IDCredential"}),
        ({"@context": ["https://unknown.example/"], "type": ["IDCredential"]}, {"IDCredential"}),
        ({"@context": [V1], "type": "VerifiableCredential"}, {W3C, "VerifiableCredential"}),
        ({"vct": "https://school.example/diploma"}, set()),
        ({"type": [7, {"a": 1}]}, set()),
    ],
)  # fmt: skip
def test_types_are_known_as_written_and_as_expanded(document, types):
    assert types_of(document) == types


def metadata(**values):
    return ClientMetadata({"ldp_vc": values} if values else {})


@pytest.mark.parametrize(
    ("key", "values", "suite"),
    [
        (KeyType.ED25519, None, "eddsa-rdfc-2022"),
        (KeyType.ED25519, ("eddsa-jcs-2022",), "eddsa-jcs-2022"),
        (KeyType.P256, None, "ecdsa-rdfc-2019"),
        (KeyType.P256, ("ecdsa-jcs-2019", "ecdsa-rdfc-2019"), "ecdsa-rdfc-2019"),
    ],
)
def test_a_presentation_is_signed_with_what_most_know_among_what_is_taken(key, values, suite):
    assert suite_for(metadata(**({} if values is None else {"cryptosuite_values": values})), key) == suite


def test_a_key_that_no_taken_suite_fits_signs_nothing():
    with pytest.raises(SuiteNotTaken):
        suite_for(metadata(cryptosuite_values=("bbs-2023",)), KeyType.ED25519)


def test_a_format_that_is_not_listed_is_not_taken():
    assert takes_any(metadata(), "jwt_vc_json", "alg_values", ("ES256",))
    assert not takes_any(metadata(cryptosuite_values=("x",)), "jwt_vc_json", "alg_values", ("ES256",))
