"""Let a program on this machine in: registration, the person's answer, tokens (Open Badges 3.0, section 7).

Only to this machine: an answer goes to a program that listens here, or to an app by its own scheme. A web
site is never let in, for its server can't reach this wallet, and its pages are refused by their origin.
"""

import hmac
import itertools
import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from passport.encoding import base64url_encode
from passport.errors.oauth import (
    AccessDenied,
    InvalidClient,
    InvalidClientMetadata,
    InvalidGrant,
    InvalidRedirectUri,
    InvalidScope,
    UnsupportedGrantType,
)
from passport.oauth.authorization_request import parse_authorization_request
from passport.oauth.authorization_response import authorization_response
from passport.oauth.client_registration import RegisteredClient, parse_client_metadata
from passport.oauth.client_secret import CLIENT_SECRET_BASIC, read_basic
from passport.oauth.pkce import check_code_verifier
from passport.oauth.redirect_uri import RedirectKind, RedirectUri, is_registered
from passport.oauth.server_metadata import NONE
from passport.oauth.token_request import (
    AUTHORIZATION_CODE,
    REFRESH_TOKEN,
    AuthorizationCodeGrant,
    RefreshTokenGrant,
    TokenRequest,
)
from passport.oauth.token_response import TokenResponse
from passport.open_badges_api.scopes import OFFLINE_ACCESS, BadgeScope
from wallet.core import limits
from wallet.core.badge_services.programs import (
    Program,
    digest,
    end_program,
    keep_program,
    program,
    program_of_refresh,
    programs,
    renewed,
)
from wallet.core.plain_text import plain_name
from wallet.core.wallet import Wallet
from wallet.desk.desk import Desk
from wallet.desk.programs import Ask, Registration
from wallet.errors_badge_services import NothingGiven, TooManyPrograms, UnknownProgram

SCOPES: tuple[str, ...] = (
    BadgeScope.CREDENTIAL_READONLY,
    BadgeScope.CREDENTIAL_UPSERT,
    BadgeScope.PROFILE_READONLY,
    OFFLINE_ACCESS,
)
"""A program changes no profile: that is the person's own."""
_REDIRECTS = 4
_ROOM = 70
"""Letters of a name that leave room for a number behind it, within what is shown of a name."""


def register(desk: Desk, source: bytes) -> RegisteredClient:
    """Remember a program until the person answers, or a quarter of an hour; nothing is written.

    Raises:
        InvalidRedirectUri, InvalidClientMetadata, MalformedJson and its kinds.
    """
    asked = parse_client_metadata(source)
    method = asked.token_endpoint_auth_method
    scope = tuple(word for word in asked.scope if word in SCOPES) if asked.scope else SCOPES
    if method not in {CLIENT_SECRET_BASIC, NONE} or AUTHORIZATION_CODE not in asked.grant_types or not scope:
        raise InvalidClientMetadata
    if len(asked.redirect_uris) > _REDIRECTS:
        raise InvalidRedirectUri
    if any(each.kind is RedirectKind.WEB for each in asked.redirect_uris):
        raise InvalidRedirectUri
    given = replace(
        asked,
        scope=scope,
        grant_types=tuple(each for each in (AUTHORIZATION_CODE, REFRESH_TOKEN) if each in asked.grant_types),
        response_types=("code",),
    )
    now = desk.clock()
    secret = secrets.token_urlsafe(32) if method == CLIENT_SECRET_BASIC else None
    client_id = secrets.token_hex(16)
    desk.programs.register(
        Registration(
            client_id,
            given.client_name or given.redirect_uris[0].shown,
            tuple(each.text for each in given.redirect_uris),
            None if secret is None else digest(secret),
            scope,
            refreshes=secret is not None and REFRESH_TOKEN in given.grant_types,
            until=now + timedelta(seconds=limits.SIGN_IN),
        )
    )
    return RegisteredClient(client_id, given, secret, int(now.timestamp()))


def ask(desk: Desk, wallet: Wallet, members: Sequence[tuple[str, str]]) -> Ask:
    """Take a program's request, for the person to answer at our page.

    Raises:
        OAuthError: malformed, without PKCE, of no program that is known, for another address or more scopes.
    """
    request = parse_authorization_request(members)
    known = _registration(desk, wallet, request.client_id)
    if not set(request.scope) <= set(known.scope):
        raise InvalidScope
    made = Ask(
        secrets.token_hex(16),
        known,
        _redirect(known, request.redirect_uri),
        request.code_challenge,
        request.state,
        request.scope or known.scope,
        desk.clock() + timedelta(seconds=limits.SIGN_IN),
    )
    desk.programs.ask(made)
    return made


