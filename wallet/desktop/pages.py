"""Routes of the wallet's pages: what it holds, what comes in, self-assessment, journal, backup."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from passport.errors import PassportError
from passport.openid4vc.link import SCHEME
from passport.pictures.qr import read_image
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core.forget import forget
from wallet.core.self_assessment import assess
from wallet.core.shelf import kept_one
from wallet.core.skills import evidence_of
from wallet.core.wallet import Wallet
from wallet.desktop.api import desk_of
from wallet.desktop.asking_again import arrived_of, ask_all
from wallet.desktop.backup import seal_backup
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.lists import refresh, take_list
from wallet.desktop.offering import Opened, open_offer
from wallet.desktop.pages_offers import for_whom, look_at, mark_of, received_page, take
from wallet.desktop.receiving import Received, receive_file, receive_text
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors import NothingReceived, OfferRefused, TxCodeNeeded
from wallet.views import door, offers, pages

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=1_000_000)]
Query_ = Annotated[str, Query(max_length=2_048)]
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


@router.get("/", dependencies=ours)
def get_home(request: Request) -> Response:
    desk = desk_of(request)
    if not desk.is_open:
        return RedirectResponse("/unlock", SEE_OTHER)
    with desk.wallet() as wallet:
        page = pages.home(
            renderer_of(request), language_of(request), wallet, desk.taxonomy, undo=desk.undo.offered
        )
        return html(page, request)


@router.post("/refresh", dependencies=our_form)
def post_refresh(request: Request) -> Response:
    """Is everything still good, and is anything here that was to come? What came is shown."""
    desk = desk_of(request)
    with desk.wallet() as wallet:
        refresh(desk, wallet)
        arrived = arrived_of(ask_all(desk, wallet))
        if arrived.credentials:
            return received_page(request, arrived, wallet)
    return RedirectResponse("/", SEE_OTHER)


@router.get("/receive", dependencies=ours)
def get_receive(request: Request) -> Response:
    with desk_of(request).wallet():
        return html(door.receive(renderer_of(request), language_of(request)), request)


@router.post("/receive", dependencies=our_form)
def post_receive(
    request: Request,
    text: Text = "",
    tx_code: Text = "",
    accepted: Text = "",
    file: Annotated[bytes, File()] = b"",
) -> Response:
    """A link is first shown: who offers what. Anything else is taken in at once."""
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            link = _link_in(text, file)
            if link is not None:
                opened = desk.outside.run(open_offer(link, desk.outside))
                if accepted != mark_of(opened):
                    return _offer_page(request, opened, wallet, link, changed=bool(accepted))
            elif file:
                received = receive_file(desk, wallet, file)
            elif text.strip():
                received = receive_text(desk, wallet, text)
            else:
                raise NothingReceived
            if link is None:
                return received_page(request, received, wallet)
        try:
            return take(request, opened, tx_code=tx_code.strip() or None)
        except OfferRefused:
            if not tx_code.strip():
                raise
            # most likely a slip of the finger: the page stays, so that only the code is typed again
            with desk.wallet() as wallet:
                return _offer_page(request, opened, wallet, link, refused=True)
    except PassportError as error:
        page = door.receive(
            renderer_of(request),
            language_of(request),
            text=text,
            error=sentence(request, error),
            ask_code=isinstance(error, TxCodeNeeded),
            status=status_of(error),
        )
        return html(page, request)


def _offer_page(
    request: Request,
    opened: Opened,
    wallet: Wallet,
    link: str,
    *,
    changed: bool = False,
    refused: bool = False,
) -> Response:
    """Who offers what; `refused`: what was typed as the code did not do."""
    renderer, language = renderer_of(request), language_of(request)
    page = offers.offer(
        renderer,
        language,
        look_at(opened, language),
        text=link,
        mark=mark_of(opened),
        did=for_whom(opened, wallet),
        error=renderer.say("offer-code-refused", language) if refused else "",
        changed=changed,
        status=status_of(OfferRefused()) if refused else 200,
    )
    return html(page, request)


@router.get("/credentials/{record}", dependencies=ours)
def get_credential(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        one = kept_one(wallet, record)
        return html(pages.credential(renderer_of(request), language_of(request), wallet, one), request)


@router.post("/credentials/{record}/remove", dependencies=our_form)
def post_remove(request: Request, record: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(forget(wallet, record))
    return RedirectResponse("/", SEE_OTHER)


@router.get("/skill", dependencies=ours)
def get_skill(request: Request, iri: Query_) -> Response:
    with desk_of(request).wallet() as wallet:
        found = evidence_of(wallet, iri)
        return html(pages.skill(renderer_of(request), language_of(request), found), request)


@router.get("/assess", dependencies=ours)
def get_assess(
    request: Request, q: Query_ = "", skill: Annotated[list[str] | None, Query(max_length=64)] = None
) -> Response:
    desk = desk_of(request)
    with desk.wallet():
        page = pages.assess(
            renderer_of(request), language_of(request), desk.taxonomy, query=q, ticked=skill or ()
        )
        return html(page, request)


@router.post("/assess/more", dependencies=our_form)
def post_assess_more(
    request: Request, skill: Annotated[list[str] | None, Form(max_length=64)] = None
) -> Response:
    """Keep what is ticked and search on."""
    desk = desk_of(request)
    with desk.wallet():
        page = pages.assess(renderer_of(request), language_of(request), desk.taxonomy, ticked=skill or ())
        return html(page, request)


@router.post("/assess", dependencies=our_form)
def post_assess(
    request: Request,
    skill: Annotated[list[str] | None, Form(max_length=64)] = None,
    narrative: Text = "",
) -> Response:
    desk, language = desk_of(request), language_of(request)
    try:
        with desk.wallet() as wallet:
            made = assess(wallet, skill or (), desk.taxonomy, language=language, narrative=narrative)
            return received_page(request, Received((made,)), wallet)
    except PassportError as error:
        page = pages.assess(
            renderer_of(request),
            language,
            desk.taxonomy,
            ticked=skill or (),
            error=sentence(request, error),
            status=status_of(error),
        )
        return html(page, request)


@router.get("/journal", dependencies=ours)
def get_journal(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        return html(pages.show_journal(renderer_of(request), language_of(request), wallet), request)


@router.get("/backup", dependencies=ours)
def get_backup(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        words = desk_of(request).opened_by_words
        page = pages.backup(renderer_of(request), language_of(request), wallet, opened_by_words=words)
        return html(page, request)


@router.post("/backup", dependencies=our_form)
def post_backup(
    request: Request, passphrase: Text = "", with_seed: Text = "", current: Text = ""
) -> Response:
    try:
        if with_seed:
            desk_of(request).confirm_for_key(current)
        with desk_of(request).wallet() as wallet:
            sealed = seal_backup(wallet, passphrase, with_seed=bool(with_seed))
    except PassportError as error:
        return _backup_again(request, error)
    name = 'attachment; filename="skills-passport-backup.age"'
    return Response(sealed, media_type="application/age-encryption", headers={"Content-Disposition": name})


@router.post("/trust", dependencies=our_form)
def post_trust(request: Request, address: Text = "") -> Response:
    desk = desk_of(request)
    try:
        with desk.wallet() as wallet:
            take_list(desk, wallet, address.strip())
    except PassportError as error:
        return _backup_again(request, error)
    return RedirectResponse("/backup", SEE_OTHER)


def _backup_again(request: Request, error: PassportError) -> HTMLResponse:
    with desk_of(request).wallet() as wallet:
        page = pages.backup(
            renderer_of(request),
            language_of(request),
            wallet,
            opened_by_words=desk_of(request).opened_by_words,
            error=sentence(request, error),
            status=status_of(error),
        )
    return html(page, request)


def _link_in(text: str, file: bytes) -> str | None:
    """The offer link in what was pasted or in a picture of its QR code."""
    if text.strip().startswith(f"{SCHEME}:"):
        return text.strip()
    if file.startswith(_PICTURES):
        try:
            found = [one for one in read_image(file) if one.startswith(f"{SCHEME}:")]
        except PassportError:
            return None
        return found[0] if found else None
    return None
