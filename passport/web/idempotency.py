"""The Idempotency-Key header field (draft-ietf-httpapi-idempotency-key-header-07) on routes that create.

The same key and request give the same answer again, without anything being done twice; another request under
the same key is a 422, and the same one while the first is worked on a 409. Keys are of one caller and one
address: nobody meets somebody else's. A refusal keeps nothing, so a corrected request may use its key.

In a service: `app.state.answers = AnswerStore(…)`. In a route of a router with `route_class=IdempotentRoute`:
`dependencies=[idempotent(caller)]`, where `caller` is a dependency that says who asks, after it was checked.
"""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.routing import APIRoute

from passport.clock import utc_now
from passport.errors.web import MalformedIdempotencyKey
from passport.json import JsonObject, canonicalize, dump, parse_object
from passport.limits import JsonLimits
from passport.storage.kept_answers import AnswerStore, Claim

LONGEST = 128
"""Characters: a UUID has 36."""
MOST_KEPT = 1_048_576
"""Bytes of an answer; a larger one is not kept."""
REPLAYED = "idempotency-replayed"
_QUOTED = re.compile(r'"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"')
_ESCAPED = re.compile(r'\\(["\\])')
_HEADERS = ("location", "content-disposition", "content-language")
_CLAIM = "idempotency_claim"
_BOUNDS = JsonLimits(size=2 * MOST_KEPT, string=2 * MOST_KEPT)

Caller = Callable[..., Awaitable[str]]
KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Makes a retry safe: the same key and request give the same answer again, for a day. "
        "Another request under the same key is refused with 422; one that is being worked on with 409.",
        examples=['"8e03978e-40d5-43dd-bc93-6894a57f9324"'],
    ),
]


def parse_idempotency_key(field: str | None) -> str | None:
    """The key; a structured string (RFC 9651, section 3.3.3) with its quotes, or the bare text.

    Raises:
        MalformedIdempotencyKey
    """
    if field is None:
        return None
    key = field
    if field.startswith('"'):
        if not _QUOTED.fullmatch(field):
            raise MalformedIdempotencyKey
        key = _ESCAPED.sub(r"\1", field[1:-1])
    if not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise MalformedIdempotencyKey
    return key


def idempotent(caller: Caller) -> Any:
    """A dependency that does a request once for each key of a caller."""

    async def claimed(
        request: Request, who: Annotated[str, Depends(caller)], idempotency_key: KeyHeader = None
    ) -> None:
        key = parse_idempotency_key(idempotency_key)
        if key is None:
            return
        store: AnswerStore = request.app.state.answers
        name = hashlib.sha256(canonicalize([who, request.method, request.url.path, key])).hexdigest()
        found = await store.claim(name, await _fingerprint(request), utc_now())
        if isinstance(found, Claim):
            setattr(request.state, _CLAIM, found)
        else:
            raise _KeptBefore(_response(found))

    return Depends(claimed)


class IdempotentRoute(APIRoute):
    """A route whose answers are kept where `idempotent` claimed them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                response = await handle(request)
            except _KeptBefore as kept:
                return kept.response
            except BaseException:
                await _give_back(request)
                raise
            await _keep(request, response)
            return response

        return answer


class _KeptBefore(Exception):
    """Leaves the route with the answer that there was."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


async def _fingerprint(request: Request) -> str:
    body = hashlib.sha256(await request.body()).hexdigest()
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return hashlib.sha256(canonicalize([request.url.query, media_type, body])).hexdigest()


async def _keep(request: Request, response: Response) -> None:
    claim: Claim | None = getattr(request.state, _CLAIM, None)
    if claim is None:
        return
    body = getattr(response, "body", None)
    if response.status_code >= 300 or not isinstance(body, bytes) or len(body) > MOST_KEPT:  # noqa: PLR2004
        await _give_back(request)
        return
    store: AnswerStore = request.app.state.answers
    kept: JsonObject = {
        "status": response.status_code,
        "type": response.headers.get("content-type", ""),
        "headers": {name: response.headers[name] for name in _HEADERS if name in response.headers},
        "body": base64.b64encode(body).decode(),
    }
    await store.keep(claim, dump(kept))


async def _give_back(request: Request) -> None:
    claim: Claim | None = getattr(request.state, _CLAIM, None)
    if claim is not None:
        store: AnswerStore = request.app.state.answers
        await store.give_back(claim)


def _response(kept: bytes) -> Response:
    found = parse_object(kept, _BOUNDS)
    headers = {**found["headers"], REPLAYED: "true"}
    if found["type"]:
        headers["content-type"] = found["type"]
    return Response(base64.b64decode(found["body"]), found["status"], headers)
