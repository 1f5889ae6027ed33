"""Every route of an application, whether or not its OpenAPI document tells of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Method and template of each."""
    return sorted(set(_walked(app.routes, "")))


def _walked(found: Iterable[Any], prefix: str) -> Iterator[tuple[str, str]]:
    for route in found:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from _walked(included.routes, prefix + route.include_context.prefix)
        elif isinstance(route, APIRoute):
            for method in route.methods:
                yield method, prefix + route.path


def filled(template: str, values: Mapping[str, str], other: str = "0" * 32) -> str:
    """An address of a route; what no value is given for is `other`."""
    return PARAMETER.sub(lambda found: values.get(found[1], other), template)
