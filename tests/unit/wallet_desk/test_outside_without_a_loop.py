"""A host without an event loop: network work runs to its end at once, in the thread that asks."""

import asyncio
import threading

import pytest

from passport.documents import DocumentCache, Fetched, NotFetched
from passport.errors.fetch import UnexpectedStatus, Unreachable
from passport.texts import Language
from tests.simulators.parties import NOW
from wallet.desk.outside import Outside


class Net:
    """Answers without waiting, as a browser's synchronous request does."""

    def __init__(self, refusal=NotFetched, **documents):
        self.documents = documents
        self.refusal = refusal
        self.asked = []

    async def get(self, url, accept=frozenset(), *, known=None, languages=""):
        self.asked.append((url, known is not None))
        if url not in self.documents:
            raise self.refusal
        return Fetched(url, self.documents[url], NOW)


def outside(net):
    return Outside(net, None, clock=lambda: NOW)


def chain(documents):
    """Follows each document to the next, and says in which thread."""
    url, read = "a", ""
    while url:
        read += url
        url = documents.get(url).body.decode()
    return read, threading.current_thread()


def test_what_a_check_misses_is_fetched_in_the_thread_that_asks():
    net = Net(a=b"b", b=b"c", c=b"")
    assert outside(net).check(chain, DocumentCache()) == ("abc", threading.current_thread())
    assert [url for url, _ in net.asked] == ["a", "b", "c"]


def test_what_can_not_be_had_is_asked_for_once_and_the_check_says_what_that_means():
    net = Net(a=b"b")
    with pytest.raises(NotFetched):
        outside(net).check(chain, DocumentCache())
    assert [url for url, _ in net.asked] == ["a", "b"]


def test_something_new_is_asked_for_afresh_and_a_kept_copy_is_for_when_nobody_answers():
    kept = DocumentCache.of([Fetched("a", b"", NOW)])
    way = outside(Net(refusal=Unreachable))
    (read, _), taken = way.run(way.examine(chain, kept))
    assert (read, set(taken.at_hand)) == ("a", {"a"})


def test_a_kept_copy_is_not_used_where_somebody_answers_that_there_is_none():
    kept = DocumentCache.of([Fetched("a", b"", NOW)])
    way = outside(Net(refusal=UnexpectedStatus))
    with pytest.raises(NotFetched):
        way.run(way.examine(chain, kept))


def test_nobody_is_asked_who_is_not_there():
    way = outside(Net(refusal=Unreachable))
    with pytest.raises(NotFetched):
        way.run(way.examine(chain, DocumentCache()))


def test_work_that_waits_is_no_work_for_this_host():
    with pytest.raises(RuntimeError, match="waits"):
        outside(Net()).run(asyncio.sleep(0))


def test_issuers_are_asked_in_the_language_of_whoever_looks_and_then_the_other():
    way = outside(Net())
    assert way.languages == "nl, en;q=0.5"
    way.language = Language.EN
    assert way.languages == "en, nl;q=0.5"
