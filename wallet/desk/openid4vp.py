"""Requests by OpenID4VP from outside: fetched, verified, shown; answered by one POST after a yes.

Nothing here follows a redirect, fetches a private address or sends a word about the person before approval: a
request is fetched with what any wallet would send.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from passport.answers import Answer
from passport.documents import NotFetched
from passport.encoding import base64url_encode
from passport.errors import Invalid, PassportError
from passport.errors.openid4vp import MalformedVpRequest, RequestGone
from passport.json import parse_object
from passport.openid4vp.client_id import Prefix
from passport.openid4vp.client_metadata import FORMATS
from passport.openid4vp.request_link import Method, is_request_link, parse_request_link
from passport.openid4vp.response_write import FORM_TYPE
from passport.outbound.address import check_url
from passport.outbound.media_types import JSON_TYPES
from wallet.core.openid4vp_answer import VpAnswer, approve_vp, refuse_vp
from wallet.core.openid4vp_consent import VpConsent, vp_consent
from wallet.core.openid4vp_plan import Choices
from wallet.core.openid4vp_requests import VpRequest, take_vp_request, vp_request
from wallet.core.wallet import Wallet
from wallet.desk.desk import Desk

REQUEST_TYPE = frozenset({"application/oauth-authz-req+jwt"})
_ANSWERED = JSON_TYPES | {"text/html", "text/plain"}
_ALGORITHMS = ("ES256", "ES384", "EdDSA")
_NONCE = 16
_GONE = frozenset({404, 409, 410})
"""What a verifier says of a request that is answered, has expired or was never there."""
_REDIRECT = 2_048


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of an answer: no where the other side refused it, cannot tell where it did not speak."""

    answer: VpAnswer
    sent: Answer
    redirect_uri: str | None = None
    """Where the other side goes on; it is opened by the person, who sees the host first."""

    @property
    def redirect_host(self) -> str:
        return "" if self.redirect_uri is None else urlsplit(self.redirect_uri).netloc.lower()


def link_in(desk: Desk, text: str, pictures: Sequence[bytes]) -> str | None:
    """A link to a request, in what was typed or in a picture of its QR code."""
    if is_request_link(text):
        return text.strip()
    for picture in pictures:
        try:
            found = next(
                (each for each in desk.tools.pictures.reading(1).texts(picture) if is_request_link(each)),
                None,
            )
        except PassportError:
            continue
        if found is not None:
            return found
    return None


def take_link(desk: Desk, wallet: Wallet, text: str) -> VpRequest:
    """Fetch what a link names, verify it, and keep it open.

    Raises:
        RequestRefused, Invalid, Indeterminate, NotFetched, RequestClosed
    """
    link = parse_request_link(text)
    nonce = base64url_encode(wallet.random(_NONCE)) if link.method is Method.POST else None
    token = link.token if link.uri is None else _fetch(desk, link.uri, nonce)
    return desk.examine(
        wallet,
        lambda documents: take_vp_request(
            wallet,
            link,
            token,
            documents=documents,
            certificates=desk.certificates,
            wallet_nonce=nonce,
            check_address=lambda url: _check_address(desk, url),
        ),
    )


def look(desk: Desk, wallet: Wallet, identifier: str, choices: Choices) -> VpConsent:
    """What the person would agree to."""
    found = desk.check(
        wallet,
        lambda documents: vp_request(wallet, identifier, documents=documents, certificates=desk.certificates),
    )
    return vp_consent(wallet, found, choices)


def answer(desk: Desk, wallet: Wallet, identifier: str, choices: Choices, *, mark: str | None = None) -> Sent:
    """The person agreed: sign, note, and send."""
    made = desk.check(
        wallet,
        lambda documents: approve_vp(
            wallet,
            identifier,
            documents=documents,
            certificates=desk.certificates,
            choices=choices,
            mark=mark,
        ),
    )
    return _send(desk, made)


def refuse(desk: Desk, wallet: Wallet, identifier: str, *, tell: bool) -> Sent | None:
    """The person refused; the asker hears of it only if the person wants that."""
    made = desk.check(
        wallet,
        lambda documents: refuse_vp(
            wallet, identifier, documents=documents, certificates=desk.certificates, tell=tell
        ),
    )
    return None if made is None else _send(desk, made)


def wallet_metadata() -> str:
    """What this wallet can do, the same for everybody (section 10); nothing in it is about the person."""
    return json.dumps(
        {
            "authorization_endpoint": "openid4vp:",
            "response_types_supported": ["vp_token"],
            "response_modes_supported": ["direct_post", "direct_post.jwt"],
            "vp_formats_supported": FORMATS,
            "client_id_prefixes_supported": [str(each) for each in Prefix],
            "request_object_signing_alg_values_supported": _ALGORITHMS,
            "authorization_encryption_alg_values_supported": ["ECDH-ES"],
            "authorization_encryption_enc_values_supported": ["A128GCM", "A256GCM"],
        },
        separators=(",", ":"),
    )


def _fetch(desk: Desk, uri: str, nonce: str | None) -> str:
    if nonce is None:
        body = desk.reach(desk.outside.fetcher.get(uri, REQUEST_TYPE)).body
    else:
        form = urlencode({"wallet_metadata": wallet_metadata(), "wallet_nonce": nonce}).encode("ascii")
        posted = desk.reach(desk.outside.exchange.post(uri, form, media_type=FORM_TYPE, accept=REQUEST_TYPE))
        if posted.status in _GONE:
            raise RequestGone
        if not posted.is_success:
            raise MalformedVpRequest
        body = posted.body
    try:
        return body.decode("ascii").strip()
    except UnicodeDecodeError:
        raise MalformedVpRequest from None


def _check_address(desk: Desk, url: str) -> None:
    """Where the answer would go must be an address that this wallet may speak to; raises AddressRefused."""
    check_url(url, allow_loopback=desk.outside.allow_loopback)


def _send(desk: Desk, made: VpAnswer) -> Sent:
    try:
        answered = desk.reach(
            desk.outside.exchange.post(made.response_uri, made.body, media_type=FORM_TYPE, accept=_ANSWERED)
        )
    except NotFetched:
        return Sent(made, Answer.CANNOT_TELL)
    if not answered.is_success:
        return Sent(made, Answer.NO)
    return Sent(made, Answer.YES, _redirect(answered.body))


def _redirect(body: bytes) -> str | None:
    """The `redirect_uri` of the answer (section 8.2), where it is a web address that a person can judge."""
    try:
        found = parse_object(body).get("redirect_uri")
    except Invalid:
        return None
    if not isinstance(found, str) or len(found) > _REDIRECT or not found.isascii() or not found.isprintable():
        return None
    try:
        parts = urlsplit(found)
        host = parts.hostname
    except ValueError:
        return None
    web = parts.scheme == "https" or (parts.scheme == "http" and host in {"localhost", "127.0.0.1", "::1"})
    return found if web and host and "@" not in parts.netloc and "\\" not in found else None
