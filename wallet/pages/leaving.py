"""Routes for who leaves or comes back: the readable copy, and a backup beside what is here."""

from typing import Annotated

from passport.attachment import attachment
from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.leaving.readable import gather
from wallet.core.merging import compare, merge
from wallet.core.trial import check_records
from wallet.desk.backup import open_sealed_archive, seal
from wallet.desk.zip_file import write_zip
from wallet.errors import NothingReceived
from wallet.pages.answer import Answer, as_file
from wallet.pages.parameters import File, Form
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import leaving
from wallet.views.leaving_copy import with_pages

router = Router()

Secret = Annotated[str, Form(max_length=4_096)]


@router.get("/leaving")
def get_leaving(visit: Visit) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = leaving.leaving(visit.renderer, visit.language, wallet, opened_by_words=desk.opened_by_words)
        return visit.html(page)


@router.post("/leaving/copy")
def post_copy(visit: Visit, passphrase: Secret = "") -> Answer:
    """Everything as files, in a ZIP; sealed with age where a passphrase is given."""
    try:
        with visit.desk.wallet() as wallet:
            files = with_pages(visit.renderer, visit.language, gather(wallet))
        packed, name = write_zip(files), "skills-passport.zip"
        if passphrase:
            packed, name = seal(visit.desk.tools.age, packed, passphrase), f"{name}.age"
    except PassportError as error:
        return _again(visit, error, "seal")
    kind = "application/age-encryption" if passphrase else "application/zip"
    return as_file(packed, kind, attachment(name))


@router.post("/leaving/look")
def post_look(visit: Visit, file: Annotated[bytes, File()] = b"", passphrase: Secret = "") -> Answer:
    """What a backup would bring; it stays in memory for as long as the person looks."""
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            if not file:
                raise NothingReceived
            archive = open_sealed_archive(desk.tools.age, file, passphrase)
            backup = check_records(archive.records, clock=wallet.clock, random=wallet.random)
            opened = desk.aside.open_backup(backup, by_holder=archive.by_holder)
            found = compare(wallet, backup, by_holder=archive.by_holder)
            page = leaving.merging(
                visit.renderer, visit.language, wallet, backup, found=found, identifier=opened.id
            )
    except PassportError as error:
        return _again(visit, error)
    return visit.html(page)


@router.post("/leaving/merge")
def post_merge(visit: Visit, id: Secret = "") -> Answer:  # noqa: A002  # the field's name
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            opened = desk.aside.opened_backup(id)
            found = merge(wallet, opened.wallet, by_holder=opened.by_holder)
            desk.aside.close_backup()
            page = leaving.merged(visit.renderer, visit.language, wallet, found)
    except PassportError as error:
        return _again(visit, error)
    return visit.html(page)


def _again(visit: Visit, error: PassportError, about: str = "") -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = leaving.leaving(
            visit.renderer,
            visit.language,
            wallet,
            opened_by_words=desk.opened_by_words,
            error=visit.sentence(error, about),
            status=status_of(error),
        )
    return visit.html(page)
