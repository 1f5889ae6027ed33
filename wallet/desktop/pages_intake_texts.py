"""Routes of free text, vacancies, and motives and wishes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from matching.intake.limits import INTAKE
from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core import intake_wishes as wished
from wallet.core.intake_offered import ticked_of
from wallet.core.intake_skills import CameFrom, keep_skills
from wallet.core.intake_vacancies import forget_vacancy, keep_vacancy, vacancy
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.pages_intake import read_level
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors_intake import NotAChoice
from wallet.views import intake_texts as views

router = APIRouter(prefix="/intake", include_in_schema=False)

Short = Annotated[str, Form(max_length=2_048)]
Long = Annotated[str, Form(max_length=2 * INTAKE.text)]
Skills = Annotated[list[str] | None, Form(max_length=INTAKE.offered)]
Many = Annotated[list[str] | None, Form(max_length=64)]


@router.get("/text", dependencies=ours)
def get_text(request: Request) -> Response:
    return _text(request, views.Typed())


@router.post("/text", dependencies=our_form)
def post_text(
    request: Request, *, text: Long = "", skill: Skills = None, level: Short = "", keep: Short = ""
) -> Response:
    """Show what is in a text; with `keep`, keep what was ticked of it."""
    desk, typed = desk_of(request), views.Typed(text)
    if not keep:
        return _text(request, typed)
    try:
        with desk.wallet() as wallet:
            keep_skills(
                wallet,
                ticked_of(text, skill or (), desk.taxonomy),
                desk.taxonomy,
                level=read_level(level),
                came_from=CameFrom.TEXT,
            )
    except PassportError as error:
        return _text(request, typed, error=error)
    return RedirectResponse("/intake/skills#ticked", SEE_OTHER)


@router.get("/vacancies", dependencies=ours)
def get_vacancies(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.vacancy_list(renderer_of(request), language_of(request), wallet, desk.taxonomy)
        return html(page, request)


@router.get("/vacancy", dependencies=ours)
def get_vacancy(request: Request) -> Response:
    return _text(request, views.Typed(), kind="vacancy")


@router.post("/vacancy", dependencies=our_form)
def post_vacancy(
    request: Request,
    *,
    text: Long = "",
    title: Short = "",
    source: Short = "",
    skill: Skills = None,
    keep: Short = "",
) -> Response:
    """Show what a vacancy asks; with `keep`, keep what was ticked of it. It adds nothing to the person."""
    desk, typed = desk_of(request), views.Typed(text, title, source)
    if not keep:
        return _text(request, typed, kind="vacancy")
    try:
        with desk.wallet() as wallet:
            ticked = ticked_of(text, skill or (), desk.taxonomy)
            made = keep_vacancy(wallet, text, ticked, desk.taxonomy, title=title, source=source)
    except PassportError as error:
        return _text(request, typed, kind="vacancy", error=error)
    return RedirectResponse(f"/intake/vacancies/{made.id}", SEE_OTHER)


@router.get("/vacancies/{record}", dependencies=ours)
def get_one_vacancy(request: Request, record: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        found = vacancy(wallet, record)
        page = views.one_vacancy(renderer_of(request), language_of(request), wallet, desk.taxonomy, found)
        return html(page, request)


@router.post("/vacancies/{record}/forget", dependencies=our_form)
def post_forget_vacancy(request: Request, record: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget_vacancy(wallet, record))
    return RedirectResponse("/intake", SEE_OTHER)


@router.get("/wishes", dependencies=ours)
def get_wishes(request: Request) -> Response:
    return _wishes(request)


@router.post("/wishes/motives", dependencies=our_form)
def post_motives(request: Request, motive: Many = None) -> Response:
    try:
        with desk_of(request).wallet() as wallet:
            wished.keep_motives(wallet, tuple(motive or ()))
    except PassportError as error:
        return _wishes(request, error)
    return RedirectResponse("/intake/wishes#attitude", SEE_OTHER)


async def _typed(request: Request) -> dict[str, str]:
    """The fields of a form whose sentences are named by their codes."""
    form = await request.form(max_files=0, max_fields=64)
    return {name: str(value) for name, value in form.items()}


@router.post("/wishes/attitude", dependencies=our_form)
def post_attitude(request: Request, typed: Annotated[dict[str, str], Depends(_typed)]) -> Response:
    try:
        levels = {code: read_level(typed[code]) for code in wished.ATTITUDES if typed.get(code)}
        with desk_of(request).wallet() as wallet:
            said = {code: level for code, level in levels.items() if level is not None}
            wished.keep_attitude(wallet, said)
    except PassportError as error:
        return _wishes(request, error)
    return RedirectResponse("/intake/wishes#wishes", SEE_OTHER)


@router.post("/wishes", dependencies=our_form)
def post_wishes(
    request: Request,
    *,
    hours: Short = "",
    travel: Short = "",
    learn: Short = "",
    time: Many = None,
    note: Annotated[str, Form(max_length=2 * INTAKE.note)] = "",
) -> Response:
    try:
        with desk_of(request).wallet() as wallet:
            wished.keep_wishes(
                wallet,
                hours=_number(hours),
                travel=_number(travel),
                learn=_number(learn),
                times=tuple(time or ()),
                note=note,
            )
    except PassportError as error:
        return _wishes(request, error)
    return RedirectResponse("/intake", SEE_OTHER)


@router.post("/wishes/forget", dependencies=our_form)
def post_forget_wishes(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(wished.forget_wishes(wallet))
    return RedirectResponse("/intake", SEE_OTHER)


def _number(typed: str) -> int | None:
    digits = typed.strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4):  # noqa: PLR2004
        raise NotAChoice
    return int(digits)


def _text(
    request: Request, typed: views.Typed, *, kind: str = "text", error: PassportError | None = None
) -> Response:
    desk, renderer, language = desk_of(request), renderer_of(request), language_of(request)
    with desk.wallet():
        if error is None:
            try:
                return html(views.text(renderer, language, desk.taxonomy, typed, kind=kind), request)
            except PassportError as found:
                error, typed = found, views.Typed("", typed.title, typed.source)
        page = views.text(
            renderer,
            language,
            desk.taxonomy,
            typed,
            kind=kind,
            error=sentence(request, error),
            status=status_of(error),
        )
        return html(page, request)


def _wishes(request: Request, error: PassportError | None = None) -> Response:
    with desk_of(request).wallet() as wallet:
        page = views.wishes(
            renderer_of(request),
            language_of(request),
            wallet,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
        return html(page, request)
