"""RDFC-1.0: every case of the W3C rdf-canon test suite."""

import json
from pathlib import Path
from typing import Any

import pytest

from passport.errors.jsonld import PoisonGraph
from passport.jsonld.nquads import parse_nquads
from passport.jsonld.rdfc import canonicalize_dataset

HASH = {"SHA256": "sha256", "SHA384": "sha384"}
MANIFEST = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "rdf-canon" / "manifest.jsonld"
GENEROUS = 2_000
"""Two of the suite's artificial graphs need more work than honest badges ever do."""


def cases(kind: str) -> list[Any]:
    if not MANIFEST.is_file():
        return [pytest.param(None, id="not at hand")]
    entries = json.loads(MANIFEST.read_text())["entries"]
    return [pytest.param(entry, id=entry["id"]) for entry in entries if entry["type"] == f"rdfc:{kind}"]


def canonical(vectors: Path, entry: dict[str, Any], work: int = GENEROUS):
    text = (vectors / "rdf-canon" / entry["action"]).read_text(encoding="utf-8")
    name = HASH[entry.get("hashAlgorithm", "SHA256")]
    return canonicalize_dataset(parse_nquads(text), hash_name=name, hash_n_degree=work)


@pytest.mark.parametrize("entry", cases("RDFC10EvalTest"))
def test_canonical_form(vectors: Path, entry: dict[str, Any]) -> None:
    expected = (vectors / "rdf-canon" / entry["result"]).read_text(encoding="utf-8")
    assert canonical(vectors, entry).text == expected


@pytest.mark.parametrize("entry", cases("RDFC10MapTest"))
def test_issued_identifiers(vectors: Path, entry: dict[str, Any]) -> None:
    expected = json.loads((vectors / "rdf-canon" / entry["result"]).read_text(encoding="utf-8"))
    assert canonical(vectors, entry).issued == expected


@pytest.mark.parametrize("entry", cases("RDFC10NegativeEvalTest"))
def test_poison_graph_is_refused(vectors: Path, entry: dict[str, Any]) -> None:
    with pytest.raises(PoisonGraph):
        canonical(vectors, entry)


def test_the_whole_suite_is_here(vectors: Path) -> None:
    counts = [len(cases(kind)) for kind in ("RDFC10EvalTest", "RDFC10MapTest", "RDFC10NegativeEvalTest")]
    assert counts == [64, 21, 1]
