"""Routes of share links: look at what anybody could read, make the link, show it, take it away."""

from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.present import left_over
from wallet.core.sharing import DAYS, look_at, shared_link
from wallet.desk.sharing import known_host, share, take_away
from wallet.errors_sharing import HostAway, HostRefused
from wallet.pages.answer import Answer, as_file, redirect
from wallet.pages.parameters import Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import disclosing
from wallet.views import sharing as views

router = Router()
Ids = Annotated[list[str] | None, Form(max_length=256)]


@router.post("/share")
def post_share(  # noqa: PLR0917  # the fields of one form
    visit: Visit,
    credential: Ids = None,
    hide: Ids = None,
    host: Annotated[str, Form(max_length=300)] = "",
    days: Annotated[int, Form()] = DAYS,
    mark: Annotated[str, Form(max_length=64)] = "",
) -> Answer:
    """Without a mark: what it would be. With one: the person agreed to exactly that."""
    desk, language = visit.desk, visit.language
    with desk.wallet() as wallet:
        try:
            sharing = look_at(wallet, credential or (), left_over(wallet, hide or ()))
        except PassportError as error:
            page = disclosing.show(
                visit.renderer,
                language,
                wallet,
                error=visit.sentence(error),
                status=status_of(error),
            )
            return visit.html(page)
        refused: PassportError | None = None
        if mark:
            try:
                made = share(desk, wallet, sharing, host=host.strip(), days=days, mark=mark)
            except (HostAway, HostRefused) as error:
                return _listed(visit, error)
            except PassportError as error:
                refused = error
            else:
                return redirect(f"/shared/{made.id}")
        known = known_host(desk, wallet)
        page = views.share(
            visit.renderer,
            language,
            wallet,
            sharing,
            hide=hide or (),
            host=host.strip() or known,
            known=known,
            days=days,
            error="" if refused is None else visit.sentence(refused),
            status=200 if refused is None else status_of(refused),
        )
        return visit.html(page)


@router.get("/shared")
def get_shared(visit: Visit, gone: Annotated[bool, Query()] = False) -> Answer:
    with visit.desk.wallet() as wallet:
        return visit.html(views.links(visit.renderer, visit.language, wallet, gone=gone))


@router.get("/shared/{identifier}")
def get_link(visit: Visit, identifier: str) -> Answer:
    with visit.desk.wallet() as wallet:
        one = shared_link(wallet, identifier)
        return visit.html(views.made(visit.renderer, visit.language, one))


@router.get("/shared/{identifier}/qr.png")
def get_picture(visit: Visit, identifier: str) -> Answer:
    with visit.desk.wallet() as wallet:
        return as_file(
            visit.desk.tools.pictures.draw_png(shared_link(wallet, identifier).link.text), "image/png"
        )


@router.post("/shared/{identifier}/end")
def post_end(visit: Visit, identifier: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            take_away(desk, wallet, identifier)
        except (HostAway, HostRefused) as error:
            return _listed(visit, error)
    return redirect("/shared?gone=true")


def _listed(visit: Visit, error: PassportError) -> Answer:
    with visit.desk.wallet() as wallet:
        page = views.links(
            visit.renderer,
            visit.language,
            wallet,
            error=visit.sentence(error),
            status=status_of(error),
        )
    return visit.html(page)
