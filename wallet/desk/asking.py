"""Requests from outside: taken in as frames, picture or JSON; answered by QR and, where asked, by POST."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from passport.answers import Answer
from passport.documents import NotFetched
from passport.openid4vc.presentation_submission import FORM_TYPE, write_response
from passport.outbound.media_types import JSON_TYPES
from passport.qr_text import frames_in, looks_like_frames, unpack
from wallet.core.answering import Response, approve
from wallet.core.consent import Consent, consent
from wallet.core.requests import OpenRequest, open_request, take_request
from wallet.core.wallet import Wallet
from wallet.desk.desk import Desk

_ACCEPTED = JSON_TYPES | {"text/html", "text/plain"}


def take_text(desk: Desk, wallet: Wallet, text: str) -> OpenRequest:
    """Frames, one a line, or the request's JSON."""
    text = text.strip()
    source = unpack(frames_in(text)) if looks_like_frames(text) else text.encode("utf-8", "replace")
    return take(desk, wallet, source)


def take_pictures(desk: Desk, wallet: Wallet, pictures: Sequence[bytes]) -> OpenRequest:
    """Pictures of the QR codes: one with all of them, an animated one, or one for each."""
    reading = desk.tools.pictures.reading(len(pictures))
    return take(desk, wallet, unpack([text for picture in pictures for text in reading.texts(picture)]))


def take(desk: Desk, wallet: Wallet, source: bytes) -> OpenRequest:
    """Verify a request and keep it open, with the asker's key and what is needed to weigh one's own."""
    return desk.examine(wallet, lambda documents: take_request(wallet, source, documents))


def look(desk: Desk, wallet: Wallet, identifier: str, refused: Collection[str] = ()) -> Consent:
    """What the person would agree to."""
    return consent(wallet, open_request(wallet, identifier), desk.taxonomy, refused=refused)


@dataclass(frozen=True, slots=True)
class Delivered:
    """An answer that was agreed to, and whether it was delivered: no where that was not asked for."""

    response: Response
    sent: Answer | None
    """None where it is shown only; cannot tell where the other side gave no clear answer."""
    status: int | None = None


def answer(
    desk: Desk,
    wallet: Wallet,
    identifier: str,
    *,
    refused: Collection[str] = (),
    mark: str | None = None,
    send: bool = True,
) -> Delivered:
    """The person agreed: sign, note, and deliver where the request names an address."""
    response = desk.check(
        wallet,
        lambda documents: approve(wallet, identifier, documents, desk.taxonomy, refused=refused, mark=mark),
    )
    if response.response_uri is None or not send:
        return Delivered(response, None)
    try:
        answered = desk.reach(
            desk.outside.exchange.post(
                response.response_uri,
                write_response(response.presentation, response.submission),
                media_type=FORM_TYPE,
                accept=_ACCEPTED,
            )
        )
    except NotFetched:
        return Delivered(response, Answer.CANNOT_TELL)
    return Delivered(response, Answer.YES if answered.is_success else Answer.NO, answered.status)
