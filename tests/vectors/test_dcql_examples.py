"""The queries of OpenID4VP 1.0, appendix D: each is read and written again, and held against the credentials."""

import json

import pytest

from passport.openid4vp.claims_path import Work
from passport.openid4vp.dcql_match import Candidate, match
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.dcql_select import select_credentials
from passport.sd_jwt import parse, processed

NAMES = [
    "claims_alternatives",
    "credentials_alternatives",
    "multi_credentials",
    "simple",
    "value_matching_simple",
]
PERSON = {
    "vct": "https://credentials.example.com/identity_credential",
    "given_name": "John",
    "family_name": "Doe",
    "address": {"street_address": "Main Street 1"},
    "postal_code": "90210",
    "locality": "Anytown",
    "region": "Anystate",
    "date_of_birth": "1940-01-01",
}
"""The specification's credential with the claims that its queries ask for."""


@pytest.fixture(scope="module")
def examples(vectors):
    return vectors / "openid4vp-examples"


def read(examples, name):
    return json.loads((examples / "query_lang" / f"{name}.json").read_text("utf-8"))


def held(claims, number=0):
    return Candidate(str(number), "dc+sd-jwt", claims, vct=claims.get("vct"))


def matches(query, *credentials):
    found = {}
    for asked in query.credentials:
        some = [match(asked, each, Work()) for each in credentials]
        found[asked.id] = [each for each in some if each is not None]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_query_is_read_and_says_the_same(examples, name):
    source = read(examples, name)
    written = parse_dcql(source).to_json()
    for credential in source["credentials"]:
        credential["meta"].pop("doctype_value", None)  # of mso_mdoc, which we don't hold
    assert written == source


@pytest.mark.parametrize("name", ["simple", "value_matching_simple"])
def test_a_query_is_met_by_the_credential_of_the_specification(examples, name):
    query = parse_dcql(read(examples, name))
    (found,) = matches(query, held(PERSON))["my_credential"]
    assert ("address", "street_address") in found.places
    assert ("locality",) not in found.places


@pytest.mark.parametrize("change", [{"family_name": "Roe"}, {"postal_code": "10115"}, {"postal_code": 90210}])
def test_a_value_that_is_not_asked_keeps_the_credential(examples, change):
    query = parse_dcql(read(examples, "value_matching_simple"))
    assert matches(query, held({**PERSON, **change}))["my_credential"] == []


def test_the_first_combination_of_claims_that_is_there_leaves(examples):
    query = parse_dcql(read(examples, "claims_alternatives"))
    (found,) = matches(query, held(PERSON))["pid"]
    assert [each.id for each in found.claims] == ["a", "c", "d", "e"]
    (other,) = matches(query, held({name: value for name, value in PERSON.items() if name != "region"}))[
        "pid"
    ]
    assert [each.id for each in other.claims] == ["a", "b", "e"]
    assert matches(query, held({"vct": PERSON["vct"], "family_name": "Doe"}))["pid"] == []


def test_one_option_of_the_alternatives_is_returned(examples):
    query = parse_dcql(read(examples, "credentials_alternatives"))
    reduced = {**PERSON, "vct": "https://credentials.example.com/reduced_identity_credential"}
    residence = {**PERSON, "vct": "https://cred.example/residence_credential"}
    rewards = {"vct": "https://company.example/company_rewards", "rewards_number": "7"}

    def returned(*credentials, chosen=None):
        found = matches(query, *(held(each) for each in credentials))
        return select_credentials(query, [name for name, some in found.items() if some], chosen or {}).queries

    assert returned(PERSON, reduced, residence) == ("pid",)
    assert returned(reduced, residence) == ("pid_reduced_cred_1", "pid_reduced_cred_2")
    assert returned(reduced) == ()
    assert returned(PERSON, rewards) == ("pid",)
    assert returned(PERSON, rewards, chosen={1: 0}) == ("pid", "nice_to_have")
    assert returned(rewards, chosen={1: 0}) == ()


def test_a_driving_licence_is_not_held_so_nothing_is_returned(examples):
    query = parse_dcql(read(examples, "multi_credentials"))
    found = matches(query, held(PERSON))
    selection = select_credentials(query, [name for name, some in found.items() if some])
    assert (selection.queries, selection.missing) == ((), ("mdl",))


def test_the_sd_jwt_of_the_specification_is_held_against_a_query(examples):
    text = (
        (examples / "sd_jwt_vcld" / "01" / "sd_jwt_issuance.txt").read_text("ascii").replace("\n", "").strip()
    )
    claims = processed(parse(text))
    query = parse_dcql(
        {
            "credentials": [
                {
                    "id": "ld",
                    "format": "dc+sd-jwt",
                    "meta": {"vct_values": [claims["vct"]]},
                    "claims": [{"path": ["ld", "credentialSubject", "givenName"]}],
                }
            ]
        }
    )
    (found,) = matches(query, held(claims))["ld"]
    assert found.places == (("ld", "credentialSubject", "givenName"),)
