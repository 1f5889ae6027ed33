"""Routes of the wallet's pages: what it holds, what comes in, self-assessment, journal, backup."""

from typing import Annotated

from passport.attachment import attachment
from passport.errors import PassportError
from passport.http_status import status_of
from passport.openid4vc.link import SCHEME
from wallet.core.forget import forget
from wallet.core.self_assessment import assess
from wallet.core.shelf import kept_one
from wallet.core.skills import evidence_of
from wallet.core.wallet import Wallet
from wallet.desk.asking_again import arrived_of, ask_all
from wallet.desk.backup import seal_backup
from wallet.desk.desk import Desk
from wallet.desk.lists import refresh
from wallet.desk.offering import Opened, open_offer
from wallet.desk.receiving import Received, receive_file, receive_text
from wallet.errors import NothingReceived, OfferRefused, TxCodeNeeded, WalletLocked
from wallet.pages.answer import Answer, as_file, redirect
from wallet.pages.lists import backup_page
from wallet.pages.offers import for_whom, look_at, mark_of, received_page, take
from wallet.pages.parameters import File, Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import door, offers, pages
from wallet.views.refusals import Refusal

router = Router()

Text = Annotated[str, Form(max_length=1_000_000)]
Query_ = Annotated[str, Query(max_length=2_048)]
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


@router.get("/")
def get_home(visit: Visit, words: Query_ = "") -> Answer:
    desk = visit.desk
    if not desk.is_open:
        return redirect("/unlock")
    with desk.wallet() as wallet:
        undo, written = desk.undo.offered, words == "checked"
        page = pages.home(
            visit.renderer,
            visit.language,
            wallet,
            desk.taxonomy,
            undo=undo,
            words_written=written,
            shipped=desk.came_with(),
        )
        return visit.html(page)


@router.post("/refresh")
def post_refresh(visit: Visit) -> Answer:
    """Is everything still good, and is anything here that was to come? What came is shown."""
    desk = visit.desk
    with desk.wallet() as wallet:
        refresh(desk, wallet)
        arrived = arrived_of(ask_all(desk, wallet))
        if arrived.credentials:
            return received_page(visit, arrived, wallet)
    return redirect("/")


@router.get("/receive")
def get_receive(visit: Visit) -> Answer:
    with visit.desk.wallet():
        return visit.html(door.receive(visit.renderer, visit.language))


@router.post("/receive")
def post_receive(
    visit: Visit,
    text: Text = "",
    tx_code: Text = "",
    accepted: Text = "",
    file: Annotated[bytes, File()] = b"",
) -> Answer:
    """A link is first shown: who offers what. Anything else is taken in at once."""
    desk = visit.desk
    try:
        with desk.wallet() as wallet:
            link = _link_in(desk, text, file)
            if link is not None:
                opened = desk.reach(open_offer(link, desk.outside))
                if accepted != mark_of(opened):
                    return _offer_page(visit, opened, wallet, link, changed=bool(accepted))
            elif file:
                received = receive_file(desk, wallet, file)
            elif text.strip():
                received = receive_text(desk, wallet, text)
            else:
                raise NothingReceived
            if link is None:
                return received_page(visit, received, wallet)
        try:
            return take(visit, opened, tx_code=tx_code.strip() or None)
        except OfferRefused:
            if not tx_code.strip():
                raise
            # most likely a slip of the finger: the page stays, so that only the code is typed again
            with desk.wallet() as wallet:
                return _offer_page(visit, opened, wallet, link, refused=True)
    except WalletLocked:
        raise  # the door is shown, and nothing of what was typed
    except PassportError as error:
        page = door.receive(
            visit.renderer,
            visit.language,
            text=text,
            error=visit.sentence(error),
            ask_code=isinstance(error, TxCodeNeeded),
            status=status_of(error),
        )
        return visit.html(page)


