"""Routes of the self-assessment."""

from typing import Annotated

from matching.intake.adaptive import next_item
from matching.intake.assessment import SHORT_FORM
from matching.onet import load_onet
from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.intake_answers import forget_answers, keep_answers, levels, skipped
from wallet.pages.answer import Answer, redirect
from wallet.pages.intake import read_level
from wallet.pages.parameters import Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import assessment as views

router = Router(prefix="/intake/assess")

Place = Annotated[int, Query(ge=1, le=views.PAGES)]


@router.get("")
def get_start(visit: Visit) -> Answer:
    with visit.desk.wallet() as wallet:
        return visit.html(views.start(visit.renderer, visit.language, wallet, load_onet()))


@router.get("/list")
def get_list(visit: Visit, page: Place = 1) -> Answer:
    with visit.desk.wallet() as wallet:
        return visit.html(views.whole_list(visit.renderer, visit.language, wallet, page))


@router.post("/list")
def post_list(visit: Visit) -> Answer:
    """What is answered is kept, the rest is skipped."""
    typed = visit.fields(most=views.PER_PAGE + 8)
    place = typed.get("page", "")
    page = int(place) if place in {str(each) for each in range(1, views.PAGES + 1)} else 1
    with visit.desk.wallet() as wallet:
        try:
            given = {item: read_level(typed[item]) for item in SHORT_FORM if item in typed}
            if given:
                keep_answers(wallet, given)
        except PassportError as error:
            shown = views.whole_list(
                visit.renderer,
                visit.language,
                wallet,
                page,
                error=visit.sentence(error),
                status=status_of(error),
            )
            return visit.html(shown)
    last = page == views.PAGES or "stop" in typed
    onward = "result" if last else f"list?page={page + 1}"
    return redirect(f"/intake/assess/{onward}")


@router.get("/next")
def get_next(visit: Visit) -> Answer:
    onet = load_onet()
    with visit.desk.wallet() as wallet:
        item = next_item(levels(wallet), onet, skipped=skipped(wallet))
        if item is None:
            return redirect("/intake/assess/result")
        page = views.one_question(visit.renderer, visit.language, wallet, onet, item)
        return visit.html(page)


@router.post("/next")
def post_next(visit: Visit) -> Answer:
    typed = visit.fields(most=views.PER_PAGE + 8)
    item = typed.get("item", "")
    skip, level = "skip" in typed, typed.get(item, "")
    with visit.desk.wallet() as wallet:
        try:
            chosen = None if skip else read_level(level)
            keep_answers(wallet, {item: chosen} if skip or chosen is not None else {})
        except PassportError as error:
            left = next_item(levels(wallet), load_onet(), skipped=skipped(wallet))
            page = views.one_question(
                visit.renderer,
                visit.language,
                wallet,
                load_onet(),
                item if item in SHORT_FORM else left or SHORT_FORM[0],
                error=visit.sentence(error),
                status=status_of(error),
            )
            return visit.html(page)
    return redirect("/intake/assess/next")


@router.get("/result")
def get_result(visit: Visit) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.result(visit.renderer, visit.language, wallet, load_onet(), desk.taxonomy)
        return visit.html(page)


@router.post("/forget")
def post_forget(visit: Visit) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(forget_answers(wallet))
    return redirect("/intake")
