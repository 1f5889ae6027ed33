"""The OpenAPI document: strict bodies by their models, and every refusal as a problem document."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel

from passport.web.body import BODY_MEDIA_TYPES, BODY_MODEL
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


def describe(app: FastAPI) -> None:
    """Replace the application's OpenAPI with one that tells the truth about bodies and refusals."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, routes=app.routes)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = PROBLEM
    for path, operations in document.get("paths", {}).items():
        for method, operation in operations.items():
            _describe_refusals(operation)
            for call in _calls(app, path, method):
                _describe_body(operation, call, schemas)
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
    schema: dict[str, Any] = {"type": "object"}
    if model is not None:
        made = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(made.pop("$defs", {}))
        schemas[model.__name__] = made
        schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    operation["requestBody"] = {
        "required": True,
        "content": {media_type: {"schema": schema} for media_type in media_types},
    }


def _calls(app: FastAPI, path: str, method: str) -> Iterator[Any]:
    for found in iter_route_contexts(app.routes):
        if found.path_format == path and method.upper() in (found.methods or ()):
            yield from _within(found.dependant)


def _within(dependant: Dependant) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _within(inner)
