"""Which credentials and claims a DCQL query takes (OpenID4VP 1.0, sections 6.4 and 7)."""

import pytest

from passport.errors.openid4vp import DcqlTooMuchWork
from passport.openid4vp.claims_path import Work, select_claims
from passport.openid4vp.dcql import ClaimsQuery, CredentialQuery, TrustedAuthority
from passport.openid4vp.dcql_match import Candidate, match
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.dcql_select import select_credentials

EXAMPLE = {
    "name": "A worker",
    "address": {"street_address": "42 Market Street", "locality": "Milliways", "postal_code": "12345"},
    "degrees": [
        {"type": "Bachelor of Science", "university": "A university"},
        {"type": "Master of Science"},
    ],
    "nationalities": ["British", "Betelgeusian"],
    "nothing": [],
}
"""The shape of section 7.3."""


@pytest.mark.parametrize(
    ("path", "places"),
    [
        (("name",), [("name",)]),
        (("address",), [("address",)]),
        (("address", "street_address"), [("address", "street_address")]),
        (("degrees", None, "type"), [("degrees", "0", "type"), ("degrees", "1", "type")]),
        (("degrees", None, "university"), [("degrees", "0", "university")]),
        (("nationalities", 1), [("nationalities", "1")]),
        (("nationalities", 2), []),
        (("nothing", None), []),
        (("absent",), []),
        (("name", "first"), []),
        (("name", 0), []),
        (("name", None), []),
        (("address", 0), []),
        (("degrees", "type"), []),
        (("degrees", None, None), []),
        (("nationalities", "0"), []),
    ],
)
def test_a_path_selects_as_the_specification_says(path, places):
    assert [each.place for each in select_claims(EXAMPLE, path, Work())] == places


def candidate(**more):
    return Candidate("one", more.pop("format", "dc+sd-jwt"), EXAMPLE, vct="https://school.example/d", **more)


def query(*claims, **more):
    return CredentialQuery("q", more.pop("format", "dc+sd-jwt"), claims=claims, **more)


def held_against(asked, one=None, **more):
    return match(asked, one or candidate(), Work(), **more)


def test_without_claims_nothing_that_can_stay_is_asked():
    found = held_against(query())
    assert found.claims == ()
    assert found.places == ()


def test_every_claim_must_be_there():
    assert held_against(query(ClaimsQuery(("name",)), ClaimsQuery(("address", "locality")))).places == (
        ("name",),
        ("address", "locality"),
    )
    assert held_against(query(ClaimsQuery(("name",)), ClaimsQuery(("absent",)))) is None


@pytest.mark.parametrize(
    ("values", "takes"),
    [
        (("A worker",), True),
        (("other", "A worker"), True),
        (("a worker",), False),
        ((True,), False),
    ],
)
def test_a_value_must_be_one_of_those_asked(values, takes):
    assert (held_against(query(ClaimsQuery(("name",), values=values))) is not None) is takes


@pytest.mark.parametrize(
    ("found", "asked", "takes"),
    [(1, 1, True), (1, True, False), (True, 1, False), (1.0, 1, False), ("1", 1, False), (True, True, True)],
)
def test_type_and_value_both_must_fit(found, asked, takes):
    one = Candidate("one", "dc+sd-jwt", {"n": found})
    assert (held_against(query(ClaimsQuery(("n",), values=(asked,))), one) is not None) is takes


def test_of_an_array_only_the_elements_with_an_asked_value_leave():
    found = held_against(query(ClaimsQuery(("nationalities", None), values=("Betelgeusian",))))
    assert found.places == (("nationalities", "1"),)


def test_the_first_combination_that_is_there_is_taken():
    claims = (
        ClaimsQuery(("absent",), "a"),
        ClaimsQuery(("name",), "b"),
        ClaimsQuery(("address",), "c"),
    )
    found = held_against(query(*claims, claim_sets=(("a", "b"), ("c", "b"), ("b",))))
    assert [each.id for each in found.claims] == ["c", "b"]
    assert held_against(query(*claims, claim_sets=(("a",),))) is None


