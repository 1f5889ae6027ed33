"""Routes of plans: make one, choose what goes in, say how far it is; catalogues of modules; outcomes."""

from collections.abc import Callable
from typing import Annotated

from matching.calendar_file import MEDIA_TYPE
from matching.plan.catalogue import Form as ModuleForm
from matching.plan.cover_problem import Aim
from matching.plan.errors import BudgetOutOfRange
from matching.plan.wishes import Wishes
from passport.attachment import attachment
from passport.errors import PassportError
from passport.http_status import status_of
from passport.json import dump
from wallet.core.market_kept import outlooks
from wallet.core.plan.agenda import plan_calendar
from wallet.core.plan.catalogues import forget_catalogue
from wallet.core.plan.limits import ITEMS, TEXT
from wallet.core.plan.outcome import outcome_json, switch_off, switch_on
from wallet.core.plan.planning import change_item, make_plan, read_day, refuse, remove_item, set_wishes, take
from wallet.core.plan.plans import Status, forget_plan, plan_kept
from wallet.core.plan.standing import standing
from wallet.core.wallet import Wallet
from wallet.desk.planning import fetch_catalogue, take_catalogue, take_example, target_of
from wallet.errors_matching import NoFileChosen
from wallet.errors_plan import OutcomeOff
from wallet.pages.answer import Answer, as_file, redirect
from wallet.pages.parameters import File, Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import plan as views

router = Router(prefix="/plan")

Short = Annotated[str, Form(max_length=2_048)]
Many = Annotated[list[str] | None, Form(max_length=ITEMS)]


@router.get("")
def get_plans(visit: Visit, q: Annotated[str, Query(max_length=2_048)] = "") -> Answer:
    return _overview(visit, query=q)


@router.post("")
def post_plan(visit: Visit, occupation: Short = "", profile: Short = "", q: Short = "") -> Answer:
    desk, language = visit.desk, visit.language
    try:
        with desk.wallet() as wallet:
            target = target_of(desk, wallet, occupation=occupation, profile=profile, language=language)
            made = make_plan(wallet, target, desk.taxonomy)
    except PassportError as error:
        return _overview(visit, query=q, error=error)
    return redirect(f"/plan/{made.id}")


@router.get("/outcome")
def get_outcome(visit: Visit) -> Answer:
    try:
        with visit.desk.wallet() as wallet:
            return _saved(dump(outcome_json(wallet)), "application/json", "plan-outcome.json")
    except OutcomeOff as nothing:  # no mistake of anybody: an address that was kept, and counting is off
        return _overview(visit, note=visit.sentence(nothing))


@router.post("/outcome")
def post_outcome(visit: Visit, on: Short = "") -> Answer:
    with visit.desk.wallet() as wallet:
        (switch_on if on else switch_off)(wallet)
    return redirect("/plan")


@router.get("/catalogues")
def get_catalogues(visit: Visit) -> Answer:
    return _catalogues(visit)


@router.post("/catalogues")
def post_catalogue(visit: Visit, file: Annotated[bytes, File()] = b"", address: Short = "") -> Answer:
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            if file:
                take_catalogue(desk, wallet, file)
            elif address.strip():
                fetch_catalogue(desk, wallet, address.strip())
            else:
                raise NoFileChosen
    except PassportError as error:
        return _catalogues(visit, error=error, about="address" if address.strip() and not file else "file")
    return redirect("/plan/catalogues")


@router.post("/catalogues/example")
def post_example(visit: Visit, plan: Short = "") -> Answer:
    """Make modules up; whoever asked for it at a plan comes back to that plan."""
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            take_example(desk, wallet)
            back = f"/plan/{plan_kept(wallet, plan).id}#proposal" if plan else "/plan/catalogues"
    except PassportError as error:
        return _catalogues(visit, error=error)
    return redirect(back)


