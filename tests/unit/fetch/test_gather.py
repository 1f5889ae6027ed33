"""The loop between a check and the network, and what one fetch returns."""

import asyncio
import threading

import pytest
from fastapi import FastAPI, Request, Response

from passport import limits
from passport.documents import DocumentCache, Documents, Fetched, NotFetched
from passport.fetch import Fetcher, gather, gather_sync
from tests.simulators.parties import NOW
from tests.simulators.serving import serving


class Library:
    """A source in memory that writes down what was asked for."""

    def __init__(self, **documents: bytes) -> None:
        self.documents = documents
        self.asked: list[str] = []

    async def get(self, url: str, accept: frozenset[str] = frozenset()) -> Fetched:
        self.asked.append(url)
        if url not in self.documents:
            raise NotFetched
        return Fetched(url, self.documents[url], NOW)


def chain(documents: Documents) -> str:
    """Follows each document to the next."""
    url, read = "a", ""
    while url:
        read += url
        url = documents.get(url).body.decode()
    return read


def test_what_a_check_misses_is_fetched_and_the_check_is_run_again():
    library = Library(a=b"b", b=b"c", c=b"")
    assert gather_sync(chain, DocumentCache(), library) == "abc"
    assert library.asked == ["a", "b", "c"]


def test_what_is_at_hand_is_not_fetched():
    library = Library()
    cache = DocumentCache.of([Fetched("a", b"", NOW)])
    assert gather_sync(chain, cache, library) == "a"
    assert library.asked == []


def test_what_cannot_be_had_is_asked_for_once_and_the_check_decides():
    library = Library(a=b"b")
    with pytest.raises(NotFetched):
        gather_sync(chain, DocumentCache(), library)
    assert library.asked == ["a", "b"]

    def forgiving(documents: Documents) -> str:
        try:
            return chain(documents)
        except NotFetched:
            return "cannot tell"

    assert gather_sync(forgiving, DocumentCache(), Library()) == "cannot tell"


def test_a_chain_longer_than_the_rounds_ends():
    library = Library(**{str(number): str(number + 1).encode() for number in range(100)})

    def endless(documents: Documents) -> None:
        number = 0
        while True:
            number = int(documents.get(str(number)).body)

    with pytest.raises(NotFetched):
        gather_sync(endless, DocumentCache(), library)
    assert len(library.asked) == limits.FETCH.rounds


def test_a_check_that_wants_everything_gets_a_bounded_number_of_documents():
    library = Library()

    def greedy(documents: Documents) -> int:
        for number in range(1_000):
            try:
                documents.get(f"x{number}")
            except NotFetched:
                continue
        return 1

    assert gather_sync(greedy, DocumentCache(), library) == 1
    assert len(library.asked) == limits.FETCH.documents


def test_the_check_runs_beside_the_event_loop():
    async def test() -> bool:
        loop_thread = threading.get_ident()
        return await gather(lambda _: threading.get_ident() != loop_thread, DocumentCache(), Library())

    assert asyncio.run(test())


def test_an_etag_that_still_holds_spares_the_body_and_refreshes_the_time():
    app, seen = FastAPI(), []

    @app.get("/did.json")
    async def document(request: Request) -> Response:
        seen.append(request.headers.get("if-none-match"))
        headers = {"ETag": '"v1"'}
        if seen[-1] == '"v1"':
            return Response(status_code=304, headers=headers)
        return Response(b"{}", media_type="application/did+json", headers=headers)

    with serving(app) as address:
        fetcher = Fetcher(allow_loopback=True, clock=lambda: NOW)
        first = asyncio.run(fetcher.get(f"{address}/did.json"))
        older = Fetched(first.url, first.body, NOW.replace(year=2020), first.media_type, first.etag)
        again = asyncio.run(fetcher.get(first.url, known=older))
    assert (first.media_type, first.etag, seen) == ("application/did+json", '"v1"', [None, '"v1"'])
    assert again == first


def test_https_localhost_is_tried_as_http_in_development_and_keeps_its_address():
    app = FastAPI()

    @app.get("/o/school/did.json")
    async def document() -> dict[str, str]:
        return {}

    with serving(app) as address:
        url = address.replace("http://", "https://") + "/o/school/did.json"
        assert asyncio.run(Fetcher(allow_loopback=True).get(url)).url == url
