"""Bodies, read strictly: our JSON reader first, then the model; a refusal names our fields and no values."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from passport import limits
from passport.clock import parse_datetime
from passport.errors import JsonTooLarge
from passport.errors.web import BodyTooLarge, MalformedRequest, UnsupportedMediaType
from passport.json import parse_json

Model = TypeVar("Model", bound=BaseModel)
BODY_MODEL = "__body_model__"
BODY_MEDIA_TYPES = "__body_media_types__"

JSON = ("application/json",)
DOCUMENT = (
    "application/json",
    "application/ld+json",
    "application/vc",
    "application/vc+ld+json",
    "application/vp",
    "application/vp+ld+json",
)


class Body(BaseModel):
    """The base of request bodies: closed, frozen, and no guessing of types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


def _moment(value: object) -> object:
    return parse_datetime(value)


Moment = Annotated[datetime, BeforeValidator(_moment, json_schema_input_type=str)]
"""A dateTimeStamp in a body; pydantic's own would also take week dates and numbers."""


def strict_body(
    model: type[Model], bounds: limits.JsonLimits = limits.CREDENTIAL, *, values: int | None = None
) -> Any:
    """Read a JSON body into a model, as a dependency.

    `values` bounds how many there may be, for bodies that are large because of a few long strings: megabytes
    of empty lists take seconds to read, in which nobody else is served.

    In a route: `body: Annotated[NewOffer, strict_body(NewOffer)]`.

    Raises (in the request):
        UnsupportedMediaType: not application/json.
        MalformedJson, TooLarge: see passport.json.
        MalformedRequest: JSON that the model does not take.
    """

    async def read(request: Request) -> Model:
        check_media_type(request, JSON)
        data = await request.body()
        if values is not None and sum(data.count(mark) for mark in (b",", b"[", b"{")) > values:
            raise JsonTooLarge(limit=values)
        parse_json(data, bounds)
        try:
            return model.model_validate_json(data)
        except ValidationError as error:
            raise MalformedRequest(**where(error.errors(), known_names(model))) from None

    return Depends(_described(read, model, JSON))


def document_body(*, most: int = limits.REQUEST_BODY, media_types: tuple[str, ...] = DOCUMENT) -> Any:
    """Take the bytes of the body as they came, as a dependency.

    In a route: `source: Annotated[bytes, document_body()]`.

    For signed documents, which are kept and verified as they are.
    """

    async def read(request: Request) -> bytes:
        check_media_type(request, media_types)
        data = await request.body()
        if len(data) > most:
            raise BodyTooLarge(limit=most)
        return data

    return Depends(_described(read, None, media_types))


def check_media_type(request: Request, accepted: tuple[str, ...]) -> None:
    """Raises UnsupportedMediaType; parameters such as a charset other than UTF-8 are refused as well."""
    media_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.replace(" ", "").replace('"', "")
    if media_type.strip() not in accepted or charset not in {"", "charset=utf-8"}:
        raise UnsupportedMediaType(accepted=" ".join(accepted))


def where(errors: Any, known: frozenset[str]) -> dict[str, str]:
    """What is wrong where, in our own words: the kind of error and the path of names that we defined."""
    first = errors[0] if errors else {"type": "unknown", "loc": ()}
    steps = [str(step) if isinstance(step, int) or step in known else "*" for step in first["loc"]]
    return {"field": "/".join(steps), "rule": str(first["type"])}


def known_names(model: type[BaseModel]) -> frozenset[str]:
    """Every property name in the model's schema: what may be named in a refusal."""
    names: set[str] = set()
    todo: list[Any] = [model.model_json_schema()]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            properties = part.get("properties")
            names.update(properties if isinstance(properties, dict) else ())
            todo.extend(part.values())
        elif isinstance(part, list):
            todo.extend(part)
    return frozenset(names)


def _described(
    read: Callable[[Request], Awaitable[Any]], model: type[BaseModel] | None, media_types: tuple[str, ...]
) -> Callable[[Request], Awaitable[Any]]:
    setattr(read, BODY_MODEL, model)
    setattr(read, BODY_MEDIA_TYPES, media_types)
    return read
