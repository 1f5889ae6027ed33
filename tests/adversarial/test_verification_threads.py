"""A14: eight threads with 500 mixed verifications each find what one finds, also after an exception inside."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from pyld.jsonld import JsonLdProcessor

from contexts import shipped
from passport.documents import DocumentCache
from passport.json import dump
from passport.jsonld.compiled import shapes
from passport.jsonld.processor import expander
from passport.verification import Context, verify_credential
from tests.simulators.parties import Party

NOW = datetime(2026, 3, 1, tzinfo=UTC)
THREADS, EACH = 8, 500


@pytest.fixture(scope="module")
def documents():
    """Good, tampered, of another key, of unknown terms and contexts; by two cryptosuites, in several shapes."""
    school, other, worker = Party("School"), Party("Other"), Party("Worker")
    made = []
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        for count in range(1, 5):
            skills = {f"http://data.europa.eu/esco/skill/{number}": "weld" for number in range(count)}
            good = school.issue(worker, skills, at=NOW, cryptosuite=suite)
            stolen = json.loads(json.dumps(good))
            stolen["issuer"]["id"] = other.did
            made += [
                good,
                {**good, "name": "Tampered"},
                stolen,
                {**good, "unknown": "x"},
                {**good, "@context": [*good["@context"], "https://unknown.example/v1"]},
            ]
    return [dump(each) for each in made]


def outcome(source):
    report = verify_credential(source, Context(DocumentCache(), NOW))
    return [(check.code, check.answer, check.reason.code) for check in report.checks]


def in_threads(sources):
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(outcome, sources))


def forget():
    """As in a process that has just started: every shape is met and learned anew, by all threads at once."""
    expander.cache_clear()
    shapes.shapes.cache_clear()


class Interrupted(Exception):
    """Something that neither PyLD nor we know."""


def test_eight_threads_verify_as_one_does_also_after_an_exception(documents, monkeypatch):
    serial = [outcome(source) for source in documents]
    assert len({str(each) for each in serial}) >= 5
    rounds = THREADS * EACH // len(documents)
    forget()
    assert in_threads(documents * rounds) == serial * rounds
    forget()
    with monkeypatch.context() as patched:

        def broken(*_arguments, **_named):
            raise Interrupted

        patched.setattr(JsonLdProcessor, "_expand_object", broken)
        with pytest.raises(Interrupted):
            in_threads(documents)
    assert in_threads(documents * rounds) == serial * rounds
    assert shapes.shapes(shipped())
