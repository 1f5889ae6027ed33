"""The server of the conformance profile says what it is, and is nowhere but where it was asked for."""

import ast
import ssl
from pathlib import Path

import pytest

import passport
from contexts import shipped
from passport.conformance.app import WARNING, create
from passport.conformance.certificate import self_signed_context
from passport.conformance.inline_contexts import with_addresses
from passport.conformance.pinned import pinned, with_more
from passport.jsonld.canonical import canonicalize
from passport.jsonld.foreign import canonicalize_foreign
from tests.simulators.suite_client import EXAMPLES, ORIGIN, V2, Door, credential

ROOT = Path(passport.__file__).parents[1]


def test_it_says_everywhere_that_it_is_not_for_use():
    door = Door.opened()
    assert door.get("/healthz").json() == {"status": "ok", "about": WARNING}
    assert "not for use" in WARNING
    assert "proof-only" in door.get("/openapi.json").json()["info"]["title"]
    assert "proof-only" in door.get("/implementation.json").json()["name"]


def test_nothing_in_the_product_imports_it():
    """But the command that starts it."""
    found = set()
    for package in ("contexts", "passport", "issuer", "wallet", "verifier", "matching"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
                if any(
                    name.startswith(("passport.conformance", "passport.jsonld.foreign")) for name in names
                ):
                    found.add(path.relative_to(ROOT).as_posix())
    outside = {path for path in found if not path.startswith("passport/conformance/")}
    assert outside == {"passport/cli/conformance.py"}


def test_the_product_knows_none_of_its_contexts():
    assert EXAMPLES in pinned().known()
    assert EXAMPLES not in shipped().known()


def test_a_pinned_context_is_never_replaced():
    with pytest.raises(ValueError, match="pinned"):
        with_more({V2: b'{"@context": {}}'})


def test_the_entry_for_the_suites_names_every_slot_once():
    door = Door.opened()
    entry = door.get("/implementation.json").json()
    slots = door.app.state.profile.slots
    for kind, operation in (("issuers", "issue"), ("verifiers", "verify")):
        endpoints = [each["endpoint"] for each in entry[kind]]
        assert sorted(endpoints) == sorted(f"{ORIGIN}/{path}/credentials/{operation}" for path in slots)
    assert [each["tags"] for each in entry["vcHolders"]] == [["vcHolder"]]
    assert [each["id"] for each in entry["issuers"]] == [slot.did for slot in slots.values()]


def test_keys_are_made_anew_for_each_run():
    first, second = (create(ORIGIN).state.profile.slots for _ in range(2))
    assert {slot.did for slot in first.values()}.isdisjoint(slot.did for slot in second.values())


def test_the_certificate_is_made_for_this_run():
    context = self_signed_context()
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.protocol is ssl.PROTOCOL_TLS_SERVER


class TestForeignDocuments:
    def test_a_plain_document_has_the_products_canonical_form(self):
        document = credential()
        assert canonicalize_foreign(document, contexts=pinned()) == canonicalize(document)

    def test_a_context_within_means_the_same_under_an_address(self):
        document = credential(**{"@context": [V2, {"colour": "https://example.org/colour"}], "colour": "red"})
        addressed, contexts = with_addresses(document, pinned())
        assert all(isinstance(each, str) for each in addressed["@context"])
        assert canonicalize_foreign(addressed, contexts=contexts) == canonicalize_foreign(
            document, contexts=pinned()
        )
        assert with_addresses(document, pinned()) == (addressed, contexts)

    def test_a_document_without_such_contexts_stays_as_it_is(self):
        document = credential()
        assert with_addresses(document, pinned()) == (document, pinned())


@pytest.mark.parametrize("count", [129, 200])
def test_more_parts_without_identifier_than_the_limit_are_refused(count):
    door = Door.opened()
    parts = [{"colour": f"{number}"} for number in range(count)]
    told = door.will_not_issue(
        credential(**{"@context": [V2, EXAMPLES], "credentialSubject": {"parts": parts}})
    )
    assert told["code"] == "too_many_blank_nodes"


def test_too_many_objects_are_refused():
    door = Door.opened()
    parts = [{"id": f"urn:x:{number}"} for number in range(254)]
    told = door.will_not_issue(
        credential(**{"@context": [V2, EXAMPLES], "credentialSubject": {"parts": parts, "more": parts}})
    )
    assert told["code"] == "too_many_items"


def test_a_graph_built_for_hard_work_is_refused():
    door = Door.opened()
    clique = [{"knows": [{"knows": {}} for _ in range(8)]} for _ in range(7)]
    told = door.will_not_issue(
        credential(**{"@context": [V2, EXAMPLES], "credentialSubject": {"knows": clique}})
    )
    assert told["code"] in {"poison_graph", "described_twice"}


def test_a_lone_surrogate_is_refused():
    door = Door.opened()
    told = door.will_not_issue(credential(name="\ud800"))
    assert told["code"] in {"not_unicode", "malformed_json"}


def test_a_token_slot_has_no_list_and_shows_all_or_nothing():
    door = Door.opened("vc-jose/ed25519")
    assert door.post("credentials/status", {"credentialId": "urn:x"}).status_code == 400
    assert door.post("credentials/derive", {"verifiableCredential": credential()}).status_code == 400
    selective = door.at("ecdsa-sd-2023/p-256")
    assert selective.post("presentations/prove", {"presentation": {
        "@context": [V2], "type": ["VerifiablePresentation"]
    }}).status_code == 400  # fmt: skip


def test_a_presentation_with_a_proof_is_not_proved_again():
    door = Door.opened()
    body = {"presentation": {"@context": [V2], "type": ["VerifiablePresentation"], "proof": {}}}
    assert door.post("presentations/prove", body).json()["code"] == "already_secured"
