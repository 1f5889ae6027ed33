"""A20: a request with an Idempotency-Key is done once, whoever asks again, and however many at once."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Request, Response

from passport.clock import utc_now
from passport.errors import Invalid
from passport.errors.web import IdempotencyKeyInUse, IdempotencyKeyReused, MalformedIdempotencyKey
from passport.storage import connect
from passport.storage.kept_answers import LEASE, AnswerStore, Claim, KeptAnswer
from passport.storage.sealing import MasterKey
from passport.web import WebSettings, create_app
from passport.web.idempotency import IdempotentRoute, idempotent, parse_idempotency_key

KEY = {"Idempotency-Key": '"8e03978e"'}


class Refused(Invalid):
    code = "test_refused"
    sentence = "Refused, as the test wants it."


async def _caller(request: Request) -> str:
    return request.headers["authorization"]


def application(done: list[bytes]) -> FastAPI:
    app = create_app(title="t", version="1", settings=WebSettings("http://localhost"))
    router = APIRouter(route_class=IdempotentRoute)

    @router.post("/things", status_code=201, dependencies=[idempotent(_caller)])
    async def create(request: Request, who: Annotated[str, Depends(_caller)]) -> Response:
        body = await request.body()
        await asyncio.sleep(0.02)
        if body == b"wrong":
            raise Refused
        done.append(body)
        return Response(f"{len(done)} for {who}", 201, {"Location": f"/things/{len(done)}"})

    app.include_router(router)
    app.state.answers = AnswerStore(MasterKey("m" * 43, "test"))
    return app


@asynccontextmanager
async def asking(folder, done):
    async with connect("embedded", folder, [KeptAnswer]):
        transport = httpx.ASGITransport(app=application(done))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client


async def post(client, body=b"a", who="one", **headers):
    return await client.post("/things", content=body, headers={"Authorization": who, **headers})


def test_all_of_it_with_one_store(tmp_path):
    asyncio.run(_all(tmp_path))


async def _all(folder):
    done: list[bytes] = []
    async with asking(folder, done) as client:
        await _the_same_answer(client, done)
        await _another_request(client, done)
        await _another_caller(client, done)
        await _fifty_at_once(client, done)
        await _a_refusal_keeps_nothing(client, done)
        assert {
            kept.sealed is None or b"for" not in kept.sealed for kept in await KeptAnswer.find_all().to_list()
        } == {True}
        await _a_claim_of_the_dead(AnswerStore(MasterKey("m" * 43, "test")))


async def _the_same_answer(client, done):
    first, again = await post(client, **KEY), await post(client, **KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.content, first.headers["location"]) == (again.content, again.headers["location"])
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len(done) == 1
    assert (await post(client, **{"Idempotency-Key": "8e03978e"})).content == first.content, (
        "quotes say nothing"
    )


async def _another_request(client, done):
    for other in (
        await post(client, b"b", **KEY),
        await client.post("/things?a=b", content=b"a", headers={"Authorization": "one", **KEY}),
    ):
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len(done) == 1


async def _another_caller(client, done):
    """The key of somebody else opens nothing and disturbs nobody."""
    assert (await post(client, who="two", **KEY)).text == "2 for two"
    assert (await post(client, who="two", **KEY)).text == "2 for two"
    assert len(done) == 2


async def _fifty_at_once(client, done):
    before = len(done)
    key = {"Idempotency-Key": "fifty"}
    answers = await asyncio.gather(*(post(client, **key) for _ in range(50)))
    assert len(done) == before + 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {
        "idempotency_key_in_use"
    }


async def _a_refusal_keeps_nothing(client, done):
    key = {"Idempotency-Key": "corrected"}
    assert (await post(client, b"wrong", **key)).status_code == 400
    assert (await post(client, b"right", **key)).status_code == 201


async def _a_claim_of_the_dead(store):
    now = utc_now()
    first = await store.claim("name", "f", now)
    assert isinstance(first, Claim)
    with pytest.raises(IdempotencyKeyInUse):
        await store.claim("name", "f", now + LEASE - timedelta(seconds=1))
    with pytest.raises(IdempotencyKeyReused):
        await store.claim("name", "g", now + LEASE)
    second = await store.claim("name", "f", now + LEASE)
    assert isinstance(second, Claim)
    await store.keep(first, b"of the dead")
    await store.keep(second, b"answer")
    assert await store.claim("name", "f", now + LEASE) == b"answer"
    assert isinstance(await store.claim("name", "g", now + timedelta(days=2)), Claim), "forgotten after a day"


@pytest.mark.parametrize(
    "field", ["", '""', "x" * 129, "é", "a\nb", '"a', '"a"b"', '"\\a"', '"' + "x" * 129 + '"']
)
def test_a_malformed_key_is_refused(field):
    with pytest.raises(MalformedIdempotencyKey):
        parse_idempotency_key(field)


@pytest.mark.parametrize(
    ("field", "key"),
    [("x" * 128, "x" * 128), ('"a b"', "a b"), ('"a\\"\\\\"', 'a"\\'), (None, None), ("plain", "plain")],
)
def test_keys_with_and_without_quotes(field, key):
    assert parse_idempotency_key(field) == key
