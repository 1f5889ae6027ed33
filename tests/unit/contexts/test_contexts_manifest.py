"""The context documents are the ones that the manifest pins, and nothing else is to be had."""

import ast
import hashlib
import socket
from importlib.resources import files
from pathlib import Path

import pytest

import contexts
from passport import json

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
PRINTED_IN_THE_SPECIFICATION = "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
"""VC Data Model 2.0, appendix B.1: the digest of the exact bytes."""
DEMANDED = {
    "https://www.w3.org/2018/credentials/v1",
    CREDENTIALS_V2,
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    "https://w3id.org/security/data-integrity/v1",
    "https://w3id.org/security/data-integrity/v2",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/suites/ed25519-2020/v1",
    "https://www.w3.org/ns/did/v1",
}


@pytest.mark.parametrize("entry", contexts.manifest(), ids=lambda entry: entry.file)
def test_document_is_the_pinned_one(entry: contexts.Entry) -> None:
    canonical = json.canonicalize(contexts.document(entry.url))
    assert hashlib.sha256(canonical).hexdigest() == entry.sha256
    if entry.bytes:
        assert hashlib.sha256(contexts.raw(entry.url)).hexdigest() == entry.bytes
    assert entry.source
    assert entry.licence


def test_every_file_is_in_the_manifest() -> None:
    folder = files(contexts).joinpath("documents")
    assert {item.name for item in folder.iterdir()} == {entry.file for entry in contexts.manifest()}


def test_all_that_we_speak_is_here() -> None:
    assert set(contexts.known()) >= DEMANDED


def test_credentials_v2_is_what_w3c_published() -> None:
    assert hashlib.sha256(contexts.raw(CREDENTIALS_V2)).hexdigest() == PRINTED_IN_THE_SPECIFICATION


def test_unknown_address_is_a_key_error_and_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments, **_named):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for ask in (contexts.document, contexts.raw):
        with pytest.raises(KeyError):
            ask("https://www.w3.org/ns/credentials/v3")


def test_a_document_is_a_new_copy_each_time() -> None:
    contexts.document(CREDENTIALS_V2)["@context"]["validFrom"] = "https://attacker.example/"
    assert "validFrom" not in contexts.document(CREDENTIALS_V2)["@context"]


def test_more_documents_make_a_new_set() -> None:
    more = contexts.shipped().with_documents({"https://example.org/context": b'{"@context": {}}'})
    assert more.document("https://example.org/context") == {"@context": {}}
    assert "https://example.org/context" not in contexts.known()


def test_a_pinned_document_is_never_replaced() -> None:
    with pytest.raises(ValueError, match="pinned already"):
        contexts.shipped().with_documents({CREDENTIALS_V2: b"{}"})


def test_contexts_know_nothing_of_the_passport() -> None:
    for path in Path(contexts.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.startswith("passport") for name in names)


def definitions(context):
    for term, made in context.items():
        if not term.startswith("@"):
            yield term, made
            if isinstance(made, dict) and made.get("@context"):
                yield from definitions(made["@context"])


def test_only_id_and_type_stand_for_keywords() -> None:
    """The screen looks for `id` and `type` by name; another alias would pass it by."""
    aliases = {
        (term, made)
        for url in contexts.known()
        for term, made in definitions(contexts.document(url)["@context"])
        if isinstance(made, str) and made.startswith("@")
    }
    assert aliases == {("id", "@id"), ("type", "@type")}


def test_two_names_for_one_address_are_always_a_type_and_a_field() -> None:
    """So that the screen can tell them apart: types are capitalised, fields are not."""
    names: dict[str, set[str]] = {}
    for url in contexts.known():
        for term, made in definitions(contexts.document(url)["@context"]):
            names.setdefault(made["@id"] if isinstance(made, dict) else made, set()).add(term)
    for same in names.values():
        assert len([term for term in same if term[0].islower()]) <= 1, same
