"""Routes of the yearly check-up: the day, the reminder, the two halves, the report. Nothing of it is sent."""

from collections.abc import Mapping
from typing import Annotated

from matching.calendar_file import MEDIA_TYPE
from matching.checkup.snapshot import MOST_AGREED, Statement
from matching.limits import CHECK_UP
from passport.attachment import attachment
from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.checkup.kept import check_up_kept, forget_check_up, keep_check_up
from wallet.core.checkup.looking import Said, filled_in, look
from wallet.core.checkup.reminder import check_up_calendar, remind, snooze
from wallet.errors_checkup import NotAnAnswer
from wallet.pages.answer import Answer, as_file, redirect
from wallet.pages.parameters import Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import checkup as views
from wallet.views.checkup_trust import trusted

router = Router(prefix="/checkup")

Places = Annotated[list[int] | None, Form(max_length=CHECK_UP.actions)]
Words = Annotated[list[str] | None, Form(max_length=16)]
Chosen = Annotated[int | None, Form()]
Shown = Annotated[str, Query(max_length=8)]
_NO = "no"


@router.get("")
def get_overview(visit: Visit) -> Answer:
    return _overview(visit)


@router.get("/new")
def get_new(visit: Visit) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        found = look(wallet, desk.taxonomy, visit.language)
        page = views.form(visit.renderer, visit.language, wallet, desk.taxonomy, found)
        return visit.html(page)


@router.post("/new")
def post_new(  # noqa: PLR0917  # one parameter a field
    visit: Visit,
    fits: Chosen = None,
    energy: Chosen = None,
    learn: Chosen = None,
    five_years: Annotated[int | None, Form(alias="five-years")] = None,
    new: Chosen = None,
    time: Chosen = None,
    action: Places = None,
    done: Places = None,
    own: Words = None,
    form: Annotated[str, Form(max_length=64)] = "",
) -> Answer:
    """Sign and keep the check-up with what was answered and chosen; the same form twice keeps one."""
    desk, language = visit.desk, visit.language
    given = dict(zip(Statement, (fits, energy, learn, five_years, new, time), strict=True))
    with desk.wallet() as wallet:
        found = look(wallet, desk.taxonomy, language, form=form)
        try:
            said = Said(read_answers(given), action or (), own or (), done or ())
            kept = keep_check_up(wallet, filled_in(found, said))
        except PassportError as error:
            page = views.form(
                visit.renderer,
                language,
                wallet,
                desk.taxonomy,
                found,
                error=visit.sentence(error),
                status=status_of(error),
            )
            return visit.html(page)
    return redirect(f"/checkup/{kept.id}")


@router.post("/snooze")
def post_snooze(visit: Visit, days: Annotated[int, Form()]) -> Answer:
    try:
        with visit.desk.wallet() as wallet:
            snooze(wallet, days)
    except PassportError as error:
        return _overview(visit, error)
    return redirect("/checkup")


@router.post("/reminders")
def post_reminders(visit: Visit, on: Annotated[str, Form(max_length=8)] = "") -> Answer:
    with visit.desk.wallet() as wallet:
        remind(wallet, on=bool(on))
    return redirect("/checkup")


@router.get("/calendar.ics")
def get_calendar(visit: Visit) -> Answer:
    renderer, language = visit.renderer, visit.language
    with visit.desk.wallet() as wallet:
        file = check_up_calendar(
            wallet,
            summary=renderer.say("checkup-event", language),
            description=renderer.say("checkup-event-about", language),
        )
    return _saved(file, MEDIA_TYPE, "check-up.ics")


@router.get("/validity")
def get_validity(visit: Visit) -> Answer:
    with visit.desk.wallet() as wallet:
        return visit.html(trusted(visit.renderer, visit.language, wallet))


@router.get("/{record}")
def get_report(visit: Visit, record: str, answers: Shown = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        one = check_up_kept(wallet, record)
        page = views.report(
            visit.renderer, visit.language, wallet, desk.taxonomy, one, answers=answers != _NO
        )
        return visit.html(page)


@router.get("/{record}/report.pdf")
def get_paper(visit: Visit, record: str, answers: Shown = "") -> Answer:
    desk, renderer, language = visit.desk, visit.renderer, visit.language
    with desk.wallet() as wallet:
        one = check_up_kept(wallet, record)
        report = views.written(renderer, language, wallet, desk.taxonomy, one, answers=answers != _NO)
    made = desk.tools.papers.check_up(renderer, language, one, report)
    return _saved(made.data, made.media_type, made.name)


@router.get("/{record}/signed.json")
def get_signed(visit: Visit, record: str) -> Answer:
    with visit.desk.wallet() as wallet:
        one = check_up_kept(wallet, record)
    return _saved(one.source, "application/json", f"check-up-{one.snapshot.made:%Y-%m-%d}.json")


@router.post("/{record}/remove")
def post_remove(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(forget_check_up(wallet, record))
    return redirect("/checkup")


def read_answers(given: Mapping[Statement, int | None]) -> Mapping[Statement, int]:
    """What was answered; raises NotAnAnswer."""
    answered = {each: value for each, value in given.items() if value}
    if not all(1 <= value <= MOST_AGREED for value in answered.values()):
        raise NotAnAnswer
    return answered


def _overview(visit: Visit, error: PassportError | None = None) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.overview(
            visit.renderer,
            visit.language,
            wallet,
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
            undo=desk.undo.offered,
        )
        return visit.html(page)


def _saved(data: bytes, media_type: str, name: str) -> Answer:
    """A copy, to be saved; the name is our own."""
    return as_file(data, media_type, attachment(name))
