"""Routes of intake: past work and schooling, and the skills that follow from them."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from matching.intake.limits import INTAKE
from matching.intake.past import PastKind
from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.intake_pasts import PastDraft, forget_past, keep_past, past_kept
from wallet.core.intake_skills import Ticked, forget_skill, keep_skills
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors_intake import NotALevel
from wallet.views import intake as views

router = APIRouter(prefix="/intake", include_in_schema=False)

Short = Annotated[str, Form(max_length=2_048)]
Query_ = Annotated[str, Query(max_length=2_048)]
Skills = Annotated[list[str] | None, Form(max_length=INTAKE.skills)]
_OCCUPATIONS = 64


@router.get("", dependencies=ours)
def get_overview(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.overview(renderer_of(request), language_of(request), wallet, undo=desk.undo.offered)
        return html(page, request)


@router.get("/past", dependencies=ours)
def get_past(request: Request, kind: PastKind = PastKind.WORK) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.past_list(renderer_of(request), language_of(request), wallet, desk.taxonomy, kind)
        return html(page, request)


@router.get("/past/new", dependencies=ours)
def get_new(
    request: Request,
    *,
    q: Query_ = "",
    kind: PastKind = PastKind.WORK,
    occupation: Annotated[list[str] | None, Query(max_length=_OCCUPATIONS)] = None,
    record: Query_ = "",
    crebo: Query_ = "",
) -> Response:
    """Something new, or with `record` what is kept, to be changed."""
    desk = desk_of(request)
    with desk.wallet() as wallet:
        form = views.PastForm(query=q, chosen=tuple(occupation or ()), crebo=crebo)
        if record:
            past = past_kept(wallet, record).past
            kind, form = past.kind, replace(views.form_of(past), query=q, crebo=crebo)
        page = views.past_form(renderer_of(request), language_of(request), desk.taxonomy, kind, form)
        return html(page, request)


@router.post("/past", dependencies=our_form)
def post_past(
    request: Request,
    *,
    kind: Annotated[PastKind, Form()] = PastKind.WORK,
    q: Short = "",
    occupation: Annotated[list[str] | None, Form(max_length=_OCCUPATIONS)] = None,
    since: Short = "",
    until: Short = "",
    title: Short = "",
    level: Short = "",
    record: Short = "",
    crebo: Short = "",
) -> Response:
    desk = desk_of(request)
    chosen = tuple(occupation or ())
    try:
        with desk.wallet() as wallet:
            draft = PastDraft(kind, chosen, since, until, title, level)
            keep_past(wallet, draft, desk.taxonomy, record=record)
    except PassportError as error:
        page = views.past_form(
            renderer_of(request),
            language_of(request),
            desk.taxonomy,
            kind,
            views.PastForm(q, chosen, title, level, since, until, record, crebo),
            error=sentence(request, error),
            status=status_of(error),
        )
        return html(page, request)
    return RedirectResponse(f"/intake/past?kind={kind}", SEE_OTHER)


@router.post("/past/{record}/forget", dependencies=our_form)
def post_forget_past(request: Request, record: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget_past(wallet, record))
    return RedirectResponse("/intake", SEE_OTHER)


@router.get("/skills", dependencies=ours)
def get_skills(request: Request, q: Query_ = "") -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.skills(
            renderer_of(request),
            language_of(request),
            wallet,
            desk.taxonomy,
            query=q,
            undo=desk.undo.offered,
        )
        return html(page, request)


@router.post("/skills", dependencies=our_form)
def post_skills(request: Request, skill: Skills = None, do: Short = "mine", level: Short = "") -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            ticked = [Ticked(each) for each in skill or ()]
            keep_skills(wallet, ticked, desk.taxonomy, mine=do != "not", level=read_level(level))
        except PassportError as error:
            page = views.skills(
                renderer_of(request),
                language_of(request),
                wallet,
                desk.taxonomy,
                error=sentence(request, error),
                status=status_of(error),
            )
            return html(page, request)
    return RedirectResponse("/intake/skills", SEE_OTHER)


@router.post("/skills/forget", dependencies=our_form)
def post_forget_skill(request: Request, skill: Short = "") -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget_skill(wallet, skill))
    return RedirectResponse("/intake/skills", SEE_OTHER)


def read_level(text: str) -> int | None:
    """A level as a form has it; nothing chosen is none. Raises NotALevel."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 1):
        raise NotALevel
    return int(text)