def _offer_page(
    visit: Visit,
    opened: Opened,
    wallet: Wallet,
    link: str,
    *,
    changed: bool = False,
    refused: bool = False,
) -> Answer:
    """Who offers what; `refused`: what was typed as the code did not do."""
    renderer, language = visit.renderer, visit.language
    page = offers.offer(
        renderer,
        language,
        look_at(opened, language),
        text=link,
        mark=mark_of(opened),
        did=for_whom(opened, wallet),
        error=Refusal(renderer.say("offer-code-refused", language), "tx_code") if refused else "",
        changed=changed,
        status=status_of(OfferRefused()) if refused else 200,
    )
    return visit.html(page)


@router.get("/credentials/{record}")
def get_credential(visit: Visit, record: str) -> Answer:
    with visit.desk.wallet() as wallet:
        one = kept_one(wallet, record)
        return visit.html(pages.credential(visit.renderer, visit.language, wallet, one, visit.desk.taxonomy))


@router.post("/credentials/{record}/remove")
def post_remove(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(forget(wallet, record))
    return redirect("/")


@router.get("/skill")
def get_skill(visit: Visit, iri: Query_) -> Answer:
    with visit.desk.wallet() as wallet:
        found = evidence_of(wallet, iri)
        return visit.html(pages.skill(visit.renderer, visit.language, found, visit.desk.taxonomy))


@router.get("/assess")
def get_assess(
    visit: Visit, q: Query_ = "", skill: Annotated[list[str] | None, Query(max_length=64)] = None
) -> Answer:
    desk = visit.desk
    with desk.wallet():
        page = pages.assess(visit.renderer, visit.language, desk.taxonomy, query=q, ticked=skill or ())
        return visit.html(page)


@router.post("/assess/more")
def post_assess_more(visit: Visit, skill: Annotated[list[str] | None, Form(max_length=64)] = None) -> Answer:
    """Keep what is ticked and search on."""
    desk = visit.desk
    with desk.wallet():
        page = pages.assess(visit.renderer, visit.language, desk.taxonomy, ticked=skill or ())
        return visit.html(page)


@router.post("/assess")
def post_assess(
    visit: Visit,
    skill: Annotated[list[str] | None, Form(max_length=64)] = None,
    narrative: Text = "",
) -> Answer:
    desk, language = visit.desk, visit.language
    try:
        with desk.wallet() as wallet:
            made = assess(wallet, skill or (), desk.taxonomy, language=language, narrative=narrative)
            return received_page(visit, Received((made,)), wallet)
    except PassportError as error:
        page = pages.assess(
            visit.renderer,
            language,
            desk.taxonomy,
            ticked=skill or (),
            error=visit.sentence(error),
            status=status_of(error),
        )
        return visit.html(page)


@router.get("/journal")
def get_journal(visit: Visit) -> Answer:
    with visit.desk.wallet() as wallet:
        return visit.html(pages.show_journal(visit.renderer, visit.language, wallet))


@router.get("/backup")
def get_backup(visit: Visit) -> Answer:
    return backup_page(visit)


@router.post("/backup")
def post_backup(visit: Visit, passphrase: Text = "", with_seed: Text = "", current: Text = "") -> Answer:
    try:
        if with_seed:
            visit.desk.confirm_for_key(current)
        with visit.desk.wallet() as wallet:
            sealed = seal_backup(visit.desk.tools.age, wallet, passphrase, with_seed=bool(with_seed))
    except PassportError as error:
        return backup_page(visit, error)
    return as_file(sealed, "application/age-encryption", attachment("skills-passport-backup.age"))


def _link_in(desk: Desk, text: str, file: bytes) -> str | None:
    """The offer link in what was pasted or in a picture of its QR code."""
    if text.strip().startswith(f"{SCHEME}:"):
        return text.strip()
    if file.startswith(_PICTURES):
        try:
            found = [
                one for one in desk.tools.pictures.reading(1).texts(file) if one.startswith(f"{SCHEME}:")
            ]
        except PassportError:
            return None
        return found[0] if found else None
    return None
