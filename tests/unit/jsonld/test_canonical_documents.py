"""Canonical forms of real documents: the same as PyLD's own where PyLD is right, and pinned where it matters."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

import contexts
from passport.errors import NotUnicode
from passport.errors.jsonld import (
    NotAnAbsoluteIri,
    PoisonGraph,
    UndefinedTerm,
    UnknownContext,
    UnsafeDocument,
)
from passport.jsonld import canonical
from passport.jsonld.canonical import canonicalize, canonicalize_nquads, issued_identifiers

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
CITIZENSHIP = "https://w3id.org/citizenship/v4rc1"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.{}.json"
NOT_SHIPPED = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
BROKEN = {
    "simple-err-context.json": UndefinedTerm,
    "simple-err-credential-subject-type.json": UndefinedTerm,
    "simple-err-evidence-type.json": UndefinedTerm,
    "simple-err-type.json": UndefinedTerm,
    "simple-noproof.json": UnknownContext,
    "presentation-multiple.json": NotAnAbsoluteIri,  # one id ends in a newline
}
FOLDERS = (
    "samples",
    "vectors/openbadges-1edtech",
    "vectors/di-eddsa",
    "vectors/di-ecdsa",
    "vectors/jose-cose",
)
SHARED = Path(__file__).resolve().parents[4] / "shared"


def paths() -> list[Path]:
    found = [path for folder in FOLDERS for path in sorted((SHARED / folder).rglob("*.json"))]
    return [
        path for path in found if "@context" in path.read_text() and not path.name.endswith("schema.json")
    ]


@pytest.fixture(scope="module")
def with_examples(vectors: Path) -> contexts.Contexts:
    """The contexts that vectors of specifications name and a product does not ship."""
    return contexts.shipped().with_documents(
        {
            CITIZENSHIP: (vectors / "citizenship" / "citizenship-v4rc1.jsonld").read_bytes(),
            EXAMPLES: json.dumps(
                {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
            ).encode(),
        }
    )


def by_pyld(document: dict[str, Any], known: contexts.Contexts) -> str:
    def load(url: str, _options: Any) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": known.document(url), "contentType": ""}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    return jsonld.normalize(document, options)


@pytest.mark.parametrize("path", paths() or [None], ids=lambda path: path.name if path else "not at hand")
def test_real_documents(path: Path, with_examples: contexts.Contexts, samples: Path) -> None:
    document = json.loads(path.read_text())
    if not isinstance(document, dict) or "@context" not in document:
        return
    without_proof = {key: value for key, value in document.items() if key != "proof"}
    for each in (document, without_proof):
        if refusal := BROKEN.get(path.name):
            with pytest.raises(refusal):
                canonicalize(each, contexts=with_examples)
        else:
            assert canonicalize(each, contexts=with_examples) == by_pyld(each, with_examples)


def test_a_context_that_is_not_shipped_is_unknown_without_being_given(vectors: Path) -> None:
    document = json.loads((vectors / "di-eddsa" / "unsigned.json").read_text())
    with pytest.raises(UnknownContext):
        canonicalize(document)


def test_the_document_is_not_changed(samples: Path) -> None:
    text = (samples / "complete.json").read_text()
    document = json.loads(text)
    canonicalize(document)
    assert document == json.loads(text)


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("basic", "5a43ed5b537b74f4e4660666cfe81da954dcdea9f599b82cf006a7ba26182369"),
        ("realistic", "456474ad5cfa34e1cb719c340c29694c8e1757c2e7c1b29848ef865cb1229693"),
        ("complete", "92ee02bd83460967fa37c06b72a18d7ef8cd987a36b8bd657e5a7ad471129280"),
    ],
)
def test_samples_are_pinned(samples: Path, name: str, digest: str) -> None:
    document = json.loads((samples / f"{name}.json").read_text())
    assert hashlib.sha256(canonicalize(document).encode()).hexdigest() == digest


VERSIONS = {
    1: "0bfa7994902551a5",
    2: "b14a8685fb31f64e",
    3: "8f0ef6633ec2e7db",
}


def test_versions_of_the_open_badges_context_sign_differently(samples: Path) -> None:
    """One badge, three versions: they are not aliases of each other."""
    badge = json.loads((samples / "basic.json").read_text())
    badge["issuanceDate"] = badge.pop("validFrom")
    found = {}
    for version in VERSIONS:
        named = ["https://www.w3.org/2018/credentials/v1", OB.format(version)]
        form = canonicalize({**badge, "@context": named})
        found[version] = hashlib.sha256(form.encode()).hexdigest()[:16]
    assert found == VERSIONS


def test_open_badges_3_0_1_contradicts_credentials_v2(samples: Path) -> None:
    """It redefines the protected `name`, so no JSON-LD 1.1 processor accepts the pair."""
    badge = json.loads((samples / "basic.json").read_text())
    badge["@context"] = ["https://www.w3.org/ns/credentials/v2", OB.format(1)]
    with pytest.raises(UnsafeDocument):
        canonicalize(badge)


def test_vc_1_1_documents(samples: Path) -> None:
    document = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            OB.format(1),
            "https://w3id.org/security/data-integrity/v2",
        ],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:web:school.example", "type": ["Profile"]},
        "issuanceDate": "2022-01-01T00:00:00Z",
        "expirationDate": "2032-01-01T00:00:00Z",
        "name": "Badge",
        "credentialSubject": {"id": "did:web:x", "type": ["AchievementSubject"]},
    }
    assert canonicalize(document) == by_pyld(document, contexts.shipped())


def test_status_list_credentials_and_presentations() -> None:
    status_list = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "https://school.example/status/3",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "did:web:school.example",
        "validFrom": "2026-01-15T09:00:00Z",
        "credentialSubject": {
            "id": "https://school.example/status/3#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "u" + "H4sIAAAAAAAA_" * 20_000,
        },
    }
    assert canonicalize(status_list) == by_pyld(status_list, contexts.shipped())
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:1",
        "type": ["VerifiablePresentation"],
        "holder": "did:web:x",
        "verifiableCredential": [status_list, {**status_list, "id": "urn:uuid:2"}],
    }
    assert canonicalize(presentation) == by_pyld(presentation, contexts.shipped())


def test_control_characters_are_escaped_where_pyld_leaves_them() -> None:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "name": "bell \x07 delete \x7f next\x85line",
    }
    assert '"bell \\u0007 delete \\u007F next\x85line"' in canonicalize(document)


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(NotUnicode):
        canonicalize(
            {
                "@context": "https://www.w3.org/ns/credentials/v2",
                "type": "VerifiableCredential",
                "name": "\ud800",
            }
        )


def test_sha384_labels_alike_nodes_in_its_own_order() -> None:
    quads = "".join(f'_:n{n} <urn:p> "{n}" .\n' for n in range(12))
    assert canonicalize_nquads(quads, hash_name="sha384") != canonicalize_nquads(quads)


def test_nquads_and_labels() -> None:
    assert canonicalize_nquads('_:x <urn:p> "1" .') == '_:c14n0 <urn:p> "1" .\n'
    assert canonicalize_nquads("") == ""
    assert issued_identifiers('_:x <urn:p> "1" .') == {"x": "c14n0"}


def test_the_budget_is_a_limit() -> None:
    """Twelve alike nodes in a ring need more calls than ten."""
    ring = "".join(f"_:n{n} <urn:next> _:n{(n + 1) % 12} .\n" for n in range(12))
    with pytest.raises(PoisonGraph):
        canonicalize_nquads(ring, hash_n_degree=10)
    assert canonicalize_nquads(ring, hash_n_degree=1_000).count("\n") == 12


def test_all_that_is_public_says_what_it_raises() -> None:
    for name in ("canonicalize", "canonicalize_nquads"):
        assert "Raises:" in (getattr(canonical, name).__doc__ or "")
