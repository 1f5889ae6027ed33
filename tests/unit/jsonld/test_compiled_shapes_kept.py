"""The shapes that are kept: bounded, fair, and the same for all threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

import contexts
from passport import limits
from passport.jsonld.compiled import shapes as shapes_module
from passport.jsonld.compiled.shapes import Shapes
from tests.simulators.shapely import CONFIG, badge, changed, kind, knowing, reference, see


def test_shapes_are_bounded_and_the_popular_ones_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMPILED", replace(limits.COMPILED, shapes=6, shapes_of_issuer=3))
    popular = [badge(), kind(40, "urn:popular")]
    known = knowing(*popular)
    for document in popular * 3:
        assert known.canonicalize(document, "sha256") is not None
    for number in range(12):
        stranger = kind(number, f"urn:stranger:{number}")
        see(known, stranger)
        assert known.canonicalize(stranger, "sha256") == reference(stranger)
        assert len(known) <= 6
    for document in popular:
        assert known.canonicalize(document, "sha256") == reference(document)
    assert known.canonicalize(kind(0, "urn:stranger:0"), "sha256") is None


def test_an_issuer_has_a_share_of_the_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMPILED", replace(limits.COMPILED, shapes_of_issuer=3))
    known = knowing(badge(), *(kind(number, "urn:greedy") for number in range(8)))
    assert len(known) == 1 + 3
    assert known.canonicalize(badge(), "sha256") is not None
    assert [known.canonicalize(kind(n, "urn:x"), "sha256") is not None for n in range(8)] == [False] * 5 + [
        True
    ] * 3


def test_popularity_fades(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMPILED", replace(limits.COMPILED, shapes=2))
    monkeypatch.setattr(shapes_module, "_USES", 8)
    known = knowing(badge(), kind(1, "urn:b"))
    for _ in range(20):
        known.canonicalize(badge(), "sha256")
    see(known, kind(2, "urn:c"))
    see(known, kind(3, "urn:d"))
    assert sum(shape.used for shape in known._known.values()) <= 8
    assert known.canonicalize(badge(), "sha256") is not None


def test_what_is_remembered_of_shapes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMPILED", replace(limits.COMPILED, seen=4))
    known = Shapes(contexts.shipped())
    for number in range(9):
        see(known, kind(number, "urn:x"), times=1)
    assert len(known._seen) == 4
    see(known, kind(0, "urn:x"), times=1)
    assert len(known) == 0
    see(known, kind(8, "urn:x"), times=1)
    assert len(known) == 1


def test_issuers_whose_shape_is_tried_first_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMPILED", replace(limits.COMPILED, hints=4))
    one, other = badge(), changed("credentialSubject.achievement.tag", ["a"])
    known = knowing(one, other)
    for number in range(20):
        for document in (one, other):
            document["issuer"]["id"] = f"did:web:{number}.example"
            assert known.canonicalize(document, "sha256") == reference(document)
    assert max(len(bucket.by_issuer) for bucket in known._buckets.values()) <= 4


def test_a_shape_given_up_can_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMPILED", replace(limits.COMPILED, shapes=1))
    known = knowing(badge(), CONFIG)
    assert known.canonicalize(badge(), "sha256") is None
    see(known, badge())
    assert known.canonicalize(badge(), "sha256") == reference(badge())
    assert known.canonicalize(CONFIG, "sha256") is None


def test_eight_threads_learn_and_use_the_same_shapes() -> None:
    known = Shapes(contexts.shipped())
    documents = [kind(number, f"urn:{number}") for number in range(6)]
    texts = [reference(document) for document in documents]

    def one(number: int) -> bool:
        index = number % len(documents)
        found = known.canonicalize(documents[index], "sha256")
        if found is None:
            known.saw(documents[index], "sha256", texts[index])
        return found in {None, texts[index]}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(600)))
    assert len(known) == len(documents)


def test_one_shape_is_learned_at_a_time() -> None:
    known = Shapes(contexts.shipped())
    with known._learning:
        see(known, badge())
    assert known.canonicalize(badge(), "sha256") is None
    see(known, badge())
    assert known.canonicalize(badge(), "sha256") == reference(badge())


def test_what_was_compiled_meanwhile_is_not_compiled_again() -> None:
    known = knowing(badge())
    see(known, badge())
    assert len(known) == 1


def test_the_shape_that_fitted_last_can_be_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMPILED", replace(limits.COMPILED, shapes=2))
    one, other = kind(1, "urn:one"), kind(2, "urn:other")
    known = knowing(one, other)
    for document in (other, one, other, other):
        assert known.canonicalize(document, "sha256") == reference(document)
    see(known, kind(3, "urn:third"))
    assert known.canonicalize(one, "sha256") is None
    assert known.canonicalize(other, "sha256") == reference(other)
