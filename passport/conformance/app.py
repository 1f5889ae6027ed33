"""The server of the conformance profile."""

from importlib.metadata import version
from typing import Final

from fastapi import FastAPI

from contexts import Contexts
from passport import limits
from passport.clock import Clock, utc_now
from passport.conformance import routes
from passport.conformance.pinned import pinned
from passport.conformance.profile import Profile
from passport.web import WebSettings, create_app

WARNING: Final = "Proof-only conformance profile, not for use: it does not bind issuer to key."


def create(
    origin: str, *, contexts: Contexts | None = None, allow_loopback: bool = False, clock: Clock = utc_now
) -> FastAPI:
    """The conformance profile as an ASGI application.

    Args:
        origin: where the suites find it: scheme, host and port.
        contexts: what documents may name by address; by default ours and the two of the W3C for examples.
        allow_loopback: did:web documents may be fetched from this machine.
        clock: the present moment.
    """
    app = create_app(
        title="Skills passport: proof-only conformance profile",
        version=version("skills-passport"),
        settings=WebSettings(
            public_url=origin,
            allowed_hosts=("host.docker.internal",),
            body_limits={"*/presentations/*": limits.PRESENTATION.size},
        ),
        about=WARNING,
    )
    app.state.profile = Profile(origin, contexts or pinned(), allow_loopback=allow_loopback, clock=clock)
    for router in (routes.public, routes.slots):
        app.include_router(router)
    return app
