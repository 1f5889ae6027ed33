"""A34: a verifier that saw a revocation never says valid after it, however much else it was shown meanwhile."""

import asyncio
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from passport.answers import Answer
from passport.documents import Fetched
from passport.json import dump
from passport.limits import FETCH, STATUS
from passport.workers import Refused
from tests.simulators.parties import ESCO, Party, status_entry
from tests.simulators.serving import bound, serving
from tests.simulators.showing import Site
from verifier.limits import SeenLimits
from verifier.records import SeenDocument, SeenStatus
from verifier.seen_documents import SeenDocuments
from verifier.service import opened
from verifier.settings import Settings
from verifier.status_memory import StatusMemory

MOST = 4


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """A school with a status list on the web, a badge on it, and an open verifier whose memory is small."""
    settings = Settings(
        base_url="http://localhost:1", data_directory=tmp_path_factory.mktemp("verifier"), allow_loopback=True
    )
    with asyncio.Runner() as runner, ExitStack() as stack:
        verifier = runner.run(_enter(stack, runner, settings))
        site, socket = Site(), bound()
        address = stack.enter_context(serving(site.app(), socket))
        yield runner, verifier, _School(site, address)


async def _enter(stack, runner, settings):
    service = opened(settings)
    verifier = await service.__aenter__()
    stack.callback(lambda: runner.run(service.__aexit__(None, None, None)))
    return verifier


class _School:
    def __init__(self, site, address):
        self.site, self.party = site, Party.on_the_web("A school", address.removeprefix("http://"))
        self.url = f"{address}/status/1"
        site.documents[".well-known/did.json"] = self.party.did_document().body

    def publish(self, *revoked, ago):
        at = datetime.now(UTC) - timedelta(seconds=ago)
        self.site.documents["status/1"] = self.party.status_list(self.url, revoked=revoked, at=at).body

    def badge(self, place=7):
        return dump(
            self.party.issue(
                Party("A worker"),
                {f"{ESCO}bread": "bake bread"},
                cryptosuite="eddsa-rdfc-2022",
                at=datetime.now(UTC) - timedelta(days=2),
                status=[status_entry(self.url, place)],
            )
        )


def forget_all(runner, verifier):
    runner.run(SeenStatus.get_pymongo_collection().delete_many({}))
    verifier.status_memory._seen = {}


def test_a34_a_flood_of_lists_makes_no_verifier_forget_a_revocation(seen, monkeypatch):
    runner, verifier, school = seen
    monkeypatch.setattr(verifier.status_memory, "_most", MOST)
    badge = school.badge()
    school.publish(7, ago=10)
    assert runner.run(verifier.checker.credential(badge)).answer is Answer.NO
    now = datetime.now(UTC)
    for number in range(3 * MOST):
        assert runner.run(verifier.status_memory.remember({f"https://flood.example/{number} did:x": now}))
    assert len(verifier.status_memory.last_seen) == MOST
    assert not any(school.url in key for key in verifier.status_memory.last_seen)
    school.publish(ago=3_600)  # an older list, in which it was still good
    assert runner.run(verifier.checker.credential(badge)).answer is Answer.CANNOT_TELL
    assert len(verifier.status_memory.last_seen) == MOST


def test_a34_what_another_process_saw_revoked_is_not_valid_here(seen):
    runner, verifier, school = seen
    forget_all(runner, verifier)
    badge = school.badge(8)
    school.publish(ago=20)
    assert runner.run(verifier.checker.credential(badge)).answer is Answer.YES
    memory = StatusMemory()
    runner.run(memory.load())
    (key,) = [key for key in memory.last_seen if school.url in key]
    newer = datetime.now(UTC).replace(microsecond=0)
    assert runner.run(memory.remember({key: newer}))
    verifier.status_memory._seen = {}  # as in a process that began before it
    assert runner.run(verifier.checker.credential(badge)).answer is Answer.CANNOT_TELL
    assert verifier.status_memory.last_seen[key] == newer


def test_a34_a_batch_relies_on_no_list_older_than_one_that_the_store_knows(seen):
    runner, verifier, school = seen
    badge = school.badge(9)

    async def batch():
        async def sources():
            yield badge

        return [each async for each in verifier.bulk.verify(sources(), verifier.trust.store, "en")]

    forget_all(runner, verifier)
    school.publish(ago=30)
    (good,) = runner.run(batch())
    assert not isinstance(good, Refused)
    (key,) = verifier.status_memory.last_seen
    runner.run(StatusMemory().remember({key: datetime.now(UTC).replace(microsecond=0)}))
    verifier.status_memory._seen = {}
    (refused,) = runner.run(batch())
    assert isinstance(refused, Refused)
    assert (refused.code, refused.undecided) == ("status_list_rolled_back", True)


