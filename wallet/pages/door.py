"""Routes before the wallet is open: unlock, create, restore, lock."""

from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.recovery import RecoveryKey
from wallet.desk.backup import open_backup
from wallet.errors import NothingReceived, RolledBackVault
from wallet.pages.answer import Answer, redirect
from wallet.pages.parameters import File, Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import door

router = Router()

Secret = Annotated[str, Form(max_length=4_096)]


@router.get("/unlock")
def get_unlock(visit: Visit, idle: Annotated[str, Query(max_length=8)] = "") -> Answer:
    desk = visit.desk
    if desk.is_open:
        return redirect("/")
    which = "unlock" if desk.exists else "create"
    return visit.html(door.door(visit.renderer, visit.language, which, idle=bool(idle)))


@router.post("/unlock")
def post_unlock(
    visit: Visit, passphrase: Secret = "", words: Secret = "", accept_older: Secret = ""
) -> Answer:
    desk = visit.desk
    try:
        secret = RecoveryKey.from_words(words) if words.strip() else passphrase
        desk.unlock(secret, accept_older=bool(accept_older) and bool(words.strip()))
    except PassportError as error:
        return _again(visit, "unlock", error, unfolded=bool(words.strip()), typed=words.strip())
    return redirect("/passphrase" if desk.opened_by_words else "/")


@router.post("/create")
def post_create(visit: Visit, passphrase: Secret = "") -> Answer:
    try:
        recovery = visit.desk.create(passphrase)
    except PassportError as error:
        return _again(visit, "create", error)
    return _words(visit, recovery)


@router.post("/restore")
def post_restore(
    visit: Visit,
    file: Annotated[bytes, File()] = b"",
    backup_passphrase: Secret = "",
    passphrase: Secret = "",
) -> Answer:
    try:
        if not file:
            raise NothingReceived
        recovery = visit.desk.restore(passphrase, open_backup(visit.desk.tools.age, file, backup_passphrase))
    except PassportError as error:
        return _again(visit, "create", error, unfolded=True)
    return _words(visit, recovery)


@router.post("/lock")
def post_lock(visit: Visit) -> Answer:
    visit.desk.lock()
    return redirect("/unlock")


def _words(visit: Visit, recovery: RecoveryKey) -> Answer:
    page = door.door(visit.renderer, visit.language, "words", words=recovery.words().split())
    return visit.html(page, once=True)


def _again(
    visit: Visit, which: str, error: PassportError, *, unfolded: bool = False, typed: str = ""
) -> Answer:
    """The door once more; `unfolded`: what was tried is the form that lies folded up."""
    page = door.door(
        visit.renderer,
        visit.language,
        which,
        error=visit.sentence(error),
        rolled_back=isinstance(error, RolledBackVault),
        unfolded=unfolded or isinstance(error, RolledBackVault),
        typed=typed,
        status=status_of(error),
    )
    return visit.html(page)
