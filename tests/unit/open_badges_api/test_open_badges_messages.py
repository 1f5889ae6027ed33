"""The messages of the Open Badges API: written as the specification writes them, read without trust."""

from datetime import UTC, datetime

import pytest

from passport.errors.oauth import MalformedIssuerUrl
from passport.errors.open_badges_api import (
    EndpointsApart,
    MalformedBadgeList,
    MalformedPaging,
    MalformedServiceDescription,
)
from passport.json import dump
from passport.open_badges_api.credentials_response import CredentialsResponse, parse_credentials_response
from passport.open_badges_api.limits import OPEN_BADGES_API
from passport.open_badges_api.paging import Page, next_page, paging_headers, parse_page
from passport.open_badges_api.paths import CREDENTIALS, base_address
from passport.open_badges_api.profile import profile
from passport.open_badges_api.scopes import OFFLINE_ACCESS, BadgeScope
from passport.open_badges_api.service_description import ServiceDescription, parse_service_description
from passport.open_badges_api.status_info import status_info

BASE = "https://platform.example/tenant"
URL = f"{BASE}{CREDENTIALS}"
DESCRIPTION = ServiceDescription(
    title="A school",
    registration_url=f"{BASE}/register",
    authorization_url=f"{BASE}/authorize",
    token_url=f"{BASE}/token",
    refresh_url=f"{BASE}/token",
    scopes=(BadgeScope.CREDENTIAL_READONLY, BadgeScope.CREDENTIAL_UPSERT, OFFLINE_ACCESS),
    terms_of_service=f"{BASE}/terms",
    privacy_policy=f"{BASE}/privacy",
    revocation_url=f"{BASE}/revoke",
)


def _changed(path: str, value: object) -> dict:
    document = DESCRIPTION.to_json(BASE)
    *steps, last = path.split("/")
    part = document
    for step in steps:
        part = part[step]
    part[last] = value
    return document


SCHEME = "components/securitySchemes/OAuth2ACG"
FLOW = f"{SCHEME}/flows/authorizationCode"


def test_a_service_description_says_the_same_to_who_reads_it() -> None:
    assert parse_service_description(dump(DESCRIPTION.to_json(BASE)), base=BASE) == DESCRIPTION


def test_a_service_description_has_the_operations_that_its_scopes_open_under_the_official_names() -> None:
    document = DESCRIPTION.to_json(BASE)
    paths = {
        path: {method: each["operationId"] for method, each in methods.items()}
        for path, methods in document["paths"].items()
    }
    assert paths == {
        "/discovery": {"get": "getServiceDescription"},
        "/credentials": {"get": "getCredentials", "post": "upsertCredential"},
    }
    assert document["servers"] == [{"url": f"{BASE}/ims/ob/v3p0"}]


def test_a_description_without_a_refresh_url_refreshes_at_the_token_url() -> None:
    document = _changed(f"{FLOW}/refreshUrl", None)
    assert parse_service_description(document, base=BASE).refresh_url == f"{BASE}/token"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("components", None),
        (f"{SCHEME}/type", "http"),
        (f"{SCHEME}/x-imssf-registrationUrl", "platform.example/register"),
        (f"{SCHEME}/x-imssf-registrationUrl", "http://platform.example/register"),
        (f"{SCHEME}/x-revocationUrl", 7),
        (f"{FLOW}/tokenUrl", "javascript:alert(1)"),
        (f"{FLOW}/authorizationUrl", "https://user@platform.example/authorize"),
        (f"{FLOW}/scopes", ["credential.readonly"]),
        ("info/title", ""),
        ("info/title", {"nl": "school"}),
    ],
)
def test_a_malformed_description_is_refused(path: str, value: object) -> None:
    with pytest.raises(MalformedServiceDescription):
        parse_service_description(_changed(path, value), base=BASE)


@pytest.mark.parametrize(
    "path",
    [
        f"{SCHEME}/x-imssf-registrationUrl",
        f"{SCHEME}/x-revocationUrl",
        f"{FLOW}/tokenUrl",
        f"{FLOW}/authorizationUrl",
        f"{FLOW}/refreshUrl",
    ],
)
def test_a_mix_up_by_one_endpoint_on_another_host_is_refused(path: str) -> None:
    with pytest.raises(EndpointsApart):
        parse_service_description(_changed(path, "https://elsewhere.example/x"), base=BASE)
    with pytest.raises(EndpointsApart):
        parse_service_description(_changed(path, "https://platform.example:8443/x"), base=BASE)


def test_an_address_for_people_that_is_none_is_left_out() -> None:
    document = _changed("info/termsOfService", "javascript:alert(1)")
    assert parse_service_description(document, base=BASE).terms_of_service is None


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("platform.example", "https://platform.example"),
        (" https://platform.example/ ", "https://platform.example"),
        ("https://platform.example/tenant/ims/ob/v3p0/discovery", BASE),
        ("http://localhost:8101/o/school", "http://localhost:8101/o/school"),
    ],
)
def test_a_base_address_is_read_as_people_write_it(typed: str, base: str) -> None:
    assert base_address(typed) == base


@pytest.mark.parametrize(
    "typed", ["", "http://platform.example", "file:///etc/passwd", "https://a@b.example", "a b"]
)
def test_what_is_no_base_address_is_refused(typed: str) -> None:
    with pytest.raises(MalformedIssuerUrl):
        base_address(typed)


