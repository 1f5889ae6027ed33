"""A DCQL query is read strictly, within its limits (OpenID4VP 1.0, section 6)."""

import copy

import pytest

from passport.errors.openid4vp import MalformedDcqlQuery
from passport.openid4vp.dcql import (
    ClaimsQuery,
    CredentialQuery,
    CredentialSetQuery,
    DcqlQuery,
    TrustedAuthority,
)
from passport.openid4vp.dcql_parse import parse_claims_path, parse_dcql
from passport.openid4vp.limits import DCQL

FULL = {
    "credentials": [
        {
            "id": "welding",
            "format": "ldp_vc",
            "multiple": True,
            "meta": {"type_values": [["VerifiableCredential", "OpenBadgeCredential"], ["EuropeanDigitalCredential"]]},
            "trusted_authorities": [{"type": "aki", "values": ["s9tIpPmhxdiuNkHMEWNpYim8S8Y"]}],
            "claims": [
                {"id": "name", "path": ["credentialSubject", "achievement", "name"], "values": ["Welding", 7, True]},
                {"id": "skills", "path": ["credentialSubject", "achievement", "alignment", None, "targetUrl"]},
                {"id": "first", "path": ["credentialSubject", "achievement", "alignment", 0]},
            ],
            "claim_sets": [["name", "skills"], ["first"]],
        },
        {
            "id": "diploma-1_b",
            "format": "dc+sd-jwt",
            "meta": {"vct_values": ["https://school.example/diploma"]},
            "require_cryptographic_holder_binding": False,
        },
        {"id": "licence", "format": "mso_mdoc", "meta": {}},
    ],
    "credential_sets": [
        {"options": [["welding"], ["diploma-1_b", "licence"]]},
        {"options": [["licence"]], "required": False},
    ],
}  # fmt: skip


def changed(*path, to=None, without=False):
    query = copy.deepcopy(FULL)
    inside = query
    for step in path[:-1]:
        inside = inside[step]
    if without:
        del inside[path[-1]]
    else:
        inside[path[-1]] = to
    return query


def test_every_member_is_read_and_written_again():
    query = parse_dcql(FULL)
    assert query == DcqlQuery(
        (
            CredentialQuery(
                "welding",
                "ldp_vc",
                type_values=(
                    ("VerifiableCredential", "OpenBadgeCredential"),
                    ("EuropeanDigitalCredential",),
                ),
                claims=(
                    ClaimsQuery(("credentialSubject", "achievement", "name"), "name", ("Welding", 7, True)),
                    ClaimsQuery(
                        ("credentialSubject", "achievement", "alignment", None, "targetUrl"), "skills"
                    ),
                    ClaimsQuery(("credentialSubject", "achievement", "alignment", 0), "first"),
                ),
                claim_sets=(("name", "skills"), ("first",)),
                trusted_authorities=(TrustedAuthority("aki", ("s9tIpPmhxdiuNkHMEWNpYim8S8Y",)),),
                multiple=True,
            ),
            CredentialQuery(
                "diploma-1_b",
                "dc+sd-jwt",
                vct_values=("https://school.example/diploma",),
                require_cryptographic_holder_binding=False,
            ),
            CredentialQuery("licence", "mso_mdoc"),
        ),
        (
            CredentialSetQuery((("welding",), ("diploma-1_b", "licence"))),
            CredentialSetQuery((("licence",),), required=False),
        ),
    )
    assert query.to_json() == FULL
    assert query.credential("licence") is query.credentials[2]
    assert query.credential("other") is None


def test_unknown_members_are_ignored():
    more = changed("credentials", 0, "intent_to_retain", to=True) | {"purpose": "x"}
    assert parse_dcql(more) == parse_dcql(FULL)


