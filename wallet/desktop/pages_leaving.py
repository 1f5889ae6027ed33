"""Routes for who leaves or comes back: the readable copy, and a backup beside what is here."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response
from fastapi.responses import HTMLResponse

from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.leaving.readable import gather
from wallet.core.merging import compare, merge
from wallet.core.trial import check_records
from wallet.desktop.api import desk_of
from wallet.desktop.backup import open_sealed_archive, seal
from wallet.desktop.exporting import write_zip
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.session import our_form, ours
from wallet.errors import NothingReceived
from wallet.views import leaving
from wallet.views.leaving_copy import with_pages

router = APIRouter(include_in_schema=False)

Secret = Annotated[str, Form(max_length=4_096)]


@router.get("/leaving", dependencies=ours)
def get_leaving(request: Request) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = leaving.leaving(
            renderer_of(request), language_of(request), wallet, opened_by_words=desk.opened_by_words
        )
        return html(page, request)


@router.post("/leaving/copy", dependencies=our_form)
def post_copy(request: Request, passphrase: Secret = "") -> Response:
    """Everything as files, in a ZIP; sealed with age where a passphrase is given."""
    try:
        with desk_of(request).wallet() as wallet:
            files = with_pages(renderer_of(request), language_of(request), gather(wallet))
        packed, name = write_zip(files), "skills-passport.zip"
        if passphrase:
            packed, name = seal(packed, passphrase), f"{name}.age"
    except PassportError as error:
        return _again(request, error)
    kind = "application/age-encryption" if passphrase else "application/zip"
    disposition = f'attachment; filename="{name}"'
    return Response(packed, media_type=kind, headers={"Content-Disposition": disposition})


@router.post("/leaving/look", dependencies=our_form)
def post_look(
    request: Request, file: Annotated[bytes, File()] = b"", passphrase: Secret = ""
) -> HTMLResponse:
    """What a backup would bring; it stays in memory for as long as the person looks."""
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            if not file:
                raise NothingReceived
            archive = open_sealed_archive(file, passphrase)
            backup = check_records(archive.records, clock=wallet.clock, random=wallet.random)
            opened = desk.aside.open_backup(backup, by_holder=archive.by_holder)
            found = compare(wallet, backup, by_holder=archive.by_holder)
            page = leaving.merging(
                renderer_of(request), language_of(request), wallet, backup, found=found, identifier=opened.id
            )
    except PassportError as error:
        return _again(request, error)
    return html(page, request)


@router.post("/leaving/merge", dependencies=our_form)
def post_merge(request: Request, id: Secret = "") -> HTMLResponse:  # noqa: A002  # the field's name
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            opened = desk.aside.opened_backup(id)
            found = merge(wallet, opened.wallet, by_holder=opened.by_holder)
            desk.aside.close_backup()
            page = leaving.merged(renderer_of(request), language_of(request), wallet, found)
    except PassportError as error:
        return _again(request, error)
    return html(page, request)


def _again(request: Request, error: PassportError) -> HTMLResponse:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = leaving.leaving(
            renderer_of(request),
            language_of(request),
            wallet,
            opened_by_words=desk.opened_by_words,
            error=sentence(request, error),
            status=status_of(error),
        )
    return html(page, request)
