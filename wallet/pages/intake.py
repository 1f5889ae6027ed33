"""Routes of intake: past work and schooling, and the skills that follow from them."""

from dataclasses import replace
from typing import Annotated

from matching.intake.limits import INTAKE
from matching.intake.past import PastKind
from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.intake_pasts import PastDraft, forget_past, keep_past, past_kept
from wallet.core.intake_skills import Ticked, forget_skill, keep_skills
from wallet.errors_intake import NotALevel
from wallet.pages.answer import Answer, redirect
from wallet.pages.parameters import Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import intake as views

router = Router(prefix="/intake")

Short = Annotated[str, Form(max_length=2_048)]
Query_ = Annotated[str, Query(max_length=2_048)]
Skills = Annotated[list[str] | None, Form(max_length=INTAKE.skills)]
_OCCUPATIONS = 64


@router.get("")
def get_overview(visit: Visit) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.overview(visit.renderer, visit.language, wallet, undo=desk.undo.offered)
        return visit.html(page)


@router.get("/past")
def get_past(visit: Visit, kind: PastKind = PastKind.WORK) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.past_list(visit.renderer, visit.language, wallet, desk.taxonomy, kind)
        return visit.html(page)


@router.get("/past/new")
def get_new(
    visit: Visit,
    *,
    q: Query_ = "",
    kind: PastKind = PastKind.WORK,
    occupation: Annotated[list[str] | None, Query(max_length=_OCCUPATIONS)] = None,
    record: Query_ = "",
    crebo: Query_ = "",
) -> Answer:
    """Something new, or with `record` what is kept, to be changed."""
    desk = visit.desk
    with desk.wallet() as wallet:
        form = views.PastForm(query=q, chosen=tuple(occupation or ()), crebo=crebo)
        if record:
            past = past_kept(wallet, record).past
            kind, form = past.kind, replace(views.form_of(past), query=q, crebo=crebo)
        page = views.past_form(visit.renderer, visit.language, desk.taxonomy, kind, form)
        return visit.html(page)


@router.post("/past")
def post_past(
    visit: Visit,
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
) -> Answer:
    desk = visit.desk
    chosen = tuple(occupation or ())
    try:
        with desk.wallet() as wallet:
            draft = PastDraft(kind, chosen, since, until, title, level)
            keep_past(wallet, draft, desk.taxonomy, record=record)
    except PassportError as error:
        page = views.past_form(
            visit.renderer,
            visit.language,
            desk.taxonomy,
            kind,
            views.PastForm(q, chosen, title, level, since, until, record, crebo),
            error=visit.sentence(error),
            status=status_of(error),
        )
        return visit.html(page)
    return redirect(f"/intake/past?kind={kind}")


@router.post("/past/{record}/forget")
def post_forget_past(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(forget_past(wallet, record))
    return redirect("/intake")


@router.get("/skills")
def get_skills(visit: Visit, q: Query_ = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.skills(
            visit.renderer,
            visit.language,
            wallet,
            desk.taxonomy,
            query=q,
            undo=desk.undo.offered,
        )
        return visit.html(page)


@router.post("/skills")
def post_skills(
    visit: Visit,
    *,
    skill: Skills = None,
    do: Short = "mine",
    level: Short = "",
    part: Short = "",
    q: Short = "",
) -> Answer:
    """`part` is the list of the page that the ticks are in, `q` what was searched for it."""
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            ticked = [Ticked(each) for each in skill or ()]
            keep_skills(wallet, ticked, desk.taxonomy, mine=do != "not", level=read_level(level))
        except PassportError as error:
            page = views.skills(
                visit.renderer,
                visit.language,
                wallet,
                desk.taxonomy,
                query=q,
                error=visit.sentence(error, part),
                status=status_of(error),
            )
            return visit.html(page)
    return redirect("/intake/skills")


@router.post("/skills/forget")
def post_forget_skill(visit: Visit, skill: Short = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(forget_skill(wallet, skill))
    return redirect("/intake/skills")


def read_level(text: str) -> int | None:
    """A level as a form has it; nothing chosen is none. Raises NotALevel."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 1):
        raise NotALevel
    return int(text)
