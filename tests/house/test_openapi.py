"""The OpenAPI documents are good enough to make clients from: names, models, keys, problems."""

import re

import pytest

from passport.web.operations import singular

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
OF_OPEN_BADGES = {"getServiceDescription", "getCredentials", "getProfile"}
"""As the OpenAPI document of Open Badges 3.0 names them, for clients that are made from that."""
PROMISED = {
    "issuer": {
        "create_achievement", "list_achievements", "create_credential", "list_credentials", "get_credential",
        "revoke_credential", "create_offer", "list_offers", "take_batch", "take_rows", "get_batch", "get_rows",
        "get_report", "withdraw_csv", "withdraw_rows", "create_webhook", "list_webhooks", "list_deliveries",
        "export_credentials", "export_offers", "create_account", "list_accounts",
    },
    "verifier": {
        "publish_profile", "create_request", "get_request", "check_presentation", "list_reports", "get_report",
        "verify_credential", "verify_presentation", "verify_batch", "create_webhook", "list_deliveries",
    },
}  # fmt: skip
"""What programs call by name already: never renamed, only added to."""


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def references(value):
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def test_every_operation_has_a_name_of_its_own(named):
    service, document = named
    names = [operation.get("operationId", "") for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert [name for name in names if name not in OF_OPEN_BADGES and not NAME.fullmatch(name)] == []
    assert PROMISED[service] <= set(names)


def test_every_reference_leads_to_a_schema(named):
    _, document = named
    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= schemas


def test_every_operation_of_a_program_names_its_key_and_its_refusals(named):
    _, document = named
    for method, path, operation in operations(document):
        if path.startswith("/api/"):
            assert operation.get("security"), (method, path)
        assert "application/problem+json" in operation["responses"]["4XX"]["content"], (method, path)
        assert [code for code in operation["responses"] if code.startswith("2")], (method, path)
    used = {
        scheme
        for *_, operation in operations(document)
        for each in operation.get("security", ())
        for scheme in each
    }
    assert used == set(document["components"]["securitySchemes"])


def test_every_body_has_a_model_or_says_that_it_is_a_file(named):
    _, document = named
    for method, path, operation in operations(document):
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            assert content["schema"] != {"type": "object"}, (method, path, media_type)


def test_the_service_says_where_it_is(named):
    _, document = named
    assert document["servers"][0]["url"].startswith("http://localhost:")


def test_every_creating_operation_takes_an_idempotency_key(named):
    """Or is done once by itself: a nonce is used up, a document has an id, a change of state can't be made twice."""
    service, document = named
    by_itself = {
        "issuer": re.compile(
            r"/o/|/api/(batches/\{batch_id\}/(start|pause|resume|stop)|credentials/\{credential_id\}/(revoke|suspend|resume)|keys/\{key_id\}/revoke"
            r"|licences/|offers/\{offer_id\}/(release|link)|validations/\{case_id\}/moves)"
        ),
        "verifier": re.compile(
            r"/(r|openid4vp|credentials|presentations)/|/api/(profiles/lint|trust-lists/refresh|verifications|files|openid4vp/\{)"
        ),
    }[service]
    missing = [
        path
        for method, path, operation in operations(document)
        if method == "post"
        and not by_itself.match(path)
        and "idempotency-key" not in {each["name"].lower() for each in operation.get("parameters", ())}
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("batches", "batch"),
        ("licences", "licence"),
        ("evidence", "evidence"),
        ("policies", "policy"),
        ("stack", "stack"),
    ],
)
def test_one_of_many(word, expected):
    assert singular(word) == expected
