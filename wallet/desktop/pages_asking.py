"""Routes on which something may leave the wallet: show, requests, consent, pictures."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from passport.answers import Answer
from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.answering import refuse
from wallet.core.present import left_over, show
from wallet.desktop.api import desk_of
from wallet.desktop.asking import answer, look, take_pictures, take_text
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.openid4vp import link_in, take_link
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors import ConsentChanged, NothingReceived, UnknownRecord
from wallet.views import disclosing

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=1_000_000)]
Refused = Annotated[list[str] | None, Form(max_length=256)]


@router.get("/show", dependencies=ours)
def get_show(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        return html(disclosing.show(renderer_of(request), language_of(request), wallet), request)


@router.post("/show", dependencies=our_form)
def post_show(
    request: Request,
    credential: Annotated[list[str] | None, Form(max_length=64)] = None,
    hide: Annotated[list[str] | None, Form(max_length=256)] = None,
) -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            shown = desk.showing.add(show(wallet, credential or (), left_over(wallet, hide or ())))
    except PassportError as error:
        return _show_again(request, error)
    return html(
        disclosing.shown(
            renderer_of(request), language_of(request), identifier=shown.id, frames=len(shown.frames)
        ),
        request,
    )


@router.get("/on-show/{identifier}", dependencies=ours)
def get_on_show(
    request: Request, identifier: str, picture: Annotated[int, Query(ge=0, le=99)] = 0
) -> Response:
    """What is on show once more: moving, or held still at one picture."""
    shown = desk_of(request).showing.get(identifier)
    if picture > len(shown.frames):
        raise UnknownRecord
    page = disclosing.shown(
        renderer_of(request),
        language_of(request),
        identifier=shown.id,
        frames=len(shown.frames),
        answered=shown.answered,
        held=picture,
    )
    return html(page, request)


@router.get("/on-show/{identifier}/all.gif", dependencies=ours)
def get_animation(request: Request, identifier: str) -> Response:
    return Response(desk_of(request).showing.get(identifier).loop(), media_type="image/gif")


@router.get("/on-show/{identifier}/{number}.png", dependencies=ours)
def get_picture(request: Request, identifier: str, number: int) -> Response:
    return Response(desk_of(request).showing.get(identifier).png(number), media_type="image/png")


@router.post("/request", dependencies=our_form)
def post_request(
    request: Request,
    text: Text = "",
    pictures: Annotated[list[bytes] | None, File(max_length=64)] = None,
) -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            given = [picture for picture in pictures or () if picture]
            link = link_in(text, given)
            if link is not None:
                return RedirectResponse(f"/vp/{take_link(desk, wallet, link).id}", SEE_OTHER)
            if given:
                found = take_pictures(desk, wallet, given)
            elif text.strip():
                found = take_text(desk, wallet, text)
            else:
                raise NothingReceived
    except PassportError as error:
        return _show_again(request, error)
    return RedirectResponse(f"/request/{found.id}", SEE_OTHER)


@router.get("/request/{identifier}", dependencies=ours)
def get_request(
    request: Request, identifier: str, refused: Annotated[list[str] | None, Query(max_length=256)] = None
) -> Response:
    return _consent(request, identifier, refused or [])


@router.post("/request/{identifier}", dependencies=our_form)
def post_decision(
    request: Request, identifier: str, decision: Text = "", mark: Text = "", refused: Refused = None
) -> Response:
    """The person's decision. Only the two approvals let anything out, and only what `mark` names."""
    desk = desk_of(request)
    if decision == "refuse":
        with desk.wallet() as wallet:
            refuse(wallet, identifier)
        return RedirectResponse("/journal", SEE_OTHER)
    if decision not in {"approve", "approve-qr"}:
        return _consent(request, identifier, refused or [])
    try:
        with desk.wallet() as wallet:
            delivered = answer(
                desk, wallet, identifier, refused=refused or (), mark=mark, send=decision == "approve"
            )
            shown = desk.showing.add(delivered.response.presentation, answered=True)
    except ConsentChanged as error:
        return _consent(request, identifier, refused or [], error)
    sent: Answer | None = delivered.sent
    page = disclosing.shown(
        renderer_of(request),
        language_of(request),
        identifier=shown.id,
        frames=len(shown.frames),
        answered=True,
        sent=sent,
        host=delivered.response.consent.answer_goes_to,
    )
    return html(page, request)


def _consent(
    request: Request, identifier: str, refused: list[str], error: PassportError | None = None
) -> HTMLResponse:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = disclosing.consent(
            renderer_of(request),
            language_of(request),
            wallet,
            look(desk, wallet, identifier, refused),
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
    return html(page, request)


def _show_again(request: Request, error: PassportError) -> HTMLResponse:
    with desk_of(request).wallet() as wallet:
        page = disclosing.show(
            renderer_of(request),
            language_of(request),
            wallet,
            error=sentence(request, error),
            status=status_of(error),
        )
    return html(page, request)
