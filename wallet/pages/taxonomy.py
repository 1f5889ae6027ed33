"""Routes of a renewed list of occupations: what it means for the person."""

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.taxonomy_in_use import use_shipped
from wallet.core.taxonomy_upgrade import keep_release_seen, take_offer
from wallet.pages.answer import Answer, redirect
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import taxonomy as views

router = Router()


@router.get("/taxonomy")
def get_taxonomy(visit: Visit) -> Answer:
    return _page(visit)


@router.post("/taxonomy/seen")
def post_seen(visit: Visit) -> Answer:
    """The person saw it: do not bring it up again."""
    desk = visit.desk
    with desk.wallet() as wallet:
        keep_release_seen(wallet, desk.taxonomy)
    return redirect("/match")


@router.post("/taxonomy/use")
def post_use(visit: Visit) -> Answer:
    """The person read what it changes: count with the newer list from now on."""
    try:
        with visit.desk.wallet() as wallet:
            take_offer(wallet)
    except PassportError as error:
        return _page(visit, error)
    return redirect("/taxonomy")


@router.post("/taxonomy/shipped")
def post_shipped(visit: Visit) -> Answer:
    """Back to the program's own list; the newer one is offered again."""
    with visit.desk.wallet() as wallet:
        use_shipped(wallet)
    return redirect("/taxonomy")


def _page(visit: Visit, error: PassportError | None = None) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = views.taxonomy_upgrade(
            visit.renderer,
            visit.language,
            wallet,
            desk.taxonomy,
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
        return visit.html(page)
