"""Attacks on published sets: by who serves the files, by who publishes them, and by a neighbour of the folder."""

import json
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest

from matching.published.errors import (
    MalformedPublishedIndex,
    PublishedIndexDatedAhead,
    PublishedSetChanged,
    PublishedSetTooLarge,
)
from matching.published.index import File, SetKind, parse_index, read_index
from matching.published.making import open_delta, open_set
from passport.encoding import digest_multibase
from passport.errors import PassportError, SignatureMismatch
from passport.errors.trust import UnexpectedPublisher
from passport.json import dump
from tests.simulators.parties import NOW, Party
from tests.simulators.published import Publisher, served
from tests.simulators.wallets import Person
from tests.unit.wallet.test_published_sets import documents, holds, outside_of
from wallet.core.archive import read_archive, write_archive
from wallet.core.published_sets import followed
from wallet.core.trial import check_records
from wallet.core.wallet import Kind
from wallet.desk.published import follow, update_all
from wallet.errors import MalformedBackup
from wallet.errors_sets import PublishedSetsRollback


@pytest.fixture
def publisher(tmp_path):
    made = Publisher(tmp_path / "www")
    made.publish(documents(), NOW)
    return made


@pytest.fixture
def person():
    return Person()


def index_of(publisher):
    return json.loads((publisher.folder / "index.json").read_bytes())


def sign(publisher, document):
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    return dump(Party("P", publisher.signer).sign(unsigned))


def test_an_index_that_somebody_changed_is_refused(publisher):
    for changes in (
        {"version": 9},
        {"publisher": {"id": Party("X").did, "name": "X"}},
        {"sets": index_of(publisher)["sets"][:1]},
    ):
        with pytest.raises(PassportError):
            read_index(dump({**index_of(publisher), **changes}), now=NOW)
    with pytest.raises(SignatureMismatch):
        read_index(dump({**index_of(publisher), "version": 9}), now=NOW)


def test_an_index_of_tomorrow_is_refused(publisher):
    source = sign(publisher, {**index_of(publisher), "created": "2026-11-22T12:00:00Z"})
    with pytest.raises(PublishedIndexDatedAhead):
        read_index(source, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"digestMultibase": "../../etc/passwd"},
        {"digestMultibase": "u" + "A" * 45 + "/"},
        {"name": "../x"},
        {"kind": "programs"},
        {"size": 10**9},
        {"contentSize": 10**12},
        {"size": -1},
        {"size": True},
        {"documents": 10**6},
        {"address": "https://elsewhere.example/"},
        {"earlier": [{}]},
        {"earlier": [{}] * 13},
    ],
    ids=str,
)
def test_an_index_names_no_path_no_other_host_and_nothing_without_bounds(publisher, change):
    document = index_of(publisher)
    document["sets"][0].update(change)
    with pytest.raises(MalformedPublishedIndex):
        parse_index(dump(document))


def test_a_publisher_whose_key_must_be_fetched_is_no_publisher_of_an_index(publisher):
    """Checking an index asks nobody: a did:web could count who looks."""
    document = {**index_of(publisher), "publisher": {"id": "did:web:publisher.example", "name": "P"}}
    with pytest.raises(MalformedPublishedIndex):
        parse_index(dump(document))
    twice = {**index_of(publisher)}
    twice["sets"] = twice["sets"] * 2
    with pytest.raises(MalformedPublishedIndex):
        parse_index(dump(twice))


def test_an_older_index_another_publisher_and_a_second_story_are_refused(person, publisher, tmp_path):
    outside, index = outside_of(person), publisher.folder / "index.json"
    first = index.read_bytes()
    publisher.publish(documents(2), NOW)
    second = index.read_bytes()
    with served(publisher.folder, etags=False) as there:
        follow(outside, person.wallet, there.address)
        other = Publisher(tmp_path / "other")
        other.publish(documents(3), NOW)
        story = sign(publisher, {**json.loads(second), "sets": json.loads(second)["sets"][:1]})
        theirs = (other.folder / "index.json").read_bytes()
        refused = {first: PublishedSetsRollback, story: PublishedSetsRollback, theirs: UnexpectedPublisher}
        for source, refusal in refused.items():
            index.write_bytes(source)
            ((one, error),) = update_all(outside, person.wallet)
            assert isinstance(error, refusal)
            assert one.index.version == 2
        index.write_bytes(second)
        assert update_all(outside, person.wallet)[0][1] is None
    assert holds(person) == ([2], 2, [1, 1, 1, 2])