def agree(
    desk: Desk, wallet: Wallet, asked: Ask, *, ticked: Collection[str], shared: Sequence[str], issuer: str
) -> str:
    """Let it in with what was ticked; where the browser goes with the code.

    Raises:
        NothingGiven, TooManyPrograms: the question stays.
        ProgramAskOver: it was answered before.
    """
    allowed = tuple(word for word in asked.scope if word in ticked)
    if not set(allowed) - {OFFLINE_ACCESS}:
        raise NothingGiven
    others = [each for each in programs(wallet) if each.id != asked.registration.client_id]
    if len(others) >= limits.PROGRAMS:
        raise TooManyPrograms
    desk.programs.answer(asked.id)
    known, now = asked.registration, wallet.now()
    reads = BadgeScope.CREDENTIAL_READONLY in allowed
    later = known.refreshes and OFFLINE_ACCESS in allowed
    keep_program(
        wallet,
        Program(
            id=known.client_id,
            name=_name_of_its_own(known.name, others),
            redirect_uris=known.redirect_uris,
            secret=known.secret,
            scope=allowed,
            shared=tuple(dict.fromkeys(shared)) if reads else (),
            since=now,
            access_until=now,
            refresh_key=base64url_encode(wallet.random(32)) if later else None,
        ),
    )
    return authorization_response(
        asked.redirect_uri, issuer=issuer, state=asked.state, answer=desk.programs.grant(asked)
    )


def refuse(desk: Desk, asked: Ask, *, issuer: str) -> str:
    """Give it nothing; where the browser goes. Raises ProgramAskOver."""
    desk.programs.answer(asked.id)
    return authorization_response(asked.redirect_uri, issuer=issuer, state=asked.state, answer=AccessDenied())


def redeem(desk: Desk, wallet: Wallet, header: str | None, request: TokenRequest) -> TokenResponse:
    """Exchange a code or a refresh token; a refresh token that was used before ends the permission.

    Raises:
        InvalidClient, InvalidGrant, InvalidScope, InvalidCodeVerifier, UnsupportedGrantType
    """
    client = client_of(wallet, header, request.client_id)
    if isinstance(request, AuthorizationCodeGrant):
        granted = desk.programs.granted(request.code)
        if granted is None or granted.client_id != client.id or granted.redirect_uri != request.redirect_uri:
            raise InvalidGrant
        check_code_verifier(request.code_verifier, granted.code_challenge)
        if not desk.programs.use_code(request.code):
            end_program(wallet, client.id)  # RFC 6749, section 4.1.2
            raise InvalidGrant
    elif isinstance(request, RefreshTokenGrant):
        found, good = program_of_refresh(wallet, request.refresh_token)
        if found.id != client.id:
            raise InvalidGrant
        if not good:
            end_program(wallet, client.id)
            raise InvalidGrant
        if not set(request.scope) <= set(client.scope):
            raise InvalidScope
    else:
        raise UnsupportedGrantType
    changed, tokens = renewed(client, wallet.random, wallet.now())
    keep_program(wallet, changed)
    return TokenResponse(
        tokens.access_token,
        limits.PROGRAM_TOKEN,
        refresh_token=tokens.refresh_token,
        scope=changed.scope,
    )


def revoke(wallet: Wallet, header: str | None, named: str | None, token: str) -> bool:
    """End what a token is of; whether it was the program's own. Raises InvalidClient."""
    client = client_of(wallet, header, named)
    if not hmac.compare_digest(client.access, digest(token)):
        try:
            found, _ = program_of_refresh(wallet, token)
        except InvalidGrant:
            return False
        if found.id != client.id:
            return False
    end_program(wallet, client.id)
    return True


def client_of(wallet: Wallet, header: str | None, named: str | None) -> Program:
    """The program that asks, by its secret in the header (RFC 6749, 2.3.1), or by its name if it has none.

    Raises:
        InvalidClient
    """
    client_id, secret = (named, None) if header is None else read_basic(header)
    if client_id is None or (named is not None and named != client_id):
        raise InvalidClient
    try:
        found = program(wallet, client_id)
    except UnknownProgram:
        raise InvalidClient from None
    found.check_secret(secret)
    return found


def _registration(desk: Desk, wallet: Wallet, client_id: str) -> Registration:
    known = desk.programs.registration(client_id)
    if known is not None:
        return known
    try:
        found = program(wallet, client_id)
    except UnknownProgram:
        raise InvalidClient from None
    # it was let in before, and asks again: for no more than it once registered for
    return Registration(
        found.id,
        found.name,
        found.redirect_uris,
        found.secret,
        found.scope,
        refreshes=found.refresh_key is not None,
        until=desk.clock(),
    )


def _name_of_its_own(name: str, others: Sequence[Program]) -> str:
    """Two programs of one name would be one in the journal and in the list."""
    taken = {plain_name(each.name) for each in others}
    if plain_name(name) not in taken:
        return name
    numbered = (f"{plain_name(name)[:_ROOM]} ({number})" for number in itertools.count(2))
    return next(each for each in numbered if each not in taken)


def _redirect(known: Registration, asked: RedirectUri) -> RedirectUri:
    """Raises InvalidRedirectUri."""
    if not is_registered(asked, known.redirect_uris):
        raise InvalidRedirectUri
    return asked
