"""Routes of the yearly check-up: the day, the reminder, the two halves, the report. Nothing of it is sent."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from matching.calendar_file import MEDIA_TYPE
from matching.checkup.snapshot import MOST_AGREED, Statement
from matching.limits import CHECK_UP
from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.checkup.kept import check_up_kept, forget_check_up, keep_check_up
from wallet.core.checkup.looking import Said, filled_in, look
from wallet.core.checkup.reminder import check_up_calendar, remind, snooze
from wallet.desktop.api import desk_of
from wallet.desktop.checkup_paper import check_up_paper
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors_checkup import NotAnAnswer
from wallet.views import checkup as views

router = APIRouter(prefix="/checkup", include_in_schema=False)

Places = Annotated[list[int] | None, Form(max_length=CHECK_UP.actions)]
Words = Annotated[list[str] | None, Form(max_length=16)]
Answer = Annotated[int | None, Form()]
Shown = Annotated[str, Query(max_length=8)]
_NO = "no"


@router.get("", dependencies=ours)
def get_overview(request: Request) -> Response:
    return _overview(request)


@router.get("/new", dependencies=ours)
def get_new(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        found = look(wallet, desk.taxonomy, language_of(request))
        page = views.form(renderer_of(request), language_of(request), wallet, desk.taxonomy, found)
        return html(page, request)


@router.post("/new", dependencies=our_form)
def post_new(  # noqa: PLR0917  # one parameter a field
    request: Request,
    fits: Answer = None,
    energy: Answer = None,
    learn: Answer = None,
    five_years: Annotated[int | None, Form(alias="five-years")] = None,
    new: Answer = None,
    time: Answer = None,
    action: Places = None,
    done: Places = None,
    own: Words = None,
    form: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Sign and keep the check-up with what was answered and chosen; the same form twice keeps one."""
    desk, language = desk_of(request), language_of(request)
    given = dict(zip(Statement, (fits, energy, learn, five_years, new, time), strict=True))
    with desk.wallet() as wallet:
        found = look(wallet, desk.taxonomy, language, form=form)
        try:
            said = Said(read_answers(given), action or (), own or (), done or ())
            kept = keep_check_up(wallet, filled_in(found, said))
        except PassportError as error:
            page = views.form(
                renderer_of(request),
                language,
                wallet,
                desk.taxonomy,
                found,
                error=sentence(request, error),
                status=status_of(error),
            )
            return html(page, request)
    return RedirectResponse(f"/checkup/{kept.id}", SEE_OTHER)


@router.post("/snooze", dependencies=our_form)
def post_snooze(request: Request, days: Annotated[int, Form()]) -> Response:
    try:
        with desk_of(request).wallet() as wallet:
            snooze(wallet, days)
    except PassportError as error:
        return _overview(request, error)
    return RedirectResponse("/checkup", SEE_OTHER)


@router.post("/reminders", dependencies=our_form)
def post_reminders(request: Request, on: Annotated[str, Form(max_length=8)] = "") -> Response:
    with desk_of(request).wallet() as wallet:
        remind(wallet, on=bool(on))
    return RedirectResponse("/checkup", SEE_OTHER)


@router.get("/calendar.ics", dependencies=ours)
def get_calendar(request: Request) -> Response:
    renderer, language = renderer_of(request), language_of(request)
    with desk_of(request).wallet() as wallet:
        file = check_up_calendar(
            wallet,
            summary=renderer.say("checkup-event", language),
            description=renderer.say("checkup-event-about", language),
        )
    return _saved(file, MEDIA_TYPE, "check-up.ics")


@router.get("/{record}", dependencies=ours)
def get_report(request: Request, record: str, answers: Shown = "") -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        one = check_up_kept(wallet, record)
        page = views.report(
            renderer_of(request), language_of(request), wallet, desk.taxonomy, one, answers=answers != _NO
        )
        return html(page, request)


@router.get("/{record}/report.pdf", dependencies=ours)
def get_paper(request: Request, record: str, answers: Shown = "") -> Response:
    desk, renderer, language = desk_of(request), renderer_of(request), language_of(request)
    with desk.wallet() as wallet:
        one = check_up_kept(wallet, record)
        report = views.written(renderer, language, wallet, desk.taxonomy, one, answers=answers != _NO)
    made = check_up_paper(renderer, language, one, report)
    return _saved(made.data, made.media_type, made.name)


@router.get("/{record}/signed.json", dependencies=ours)
def get_signed(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        one = check_up_kept(wallet, record)
    return _saved(one.source, "application/json", f"check-up-{one.snapshot.made:%Y-%m-%d}.json")


@router.post("/{record}/remove", dependencies=our_form)
def post_remove(request: Request, record: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget_check_up(wallet, record))
    return RedirectResponse("/checkup", SEE_OTHER)


def read_answers(given: Mapping[Statement, int | None]) -> Mapping[Statement, int]:
    """What was answered; raises NotAnAnswer."""
    answered = {each: value for each, value in given.items() if value}
    if not all(1 <= value <= MOST_AGREED for value in answered.values()):
        raise NotAnAnswer
    return answered


def _overview(request: Request, error: PassportError | None = None) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.overview(
            renderer_of(request),
            language_of(request),
            wallet,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
            undo=desk.undo.offered,
        )
        return html(page, request)


def _saved(data: bytes, media_type: str, name: str) -> Response:
    """A copy, to be saved; the name is our own."""
    return Response(
        data, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
