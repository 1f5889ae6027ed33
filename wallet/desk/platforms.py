"""Exchange badges with a platform: the client's side of the Open Badges API (Open Badges 3.0, 6 and 7).

1. look: the platform's own description, and every address in it on its own host
2. register, for this one connection, with an address to come back to that nobody else has: an answer of
   another server never arrives there (RFC 9700, section 4.4.2.2)
3. the person says yes on the platform's page; the code comes back once, and becomes tokens in the vault
4. fetch: shown before anything is kept; send: only what the person chose, one at a time; leave: revoked

Nothing is sent to a platform before the person agreed to the look.
"""

from collections.abc import Coroutine, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from passport.documents import NotFetched
from passport.encoding import base64url_encode
from passport.errors import PassportError
from passport.errors.fetch import AddressRefused
from passport.errors.oauth import (
    AuthorizationRefused,
    AuthorizationResponseMismatch,
    AuthorizationServerMismatch,
    MalformedIssuerUrl,
)
from passport.errors.open_badges_api import TooManyBadges
from passport.json import dump
from passport.oauth.authorization_header import ShownToken, authorization_header
from passport.oauth.authorization_request import AuthorizationRequest
from passport.oauth.authorization_response import parse_authorization_response
from passport.oauth.client_registration import ClientMetadata, parse_registered_client
from passport.oauth.client_secret import write_basic
from passport.oauth.pkce import code_challenge, create_code_verifier
from passport.oauth.pushed_request import authorization_url
from passport.oauth.redirect_uri import check_redirect_uri
from passport.oauth.token_request import (
    AUTHORIZATION_CODE,
    REFRESH_TOKEN,
    AuthorizationCodeGrant,
    RefreshTokenGrant,
)
from passport.oauth.token_response import TokenResponse, TokenType, parse_token_response
from passport.open_badges_api.credentials_response import parse_credentials_response
from passport.open_badges_api.limits import OPEN_BADGES_API
from passport.open_badges_api.paging import next_page
from passport.open_badges_api.paths import CREDENTIALS, DISCOVERY, base_address, origin_of
from passport.open_badges_api.scopes import OFFLINE_ACCESS, BadgeScope
from passport.open_badges_api.service_description import parse_service_description
from passport.outbound.answered import Answered
from wallet.core import limits
from wallet.core.badge_services.platforms import Platform
from wallet.core.forms import FormName
from wallet.core.shelf import Kept
from wallet.desk.connections import Connecting, Seen
from wallet.desk.desk import Desk
from wallet.errors import AddressNotAllowed
from wallet.errors_badge_services import (
    MalformedPlatformAddress,
    NoFormToSend,
    PlatformForgotUs,
    PlatformRefused,
    PlatformTakesNothing,
    PlatformUnreachable,
)
from wallet.errors_claiming import SignInMismatch, SignInOver, SignInRefused

T = TypeVar("T")
NAME = "Skills passport wallet"
PATH = "/connected/"
"""Where the answer of a platform comes to, with the place of the connection behind it."""
_JSON = frozenset({"application/json"})
_BADGES = frozenset({"application/json", "application/ld+json"})
_BADGE = frozenset(
    {"application/json", "application/ld+json", "application/vc", "application/vc+ld+json", "text/plain"}
)
_FORM = "application/x-www-form-urlencoded"
_SECRET = 32
_UNAUTHORIZED, _NOT_MODIFIED = 401, 304
_SOON = timedelta(seconds=10)


class Sent(StrEnum):
    """What the platform did with a badge (section 6.2.3)."""

    CREATED = "created"
    REPLACED = "replaced"
    HERE = "here"
    WAITING = "waiting"


_SENT = {200: Sent.REPLACED, 201: Sent.CREATED, 202: Sent.WAITING, _NOT_MODIFIED: Sent.HERE}


def look(desk: Desk, text: str) -> Seen:
    """Read a platform's description. Raises MalformedPlatformAddress, AddressNotAllowed, PlatformUnreachable,
    MalformedServiceDescription, EndpointsApart.
    """
    try:
        base = base_address(text)
    except MalformedIssuerUrl:
        raise MalformedPlatformAddress from None
    fetched = _run(desk, desk.outside.fetcher.get(f"{base}{DISCOVERY}", _JSON))
    return Seen(base, parse_service_description(fetched.body, base=base))