def test_a_publisher_that_was_not_expected_is_not_followed(person, publisher):
    with served(publisher.folder, etags=False) as there, pytest.raises(UnexpectedPublisher):
        follow(outside_of(person), person.wallet, there.address, {Party("X").did})
    assert followed(person.wallet) == ()


def test_a_file_that_was_changed_on_the_server_changes_nothing_here(person, publisher):
    outside = outside_of(person)
    for path in (publisher.folder / "files").iterdir():
        path.write_bytes(zlib.compress(b'{"type":"FunctionProfile"}\n'))
    with served(publisher.folder, etags=False) as there:
        found = follow(outside, person.wallet, there.address)
    assert {one.error for one in found.outcomes.values()} == {PublishedSetChanged.code}
    assert holds(person) == ([], None, [])


def test_a_delta_that_was_changed_costs_one_more_request_and_no_trust(person, publisher):
    outside = outside_of(person)
    with served(publisher.folder, etags=False) as there:
        follow(outside, person.wallet, there.address)
        index = publisher.publish(documents(2), NOW)
        for one in index.sets:
            (publisher.folder / one.earlier[0].delta.place).write_bytes(b"steps to somewhere else")
        there.asked.clear()
        update_all(outside, person.wallet)
    assert len(there.paths) == 1 + 2 * len(index.sets)
    assert holds(person) == ([2], 2, [1, 1, 1, 2])


def test_a_small_file_that_inflates_to_a_large_one_is_stopped(publisher):
    index = read_index((publisher.folder / "index.json").read_bytes(), now=NOW)
    bomb = zlib.compress(bytes(50_000_000), 9)
    one = index.sets[0]
    signed = replace(one, file=File(digest_multibase(bomb), len(bomb)))
    with pytest.raises(PublishedSetTooLarge):
        open_set(signed, bomb)
    with pytest.raises(PublishedSetChanged):
        open_set(one, bomb)


def test_an_earlier_version_without_a_delta_leads_nowhere(publisher):
    index = publisher.publish(documents(2), NOW)
    one = index.sets[0]
    with pytest.raises(PublishedSetChanged):
        open_delta(one, replace(one.earlier[0], delta=None), b"", b"")


def test_who_publishes_may_not_put_another_ones_document_in(person, tmp_path):
    """A document keeps its own publisher's signature: one that lost it is counted and left."""
    made = documents()
    made[SetKind.PROFILES][0] = {**made[SetKind.PROFILES][0], "name": {"en": "Changed"}}
    publisher = Publisher(tmp_path / "www")
    publisher.publish(made, NOW)
    with served(publisher.folder, etags=False) as there:
        found = follow(outside_of(person), person.wallet, there.address)
    assert found.outcomes["profiles"].taken == 3
    assert found.outcomes["profiles"].left == {SignatureMismatch.code: 1}


def test_a_redirect_and_a_file_of_another_type_are_not_followed(person, publisher):
    (publisher.folder / "index.json").rename(publisher.folder / "index.html")
    (publisher.folder / "index.json").mkdir()
    with served(publisher.folder, etags=False) as there, pytest.raises(PassportError):
        follow(outside_of(person), person.wallet, there.address)
    assert person.wallet.vault.of_kind(Kind.PUBLISHED) == {}


def test_a_backup_with_a_set_of_nobody_or_a_bomb_is_refused(person, publisher):
    with served(publisher.folder, etags=False) as there:
        one = follow(outside_of(person), person.wallet, there.address)
    records = read_archive(write_archive(person.wallet, with_seed=True))
    for place, data in (
        (f"{'0' * 32} market", zlib.compress(b"{}\n")),
        (f"{one.record} market", zlib.compress(bytes(50_000_000))),
        (one.record, b'{"address":"javascript:x"}'),
    ):
        with pytest.raises(MalformedBackup):
            check_records(
                {**records, (Kind.PUBLISHED, place): data},
                clock=lambda: NOW + timedelta(days=1),
                random=person.wallet.random,
            )
