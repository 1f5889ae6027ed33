"""Who is at the supervisor's pages: whoever has the link, and whoever proved that they were invited."""

from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from issuer.confirmations.invite import invited
from issuer.confirmations.prove import check_session
from issuer.confirmations.records import Confirmation
from issuer.organisations.records import Organisation
from issuer.routes.access import service_of


async def _linked(
    request: Request,
    confirmation_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")],
    secret: Annotated[str, Path(max_length=64)],
) -> Confirmation:
    return await invited(service_of(request), confirmation_id, secret)


Linked = Annotated[Confirmation, Depends(_linked)]


async def _proved(request: Request, confirmation: Linked) -> Confirmation:
    check_session(service_of(request), confirmation, request)
    return confirmation


Proved = Annotated[Confirmation, Depends(_proved)]


def here(request: Request, page: str = "") -> str:
    """The address of one of the pages of this link."""
    given = request.path_params
    address = f"/confirm/{given['confirmation_id']}/{given['secret']}"
    return f"{address}/{page}" if page else address


def led_to(request: Request, page: str) -> Response:
    return RedirectResponse(here(request, page), status_code=303)


async def shown(
    request: Request, template: str, confirmation: Confirmation, *, status: int = 200, **values: Any
) -> Response:
    """A page with what all of them show: who sent the link, and the addresses of the others."""
    organisation = await Organisation.find_or_fail(confirmation.organisation)
    response: Response = request.app.state.pages.respond(
        request, template, status=status, organisation=organisation.name, root=here(request), **values
    )
    return response
