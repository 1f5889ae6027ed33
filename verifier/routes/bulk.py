"""Verify very many at once: a body of many documents in, a line for each out, in the same order."""

import tempfile
from collections.abc import AsyncIterator
from typing import Any, BinaryIO

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from passport import limits
from passport.errors import PassportError
from passport.errors.web import BodyTooLarge
from passport.json import JsonObject, dump
from passport.web import language_of
from passport.web.body import check_media_type
from passport.web.problems import problem
from passport.workers import Refused
from verifier import batch_body
from verifier.errors import TooManyDocuments
from verifier.routes.parts import AsEmployer, Service

router = APIRouter(prefix="/api/verifications", tags=["employers"])
ARRAY, LINES = "application/json", "application/x-ndjson"


class Lines(StreamingResponse):
    """NDJSON. The body was read before, so nothing of the request is listened to while it is written."""

    media_type = LINES

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await self.stream_response(send)


@router.post(
    "/batch",
    summary="Verify up to 10,000 credentials or presentations; one line of the answer for each",
    response_class=Response,
    responses={200: {"content": {LINES: {}}, "description": "A short report or a problem, in order"}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                ARRAY: {"schema": {"type": "array", "items": {}}},
                LINES: {"schema": {"type": "string"}},
            },
        }
    },
)
async def verify_batch(request: Request, service: Service, _employer: AsEmployer) -> Response:
    """Nothing of it is stored. Documents are JSON, or tokens as JSON strings, in a JSON array or on lines.

    Each line of the answer has the `index` of its document and either `answer` (yes, no, cannot-tell) with
    what was found, or a `problem`. Presentations are held to what is shown unasked (way A).
    """
    check_media_type(request, (ARRAY, LINES))
    service.bulk.check_room()
    media_type = request.headers["content-type"].partition(";")[0].strip().lower()
    file = tempfile.TemporaryFile(dir=service.settings.data_directory)  # noqa: SIM115 - closed by the answer
    try:
        await _receive(request, file)
    except BaseException:
        file.close()
        raise
    read = batch_body.items if media_type == ARRAY else batch_body.lines
    return Lines(_answers(request, service, file, read(file)))


async def _receive(request: Request, file: BinaryIO) -> None:
    """All of the body first: who writes it may not read before, and both would wait for ever."""
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > limits.WORK.batch_bytes:
            raise BodyTooLarge(limit=limits.WORK.batch_bytes)
        file.write(piece)
    file.seek(0)


async def _answers(
    request: Request, service: Service, file: BinaryIO, documents: AsyncIterator[bytes | Refused]
) -> AsyncIterator[bytes]:
    language, index = language_of(request), 0

    def line(members: JsonObject) -> bytes:
        return dump({"index": index, **members}) + b"\n"

    def wrong(error: PassportError) -> bytes:
        request_id = str(request.scope["state"]["request_id"])
        return line({"problem": problem(error, language, request_id)})

    try:
        with file:
            outcomes = service.bulk.verify(_bounded(documents), service.trust.store, language)
            async for outcome in outcomes:
                yield wrong(outcome.error) if isinstance(outcome, Refused) else line(_short(outcome))
                index += 1
    except PassportError as error:
        yield wrong(error)


async def _bounded(documents: AsyncIterator[bytes | Refused]) -> AsyncIterator[bytes | Refused]:
    count = 0
    async for each in documents:
        count += 1
        if count > limits.WORK.batch_items:
            yield Refused.of(TooManyDocuments(limit=limits.WORK.batch_items))
            return
        yield each


def _short(report: JsonObject) -> JsonObject:
    """What was found, with reasons only for what is not in order."""
    parts = [report, *report.get("credentials", ()), *report.get("endorsements", ())]
    wrong: list[Any] = [check for part in parts for check in part["checks"] if check["answer"] != "yes"]
    alone: JsonObject = {name: report[name] for name in ("endorses", "builds_on", "note") if name in report}
    return {
        "answer": report["answer"],
        "kind": report["kind"],
        **alone,
        "names": report["names"],
        "issuers": report["issuers"],
        "reasons": [{"code": check["reason"], "text": check["text"]} for check in wrong],
        "skills": [
            {name: skill[name] for name in ("skill", "label", "strength")} for skill in report["skills"]
        ],
    }
