"""API keys: hashed, checked without a flood, remembered when right."""

import asyncio
import time

import pytest
from fastapi import Request

from passport.errors import NotAuthenticated, RateLimited
from passport.web.api_keys import ApiKeyChecker, bearer, check_secret, new_api_key, parse_api_key

TEXT, HASH = new_api_key("ster")


def test_a_new_key_names_its_account_and_is_kept_as_argon2id():
    assert TEXT.startswith("ster.")
    assert len(TEXT) == len("ster.") + 43
    assert HASH.startswith("$argon2id$")
    assert TEXT[5:] not in HASH
    assert TEXT[5:] not in repr(parse_api_key(TEXT))


def test_a_right_key_passes_and_is_remembered():
    async def test():
        checker = ApiKeyChecker()
        await checker.check(parse_api_key(TEXT), (HASH,))
        began = time.monotonic()
        for _ in range(200):
            await checker.check(parse_api_key(TEXT), (HASH,))
        assert time.monotonic() - began < 0.2

    asyncio.run(test())


def test_a_remembered_key_opens_nothing_after_its_hash_was_replaced():
    async def test():
        checker, (_, other) = ApiKeyChecker(), new_api_key("ster")
        await checker.check(parse_api_key(TEXT), (HASH,))
        with pytest.raises(NotAuthenticated):
            await checker.check(parse_api_key(TEXT), (other,))

    asyncio.run(test())


@pytest.mark.parametrize("hashes", [(), (new_api_key("ster")[1],), ("no hash",)])
def test_a_wrong_key_is_refused_in_the_same_time_whether_the_account_exists_or_not(hashes):
    async def test() -> None:
        checker = ApiKeyChecker()
        with pytest.raises(NotAuthenticated):
            await checker.check(parse_api_key(TEXT), hashes)

    asyncio.run(test())


def test_a_flood_of_wrong_keys_is_turned_away():
    async def test():
        checker = ApiKeyChecker()
        results = await asyncio.gather(
            *(checker.check(parse_api_key(TEXT), ()) for _ in range(60)), return_exceptions=True
        )
        kinds = [type(result) for result in results]
        assert kinds.count(RateLimited) == 60 - 16
        assert kinds.count(NotAuthenticated) == 16

    asyncio.run(test())


@pytest.mark.parametrize(
    "text", ["", "ster", "ster.", "ster.x", ".x", f"STER.{'a' * 43}", f"a b.{'a' * 43}", f"ster.{'é' * 43}"]
)
def test_what_has_not_the_form_of_a_key_is_refused(text):
    with pytest.raises(NotAuthenticated):
        parse_api_key(text)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "bearer\tabc", "Token abc"])
def test_another_authorization_header_is_refused(header):
    request = Request({"type": "http", "headers": [(b"authorization", header.encode())]})
    with pytest.raises(NotAuthenticated):
        bearer(request)


def test_an_empty_secret_never_fits():
    check_secret("right", "right")
    for sent, expected in (("", ""), ("x", ""), ("", "x"), ("wrong", "right"), ("é", "right")):
        with pytest.raises(NotAuthenticated):
            check_secret(sent, expected)
