"""Whatever is forgotten, and whatever the clock says meanwhile: no nonce and no code is taken twice."""

import asyncio
from datetime import timedelta

import pytest

from issuer.limits import OFFER
from issuer.offers.codes import check_code, check_nonce, create_code, create_nonce
from issuer.offers.used import use_code, use_nonce
from issuer.secrets import MasterSecret
from issuer.service import to_the_millisecond
from passport.errors import PassportError
from passport.storage import Once, connect
from passport.storage.once import forget_lapsed

MASTER = MasterSecret("m" * 43)
NOW = to_the_millisecond()
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def take_nonce(text, now):
    await use_nonce(text, now, lapses=check_nonce(MASTER, "school", text, now))


async def take_code(text, now):
    await use_code(text, now, lapses=check_code(MASTER, "school", text, now).lapses)


def new_code(lifetime):
    return create_code(MASTER, "school", "0" * 32, NOW + lifetime)


def kinds():
    yield create_nonce(MASTER, "school", NOW), timedelta(seconds=OFFER.nonce_lifetime), take_nonce
    yield new_code(timedelta(seconds=OFFER.code_lifetime)), timedelta(seconds=OFFER.code_lifetime), take_code
    yield (
        new_code(3 * HOUR),
        3 * HOUR,
        take_code,
    )  # of a service whose codes live longer than they do by default


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("used")


def test_what_was_used_is_refused_whenever_it_is_shown_again_and_forgotten_in_the_end(folder):
    async def run():
        async with connect("embedded", folder, [Once]):
            for text, lifetime, take in kinds():
                await take(text, NOW + MINUTE)
                for later in (lifetime - MINUTE, lifetime, 2 * lifetime):
                    await forget_lapsed(NOW + later)
                    with pytest.raises(PassportError):
                        await take(text, NOW + later)
                await forget_lapsed(NOW + 2 * lifetime + timedelta(days=1))
                assert await Once.find().to_list() == []
                with pytest.raises(PassportError):
                    await take(text, NOW + 2 * lifetime + timedelta(days=1))

    asyncio.run(run())


def test_a_clock_that_was_most_of_a_day_ahead_brings_nothing_back_to_life(folder):
    async def run():
        async with connect("embedded", folder, [Once]):
            for text, _, take in kinds():
                await take(text, NOW)
                await forget_lapsed(NOW + 23 * HOUR)
                with pytest.raises(PassportError):
                    await take(text, NOW)

    asyncio.run(run())


def test_a_clock_that_was_put_back_between_making_and_using_brings_nothing_back_to_life(folder):
    """How long it is remembered goes by the end that stands in it, not by when it was used."""

    async def run():
        async with connect("embedded", folder, [Once]):
            for text, lifetime, take in kinds():
                await take(text, NOW - 48 * HOUR)
                await forget_lapsed(NOW - 48 * HOUR + lifetime + 25 * HOUR)
                with pytest.raises(PassportError):
                    await take(text, NOW)

    asyncio.run(run())
