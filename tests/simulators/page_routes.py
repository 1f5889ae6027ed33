"""The addresses of all services that a person can ask for, and what is at them that is no page."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi.routing import APIRoute

import issuer.app
import verifier.app
from tests.simulators.routes import PARAMETER
from wallet.pages.table import ROUTERS

ISSUER, WALLET, VERIFIER = "Issuer of skill credentials", "My skills passport", "Skill check"
NO_PAGES = {
    ISSUER: {
        "a file": (
            "/confirm/{confirmation_id}/{secret}/files/{number}",
            "/console/audit/log.csv",
            "/console/batches/{batch_id}/cards",
            "/console/batches/{batch_id}/report",
            "/console/confirmations/{confirmation_id}/files/{number}",
            "/console/credentials/{credential_id}/card",
            "/console/credentials/{credential_id}/file/{form}",
            "/console/credentials/{credential_id}/save/{kind}",
            "/console/validations/{case_id}/files/{file_id}",
            "/console/wallets/logo",
        ),
        "leads on": ("/o/{slug}/authorize", "/o/{slug}/ims/ob/v3p0/authorize"),
        "part of a page": ("/console/skills",),
    },
    VERIFIER: {
        "a file": (
            "/reports.csv",
            "/requests/{request_id}/qr.gif",
            "/requests/{request_id}/qr/{number}.png",
            "/requests/{request_id}/wallet.png",
        ),
        "for a script": ("/requests/{request_id}/state",),
    },
    WALLET: {
        "a file": (
            "/credentials/{record}/save/{kind}",
            "/diplomas/{record}/file",
            "/claims/{record}/file",
            "/on-show/{identifier}/all.gif",
            "/on-show/{identifier}/{number}.png",
            "/checkup/calendar.ics",
            "/checkup/{record}/report.pdf",
            "/checkup/{record}/signed.json",
            "/plan/{record}/calendar.ics",
            "/shared/{identifier}/qr.png",
        ),
        "leads on": ("/idle", "/takings/{identifier}/go", "/platforms/go/{place}"),
    },
}

NOT_JUDGED: Mapping[str, frozenset[str]] = {
    ISSUER: frozenset(),
    VERIFIER: frozenset(),
    WALLET: frozenset({"/connected/{place}"}),
}
"""Pages that no test of the pages is answered with yet: one that leads on by itself at once."""


def page_routes() -> Mapping[str, tuple[str, ...]]:
    """What is asked for by GET and not told of in an OpenAPI document: pages, but for `NO_PAGES`."""
    return {
        ISSUER: tuple(_of(issuer.app.ROUTES)),
        VERIFIER: tuple(_of(verifier.app.ROUTES)),
        WALLET: tuple(
            route.template for router in ROUTERS for route in router.routes if route.method == "GET"
        ),
    }


def _of(found: Iterable[Any], prefix: str = "", *, told: bool = True) -> Iterator[str]:
    """`told`: what these are included in is told of in an OpenAPI document."""
    for route in found:
        included = getattr(route, "original_router", None)
        if included is not None:
            around = route.include_context
            yield from _of(
                included.routes, prefix + around.prefix, told=told and around.include_in_schema is not False
            )
        elif (
            isinstance(route, APIRoute) and "GET" in route.methods and not (told and route.include_in_schema)
        ):
            path = prefix + route.path
            yield from () if path.startswith("/static/") else (path,)


def pattern(template: str) -> re.Pattern[str]:
    return re.compile(PARAMETER.sub("[^/]+", template.replace(".", "[.]")))