@router.post("/catalogues/{record}/forget")
def post_forget_catalogue(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(forget_catalogue(wallet, record))
    return redirect("/plan/catalogues")


@router.get("/{record}")
def get_plan(visit: Visit, record: str) -> Answer:
    return _plan(visit, record)


@router.get("/{record}/calendar.ics")
def get_calendar(visit: Visit, record: str) -> Answer:
    desk, language = visit.desk, visit.language
    with desk.wallet() as wallet:
        stands = standing(wallet, plan_kept(wallet, record), desk.taxonomy, language=language)
        return _saved(plan_calendar(wallet, stands, language), MEDIA_TYPE, "plan.ics")


@router.post("/{record}/wishes")
def post_wishes(
    visit: Visit,
    record: str,
    *,
    hours: Short = "",
    euros: Short = "",
    aim: Annotated[Aim, Form()] = Aim.FEWEST,
    form: Short = "",
    online: Short = "",
    optional: Short = "",
) -> Answer:
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

    return _changed(visit, record, change, "proposal")


@router.post("/{record}/refuse")
def post_refuse(
    visit: Visit,
    record: str,
    module: Annotated[str, Form(alias="refuse", max_length=2_048)] = "",
    again: Short = "",
) -> Answer:
    return _changed(
        visit,
        record,
        lambda wallet: refuse(wallet, record, again or module, again=bool(again)),
        "proposal",
    )


@router.post("/{record}/parts")
def post_parts(visit: Visit, record: str, module: Many = None, own: Many = None) -> Answer:
    taxonomy = visit.desk.taxonomy
    return _changed(
        visit,
        record,
        lambda wallet: take(wallet, record, taxonomy, modules=module or (), own=own or ()),
        "parts",
    )


@router.post("/{record}/parts/{part}")
def post_part(
    visit: Visit,
    record: str,
    part: str,
    *,
    status: Short = "",
    first: Short = "",
    last: Short = "",
    note: Annotated[str, Form(max_length=TEXT)] = "",
) -> Answer:
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

    return _changed(visit, record, change, f"part-{part}", about=f"part-{part}")


@router.post("/{record}/parts/{part}/remove")
def post_remove_part(visit: Visit, record: str, part: str) -> Answer:
    return _changed(visit, record, lambda wallet: remove_item(wallet, record, part), "parts")


@router.post("/{record}/forget")
def post_forget(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(forget_plan(wallet, record))
    return redirect("/plan")


def _whole(text: str) -> int | None:
    digits = text.strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= len("1000000")):
        raise BudgetOutOfRange
    return int(digits)


def _changed(
    visit: Visit, record: str, change: Callable[[Wallet], object], anchor: str, *, about: str = ""
) -> Answer:
    """Do it and show the plan; a refusal is said on the plan's page, at what it is `about`."""
    try:
        with visit.desk.wallet() as wallet:
            change(wallet)
    except PassportError as error:
        return _plan(visit, record, error=error, about=about)
    return redirect(f"/plan/{record}#{anchor}")


def _overview(visit: Visit, *, query: str = "", note: str = "", error: PassportError | None = None) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.overview(
            visit.renderer,
            visit.language,
            wallet,
            desk.taxonomy,
            query=query,
            note=note,
            undo=desk.undo.offered,
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)


def _plan(visit: Visit, record: str, *, error: PassportError | None = None, about: str = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.plan(
            visit.renderer,
            visit.language,
            wallet,
            desk.taxonomy,
            plan_kept(wallet, record),
            outlook_of=outlooks(wallet, desk.taxonomy),
            error="" if error is None else visit.sentence(error, about),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)


def _catalogues(visit: Visit, *, error: PassportError | None = None, about: str = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.module_catalogues(
            visit.renderer,
            visit.language,
            wallet,
            desk.taxonomy,
            undo=desk.undo.offered,
            error="" if error is None else visit.sentence(error, about),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)


def _saved(data: bytes, media_type: str, name: str) -> Answer:
    return as_file(data, media_type, attachment(name))
