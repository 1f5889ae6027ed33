"""DCQL, for whatever is asked and held: less held never meets more, and only what is asked is selected."""

from hypothesis import given
from hypothesis import strategies as st

from passport.openid4vp.claims_path import Work, select_claims
from passport.openid4vp.dcql import ClaimsQuery, CredentialQuery, CredentialSetQuery, DcqlQuery
from passport.openid4vp.dcql_match import Candidate, match
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.dcql_select import select_credentials
from passport.sd_jwt.pointers import resolve_pointer

NAMES = st.sampled_from("abc")
LEAVES = st.one_of(st.sampled_from(["x", "y"]), st.integers(0, 2), st.booleans(), st.none())
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(NAMES, TREES, max_size=3)
PATHS = st.lists(NAMES | st.integers(0, 2) | st.none(), min_size=1, max_size=4).map(tuple)
VALUES = st.lists(st.sampled_from(["x", "y"]) | st.integers(0, 2) | st.booleans(), max_size=2).map(tuple)
FORMATS = st.sampled_from(["ldp_vc", "dc+sd-jwt"])


@st.composite
def credential_queries(draw, name):
    claims = tuple(
        ClaimsQuery(path, f"c{number}", values)
        for number, (path, values) in enumerate(draw(st.lists(st.tuples(PATHS, VALUES), max_size=3)))
    )
    ids = [claim.id for claim in claims]
    sets = (
        draw(st.lists(st.lists(st.sampled_from(ids), min_size=1, max_size=3).map(tuple), max_size=2))
        if ids
        else []
    )
    return CredentialQuery(name, draw(FORMATS), claims=claims, claim_sets=tuple(sets))


@st.composite
def queries(draw):
    names = [f"q{number}" for number in range(draw(st.integers(1, 3)))]
    options = st.lists(
        st.lists(st.sampled_from(names), min_size=1, max_size=2).map(tuple), min_size=1, max_size=3
    )
    sets = draw(st.lists(st.builds(CredentialSetQuery, options.map(tuple), st.booleans()), max_size=2))
    return DcqlQuery(tuple(draw(credential_queries(name)) for name in names), tuple(sets))


HELD = st.lists(st.tuples(FORMATS, DOCUMENTS), max_size=4).map(
    lambda found: tuple(Candidate(str(number), name, tree) for number, (name, tree) in enumerate(found))
)


def satisfied(query, held):
    return [
        each.id for each in query.credentials if any(match(each, one, Work()) is not None for one in held)
    ]


@given(queries())
def test_a_query_is_written_and_read_again(query):
    assert parse_dcql(query.to_json()) == query


@given(queries(), HELD, st.data())
def test_without_a_credential_a_query_is_never_met_that_was_not_met_with_it(query, held, data):
    fewer = tuple(each for each in held if data.draw(st.booleans()))
    chosen = data.draw(st.dictionaries(st.integers(0, 2), st.integers(0, 3) | st.none(), max_size=2))
    less = select_credentials(query, satisfied(query, fewer), chosen)
    more = select_credentials(query, satisfied(query, held), chosen)
    assert more.can_be_answered or not less.can_be_answered
    assert set(satisfied(query, fewer)) <= set(satisfied(query, held))


@given(queries(), HELD)
def test_what_is_returned_was_asked_is_met_and_stands_in_one_option_of_each_set(query, held):
    there = satisfied(query, held)
    found = select_credentials(query, there)
    assert set(found.queries) <= set(there)
    for each, made in zip(query.credential_sets, found.sets, strict=bool(query.credential_sets)):
        assert made.option is None or set(each.options[made.option]) <= set(there)


@given(DOCUMENTS, PATHS)
def test_a_path_selects_places_that_it_describes_and_nothing_else(document, path):
    for found in select_claims(document, path, Work()):
        assert resolve_pointer(document, found.place) == found.value
        assert len(found.place) == len(path)
        assert all(step is None or str(step) == token for step, token in zip(path, found.place, strict=True))


@given(credential_queries("q"), FORMATS, DOCUMENTS, st.data())
def test_only_asked_claims_are_selected_and_none_that_is_refused(query, name, document, data):
    refused = {claim.path for claim in query.claims if data.draw(st.booleans())}
    found = match(query, Candidate("one", name, document), Work(), without=refused)
    if found is None:
        return
    asked = {each.place for claim in found.claims for each in select_claims(document, claim.path, Work())}
    assert set(found.places) <= asked
    assert refused.isdisjoint(claim.path for claim in found.claims)
    assert set(found.claims) <= set(query.claims)