def test_a_list_of_badges_says_the_same_to_who_reads_it() -> None:
    listed = CredentialsResponse(({"id": "urn:x:1"},), ("e30.e30.x",))
    assert parse_credentials_response(dump(listed.to_json())) == listed
    assert listed.sources == (b'{"id":"urn:x:1"}', b"e30.e30.x")


def test_tokens_are_read_under_the_name_of_the_specifications_own_example_too() -> None:
    assert parse_credentials_response(b'{"compactJwsStrings": ["a.b.c"]}').compact_jws_string == ("a.b.c",)


def test_one_badge_where_a_list_belongs_is_a_list_of_one() -> None:
    assert parse_credentials_response({"credential": {"id": "urn:x:1"}}).credential == ({"id": "urn:x:1"},)


@pytest.mark.parametrize(
    "document",
    [
        {"credential": ["a"]},
        {"credential": 7},
        {"compactJwsString": [{}]},
        {"compactJwsString": ["é"]},
        {"credential": [{}] * (OPEN_BADGES_API.badges + 1)},
    ],
)
def test_a_list_that_is_none_is_refused(document: dict) -> None:
    with pytest.raises(MalformedBadgeList):
        parse_credentials_response(document)


def test_more_than_a_page_is_asked_for_in_vain() -> None:
    assert parse_page({"limit": "1000000000"}).limit == OPEN_BADGES_API.page
    assert parse_page({}) == Page()
    assert parse_page({"limit": "2", "offset": "7", "since": "2026-01-01T00:00:00Z"}) == Page(
        2, 7, datetime(2026, 1, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "1e3"},
        {"limit": "٣"},
        {"limit": ""},
        {"limit": "9" * 21},
        {"offset": "-1"},
        {"offset": "1_0"},
        {"since": "yesterday"},
        {"since": "2026-01-01"},
    ],
)
def test_paging_tricks_are_refused(query: dict[str, str]) -> None:
    with pytest.raises(MalformedPaging):
        parse_page(query)


def test_the_links_of_a_page_in_the_middle() -> None:
    headers = paging_headers(URL, Page(2, 2), 5)
    assert headers["X-Total-Count"] == "5"
    relations = {part.partition('rel="')[2][:-1]: part for part in headers["Link"].split(", ")}
    assert {name: part.partition("offset=")[2].partition(">")[0] for name, part in relations.items()} == {
        "first": "0",
        "last": "4",
        "prev": "0",
        "next": "4",
    }
    assert next_page(URL, {"link": headers["Link"]}) == f"{URL}?limit=2&offset=4"


@pytest.mark.parametrize(("offset", "total"), [(0, 0), (0, 2), (4, 5), (10**19, 5)])
def test_the_last_page_has_no_next(offset: int, total: int) -> None:
    headers = paging_headers(URL, Page(2, offset), total)
    assert next_page(URL, {"link": headers["Link"]}) is None
    assert ('rel="prev"' in headers["Link"]) == (offset > 0)


def test_a_link_keeps_since() -> None:
    page = parse_page({"since": "2026-01-01T00:00:00Z", "limit": "1"})
    assert "since=2026-01-01T00%3A00%3A00Z" in paging_headers(URL, page, 3)["Link"]


@pytest.mark.parametrize(
    "link",
    [
        "",
        "rubbish",
        f'<{URL}?offset=2>; rel="last"',
        '<https://elsewhere.example/x>; rel="next"',
        '<http://platform.example/x>; rel="next"',
        '<//169.254.169.254/x>; rel="next"',
        '<https://platform.example@elsewhere.example/x>; rel="next"',
    ],
)
def test_a_next_page_on_another_host_gets_no_token(link: str) -> None:
    assert next_page(URL, {"link": link}) is None


def test_a_relative_next_page_is_on_the_same_host() -> None:
    assert next_page(URL, {"link": "</x?offset=2>; rel=next"}) == "https://platform.example/x?offset=2"


@pytest.mark.parametrize(
    ("status", "major", "severity", "minor"),
    [
        (202, "processing", "status", "fullsuccess"),
        (400, "failure", "error", "invalid_data"),
        (401, "failure", "error", "unauthorizedrequest"),
        (403, "failure", "error", "forbidden"),
        (404, "failure", "status", "not_found"),
        (405, "unsupported", "error", "not_allowed"),
        (418, "failure", "error", "unknown"),
        (429, "failure", "error", "server_busy"),
    ],
)
def test_a_status_is_said_as_the_specification_pairs_it(
    status: int, major: str, severity: str, minor: str
) -> None:
    assert status_info(status, "Why.").to_json() == {
        "imsx_codeMajor": major,
        "imsx_severity": severity,
        "imsx_description": "Why.",
        "imsx_codeMinor": {
            "imsx_codeMinorField": [
                {"imsx_codeMinorFieldName": "skills-passport", "imsx_codeMinorFieldValue": minor}
            ]
        },
    }


def test_a_wrong_parameter_of_the_query_has_a_code_of_its_own() -> None:
    assert status_info(400, "Why.", of_query=True).code_minor == "invalid_query_parameter"


def test_a_profile_says_what_was_proved_and_no_more() -> None:
    assert profile("did:key:z6Mk")["type"] == ["Profile"]
    assert "email" not in profile("did:key:z6Mk")
    assert profile("urn:x:1", email="learner@school.example")["email"] == "learner@school.example"


def test_the_short_name_of_a_scope() -> None:
    assert BadgeScope.CREDENTIAL_READONLY.short == "credential-readonly"