def begin(desk: Desk, seen: Seen, *, redirect_uri: str, send: bool) -> Connecting:
    """Register, and make the request that the person takes to the platform's page.

    Args:
        desk: of the wallet that is open.
        seen: what the person said yes to.
        redirect_uri: an address of this machine that is known to nobody yet.
        send: whether badges of the wallet may go there as well.

    Raises:
        PlatformUnreachable, PlatformRefused, AddressNotAllowed, MalformedResponse
    """
    wanted = [BadgeScope.CREDENTIAL_READONLY, OFFLINE_ACCESS]
    wanted += [BadgeScope.CREDENTIAL_UPSERT] if send else []
    scope = tuple(word for word in seen.description.scopes if word in wanted)
    redirect = check_redirect_uri(redirect_uri)
    metadata = ClientMetadata(
        redirect_uris=(redirect,),
        client_name=NAME,
        scope=scope,
        grant_types=(AUTHORIZATION_CODE, REFRESH_TOKEN),
    )
    body = dump(metadata.to_json())
    client = parse_registered_client(
        _body(_post(desk, seen.description.registration_url, body, "application/json")).body
    )
    channel = desk.channel()
    state, verifier = (base64url_encode(channel.random(_SECRET)) for _ in range(2))
    request = AuthorizationRequest(
        client_id=client.client_id,
        redirect_uri=redirect,
        code_challenge=code_challenge(create_code_verifier(verifier.encode())),
        state=state,
        scope=scope,
    )
    return Connecting(
        seen=seen,
        client=client,
        scope=scope,
        url=authorization_url(seen.description.authorization_url, request.to_form()),
        redirect_uri=redirect_uri,
        state=state,
        verifier=create_code_verifier(verifier.encode()),
        until=channel.clock() + timedelta(seconds=limits.SIGN_IN),
    )


def finish(desk: Desk, connecting: Connecting, url: str) -> Platform:
    """Exchange the code that a browser brought back; the tokens are for the vault.

    Raises:
        SignInOver, SignInMismatch, SignInRefused: of the answer; then no code was sent anywhere.
        PlatformUnreachable, PlatformRefused, MalformedResponse
    """
    channel, seen, client = desk.channel(), connecting.seen, connecting.client
    now = channel.clock()
    if now > connecting.until:
        raise SignInOver
    try:
        code = parse_authorization_response(
            url,
            redirect_uri=connecting.redirect_uri,
            expected_state=connecting.state,
            expected_issuer=_issuer_in(url, seen),
            iss_promised=False,
        )
    except AuthorizationRefused as error:
        raise SignInRefused from error
    except (AuthorizationResponseMismatch, AuthorizationServerMismatch) as error:
        raise SignInMismatch from error
    grant = AuthorizationCodeGrant(code, connecting.redirect_uri, connecting.verifier)
    tokens = _tokens(
        desk, seen.description.token_url, grant.to_form(), client.client_id, client.client_secret
    )
    return Platform(
        id=channel.random(16).hex(),
        base=seen.base,
        title=seen.description.title,
        client_id=client.client_id,
        client_secret=client.client_secret,
        refresh_url=seen.description.refresh_url,
        revocation_url=seen.description.revocation_url,
        scope=connecting.scope,
        since=now,
        access_token="",
        access_until=now,
        refresh_token=None,
    ).with_tokens(tokens, now)


def fetch(desk: Desk, platform: Platform) -> tuple[bytes, ...]:
    """Every badge that the platform has of the person, as it was signed; nothing is examined or kept.

    Raises:
        PlatformForgotUs, PlatformRefused, PlatformUnreachable, MalformedBadgeList, TooManyBadges
    """
    address = f"{platform.base}{CREDENTIALS}"
    url: str | None = f"{address}?{urlencode({'limit': limits.PLATFORM_PAGE})}"
    found: list[bytes] = []
    for _ in range(OPEN_BADGES_API.pages):
        if url is None:
            return tuple(found)
        answered = _body(_get(desk, url, platform))
        page = parse_credentials_response(answered.body).sources
        found += page
        if len(found) > limits.PLATFORM_BADGES:
            raise TooManyBadges
        url = next_page(url, answered.headers) or _offset(address, answered.headers, len(found), page)
    raise TooManyBadges


def send(desk: Desk, platform: Platform, one: Kept) -> Sent:
    """Send a credential as it was signed.

    Raises:
        PlatformTakesNothing, NoFormToSend, PlatformForgotUs, PlatformRefused, PlatformUnreachable
    """
    source = form_to_send(platform, one)
    media_type = "application/json" if source[:1] == b"{" else "text/plain"
    answered = _post(
        desk, f"{platform.base}{CREDENTIALS}", source, media_type, _BADGE, authorization=_shown(platform)
    )
    if answered.status not in _SENT:
        _body(answered)
        raise PlatformUnreachable
    return _SENT[answered.status]


