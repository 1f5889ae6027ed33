"""A task that goes by the clock outlives what goes wrong in a turn, and ends when it is told to."""

import asyncio
import logging

import pytest
from pymongo.errors import ServerSelectionTimeoutError

from passport.errors import NotFound
from passport.web.periodic import Periodic


def turns(*outcomes):
    """What a task meets turn by turn, and a moment to wait for until all of them were met."""
    left, done = list(outcomes), asyncio.Event()

    async def work():
        outcome = left.pop(0) if left else None
        if not left:
            done.set()
        if outcome is not None:
            raise outcome

    return work, done


@pytest.mark.parametrize(
    ("failure", "level", "said"),
    [
        (NotFound(), logging.WARNING, NotFound.code),
        (ServerSelectionTimeoutError("mongodb://somewhere"), logging.WARNING, "ServerSelectionTimeoutError"),
        (KeyError("a worker's name"), logging.ERROR, "KeyError"),
    ],
    ids=["refusal", "store-away", "mistake"],
)
def test_a_turn_that_fails_is_not_the_last_and_is_logged_without_names(caplog, failure, level, said):
    async def run():
        work, done = turns(failure, None)
        periodic = Periodic("tidying", work, seconds=0)
        periodic.start()
        await done.wait()
        await periodic.stop()

    asyncio.run(run())
    assert [(each.levelno, each.getMessage()) for each in caplog.records] == [(level, f"tidying: {said}")]


def test_stopping_ends_a_turn_that_is_under_way():
    async def run():
        begun, ended = asyncio.Event(), asyncio.Event()

        async def work():
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        periodic = Periodic("tidying", work, seconds=0)
        periodic.start()
        await begun.wait()
        await periodic.stop()
        assert ended.is_set()

    asyncio.run(run())


def test_what_was_never_started_can_be_stopped():
    asyncio.run(Periodic("tidying", turns(None)[0], seconds=0).stop())
