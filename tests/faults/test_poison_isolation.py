"""A poison document never holds up other requests: what is familiar goes on while the slow lane is stuck."""

import asyncio
import json
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import httpx
import pytest

from contexts import shipped
from passport import limits
from passport.errors import Invalid
from passport.errors.jsonld import PoisonGraph, TooManyBlankNodes
from passport.errors.workers import TooMuchWaiting, WorkTooLong
from passport.json import dump
from passport.jsonld.canonical import canonicalize, canonicalize_by_expansion
from passport.jsonld.compiled.shapes import shapes
from passport.jsonld.slow_road import SLOW_ROAD, check_structure
from passport.workers.learning import Learning
from passport.workers.slow_lane import SlowLane
from tests.adversarial.test_poison_graphs import alike_profiles
from tests.simulators.showing import Story, open_story


@contextmanager
def stuck(lane: SlowLane) -> Iterator[None]:
    """The lane's worker gets no time at all: worse than any poison."""
    processes = lane.process_ids
    assert processes
    for process_id in processes:
        os.kill(process_id, signal.SIGSTOP)
    try:
        yield
    finally:
        for process_id in processes:
            with suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGCONT)


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Iterator[Story]:
    with open_story(tmp_path_factory.mktemp("poison")) as made:
        yield made


def show(story: Story, body: bytes) -> httpx.Response:
    with story.client as client:
        return client.post(
            "/api/presentations", content=body, headers={"Content-Type": "application/vp"}, timeout=60
        )


def poison(story: Story, **more: object) -> bytes:
    """A presentation in which nobody can tell the issuer's parents apart in time; its signature is a copy."""
    credential = story.diploma()
    credential["issuer"]["parentOrg"] = alike_profiles(3, 4)
    shown = json.loads(story.present([story.diploma()]))
    return dump({**shown, "verifiableCredential": [{**credential, **more}]})


def test_good_presentations_are_answered_while_poison_is_worked_on(story):
    lane = story.app.state.verifier.slow_lane
    for _ in range(3):  # the shapes of this employer's applicants are met, and learned
        assert show(story, story.present([story.diploma()])).json()["verdict"] == "genuine"
    assert show(story, poison(story, name="first")).json()["genuine"] == "no"  # now the lane has its worker
    with ThreadPoolExecutor(4) as pool:
        with stuck(lane):
            waiting = [pool.submit(show, story, poison(story, name=str(number))) for number in range(4)]
            for _ in range(12):
                good = show(story, story.present([story.diploma()]))
                assert (good.status_code, good.json()["verdict"]) == (201, "genuine")
            assert not any(each.done() for each in waiting), "poison was worked on where the others are"
        refused = [each.result().json() for each in waiting]
    assert {each["genuine"] for each in refused} == {"no"}


def test_the_queue_is_bounded_and_says_when_to_come_again(story, monkeypatch):
    monkeypatch.setattr(limits, "WORK", limits.WorkLimits(waiting=0))
    refused = show(story, poison(story))
    assert refused.status_code == 503
    assert refused.json()["code"] == "too_much_waiting"
    assert int(refused.headers["retry-after"]) > 0
    assert show(story, story.present([story.diploma()])).status_code == 201


def badge(**members: object) -> dict:
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        **members,
    }


async def canonical(lane: SlowLane, document: dict) -> str:
    async def check(in_thread):
        return await in_thread(lambda: canonicalize(document))

    return await lane.run(check)


@pytest.fixture
def lane() -> Iterator[SlowLane]:
    made = SlowLane()
    yield made
    made.close()


def test_the_lane_finds_and_refuses_what_is_found_and_refused_here(lane):
    documents = [badge(name="An odd one", description="x"), badge(issuer=alike_profiles(3, 4))]
    assert asyncio.run(canonical(lane, documents[0])) == canonicalize(documents[0])
    with pytest.raises(PoisonGraph) as here:
        canonicalize(documents[1])
    with pytest.raises(PoisonGraph) as there:
        asyncio.run(canonical(lane, documents[1]))
    assert there.value.details == here.value.details
    with pytest.raises(Invalid):
        asyncio.run(canonical(lane, badge(unknown="x")))
    assert SLOW_ROAD.get() is None


def looked_through(lane: SlowLane, document: dict) -> None:
    async def check(in_thread):
        return await in_thread(lambda: check_structure(document))

    asyncio.run(lane.run(check))