def test_as_much_is_at_hand_as_there_is_room_for_and_one_more_pushes_the_oldest_out(seen):
    runner, _, _ = seen
    memory, moment = StatusMemory(MOST), datetime(2026, 11, 1, tzinfo=UTC)
    names = [f"https://n.example/{number} did:y" for number in range(MOST + 1)]
    assert runner.run(memory.remember(dict.fromkeys(names[:MOST], moment)))
    assert list(memory.last_seen) == names[:MOST]
    assert runner.run(memory.remember({names[MOST]: moment}))
    assert list(memory.last_seen) == names[1:]
    assert StatusMemory()._most == STATUS.remembered


def test_a34_a_flood_of_documents_pushes_a_revocation_out_and_makes_nothing_valid(seen, monkeypatch):
    runner, verifier, school = seen
    forget_all(runner, verifier)
    badge, start = school.badge(11), datetime.now(UTC)
    school.publish(11, ago=10)
    assert runner.run(verifier.checker.credential(badge)).answer is Answer.NO
    few = SeenDocuments(SeenLimits(documents=MOST))
    assert runner.run(few.get(school.url)) is not None
    for number in range(2 * MOST):
        at = start + timedelta(minutes=1, seconds=number)
        runner.run(few.keep(Fetched(f"https://flood.example/{number}", b"{}", at)))
    assert runner.run(few.get(school.url)) is None
    school.publish(ago=3_600)  # an older list, in which it was still good
    assert runner.run(verifier.checker.credential(badge)).answer is Answer.CANNOT_TELL
    runner.run(SeenDocument.get_pymongo_collection().delete_many({"_id": school.url}))
    monkeypatch.setattr(verifier.checker, "_sources", replace(verifier.sources, offline=True))
    assert runner.run(verifier.checker.credential(badge)).answer is Answer.CANNOT_TELL


def kept_of(runner, seen, documents):
    """Keep documents of these sizes, in this order, and look at what is there after."""
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    runner.run(SeenDocument.get_pymongo_collection().delete_many({}))
    for number, (name, size) in enumerate(documents):
        at = moment + timedelta(seconds=number)
        runner.run(seen.keep(Fetched(f"https://d.example/{name}", b"x" * size, at)))
    return [name for name in dict(documents) if runner.run(seen.get(f"https://d.example/{name}")) is not None]


@pytest.mark.parametrize(
    ("bounds", "sizes", "stay"),
    [
        (SeenLimits(documents=3), [1, 1, 1], "012"),
        (SeenLimits(documents=3), [1, 1, 1, 1], "123"),
        (SeenLimits(bytes=40), [10, 20, 10], "012"),
        (SeenLimits(bytes=40), [10, 20, 11], "12"),
        (SeenLimits(bytes=40), [30, 11, 30], "2"),
    ],
)
def test_as_many_documents_stay_on_disk_as_there_is_room_for_and_the_oldest_go(seen, bounds, sizes, stay):
    runner, _, _ = seen
    documents = [(str(number), size) for number, size in enumerate(sizes)]
    assert kept_of(runner, SeenDocuments(bounds), documents) == list(stay)


def test_a_document_that_was_fetched_anew_is_not_the_oldest_any_more(seen):
    runner, _, _ = seen
    again = [("a", 1), ("b", 1), ("c", 1), ("a", 1), ("d", 1)]
    assert kept_of(runner, SeenDocuments(SeenLimits(documents=3)), again) == ["a", "c", "d"]


def test_documents_of_before_there_was_a_bound_count_as_large_as_any_may_be(seen):
    runner, _, _ = seen
    store = SeenDocument.get_pymongo_collection()
    runner.run(store.delete_many({}))
    before = {"_id": "https://d.example/old", "body": b"x", "fetched_at": datetime(2026, 1, 1, tzinfo=UTC)}
    runner.run(store.insert_one(before))
    small = SeenDocuments(SeenLimits(bytes=FETCH.size))
    assert runner.run(small.get("https://d.example/old")).body == b"x"
    runner.run(small.keep(Fetched("https://d.example/new", b"x", datetime(2026, 11, 1, tzinfo=UTC))))
    assert runner.run(small.get("https://d.example/old")) is None
    assert runner.run(small.get("https://d.example/new")).body == b"x"
