"""What routes ask for: the service, and who is asking."""

from typing import Annotated

from fastapi import Depends, Request

from passport.errors import NotAuthenticated
from verifier.records import Employer
from verifier.service import Verifier


async def _service(request: Request) -> Verifier:
    service: Verifier = request.app.state.verifier
    return service


Service = Annotated[Verifier, Depends(_service)]


async def _by_key(request: Request, service: Service) -> Employer:
    return await service.sign_in.by_bearer(request)


async def _by_cookie(request: Request, service: Service) -> Employer:
    employer = await service.sign_in.by_cookie(request)
    if employer is None:
        raise NotAuthenticated
    return employer


AsEmployer = Annotated[Employer, Depends(_by_key)]
"""A program with an API key."""
SignedIn = Annotated[Employer, Depends(_by_cookie)]
"""A person on the pages."""
