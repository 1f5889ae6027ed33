"""Whoever makes a client gets one that works and keeps its names: what the generator is given, in every run.

`make client-check` makes the clients and uses them, in an environment of their own; this holds what that stands on.
"""

import ast
import json
import re
import sys
from pathlib import Path

import pytest

from docs.make_client import BYTES, JSON, ROOT, kind, simplified
from tests.simulators.client_program import PROGRAM

FORM = "application/x-www-form-urlencoded"
TAG = re.compile(r"[a-z][a-z0-9-]*")
SCHEMA = re.compile(r"[A-Z][A-Za-z0-9]*")
METHODS = {"get", "put", "post", "delete", "patch"}


def operations(document):
    for methods in document["paths"].values():
        yield from (operation for method, operation in methods.items() if method in METHODS)


def contents(value):
    """Every `content` of a body or an answer."""
    if isinstance(value, dict):
        content = value.get("content")
        if isinstance(content, dict) and any("/" in name for name in content):
            yield content
        for each in value.values():
            yield from contents(each)
    elif isinstance(value, list):
        for each in value:
            yield from contents(each)


def snake(name):
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())


def test_the_document_is_the_same_however_often_it_is_made(named):
    """A client that is made again from the same service has the same functions in the same order."""
    _, document = named
    first, again = (json.dumps(simplified(document)) for _ in range(2))
    assert first == again
    assert simplified(json.loads(first)) == json.loads(first), "what was simplified stays as it is"


def test_every_body_and_answer_comes_to_the_generator_in_a_media_type_that_it_knows(named):
    _, document = named
    found = list(contents(simplified(document)["paths"]))
    assert found
    for content in found:
        assert set(content) <= {JSON, BYTES, FORM}, set(content)
        assert next(iter(content)) == JSON or JSON not in content, "the first one gets the plain name"


@pytest.mark.parametrize(
    ("media_type", "as_what"),
    [
        ("application/json", JSON),
        ("application/problem+json", JSON),
        ("application/vc", JSON),
        ("application/vc+jwt", BYTES),
        ("text/csv", BYTES),
        (FORM, FORM),
    ],
)
def test_a_media_type_is_read_as_what_it_is(media_type, as_what):
    assert kind(media_type) == as_what


def test_every_operation_is_in_one_module_whose_name_can_be_imported(named):
    _, document = named
    for operation in operations(document):
        assert len(operation["tags"]) == 1, operation["operationId"]
        assert TAG.fullmatch(operation["tags"][0]), operation["tags"]


def test_no_two_names_become_one_in_python(named):
    """The generator drops an operation or a member of which it can't tell two names apart, with a warning."""
    _, document = named
    for name, schema in document["components"]["schemas"].items():
        assert SCHEMA.fullmatch(name), name
        members = [snake(each) for each in schema.get("properties", ())]
        assert len(set(members)) == len(members), name
    for operation in operations(document):
        parameters = [snake(each["name"]) for each in operation.get("parameters", ())]
        assert len(set(parameters)) == len(parameters), operation["operationId"]
        assert not {"client", "body"} & set(parameters), operation["operationId"]


def test_every_schema_says_what_it_is(named):
    """An empty one becomes `Any`: whoever uses the client is told nothing."""
    _, document = named
    known = {"type", "$ref", "anyOf", "oneOf", "allOf", "enum", "const", "additionalProperties"}
    for name, schema in document["components"]["schemas"].items():
        for member, described in schema.get("properties", {}).items():
            assert known & set(described) or set(described) <= {"title", "description"}, (name, member)


def imported():
    """What the program of an HR system calls by name: (package, module, names)."""
    for node in ast.walk(ast.parse(PROGRAM)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("passport_"):
            package, _, module = node.module.partition(".")
            yield package, module, [each.name for each in node.names]


def test_the_program_that_is_checked_with_the_clients_calls_what_is_there(documents):
    seen = set()
    for package, module, names in imported():
        if package == "passport_webhooks":
            continue
        document = documents[package.removeprefix("passport_").removesuffix("_client")]
        if module.startswith("api."):
            tag = module.removeprefix("api.")
            there = {each["operationId"] for each in operations(document) if snake(each["tags"][0]) == tag}
        elif module == "models":
            there = set(document["components"]["schemas"])
        else:
            there = {"AuthenticatedClient"}
        assert set(names) <= there, (package, module)
        seen |= set(names)
    assert {"take_rows", "verify_credential", "NewBatch", "Problem"} <= seen


def test_what_a_receiver_of_webhooks_copies_stands_alone():
    """It is copied beside the clients, to a program that has nothing else of ours."""
    tree = ast.parse(Path(ROOT, "passport/webhooks/signature.py").read_text(encoding="utf-8"))
    wanted = {
        (node.module or "").partition(".")[0]
        if isinstance(node, ast.ImportFrom)
        else each.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for each in node.names
    }
    assert wanted <= sys.stdlib_module_names
    defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    [names] = [names for package, _, names in imported() if package == "passport_webhooks"]
    assert set(names) <= defined
