"""Routes of free text, vacancies, and motives and wishes."""

from typing import Annotated

from matching.intake.limits import INTAKE
from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core import intake_wishes as wished
from wallet.core.intake_offered import ticked_of
from wallet.core.intake_skills import CameFrom, keep_skills
from wallet.core.intake_vacancies import forget_vacancy, keep_vacancy, vacancy
from wallet.errors_intake import WishOutOfRange
from wallet.pages.answer import Answer, redirect
from wallet.pages.intake import read_level
from wallet.pages.parameters import Form
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import intake_texts as views

router = Router(prefix="/intake")

Short = Annotated[str, Form(max_length=2_048)]
Long = Annotated[str, Form(max_length=2 * INTAKE.text)]
Skills = Annotated[list[str] | None, Form(max_length=INTAKE.offered)]
Many = Annotated[list[str] | None, Form(max_length=64)]


@router.get("/text")
def get_text(visit: Visit) -> Answer:
    return _text(visit, views.Typed())


@router.post("/text")
def post_text(
    visit: Visit, *, text: Long = "", skill: Skills = None, level: Short = "", keep: Short = ""
) -> Answer:
    """Show what is in a text; with `keep`, keep what was ticked of it."""
    desk, typed = visit.desk, views.Typed(text)
    if not keep:
        return _text(visit, typed)
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
        return _text(visit, typed, error=error)
    return redirect("/intake/skills#ticked")


@router.get("/vacancies")
def get_vacancies(visit: Visit) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.vacancy_list(visit.renderer, visit.language, wallet, desk.taxonomy)
        return visit.html(page)


@router.get("/vacancy")
def get_vacancy(visit: Visit) -> Answer:
    return _text(visit, views.Typed(), kind="vacancy")


@router.post("/vacancy")
def post_vacancy(
    visit: Visit,
    *,
    text: Long = "",
    title: Short = "",
    source: Short = "",
    skill: Skills = None,
    keep: Short = "",
) -> Answer:
    """Show what a vacancy asks; with `keep`, keep what was ticked of it. It adds nothing to the person."""
    desk, typed = visit.desk, views.Typed(text, title, source)
    if not keep:
        return _text(visit, typed, kind="vacancy")
    try:
        with desk.wallet() as wallet:
            ticked = ticked_of(text, skill or (), desk.taxonomy)
            made = keep_vacancy(wallet, text, ticked, desk.taxonomy, title=title, source=source)
    except PassportError as error:
        return _text(visit, typed, kind="vacancy", error=error)
    return redirect(f"/intake/vacancies/{made.id}")


@router.get("/vacancies/{record}")
def get_one_vacancy(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        found = vacancy(wallet, record)
        page = views.one_vacancy(visit.renderer, visit.language, wallet, desk.taxonomy, found)
        return visit.html(page)


@router.post("/vacancies/{record}/forget")
def post_forget_vacancy(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(forget_vacancy(wallet, record))
    return redirect("/intake")


@router.get("/wishes")
def get_wishes(visit: Visit) -> Answer:
    return _wishes(visit)


@router.post("/wishes/motives")
def post_motives(visit: Visit, motive: Many = None) -> Answer:
    try:
        with visit.desk.wallet() as wallet:
            wished.keep_motives(wallet, tuple(motive or ()))
    except PassportError as error:
        return _wishes(visit, error, "motive")
    return redirect("/intake/wishes#attitude")


@router.post("/wishes/attitude")
def post_attitude(visit: Visit) -> Answer:
    typed = visit.fields(most=64)
    try:
        levels = {code: read_level(typed[code]) for code in wished.ATTITUDES if typed.get(code)}
        with visit.desk.wallet() as wallet:
            said = {code: level for code, level in levels.items() if level is not None}
            wished.keep_attitude(wallet, said)
    except PassportError as error:
        return _wishes(visit, error, "attitude")
    return redirect("/intake/wishes#wishes")


@router.post("/wishes")
def post_wishes(
    visit: Visit,
    *,
    hours: Short = "",
    travel: Short = "",
    learn: Short = "",
    time: Many = None,
    note: Annotated[str, Form(max_length=2 * INTAKE.note)] = "",
) -> Answer:
    typed, about = {"hours": hours, "travel": travel, "learn": learn}, ""
    numbers: dict[str, int | None] = {}
    try:
        for about, text in typed.items():  # which one is refused
            numbers[about] = _number(about, text)
        about = ""
        with visit.desk.wallet() as wallet:
            wished.keep_wishes(
                wallet,
                **numbers,
                times=tuple(time or ()),
                note=note,
            )
    except PassportError as error:
        return _wishes(visit, error, about)
    return redirect("/intake")


@router.post("/wishes/forget")
def post_forget_wishes(visit: Visit) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(wished.forget_wishes(wallet))
    return redirect("/intake")


def _number(name: str, typed: str) -> int | None:
    digits = typed.strip()
    if not digits:
        return None
    allowed = wished.NUMBERS[name]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4):  # noqa: PLR2004
        raise WishOutOfRange(least=allowed[0], most=allowed[-1])
    wished.check_number(name, int(digits))
    return int(digits)


def _text(
    visit: Visit, typed: views.Typed, *, kind: str = "text", error: PassportError | None = None
) -> Answer:
    desk, renderer, language = visit.desk, visit.renderer, visit.language
    with desk.wallet():
        if error is None:
            try:
                return visit.html(views.text(renderer, language, desk.taxonomy, typed, kind=kind))
            except PassportError as found:
                error, typed = found, views.Typed("", typed.title, typed.source)
        page = views.text(
            renderer,
            language,
            desk.taxonomy,
            typed,
            kind=kind,
            error=visit.sentence(error),
            status=status_of(error),
        )
        return visit.html(page)


def _wishes(visit: Visit, error: PassportError | None = None, about: str = "") -> Answer:
    with visit.desk.wallet() as wallet:
        page = views.wishes(
            visit.renderer,
            visit.language,
            wallet,
            error="" if error is None else visit.sentence(error, about),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)
