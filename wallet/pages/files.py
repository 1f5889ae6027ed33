"""Routes of files: look into some and keep what is ticked, save a credential as one."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Annotated

from passport.attachment import attachment
from passport.baking.kinds import SaveAs, Saved
from passport.errors import PassportError
from passport.errors.share_link import NotAShareLink
from passport.http_status import status_of
from passport.openid4vc.link import SCHEME
from passport.share_link import ShareLink, parse_link
from wallet.core.present import left_over
from wallet.core.shelf import kept_one
from wallet.desk.cards import card
from wallet.desk.incoming import keep_chosen, look_into
from wallet.desk.looked_at import Look
from wallet.desk.saving import saved
from wallet.errors import WalletLocked
from wallet.errors_imports import TooManyFiles
from wallet.pages.answer import Answer, as_file
from wallet.pages.parameters import File, Form
from wallet.pages.routing import Router
from wallet.pages.visit import Upload, Visit
from wallet.views import files as views

router = Router()
Text = Annotated[str, Form(max_length=1_048_576)]
Short = Annotated[str, Form(max_length=300)]
Files = Annotated[list[Upload] | None, File()]
_MOST = 64


@router.get("/import")
def get_import(visit: Visit) -> Answer:
    with visit.desk.wallet():
        return visit.html(views.choose_files(visit.renderer, visit.language))


@router.post("/import")
def post_import(
    visit: Visit,
    text: Text = "",
    files: Files = None,
) -> Answer:
    """Look into the files; nothing is kept before the person says so on the next page."""
    desk = visit.desk
    try:
        given = [(each.name, each.data) for each in files or ()]
        if len(given) > _MOST:
            raise TooManyFiles(limit=_MOST)
        with desk.wallet() as wallet:
            return shown_look(visit, look_into(desk, wallet, given, text))
    except WalletLocked:
        raise  # the door is shown, and nothing of what was typed
    except PassportError as error:
        page = views.choose_files(
            visit.renderer,
            visit.language,
            text=text,
            error=visit.sentence(error),
            status=status_of(error),
        )
        return visit.html(page)


@router.post("/import/{identifier}")
def post_keep(
    visit: Visit, identifier: str, keep: Annotated[list[int] | None, Form(max_length=128)] = None
) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            kept = keep_chosen(desk, wallet, identifier, keep or [])
        except PassportError as error:
            return shown_look(visit, desk.incoming.get(identifier), error)
        return visit.html(views.kept_from_files(visit.renderer, visit.language, kept))


@router.get("/credentials/{record}/save/{kind}")
def get_saved(visit: Visit, record: str, kind: SaveAs) -> Answer:
    return _file(visit, record, kind)


@router.post("/credentials/{record}/save/{kind}")
def post_saved(visit: Visit, record: str, kind: SaveAs, name: Short = "") -> Answer:
    """With a name to print: it goes in a form, since addresses are remembered by browsers."""
    return _file(visit, record, kind, name)


@router.post("/credentials/{record}/card")
def post_card(
    visit: Visit,
    record: str,
    name: Short = "",
    hide: Annotated[list[str] | None, Form(max_length=256)] = None,
) -> Answer:
    """A card to print, with all skills or without some."""
    with visit.desk.wallet() as wallet:
        skills = left_over(wallet, hide).get(record) if hide else None
        return _download(
            card(visit.desk.tools.papers, wallet, record, visit.language, skills=skills, holder=name)
        )


def _file(visit: Visit, record: str, kind: SaveAs, name: str = "") -> Answer:
    with visit.desk.wallet() as wallet:
        one = kept_one(wallet, record)
    return _download(saved(visit.desk.tools.papers, one, kind, visit.language, holder=name))


def _download(found: Saved) -> Answer:
    return as_file(found.data, found.media_type, attachment(found.name))


def _share_links(texts: Iterable[str]) -> tuple[ShareLink, ...]:
    """Those in codes that may be opened, when the person says so."""
    found = []
    for text in texts:
        with suppress(NotAShareLink):
            found.append(parse_link(text))
    return tuple(found)


def shown_look(visit: Visit, look: Look, error: PassportError | None = None) -> Answer:
    """What was found, before anything of it is kept."""
    page = views.found_in_files(
        visit.renderer,
        visit.language,
        look.id,
        look.found,
        look.links,
        offers=[link for link in look.links if link.startswith(f"{SCHEME}:")],
        shared=_share_links(look.links),
        error="" if error is None else visit.sentence(error),
        status=200 if error is None else status_of(error),
    )
    return visit.html(page)
