"""Routes of files: look into some and keep what is ticked, save a credential as one."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from passport.errors import PassportError
from passport.errors.share_link import NotAShareLink
from passport.openid4vc.link import SCHEME
from passport.paper import SaveAs, Saved
from passport.share_link import ShareLink, parse_link
from passport.web import language_of
from passport.attachment import attachment
from passport.web.problems import status_of
from wallet.core.present import left_over
from wallet.core.shelf import kept_one
from wallet.desktop.api import desk_of
from wallet.desktop.cards import card
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.incoming import keep_chosen, look_into
from wallet.desktop.looked_at import Look
from wallet.desktop.saving import saved
from wallet.desktop.session import our_form, ours
from wallet.errors_imports import TooManyFiles
from wallet.views import files as views

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=1_048_576)]
Short = Annotated[str, Form(max_length=300)]
Files = Annotated[list[UploadFile], File()]
_MOST = 64


@router.get("/import", dependencies=ours)
def get_import(request: Request) -> Response:
    with desk_of(request).wallet():
        return html(views.choose_files(renderer_of(request), language_of(request)), request)


@router.post("/import", dependencies=our_form)
def post_import(
    request: Request,
    text: Text = "",
    files: Files = [],  # noqa: B006  # FastAPI copies it
) -> Response:
    """Look into the files; nothing is kept before the person says so on the next page."""
    desk = desk_of(request)
    try:
        if len(files) > _MOST:
            raise TooManyFiles(limit=_MOST)
        given = [(each.filename or "", each.file.read()) for each in files]
        with desk.wallet() as wallet:
            return shown_look(request, look_into(desk, wallet, given, text))
    except PassportError as error:
        page = views.choose_files(
            renderer_of(request),
            language_of(request),
            text=text,
            error=sentence(request, error),
            status=status_of(error),
        )
        return html(page, request)


@router.post("/import/{identifier}", dependencies=our_form)
def post_keep(
    request: Request, identifier: str, keep: Annotated[list[int] | None, Form(max_length=128)] = None
) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        try:
            kept = keep_chosen(desk, wallet, identifier, keep or [])
        except PassportError as error:
            return shown_look(request, desk.incoming.get(identifier), error)
        return html(views.kept_from_files(renderer_of(request), language_of(request), kept), request)


@router.get("/credentials/{record}/save/{kind}", dependencies=ours)
def get_saved(request: Request, record: str, kind: SaveAs) -> Response:
    return _file(request, record, kind)


@router.post("/credentials/{record}/save/{kind}", dependencies=our_form)
def post_saved(request: Request, record: str, kind: SaveAs, name: Short = "") -> Response:
    """With a name to print: it goes in a form, since addresses are remembered by browsers."""
    return _file(request, record, kind, name)


@router.post("/credentials/{record}/card", dependencies=our_form)
def post_card(
    request: Request,
    record: str,
    name: Short = "",
    hide: Annotated[list[str] | None, Form(max_length=256)] = None,
) -> Response:
    """A card to print, with all skills or without some."""
    with desk_of(request).wallet() as wallet:
        skills = left_over(wallet, hide).get(record) if hide else None
        return _download(card(wallet, record, language_of(request), skills=skills, holder=name))


def _file(request: Request, record: str, kind: SaveAs, name: str = "") -> Response:
    with desk_of(request).wallet() as wallet:
        one = kept_one(wallet, record)
    return _download(saved(one, kind, language_of(request), holder=name))


def _download(found: Saved) -> Response:
    return Response(
        found.data,
        media_type=found.media_type,
        headers=attachment(found.name),
    )


def _share_links(texts: Iterable[str]) -> tuple[ShareLink, ...]:
    """Those in codes that may be opened, when the person says so."""
    found = []
    for text in texts:
        with suppress(NotAShareLink):
            found.append(parse_link(text))
    return tuple(found)


def shown_look(request: Request, look: Look, error: PassportError | None = None) -> Response:
    """What was found, before anything of it is kept."""
    page = views.found_in_files(
        renderer_of(request),
        language_of(request),
        look.id,
        look.found,
        look.links,
        offers=[link for link in look.links if link.startswith(f"{SCHEME}:")],
        shared=_share_links(look.links),
        error="" if error is None else sentence(request, error),
        status=200 if error is None else status_of(error),
    )
    return html(page, request)
