"""A function profile as a DCQL query: what it can say, and what it leaves to the policy."""

from dataclasses import replace

import pytest

from passport.credentials.form import Form
from passport.evidence import Demand, Strength
from passport.evidence.profile import parse_function_profile
from passport.openid4vp.claims_path import Work
from passport.openid4vp.dcql_match import Candidate, match
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.endorsement_query import asks_for_endorsements, endorsement_queries
from passport.openid4vp.from_profile import ALL_FORMS, SKILL_PATH, query_of_profile
from passport.openid4vp.limits import DCQL
from passport.trust import Recognition
from tests.simulators.parties import ESCO, Party

BREAD, TEAM = f"{ESCO}bread", f"{ESCO}team"
SCHOOL = Party("School")


def profile(*demands: Demand):
    return replace(_ANY, demands=demands)


_ANY = parse_function_profile(
    {
        "type": "FunctionProfile",
        "id": "https://bakery.example/baker",
        "version": 1,
        "name": {"en": "Baker"},
        "publisher": {"id": SCHOOL.did, "name": "Bakery"},
        "purpose": "labour-market",
        "taxonomy": "ESCO",
        "validFrom": "2026-01-01T00:00:00Z",
        "validUntil": "2027-01-01T00:00:00Z",
        "demands": [{"skill": BREAD, "label": "bread", "required": True, "minimumStrength": "soft"}],
    }
)


def badge(skill: str) -> Candidate:
    document = SCHOOL.issue(Party("Worker"), {skill: "x"})
    types = frozenset(
        {
            "https://www.w3.org/2018/credentials#VerifiableCredential",
            "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential",
        }
    )
    return Candidate("1", "ldp_vc", document, types=types)


def test_each_demand_is_a_use_that_any_form_serves_and_required_where_the_profile_says_so():
    query = query_of_profile(profile(Demand(BREAD, "bread"), Demand(TEAM, "team", required=False)))
    assert [each.id for each in query.credentials][:4] == [
        "skill1-dcsd",
        "skill1-vcsd",
        "skill1-jwt",
        "skill1-ldp",
    ]
    *uses, confirming = query.credential_sets
    assert [(len(each.options), each.required) for each in uses] == [(4, True), (4, False)]
    assert all(each.multiple and each.require_cryptographic_holder_binding for each in query.credentials[:-2])
    assert not confirming.required
    assert parse_dcql(query.to_json()) == query


def test_the_skill_is_asked_by_its_value_and_a_badge_of_another_skill_does_not_fit():
    [*_, asked, _, _] = query_of_profile(profile(Demand(BREAD, "bread"))).credentials
    assert match(asked, badge(BREAD), Work()) is not None
    assert match(asked, badge(TEAM), Work()) is None


def test_level_strength_age_and_recognition_stay_with_the_policy():
    plain = query_of_profile(profile(Demand(BREAD, "bread")))
    strict = Demand(
        BREAD, "bread", level=4, minimum_strength=Strength.HARD, maximum_age_months=12, records_shown=True
    )
    assert query_of_profile(profile(strict)) == plain
    recognised = replace(strict, accepted_recognitions=frozenset({Recognition.EDUCATOR}))
    assert query_of_profile(profile(recognised)) == plain


@pytest.mark.parametrize("form", ALL_FORMS)
def test_named_issuers_are_asked_where_nobody_else_would_do(form):
    named = Demand(BREAD, "bread", accepted_issuers=frozenset({SCHOOL.did}))
    [asked, *_] = query_of_profile(profile(named), forms=(form,)).credentials
    skill, issuer = asked.claims
    assert (skill.path, skill.values) == (SKILL_PATH, (BREAD,))
    assert issuer.path == (("iss",) if form is Form.DC_SD_JWT else ("issuer", "id"))
    assert issuer.values == (SCHOOL.did,)


def test_more_issuers_than_a_query_holds_are_left_to_the_policy():
    many = frozenset(f"did:web:school{number}.example" for number in range(DCQL.values))
    [asked, _] = query_of_profile(
        profile(Demand(BREAD, "b", accepted_issuers=many)), forms=(Form.LDP_VC,)
    ).credentials
    assert len(asked.claims[1].values) == DCQL.values
    more = many | {"did:web:one.more.example"}
    [asked, _] = query_of_profile(
        profile(Demand(BREAD, "b", accepted_issuers=more)), forms=(Form.LDP_VC,)
    ).credentials
    assert len(asked.claims) == 1


def test_a_long_profile_is_asked_together():
    most = (DCQL.credentials - 2) // len(ALL_FORMS)
    demands = [Demand(f"{ESCO}{number}", "x") for number in range(most + 1)]
    assert len(query_of_profile(profile(*demands[:most])).credential_sets) == most + 1
    query = query_of_profile(profile(*demands))
    assert [each.id for each in query.credentials] == [
        "skills-dcsd",
        "skills-vcsd",
        "skills-jwt",
        "skills-ldp",
        "confirms-ldp",
        "confirms-jwt",
    ]
    assert [each.required for each in query.credential_sets] == [True, False, False, False, False, False]
    assert query.credentials[0].claims[0].values == tuple(each.skill for each in demands)
    assert parse_dcql(query.to_json()) == query


def test_the_longest_profile_there_is_still_is_a_query():
    demands = [Demand(f"{ESCO}{number}", "x") for number in range(64)]
    query = query_of_profile(profile(*demands))
    assert parse_dcql(query.to_json()) == query
    one = query_of_profile(profile(*demands[: DCQL.credential_sets + 1]), forms=(Form.DC_SD_JWT,))
    assert len(one.credentials) == 1


def test_what_confirms_is_asked_beside_the_skills_without_a_holder_and_never_required():
    query = query_of_profile(profile(Demand(BREAD, "bread")))
    *_, ldp, jwt = query.credentials
    assert [(each.id, each.format) for each in (ldp, jwt)] == [
        ("confirms-ldp", "ldp_vc"),
        ("confirms-jwt", "jwt_vc_json"),
    ]
    assert all(asks_for_endorsements(each) and each.multiple for each in (ldp, jwt))
    assert query.credential_sets[-1].to_json() == {
        "options": [["confirms-ldp", "confirms-jwt"], ["confirms-ldp"], ["confirms-jwt"]],
        "required": False,
    }
    assert not any(asks_for_endorsements(each) for each in query.credentials[:-2])


def test_what_confirms_is_asked_only_in_formats_that_are_taken():
    one = query_of_profile(profile(Demand(BREAD, "bread")), forms=(Form.LDP_VC,))
    assert [each.id for each in one.credentials] == ["skill1-ldp", "confirms-ldp"]
    assert one.credential_sets[-1].options == (("confirms-ldp",),)
    none = query_of_profile(profile(Demand(BREAD, "bread")), forms=(Form.DC_SD_JWT,))
    assert [each.id for each in none.credentials] == ["skill1-dcsd"]


@pytest.mark.parametrize(
    ("changed", "asks"),
    [
        ({}, True),
        ({"type_values": (("EndorsementCredential",),)}, True),
        ({"type_values": ()}, False),
        ({"type_values": (("EndorsementCredential",), ("OpenBadgeCredential",))}, False),
        ({"require_cryptographic_holder_binding": True}, False),
        ({"format": "dc+sd-jwt"}, False),
    ],
)
def test_a_query_asks_for_endorsements_when_it_takes_nothing_else(changed, asks):
    [query] = endorsement_queries((Form.LDP_VC,))
    assert asks_for_endorsements(replace(query, **changed)) is asks