WRONG = [
    ((("credentials",),), [None, {}, [], "x", [7]]),
    ((("credentials", 0, "id"),), [None, "", "a b", "é", "x" * (DCQL.identifier + 1), 7, "licence", "a\n"]),
    ((("credentials", 0, "format"),), [None, "", 7, "x" * (DCQL.text + 1)]),
    ((("credentials", 0, "multiple"),), [None, 1, "true"]),
    ((("credentials", 0, "meta"),), [None, [], "x"]),
    ((("credentials", 0, "meta", "type_values"),), [None, [], ["x"], [[]], [[7]], [[""]]]),
    ((("credentials", 1, "meta", "vct_values"),), [None, [], [[]], [7], [""]]),
    ((("credentials", 0, "trusted_authorities"),), [None, [], [{}], [{"type": "aki"}], [{"type": "aki", "values": []}], [{"type": 1, "values": ["x"]}]]),
    ((("credentials", 1, "require_cryptographic_holder_binding"),), [None, 0]),
    ((("credentials", 0, "claims"),), [None, [], {}, [7], [{"id": "a"}]]),
    ((("credentials", 0, "claims", 0, "id"),), [None, "", "skills", "a.b"]),
    ((("credentials", 0, "claims", 0, "path"),), [None, [], "name", [-1], [1.0], [True], [[]], ["x" * (DCQL.text + 1)]]),
    ((("credentials", 0, "claims", 0, "values"),), [None, [], [None], [1.5], [[]], [{}], ["x" * (DCQL.text + 1)]]),
    ((("credentials", 0, "claim_sets"),), [None, [], [[]], [["other"]], ["name"], [[7]]]),
    ((("credential_sets",),), [None, [], {}, [{}], [{"options": []}], [{"options": [[]]}], [{"options": [["other"]]}], [{"options": [["licence"]], "required": 1}]]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value"), [(path, value) for (path,), values in WRONG for value in values], ids=repr
)
def test_a_query_of_a_wrong_form_is_refused(path, value):
    with pytest.raises(MalformedDcqlQuery):
        parse_dcql(changed(*path, to=value))


@pytest.mark.parametrize(
    "path",
    [
        ("credentials",),
        ("credentials", 0, "id"),
        ("credentials", 0, "format"),
        ("credentials", 0, "meta"),
        ("credentials", 0, "claims"),
        ("credentials", 0, "claims", 1, "id"),
        ("credentials", 0, "claims", 1, "path"),
        ("credential_sets", 0, "options"),
    ],
    ids=repr,
)
def test_a_member_that_must_be_there_is_missed(path):
    with pytest.raises(MalformedDcqlQuery):
        parse_dcql(changed(*path, without=True))


def credential(number, **more):
    return {"id": f"c{number}", "format": "ldp_vc", "meta": {}, **more}


def claim(number, **more):
    return {"id": f"n{number}", "path": ["name"], **more}


BOUNDED = {
    "credentials": lambda n: {"credentials": [credential(each) for each in range(n)]},
    "trusted_authorities": lambda n: {"credentials": [credential(0, trusted_authorities=[{"type": "aki", "values": ["x"]}] * n)]},
    "authority_values": lambda n: {"credentials": [credential(0, trusted_authorities=[{"type": "aki", "values": ["x"] * n}])]},
    "types": lambda n: {"credentials": [credential(0) | {"meta": {"vct_values": ["x"] * n, "type_values": [["y"]] * n}}]},
    "claims": lambda n: {"credentials": [credential(0, claims=[claim(each) for each in range(n)])]},
    "claim_sets": lambda n: {"credentials": [credential(0, claims=[claim(0)], claim_sets=[["n0"]] * n)]},
    "values": lambda n: {"credentials": [credential(0, claims=[claim(0, values=["x"] * n)])]},
    "path": lambda n: {"credentials": [credential(0, claims=[{"path": ["x"] * n}])]},
    "credential_sets": lambda n: {"credentials": [credential(0)], "credential_sets": [{"options": [["c0"]]}] * n},
    "options": lambda n: {"credentials": [credential(0)], "credential_sets": [{"options": [["c0"]] * n}]},
    "identifier": lambda n: {"credentials": [credential(0) | {"id": "x" * n}]},
    "text": lambda n: {"credentials": [credential(0) | {"format": "x" * n}]},
}  # fmt: skip


@pytest.mark.parametrize("name", BOUNDED)
def test_dcql_bombs_are_refused_at_one_more_than_the_limit(name):
    most = getattr(DCQL, name)
    parse_dcql(BOUNDED[name](most))
    with pytest.raises(MalformedDcqlQuery):
        parse_dcql(BOUNDED[name](most + 1))


def test_a_path_alone_can_be_read():
    assert parse_claims_path(["a", None, 0]) == ("a", None, 0)
