"""The OpenAPI document: strict bodies by their models, and every refusal as a problem document."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel

from passport.web.body import BODY_MEDIA_TYPES, BODY_MODEL, DOCUMENT
from passport.web.problems import MEDIA_TYPE

PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "A problem document (RFC 9457). `code` is stable; `title` is one sentence for people.",
    "required": ["type", "title", "status", "code", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "code": {"type": "string"},
        "instance": {"type": "string", "format": "uri"},
        "details": {
            "type": "object",
            "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        },
    },
}


JSON_DOCUMENT: dict[str, Any] = {
    "type": "object",
    "title": "JsonDocument",
    "description": "A document that is taken as it stands: a credential, a presentation, a trust list.",
}
SECURITY = "__security__"
SCHEMES: dict[str, Any] = {
    "apiKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "The API key of an account: its id, a dot and its secret.",
    },
    "bootstrapSecret": {
        "type": "http",
        "scheme": "bearer",
        "description": "The secret of the service's operator.",
    },
}
_Check = TypeVar("_Check", bound=Callable[..., Any])


def needs(scheme: str, check: _Check) -> _Check:
    """Say which of SCHEMES a dependency checks."""
    setattr(check, SECURITY, scheme)
    return check


def describe(app: FastAPI, public_url: str) -> None:
    """Replace the application's OpenAPI with one that tells the truth about bodies, keys and refusals."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, public_url)
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]


def _document(app: FastAPI, public_url: str) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, routes=app.routes, servers=[{"url": public_url}]
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"], schemas["JsonDocument"] = PROBLEM, JSON_DOCUMENT
    document["components"]["securitySchemes"] = SCHEMES
    for path, operations in document.get("paths", {}).items():
        for method, operation in operations.items():
            _describe_refusals(operation)
            for call in _calls(app, path, method):
                _describe_body(operation, call, schemas)
                if hasattr(call, SECURITY):
                    operation["security"] = [{getattr(call, SECURITY): []}]
    return document


def _describe_refusals(operation: dict[str, Any]) -> None:
    responses = operation.setdefault("responses", {})
    responses.pop("422", None)
    content = {
        MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}},
        "text/html": {"schema": {"type": "string"}},
    }
    responses["4XX"] = {"description": "Refused, with a problem document", "content": content}
    responses["503"] = {"description": "Could not be checked or reached", "content": content}


def _describe_body(operation: dict[str, Any], call: Any, schemas: dict[str, Any]) -> None:
    media_types = getattr(call, BODY_MEDIA_TYPES, None)
    if media_types is None:
        return
    model: type[BaseModel] | None = getattr(call, BODY_MODEL)
    schema: dict[str, Any] | None = None
    if model is not None:
        made = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(made.pop("$defs", {}))
        schemas[model.__name__] = made
        schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    operation["requestBody"] = {
        "required": True,
        "content": {media_type: {"schema": schema or _schema_of(media_type)} for media_type in media_types},
    }


def _schema_of(media_type: str) -> dict[str, Any]:
    if media_type.endswith("json") or media_type in DOCUMENT:
        return {"$ref": "#/components/schemas/JsonDocument"}
    return {"type": "string"} | ({} if media_type.startswith("text/") else {"format": "binary"})


def _calls(app: FastAPI, path: str, method: str) -> Iterator[Any]:
    for found in iter_route_contexts(app.routes):
        if found.path_format == path and method.upper() in (found.methods or ()):
            yield from _within(found.dependant)


def _within(dependant: Dependant) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _within(inner)
