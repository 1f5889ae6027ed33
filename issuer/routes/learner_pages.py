"""Pages on which a learner gives permission, for a wallet or for a program: what both kinds of visit share.

A GET beyond the first changes nothing. Every form is sent by our own page (passport.web.forms), from the
browser that opened the visit, and nothing is done by a script.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Protocol, TypeVar

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.background import BackgroundTask

from issuer.authorization.browser import check_browser
from issuer.authorization.errors import VisitOver
from issuer.authorization.records import Authorization, Stage
from issuer.authorization.visit import ask_code, check_mail_code
from issuer.console.forms import fields
from issuer.learners.limits import LEARNER
from issuer.limits import OFFER
from issuer.mail.address import parse_address
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf, service_of
from issuer.service import Service
from passport.oauth.redirect_uri import check_redirect_uri
from passport.web.forms import same_origin
from passport.web.guard import security_headers

V = TypeVar("V", bound=Authorization)
V_contra = TypeVar("V_contra", bound=Authorization, contravariant=True)


class ShowPage(Protocol[V_contra]):
    """The visit's page at its stage."""

    def __call__(self, request: Request, service: Service, visit: V_contra) -> Awaitable[Response]: ...


@dataclass(frozen=True, slots=True)
class LearnerPages(Generic[V]):
    """How one kind of visit differs."""

    visits: type[V]
    root: Callable[[V], str]
    """Below which address its pages are."""
    page: ShowPage[V]
    mail_code: Callable[[Service, V, str], Awaitable[None]]

    async def visit(
        self, request: Request, slug: str, visit_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
    ) -> V:
        """The visit that this browser opened; raises VisitOver, AnotherBrowser."""
        service = service_of(request)
        found = await self.visits.get(visit_id)
        if found is None or found.organisation != slug or found.expires_at <= service.clock():
            raise VisitOver
        check_browser(service, found, request)
        if found.stage not in {Stage.OPEN, Stage.PROVED}:
            raise VisitOver
        return found

    def led_to(self, visit: V) -> RedirectResponse:
        return RedirectResponse(self.root(visit), status_code=303)

    def router(self) -> APIRouter:
        """What is asked next; a mailbox and its code. The answer, and what else there is, each kind adds."""
        pages = APIRouter(prefix="/{visit_id}")
        own_visit = Depends(self.visit)

        @pages.get("")
        async def show(request: Request, service: ServiceOf, visit: Any = own_visit) -> Response:
            return await self.page(request, service, visit)

        @pages.post("/mailbox", dependencies=[same_origin])
        async def send_code(request: Request, service: ServiceOf, visit: Any = own_visit) -> Response:
            """Mail a code, if the address is on an offer; the answer is the same if it is not."""
            form = await fields(request)
            asked, code = await ask_code(service, visit, parse_address(form.get("mailbox", "")))
            response = self.led_to(visit)
            response.background = BackgroundTask(self.mail_code, service, asked, code)
            return response

        @pages.post("/code", dependencies=[same_origin])
        async def prove_mailbox(request: Request, service: ServiceOf, visit: Any = own_visit) -> Response:
            form = await fields(request)
            await check_mail_code(service, visit, form.get("code", "").replace(" ", ""))
            return self.led_to(visit)

        return pages


async def answer_of(request: Request, ticked: str, *, most: int) -> tuple[str, list[str]]:
    """Yes or no, and what was ticked; a form may have so many fields."""
    async with request.form(max_files=0, max_fields=most, max_part_size=OFFER.longest) as form:
        said = form.get("answer")
        return (
            said if isinstance(said, str) else "",
            [value for value in form.getlist(ticked) if isinstance(value, str)],
        )


def back(address: str) -> Response:
    """To who asked, as a person told us to; the address goes out letter by letter as it was checked."""
    return Response(status_code=303, headers={"Location": address})


async def respond(
    request: Request,
    service: Service,
    visit: Authorization,
    template: str,
    *,
    root: str,
    **values: Any,
) -> Response:
    """A page of a visit; whoever leaves by it may be led to who asked, and nowhere else."""
    organisation = await Organisation.find_or_fail(visit.organisation)
    response: Response = request.app.state.pages.respond(
        request,
        template,
        organisation=organisation.name,
        at=service.addresses.origin.partition("://")[2],
        root=root,
        code_sent=visit.mail_code is not None,
        minutes=LEARNER.code_lifetime // 60,
        digits=LEARNER.code_digits,
        **values,
    )
    policy = security_headers(service.settings.web())["content-security-policy"]
    source = check_redirect_uri(visit.redirect_uri).source
    response.headers["content-security-policy"] = policy.replace(
        "form-action 'self'", f"form-action 'self' {source}"
    )
    return response
