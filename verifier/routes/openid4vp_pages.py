"""Pages for asking other wallets: the code for another device, the link on this one, and the way back."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from passport.pictures.qr import draw_png
from passport.web.forms import same_origin
from verifier.openid4vp_states import Received
from verifier.routes.parts import Service, SignedIn

router = APIRouter(include_in_schema=False)
Code = Annotated[str, Form(max_length=64)]


@router.get("/requests/{request_id}/wallet.png")
async def wallet_code(request_id: str, service: Service, employer: SignedIn) -> Response:
    """The link as one QR code, for a wallet on another device."""
    created = await service.requests.open(request_id, service.clock(), employer)
    waiting = await service.openid4vp.transactions.open(created.transaction, service.clock())
    png = await asyncio.to_thread(draw_png, service.openid4vp.link(waiting))
    return Response(png, media_type="image/png")


@router.post("/requests/{request_id}/wallet", dependencies=[same_origin])
async def begin_here(request_id: str, request: Request, service: Service, employer: SignedIn) -> Response:
    """Ask a wallet on this device: only this browser's session gets the answer."""
    question = await service.requests.open(request_id, service.clock(), employer)
    session = service.sign_in.session(request)
    begun = await service.openid4vp.ask(employer, question, session=session)
    response: Response = request.app.state.pages.respond(
        request, "wallet-here.html", employer=employer, asked=question, link=service.openid4vp.link(begun)
    )
    return response


@router.get("/openid4vp/{transaction}/return")
async def come_back(
    transaction: str, request: Request, response_code: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """Where the wallet sends the browser. Nothing is shown yet: a strict cookie does not come with a visit
    from elsewhere, and a visit by itself must change nothing.
    """
    response: Response = request.app.state.pages.respond(
        request, "wallet-back.html", transaction=transaction, response_code=response_code
    )
    return response


@router.post("/openid4vp/{transaction}/collect", dependencies=[same_origin])
async def collect(
    transaction: str, request: Request, service: Service, employer: SignedIn, response_code: Code = ""
) -> Response:
    state = await service.openid4vp.transactions.get(transaction, service.clock(), employer)
    if not isinstance(state, Received):
        return RedirectResponse(f"/requests/{state.request}", status_code=303)
    session = service.sign_in.session(request)
    found = await service.openid4vp.collect(transaction, response_code, employer, session)
    return RedirectResponse(f"/reports/{found.report}", status_code=303)
