"""Routes of plans: make one, choose what goes in, say how far it is; catalogues of modules; outcomes."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from matching.calendar_file import MEDIA_TYPE
from matching.plan.catalogue import Form as ModuleForm
from matching.plan.cover_problem import Aim
from matching.plan.errors import BudgetOutOfRange
from matching.plan.wishes import Wishes
from passport.errors import PassportError
from passport.json import dump
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.market_kept import outlooks
from wallet.core.plan.agenda import plan_calendar
from wallet.core.plan.catalogues import forget_catalogue
from wallet.core.plan.limits import ITEMS, TEXT
from wallet.core.plan.outcome import outcome_json, switch_off, switch_on
from wallet.core.plan.planning import change_item, make_plan, read_day, refuse, remove_item, set_wishes, take
from wallet.core.plan.plans import Status, forget_plan, plan_kept
from wallet.core.plan.standing import standing
from wallet.core.wallet import Wallet
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.planning import fetch_catalogue, take_catalogue, take_example, target_of
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors_matching import NoFileChosen
from wallet.views import plan as views

router = APIRouter(prefix="/plan", include_in_schema=False)

Short = Annotated[str, Form(max_length=2_048)]
Many = Annotated[list[str] | None, Form(max_length=ITEMS)]


@router.get("", dependencies=ours)
def get_plans(request: Request, q: Annotated[str, Query(max_length=2_048)] = "") -> Response:
    return _overview(request, query=q)


@router.post("", dependencies=our_form)
def post_plan(request: Request, occupation: Short = "", profile: Short = "") -> Response:
    desk, language = desk_of(request), language_of(request)
    try:
        with desk.wallet() as wallet:
            target = target_of(desk, wallet, occupation=occupation, profile=profile, language=language)
            made = make_plan(wallet, target, desk.taxonomy)
    except PassportError as error:
        return _overview(request, error=error)
    return RedirectResponse(f"/plan/{made.id}", SEE_OTHER)


@router.get("/outcome", dependencies=ours)
def get_outcome(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        return _saved(dump(outcome_json(wallet)), "application/json", "plan-outcome.json")


@router.post("/outcome", dependencies=our_form)
def post_outcome(request: Request, on: Short = "") -> Response:
    with desk_of(request).wallet() as wallet:
        (switch_on if on else switch_off)(wallet)
    return RedirectResponse("/plan", SEE_OTHER)


@router.get("/catalogues", dependencies=ours)
def get_catalogues(request: Request) -> Response:
    return _catalogues(request)


@router.post("/catalogues", dependencies=our_form)
def post_catalogue(request: Request, file: Annotated[bytes, File()] = b"", address: Short = "") -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            if file:
                take_catalogue(desk, wallet, file)
            elif address.strip():
                fetch_catalogue(desk, wallet, address.strip())
            else:
                raise NoFileChosen
    except PassportError as error:
        return _catalogues(request, error=error)
    return RedirectResponse("/plan/catalogues", SEE_OTHER)


@router.post("/catalogues/example", dependencies=our_form)
def post_example(request: Request) -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            take_example(desk, wallet)
    except PassportError as error:
        return _catalogues(request, error=error)
    return RedirectResponse("/plan/catalogues", SEE_OTHER)


@router.post("/catalogues/{record}/forget", dependencies=our_form)
def post_forget_catalogue(request: Request, record: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget_catalogue(wallet, record))
    return RedirectResponse("/plan/catalogues", SEE_OTHER)


@router.get("/{record}", dependencies=ours)
def get_plan(request: Request, record: str) -> Response:
    return _plan(request, record)


@router.get("/{record}/calendar.ics", dependencies=ours)
def get_calendar(request: Request, record: str) -> Response:
    desk, language = desk_of(request), language_of(request)
    with desk.wallet() as wallet:
        stands = standing(wallet, plan_kept(wallet, record), desk.taxonomy, language=language)
        return _saved(plan_calendar(wallet, stands, language), MEDIA_TYPE, "plan.ics")


@router.post("/{record}/wishes", dependencies=our_form)
def post_wishes(
    request: Request,
    record: str,
    *,
    hours: Short = "",
    euros: Short = "",
    aim: Annotated[Aim, Form()] = Aim.FEWEST,
    form: Short = "",
    online: Short = "",
    optional: Short = "",
) -> Response:
    def change(wallet: Wallet) -> None:
        cents = _whole(euros)
        wishes = Wishes(
            hours=_whole(hours),
            cents=None if cents is None else 100 * cents,
            aim=aim,
            form=ModuleForm(form) if form in set(ModuleForm) else None,
            online=bool(online),
            optional=bool(optional),
            refused=plan_kept(wallet, record).wishes.refused,
        )
        set_wishes(wallet, record, wishes)

    return _changed(request, record, change, "proposal")


@router.post("/{record}/refuse", dependencies=our_form)
def post_refuse(
    request: Request,
    record: str,
    module: Annotated[str, Form(alias="refuse", max_length=2_048)] = "",
    again: Short = "",
) -> Response:
    return _changed(
        request,
        record,
        lambda wallet: refuse(wallet, record, again or module, again=bool(again)),
        "proposal",
    )


@router.post("/{record}/parts", dependencies=our_form)
def post_parts(request: Request, record: str, module: Many = None, own: Many = None) -> Response:
    taxonomy = desk_of(request).taxonomy
    return _changed(
        request,
        record,
        lambda wallet: take(wallet, record, taxonomy, modules=module or (), own=own or ()),
        "parts",
    )


@router.post("/{record}/parts/{part}", dependencies=our_form)
def post_part(
    request: Request,
    record: str,
    part: str,
    *,
    status: Short = "",
    first: Short = "",
    last: Short = "",
    note: Annotated[str, Form(max_length=TEXT)] = "",
) -> Response:
    def change(wallet: Wallet) -> None:
        change_item(
            wallet,
            record,
            part,
            status=Status(status) if status in set(Status) else None,
            first=read_day(first),
            last=read_day(last),
            note=note,
        )

    return _changed(request, record, change, f"part-{part}")


@router.post("/{record}/parts/{part}/remove", dependencies=our_form)
def post_remove_part(request: Request, record: str, part: str) -> Response:
    return _changed(request, record, lambda wallet: remove_item(wallet, record, part), "parts")


@router.post("/{record}/forget", dependencies=our_form)
def post_forget(request: Request, record: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget_plan(wallet, record))
    return RedirectResponse("/plan", SEE_OTHER)


def _whole(text: str) -> int | None:
    digits = text.strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= len("1000000")):
        raise BudgetOutOfRange
    return int(digits)


def _changed(request: Request, record: str, change: Callable[[Wallet], object], anchor: str) -> Response:
    """Do it and show the plan; a refusal is said on the plan's page."""
    try:
        with desk_of(request).wallet() as wallet:
            change(wallet)
    except PassportError as error:
        return _plan(request, record, error=error)
    return RedirectResponse(f"/plan/{record}#{anchor}", SEE_OTHER)


def _overview(request: Request, *, query: str = "", error: PassportError | None = None) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.overview(
            renderer_of(request),
            language_of(request),
            wallet,
            desk.taxonomy,
            query=query,
            undo=desk.undo.offered,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
        return html(page, request)


def _plan(request: Request, record: str, *, error: PassportError | None = None) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.plan(
            renderer_of(request),
            language_of(request),
            wallet,
            desk.taxonomy,
            plan_kept(wallet, record),
            outlook_of=outlooks(wallet, desk.taxonomy),
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
        return html(page, request)


def _catalogues(request: Request, *, error: PassportError | None = None) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = views.module_catalogues(
            renderer_of(request),
            language_of(request),
            wallet,
            desk.taxonomy,
            undo=desk.undo.offered,
            error="" if error is None else sentence(request, error),
            status=200 if error is None else status_of(error),
        )
        return html(page, request)


def _saved(data: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)