def form_to_send(platform: Platform, one: Kept) -> bytes:
    """The form that goes there (Open Badges 3.0, section 8). Raises PlatformTakesNothing, NoFormToSend."""
    if BadgeScope.CREDENTIAL_UPSERT not in platform.scope:
        raise PlatformTakesNothing
    forms = {form.name: form.source for form in one.forms}
    for name in (FormName.LDP_VC, FormName.JWT_VC):
        if name in forms:
            return forms[name]
    raise NoFormToSend


def revoke(desk: Desk, platform: Platform) -> bool:
    """Tell the platform that its tokens end (section 7.3); whether it heard so."""
    if platform.revocation_url is None:
        return False
    body = urlencode({"token": platform.refresh_token or platform.access_token}).encode()
    shown = _basic(platform.client_id, platform.client_secret)
    try:
        return _post(desk, platform.revocation_url, body, _FORM, authorization=shown).is_success
    except PassportError:
        return False


def fresh(desk: Desk, platform: Platform) -> Platform:
    """With an access token that is good for a while. Raises PlatformForgotUs, PlatformUnreachable."""
    now = desk.clock()
    if platform.access_until - _SOON > now:
        return platform
    if platform.refresh_token is None:
        raise PlatformForgotUs
    form = RefreshTokenGrant(platform.refresh_token).to_form()
    try:
        tokens = _tokens(desk, platform.refresh_url, form, platform.client_id, platform.client_secret)
    except PlatformRefused:
        raise PlatformForgotUs from None
    return platform.with_tokens(tokens, now)


def _tokens(
    desk: Desk, url: str, form: Mapping[str, str], client_id: str, secret: str | None
) -> TokenResponse:
    sent = dict(form) if secret is not None else {**form, "client_id": client_id}
    answered = _post(desk, url, urlencode(sent).encode(), _FORM, authorization=_basic(client_id, secret))
    found = parse_token_response(_body(answered).body)
    if found.token_type is not TokenType.BEARER:
        raise PlatformRefused
    return found


def _issuer_in(url: str, seen: Seen) -> str:
    """The server that an answer names, where that is on the platform's host (RFC 9207)."""
    named = dict(parse_qsl(urlsplit(url).query)).get("iss", seen.base)
    return named if origin_of(named) == origin_of(seen.base) else seen.base


def _offset(address: str, headers: Mapping[str, str], found: int, page: tuple[bytes, ...]) -> str | None:
    """The next page of a platform that says how many there are and gives no links."""
    total = headers.get("x-total-count", "")
    if "link" in headers or not page or not (total.isascii() and total.isdigit()) or len(total) > 9:  # noqa: PLR2004
        return None
    if int(total) <= found:
        return None
    return f"{address}?{urlencode({'limit': limits.PLATFORM_PAGE, 'offset': found})}"


def _shown(platform: Platform) -> str:
    return authorization_header(ShownToken(platform.access_token, TokenType.BEARER))


def _basic(client_id: str, secret: str | None) -> str | None:
    return None if secret is None else write_basic(client_id, secret)


def _get(desk: Desk, url: str, platform: Platform) -> Answered:
    return _run(desk, desk.outside.exchange.get(url, accept=_BADGES, authorization=_shown(platform)))


def _post(
    desk: Desk,
    url: str,
    body: bytes,
    media_type: str,
    accept: frozenset[str] = _JSON,
    *,
    authorization: str | None = None,
) -> Answered:
    exchange = desk.outside.exchange
    work = exchange.post(url, body, media_type=media_type, accept=accept, authorization=authorization)
    return _run(desk, work)


def _run(desk: Desk, work: Coroutine[Any, Any, T]) -> T:
    """Raises AddressNotAllowed, PlatformUnreachable."""
    try:
        return desk.outside.run(work)
    except AddressRefused:
        raise AddressNotAllowed from None
    except NotFetched as error:
        raise PlatformUnreachable(reason=error.code) from error


def _body(answered: Answered) -> Answered:
    """Raises PlatformForgotUs, PlatformRefused, PlatformUnreachable. What it says is nobody's business."""
    if answered.is_success:
        return answered
    if answered.status == _UNAUTHORIZED:
        raise PlatformForgotUs
    if 400 <= answered.status < 500:  # noqa: PLR2004
        raise PlatformRefused
    raise PlatformUnreachable