def widely(parents: int, **members: object) -> dict:
    """A badge with so many objects, itself and its issuer among them."""
    issuer = {"id": "https://a.example", "parentOrg": [{"type": ["Profile"]} for _ in range(parents)]}
    return badge(issuer=issuer, **members)


def test_a_document_of_very_many_objects_is_looked_through_by_the_worker(lane):
    most = limits.WORK.objects_at_once
    looked_through(lane, widely(100))
    assert not lane.process_ids, "a usual document needs no worker"
    crowd = badge(
        issuer=[{"id": f"urn:{n}", "parentOrg": widely(200)["issuer"]["parentOrg"]} for n in range(3)]
    )
    assert dump(crowd).count(b"{") > most
    with pytest.raises(TooManyBlankNodes) as here:
        check_structure(crowd)
    with pytest.raises(TooManyBlankNodes) as there:
        looked_through(lane, crowd)
    assert there.value.details == here.value.details
    assert lane.process_ids


@pytest.mark.parametrize(("over", "workers"), [(0, 0), (1, 1)])
def test_so_many_objects_are_looked_through_at_once_and_not_one_more(lane, over, workers):
    counted = dump(badge(name="")).count(b"{")
    looked_through(lane, badge(name="{" * (limits.WORK.objects_at_once - counted + over)))
    assert len(lane.process_ids) == workers


def test_what_has_very_many_objects_is_not_even_read_where_the_others_are(lane):
    roads = []

    async def check(in_thread):
        roads.append(SLOW_ROAD.get())
        return await in_thread(lambda: None)

    asyncio.run(lane.run(check, b"{" * (limits.WORK.objects_at_once + 1)))
    assert roads == [lane]
    asyncio.run(lane.run(check, b"{" * limits.WORK.objects_at_once))
    assert len(roads) == 2
    assert roads[1] is not lane


def test_a_worker_that_is_killed_is_replaced_and_the_document_is_done_after_all(lane):
    assert asyncio.run(
        canonical(lane, badge(evidence=[{"type": ["Evidence"], "name": f"{n}"} for n in range(9)]))
    )
    [process_id] = lane.process_ids
    with stuck(lane):
        killer = threading.Timer(0.3, os.kill, (process_id, signal.SIGKILL))
        killer.start()
        assert asyncio.run(canonical(lane, badge(evidence=[{"type": ["Evidence"], "name": "killed"}])))
    assert lane.process_ids != [process_id]


def test_a_document_beyond_its_budget_is_refused_and_the_next_one_is_worked_on():
    lane = SlowLane(cpu_seconds=0.001)
    try:
        with pytest.raises(WorkTooLong):
            asyncio.run(canonical(lane, badge(issuer=alike_profiles(3, 4))))
        with pytest.raises(Invalid):
            asyncio.run(canonical(lane, badge(unknown=1)))
    finally:
        lane.close()
    with pytest.raises(TooMuchWaiting):
        asyncio.run(canonical(lane, badge(evidence=[{"type": ["Evidence"], "genre": "closed"}])))


@pytest.mark.parametrize("before", [0, limits.COMPILED.shapes_of_issuer], ids=["first", "share-is-full"])
def test_shapes_are_learned_at_once_only_so_often(before):
    """Also where a new shape takes the place of an older one of the same issuer."""
    issuer = {"id": f"did:web:shapes-{before}.example", "type": ["Profile"], "name": "x"}
    one = {"type": ["Evidence"], **({"audience": "x"} if before else {"genre": "x"})}
    known = shapes(shipped())
    alike = [badge(issuer=issuer, evidence=[one] * (1 + number)) for number in range(before + 6)]
    texts = [canonicalize_by_expansion(document) for document in alike]
    for document, text in zip(alike[:before], texts, strict=False):
        assert [known.saw(document, "sha256", text) for _ in range(2)] == [False, True]
    moments = iter(range(1_000))
    learning = Learning(clock=lambda: next(moments))
    learning._free = 1
    for document, text in zip(alike[before:], texts[before:], strict=True):
        for _ in range(2):
            learning.take_note(document, "sha256", text)
    learned = [document for document in alike[before:] if known.canonicalize(document, "sha256")]
    assert 0 < len(learned) <= 2
