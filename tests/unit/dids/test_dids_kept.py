"""What was resolved is kept: bounded, unchangeable, and never in the place of something else."""

from datetime import UTC, datetime

import pytest

from passport import limits
from passport.dids import (
    DidWebKey,
    build_document,
    create_did_jwk,
    create_did_key,
    did_web_url,
    resolve_did,
    resolver,
    split_method_id,
    syntax,
)
from passport.documents import DocumentCache, Fetched
from passport.errors import Invalid, NotUnicode
from passport.errors.dids import MalformedDid, MalformedDidUrl, UnsupportedDidMethod
from passport.json import dump
from passport.keys import generate_signer

DID = "did:web:school.example"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
NOWHERE = DocumentCache()


def documents(body):
    return DocumentCache.of([Fetched(did_web_url(DID), body, NOW)])


def test_another_text_is_another_document():
    keys = [generate_signer().public_key for _ in range(2)]
    for key in (*keys, keys[0]):
        found = resolve_did(DID, documents(dump(build_document(DID, [DidWebKey("k", key)]))))
        assert [method.public_key for method in found.methods] == [key]


def test_one_text_is_read_for_each_did_that_it_is_asked_for():
    body = dump(build_document(DID, [DidWebKey("k", generate_signer().public_key)]))
    resolve_did(DID, documents(body))
    other = "did:web:other.example"
    with pytest.raises(Invalid):
        resolve_did(other, DocumentCache.of([Fetched(did_web_url(other), body, NOW)]))


def test_a_refusal_is_not_kept():
    for _ in range(2):
        with pytest.raises(NotUnicode):
            resolve_did(DID, documents(b'{"id":"\xff"}'))
        with pytest.raises(Invalid):
            resolve_did("did:key:z6Mk", NOWHERE)


@pytest.mark.parametrize("create", [create_did_key, create_did_jwk])
def test_what_is_kept_can_not_be_changed(create):
    did = create(generate_signer().public_key)
    first = resolve_did(did, NOWHERE)
    with pytest.raises(TypeError):
        first.relationships["assertionMethod"] = frozenset()
    assert resolve_did(did, NOWHERE) is first


@pytest.mark.parametrize("kept", [resolver._from_identifier, resolver._from_body, syntax._split])
def test_what_is_kept_is_bounded(kept):
    assert kept.cache_info().maxsize in {limits.DIDS_KEPT, limits.DID_BODIES_KEPT}


def test_long_texts_are_refused_and_forgotten():
    before = syntax._split.cache_info().currsize, resolver._from_identifier.cache_info().currsize
    for _ in range(2):
        with pytest.raises(MalformedDidUrl):
            split_method_id("did:x:a#" + "k" * 10_000_000)
        with pytest.raises(MalformedDid):
            resolve_did("did:key:" + "z" * 10_000_000, NOWHERE)
        with pytest.raises(UnsupportedDidMethod):
            resolve_did("did:example:a", NOWHERE)
    assert before == (syntax._split.cache_info().currsize, resolver._from_identifier.cache_info().currsize)
