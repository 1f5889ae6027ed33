"""A14: threads, and exceptions in the middle of an expansion, change nothing about the results."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pyld.jsonld import JsonLdProcessor

import contexts
from passport.errors import PassportError
from passport.jsonld import processor
from passport.jsonld.canonical import canonicalize, canonicalize_by_expansion

V1 = ["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"]


@pytest.fixture
def documents(samples: Path, vectors: Path) -> list[dict[str, Any]]:
    """Good and bad ones, over several sets of contexts."""
    found = [
        json.loads((samples / f"{name}.json").read_text()) for name in ("basic", "realistic", "complete")
    ]
    found += [
        json.loads(path.read_text()) for path in sorted((vectors / "openbadges-1edtech").glob("simple*.json"))
    ]
    found += [{**found[0], "unknown": "x"}, {**found[1], "@context": V1}, {**found[0], "id": "x"}]
    return found


def outcome(document: dict[str, Any]) -> str:
    try:
        return canonicalize(document)
    except PassportError as refused:
        return refused.code


def test_eight_threads_find_what_one_finds(documents: list[dict[str, Any]]) -> None:
    serial = [outcome(document) for document in documents]
    assert len(set(serial)) > 8
    processor.expander.cache_clear()
    rounds = 8 * 500 // len(documents)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(outcome, documents * rounds))
    assert found == serial * rounds


class Interrupted(Exception):
    """Something that neither PyLD nor we know."""


@pytest.mark.parametrize("error", [Interrupted, KeyError, RecursionError, KeyboardInterrupt])
@pytest.mark.parametrize(
    "name", ["_create_term_definition", "_process_context", "_expand_object", "_expand_iri"]
)
@pytest.mark.parametrize("calls", [1, 2, 5, 12])
def test_an_exception_mid_expansion_leaves_nothing_behind(
    samples: Path, monkeypatch: pytest.MonkeyPatch, name: str, calls: int, error: type[BaseException]
) -> None:
    document = json.loads((samples / "realistic.json").read_text())
    expected = canonicalize_by_expansion(document)
    processor.expander.cache_clear()
    with monkeypatch.context() as patched:
        genuine, left = getattr(JsonLdProcessor, name), [calls]

        def broken(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                raise error
            return genuine(*arguments, **named)

        patched.setattr(JsonLdProcessor, name, broken)
        with pytest.raises((error, PassportError)):
            canonicalize_by_expansion(document)
    assert canonicalize_by_expansion(document) == expected


def test_the_lock_is_free_after_a_refusal(samples: Path) -> None:
    document = json.loads((samples / "basic.json").read_text())
    for _ in range(3):
        assert outcome({**document, "unknown": "x"}) == "undefined_term"
    assert canonicalize_by_expansion(document)


def test_kept_contexts_are_bounded(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor, "_KEPT", 4)
    processor.expander.cache_clear()
    document = json.loads((samples / "complete.json").read_text())
    small = canonicalize_by_expansion(document)
    kept = processor.expander(contexts.shipped())._processor._made
    assert len(kept) <= 4
    monkeypatch.undo()
    processor.expander.cache_clear()
    assert canonicalize_by_expansion(document) == small
