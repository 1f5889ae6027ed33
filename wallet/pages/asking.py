"""Routes on which something may leave the wallet: show, requests, consent, pictures."""

from typing import Annotated

from passport import answers
from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.answering import refuse
from wallet.core.present import left_over, show
from wallet.desk.asking import answer, look, take_pictures, take_text
from wallet.desk.openid4vp import link_in, take_link
from wallet.errors import ConsentChanged, NothingReceived, UnknownRecord
from wallet.pages.answer import Answer, as_file, redirect
from wallet.pages.parameters import File, Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import disclosing

router = Router()

Text = Annotated[str, Form(max_length=1_000_000)]
Refused = Annotated[list[str] | None, Form(max_length=256)]


@router.get("/show")
def get_show(visit: Visit, credential: Annotated[str, Query(max_length=64)] = "") -> Answer:
    with visit.desk.wallet() as wallet:
        return visit.html(disclosing.show(visit.renderer, visit.language, wallet, picked=credential))


@router.post("/show")
def post_show(
    visit: Visit,
    credential: Annotated[list[str] | None, Form(max_length=64)] = None,
    hide: Annotated[list[str] | None, Form(max_length=256)] = None,
) -> Answer:
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            shown = desk.showing.add(show(wallet, credential or (), left_over(wallet, hide or ())))
    except PassportError as error:
        return _show_again(visit, error, "credential")
    return visit.html(
        disclosing.shown(visit.renderer, visit.language, identifier=shown.id, frames=len(shown.frames))
    )


@router.get("/on-show/{identifier}")
def get_on_show(visit: Visit, identifier: str, picture: Annotated[int, Query(ge=0, le=99)] = 0) -> Answer:
    """What is on show once more: moving, or held still at one picture."""
    shown = visit.desk.showing.get(identifier)
    if picture > len(shown.frames):
        raise UnknownRecord
    page = disclosing.shown(
        visit.renderer,
        visit.language,
        identifier=shown.id,
        frames=len(shown.frames),
        answered=shown.answered,
        held=picture,
    )
    return visit.html(page)


@router.get("/on-show/{identifier}/all.gif")
def get_animation(visit: Visit, identifier: str) -> Answer:
    return as_file(
        visit.desk.tools.pictures.draw_loop(visit.desk.showing.get(identifier).frames), "image/gif"
    )


@router.get("/on-show/{identifier}/{number}.png")
def get_picture(visit: Visit, identifier: str, number: int) -> Answer:
    return as_file(
        visit.desk.tools.pictures.draw_png(visit.desk.showing.get(identifier).frame(number)), "image/png"
    )


@router.post("/request")
def post_request(
    visit: Visit,
    text: Text = "",
    pictures: Annotated[list[bytes] | None, File(max_length=64)] = None,
) -> Answer:
    desk = visit.desk
    given = [picture for picture in pictures or () if picture]
    try:
        with desk.wallet() as wallet:
            link = link_in(desk, text, given)
            if link is not None:
                return redirect(f"/vp/{take_link(desk, wallet, link).id}")
            if given:
                found = take_pictures(desk, wallet, given)
            elif text.strip():
                found = take_text(desk, wallet, text)
            else:
                raise NothingReceived
    except PassportError as error:
        return _show_again(visit, error, "pictures" if given else "text")
    return redirect(f"/request/{found.id}")


@router.get("/request/{identifier}")
def get_request(
    visit: Visit, identifier: str, refused: Annotated[list[str] | None, Query(max_length=256)] = None
) -> Answer:
    return _consent(visit, identifier, refused or [])


@router.post("/request/{identifier}")
def post_decision(
    visit: Visit, identifier: str, decision: Text = "", mark: Text = "", refused: Refused = None
) -> Answer:
    """The person's decision. Only the two approvals let anything out, and only what `mark` names."""
    desk = visit.desk
    if decision == "refuse":
        with desk.wallet() as wallet:
            refuse(wallet, identifier)
        return redirect("/journal")
    if decision not in {"approve", "approve-qr"}:
        return _consent(visit, identifier, refused or [])
    try:
        with desk.wallet() as wallet:
            delivered = answer(
                desk, wallet, identifier, refused=refused or (), mark=mark, send=decision == "approve"
            )
            shown = desk.showing.add(delivered.response.presentation, answered=True)
    except ConsentChanged as error:
        return _consent(visit, identifier, refused or [], error)
    sent: answers.Answer | None = delivered.sent
    page = disclosing.shown(
        visit.renderer,
        visit.language,
        identifier=shown.id,
        frames=len(shown.frames),
        answered=True,
        sent=sent,
        host=delivered.response.consent.answer_goes_to,
    )
    return visit.html(page)


def _consent(visit: Visit, identifier: str, refused: list[str], error: PassportError | None = None) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = disclosing.consent(
            visit.renderer,
            visit.language,
            wallet,
            look(desk, wallet, identifier, refused),
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
    return visit.html(page)


def _show_again(visit: Visit, error: PassportError, about: str) -> Answer:
    with visit.desk.wallet() as wallet:
        page = disclosing.show(
            visit.renderer,
            visit.language,
            wallet,
            error=visit.sentence(error, about),
            status=status_of(error),
        )
    return visit.html(page)
