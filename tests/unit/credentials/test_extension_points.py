"""What VC Data Model 2.0 asks of the members by which credentials are extended (sections 4.11 and 5.4 to 5.10)."""

import pytest

from passport.credentials import parse_credential
from passport.credentials.extension_points import EXTENSION_POINTS, check_extension_points
from passport.errors.credentials import MalformedMember, MissingMember, NotAUrl
from passport.errors.jsonld import TooManyItems
from tests.simulators.exchange import Signatory

GOOD = {"id": "https://example.org/1", "type": "Example"}


@pytest.mark.parametrize("member", EXTENSION_POINTS)
def test_one_or_several_with_a_type_are_good(member):
    check_extension_points({member: GOOD})
    check_extension_points({member: [GOOD, {**GOOD, "type": ["Example", "Other"]}]})


@pytest.mark.parametrize("member", EXTENSION_POINTS)
@pytest.mark.parametrize(
    ("value", "refusal"),
    [
        ({"id": "https://example.org/1"}, MissingMember),
        ([GOOD, {"id": "https://example.org/2"}], MissingMember),
        ({**GOOD, "type": []}, MissingMember),
        ({**GOOD, "type": None}, MalformedMember),
        ({**GOOD, "id": "not a url"}, NotAUrl),
        ({**GOOD, "id": None}, MalformedMember),
        ({**GOOD, "id": ["https://example.org/1", "https://example.org/2"]}, MalformedMember),
        ("https://example.org/1", MalformedMember),
        (["https://example.org/1"], MalformedMember),
        ([[GOOD]], MalformedMember),
        (None, MalformedMember),
        ([GOOD] * 257, TooManyItems),
    ],
)
def test_without_a_type_or_with_an_id_that_is_no_url_each_is_refused(member, value, refusal):
    with pytest.raises(refusal):
        check_extension_points({member: value})


@pytest.mark.parametrize(
    ("schema", "refusal"),
    [
        ({"type": "JsonSchema"}, MissingMember),
        ({"type": "JsonSchema", "id": "schema.json"}, NotAUrl),
        ({**GOOD, "digestSRI": ["sha384-x"]}, MalformedMember),
        ({**GOOD, "digestMultibase": 7}, MalformedMember),
    ],
)
def test_a_schema_has_an_address_and_its_digest_is_a_text(schema, refusal):
    with pytest.raises(refusal):
        check_extension_points({"credentialSchema": schema})


def test_a_badge_is_held_to_it():
    badge = Signatory.web(1).badge(Signatory.key(2))
    parse_credential({**badge, "termsOfUse": GOOD})
    with pytest.raises(MissingMember):
        parse_credential({**badge, "termsOfUse": {"id": "https://example.org/1"}})