def test_a_refused_claim_counts_as_absent():
    claims = (ClaimsQuery(("name",), "a"), ClaimsQuery(("address",), "b"))
    assert held_against(query(*claims), without={("name",)}) is None
    other = held_against(query(*claims, claim_sets=(("a", "b"), ("b",))), without={("name",)})
    assert other.places == (("address",),)


@pytest.mark.parametrize(
    ("asked", "one", "takes"),
    [
        (query(format="ldp_vc"), candidate(), False),
        (query(format="mso_mdoc"), candidate(), False),
        (query(vct_values=("https://school.example/d",)), candidate(), True),
        (query(vct_values=("https://school.example/e",)), candidate(), False),
        (query(format="vc+sd-jwt", vct_values=("https://school.example/d",)), candidate(), True),
        (query(format="vc+sd-jwt"), candidate(), False),
        (query(format="ldp_vc", type_values=(("a", "b"), ("c",))), candidate(format="ldp_vc", types=frozenset("bad")), True),
        (query(format="ldp_vc", type_values=(("a", "b"), ("c",))), candidate(format="ldp_vc", types=frozenset("ad")), False),
        (query(format="jwt_vc_json"), candidate(format="jwt_vc_json"), True),
        (query(), candidate(holder_bound=False), False),
        (query(require_cryptographic_holder_binding=False), candidate(holder_bound=False), True),
        (query(trusted_authorities=(TrustedAuthority("aki", ("x", "y")),)), candidate(authority_keys=frozenset("y")), True),
        (query(trusted_authorities=(TrustedAuthority("aki", ("x",)),)), candidate(), False),
        (query(trusted_authorities=(TrustedAuthority("etsi_tl", ("y",)),)), candidate(authority_keys=frozenset("y")), False),
        (query(trusted_authorities=(TrustedAuthority("openid_federation", ("x",)), TrustedAuthority("aki", ("y",)))), candidate(authority_keys=frozenset("y")), True),
    ],
)  # fmt: skip
def test_format_type_authority_and_binding_must_fit(asked, one, takes):
    assert (held_against(asked, one) is not None) is takes


def test_hostile_paths_end_within_the_budget():
    wide = {"a": [{"b": [0] * 250} for _ in range(250)]}
    bomb = query(
        *(ClaimsQuery(("a", None, "b", None), str(number), ("x",) * 60) for number in range(60)),
        claim_sets=tuple((str(number),) for number in range(30)),
    )
    with pytest.raises(DcqlTooMuchWork):
        match(bomb, Candidate("one", "dc+sd-jwt", wide), Work())


def test_work_is_refused_at_one_more_than_the_limit():
    work = Work(10)
    work.spend(10)
    with pytest.raises(DcqlTooMuchWork):
        work.spend(1)


SETS = parse_dcql(
    {
        "credentials": [{"id": name, "format": "ldp_vc", "meta": {}} for name in "abcd"],
        "credential_sets": [
            {"options": [["a"], ["b"], ["c", "d"]]},
            {"options": [["d"]], "required": False},
        ],
    }
)
ALL = parse_dcql({"credentials": [{"id": name, "format": "ldp_vc", "meta": {}} for name in "ab"]})


def test_without_sets_every_credential_is_returned_or_none():
    assert select_credentials(ALL, "ab").queries == ("a", "b")
    partly = select_credentials(ALL, "a")
    assert (partly.queries, partly.missing, partly.can_be_answered) == ((), ("b",), False)


@pytest.mark.parametrize(
    ("satisfied", "chosen", "queries"),
    [
        ("abcd", {}, ("a",)),
        ("abcd", {0: 1}, ("b",)),
        ("abcd", {0: 2}, ("c", "d")),
        ("bcd", {}, ("b",)),
        ("bcd", {0: 0}, ("b",)),
        ("abcd", {0: None}, ("a",)),
        ("abcd", {1: 0}, ("a", "d")),
        ("abc", {1: 0}, ("a",)),
        ("cd", {}, ("c", "d")),
        ("c", {}, ()),
        ("d", {1: 0}, ()),
        ("abcd", {0: 99, 7: 1}, ("a",)),
    ],
)
def test_of_each_set_one_option_is_returned(satisfied, chosen, queries):
    found = select_credentials(SETS, satisfied, chosen)
    assert found.queries == queries
    assert found.can_be_answered is bool(queries)
