"""What routes ask for: the service, and who is asking."""

from typing import Annotated

from fastapi import Depends, Request

from passport.web.api_keys import bearer, check_secret
from passport.web.idempotency import idempotent
from passport.web.openapi import needs
from verifier.errors import NotSignedIn
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
        raise NotSignedIn
    return employer


AsEmployer = Annotated[Employer, Depends(needs("apiKey", _by_key))]
"""A program with an API key."""
SignedIn = Annotated[Employer, Depends(_by_cookie)]
"""A person on the pages."""


def by_operator(request: Request, service: Service) -> None:
    """Before the body is read: whoever holds no secret is told nothing of it."""
    check_secret(bearer(request), service.bootstrap_secret)


needs("bootstrapSecret", by_operator)


async def _operator(_checked: Annotated[None, Depends(by_operator)]) -> str:
    return "operator"


async def _employer(employer: AsEmployer) -> str:
    return f"employer {employer.id}"


once_as_operator = idempotent(_operator)
"""In `dependencies` of a route that is an IdempotentRoute: done once for an Idempotency-Key."""
once_as_employer = idempotent(_employer)
