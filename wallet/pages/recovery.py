"""Routes for what opens the wallet: a new passphrase, new recovery words, and when it locks by itself."""

from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core.settings_kept import keep_lock_minutes, keep_words_checked
from wallet.errors_leaving import WordsDiffer
from wallet.pages.answer import Answer, nothing, redirect
from wallet.pages.parameters import Form
from wallet.pages.routing import Guard, Router
from wallet.pages.visit import Visit
from wallet.views import door, leaving

router = Router()

Secret = Annotated[str, Form(max_length=4_096)]
Words = Annotated[list[str] | None, Form(max_length=24)]


@router.get("/passphrase")
def get_passphrase(visit: Visit) -> Answer:
    return _passphrase(visit)


@router.post("/passphrase")
def post_passphrase(visit: Visit, passphrase: Secret = "", old: Secret = "") -> Answer:
    """The old one is asked, unless it was forgotten and the words opened the wallet."""
    desk = visit.desk
    try:
        desk.change_passphrase(passphrase, old=old)
    except PassportError as error:
        return _passphrase(visit, error)
    page = leaving.passphrase(visit.renderer, visit.language, forgotten=False, changed=True)
    return visit.html(page)


@router.get("/recovery")
def get_recovery(visit: Visit) -> Answer:
    return _recovery(visit)


@router.post("/recovery")
def post_recovery(visit: Visit, passphrase: Secret = "") -> Answer:
    """New words, shown once."""
    desk = visit.desk
    try:
        recovery = desk.new_words(passphrase)
    except PassportError as error:
        return _recovery(visit, error)
    words = recovery.words().split()
    return visit.html(door.door(visit.renderer, visit.language, "words", words=words), once=True)


@router.get("/recovery/check")
def get_check(visit: Visit) -> Answer:
    shown = visit.desk.aside.words
    if shown is None:
        return redirect("/recovery")
    return visit.html(leaving.recovery_check(visit.renderer, visit.language, shown.places))


@router.post("/recovery/check")
def post_check(visit: Visit, word: Words = None) -> Answer:
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            desk.aside.check_words(word or [])
            keep_words_checked(wallet)
    except WordsDiffer as error:
        shown = desk.aside.words
        assert shown is not None, "a wrong word ends nothing"
        page = leaving.recovery_check(
            visit.renderer,
            visit.language,
            shown.places,
            typed=word or [],
            error=visit.sentence(error),
            status=status_of(error),
        )
        return visit.html(page)
    except PassportError as error:
        return _recovery(visit, error)
    return redirect("/?words=checked")


@router.post("/lock-time")
def post_lock_time(visit: Visit, minutes: Annotated[int, Form()] = -1) -> Answer:
    with visit.desk.wallet() as wallet:
        keep_lock_minutes(wallet, minutes)
    return redirect("/backup#lock")


@router.post("/stay")
def post_stay(visit: Visit) -> Answer:
    """Somebody types or touches: that is use, so that nothing typed is lost (WCAG 2.2, 2.2.1)."""
    if visit.desk.is_open:
        return nothing()
    return redirect("/unlock?idle=1")


@router.get("/idle", guard=Guard.PAGE_ITSELF)
def get_idle(visit: Visit) -> Answer:
    """Where a page that nobody used leads: to the door, or nowhere when another page was used meanwhile."""
    desk = visit.desk
    desk.look_at_the_clock()
    if desk.is_open:
        return nothing()
    return redirect("/unlock?idle=1")


def _passphrase(visit: Visit, error: PassportError | None = None) -> Answer:
    desk = visit.desk
    with desk.wallet():
        page = leaving.passphrase(
            visit.renderer,
            visit.language,
            forgotten=desk.opened_by_words,
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
    return visit.html(page)


def _recovery(visit: Visit, error: PassportError | None = None) -> Answer:
    with visit.desk.wallet() as wallet:
        page = leaving.recovery(
            visit.renderer,
            visit.language,
            wallet,
            error="" if error is None else visit.sentence(error),
            status=200 if error is None else status_of(error),
        )
    return visit.html(page)
