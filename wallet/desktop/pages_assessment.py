"""Routes of the self-assessment."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from matching.intake.adaptive import next_item
from matching.intake.assessment import SHORT_FORM
from matching.onet import load_onet
from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.intake_answers import forget_answers, keep_answers, levels, skipped
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.pages_intake import read_level
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.views import assessment as views

router = APIRouter(prefix="/intake/assess", include_in_schema=False)

Place = Annotated[int, Query(ge=1, le=views.PAGES)]


@router.get("", dependencies=ours)
def get_start(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        return html(views.start(renderer_of(request), language_of(request), wallet, load_onet()), request)


@router.get("/list", dependencies=ours)
def get_list(request: Request, page: Place = 1) -> Response:
    with desk_of(request).wallet() as wallet:
        return html(views.whole_list(renderer_of(request), language_of(request), wallet, page), request)


async def _typed(request: Request) -> dict[str, str]:
    """The fields of a form whose questions are named by their items."""
    form = await request.form(max_files=0, max_fields=views.PER_PAGE + 8)
    return {name: str(value) for name, value in form.items()}


Typed = Annotated[dict[str, str], Depends(_typed)]


@router.post("/list", dependencies=our_form)
def post_list(request: Request, typed: Typed) -> Response:
    """What is answered is kept, the rest is skipped."""
    place = typed.get("page", "")
    page = int(place) if place in {str(each) for each in range(1, views.PAGES + 1)} else 1
    with desk_of(request).wallet() as wallet:
        try:
            given = {item: read_level(typed[item]) for item in SHORT_FORM if item in typed}
            if given:
                keep_answers(wallet, given)
        except PassportError as error:
            shown = views.whole_list(
                renderer_of(request),
                language_of(request),
                wallet,
                page,
                error=sentence(request, error),
                status=status_of(error),
            )
            return html(shown, request)
    last = page == views.PAGES or "stop" in typed
    onward = "result" if last else f"list?page={page + 1}"
    return RedirectResponse(f"/intake/assess/{onward}", SEE_OTHER)


@router.get("/next", dependencies=ours)
def get_next(request: Request) -> Response:
    onet = load_onet()
    with desk_of(request).wallet() as wallet:
        item = next_item(levels(wallet), onet, skipped=skipped(wallet))
        if item is None:
            return RedirectResponse("/intake/assess/result", SEE_OTHER)
        page = views.one_question(renderer_of(request), language_of(request), wallet, onet, item)
        return html(page, request)


@router.post("/next", dependencies=our_form)
def post_next(request: Request, typed: Typed) -> Response:
    item = typed.get("item", "")
    skip, level = "skip" in typed, typed.get(item, "")
    with desk_of(request).wallet() as wallet:
        try:
            chosen = None if skip else read_level(level)
            keep_answers(wallet, {item: chosen} if skip or chosen is not None else {})
        except PassportError as error:
            left = next_item(levels(wallet), load_onet(), skipped=skipped(wallet))
            page = views.one_question(
                renderer_of(request),
                language_of(request),
                wallet,
                load_onet(),
                item if item in SHORT_FORM else left or SHORT_FORM[0],
                error=sentence(request, error),
                status=status_of(error),
            )
            return html(page, request)
    return RedirectResponse("/intake/assess/next", SEE_OTHER)


@router.get("/result", dependencies=ours)
def get_result(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.result(renderer_of(request), language_of(request), wallet, load_onet(), desk.taxonomy)
        return html(page, request)


@router.post("/forget", dependencies=our_form)
def post_forget(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget_answers(wallet))
    return RedirectResponse("/intake", SEE_OTHER)
