"""Ask again for what an issuer promised for later (OpenID4VCI 1.0, section 9).

The key and the kind of credential stand in the vault since it was promised: the answer is held against them,
so an issuer can't give it to another key or make something else of it.
"""

from dataclasses import dataclass, replace
from typing import Any

from passport.errors import PassportError
from passport.errors.oauth import IssuerRefused
from passport.json import dump
from passport.keys import KeyType, load_signer
from passport.oauth.server_metadata import read_server_metadata, server_metadata_url
from passport.oauth.token_request import RefreshTokenGrant
from passport.oauth.token_response import TokenResponse, TokenType, parse_token_response
from passport.openid4vc import CredentialResponse, Deferred, parse_credential_response
from passport.openid4vc.deferred_request import DeferredCredentialRequest
from wallet.core.accept import Offered, keep
from wallet.core.claiming.grants import check_token
from wallet.core.claiming.waiting import (
    Waiting,
    WaitingState,
    ready,
    refused,
    still_waiting,
    waiting_one,
    waiting_record,
)
from wallet.core.wallet import Kind, Wallet
from wallet.desk.asking_credentials import Envelope
from wallet.desk.channel import JSON, Channel
from wallet.desk.claiming import Claimed, Word, tell
from wallet.desk.desk import Desk
from wallet.desk.examining import Examiner, issuer_of
from wallet.desk.issuer_files import issuer_files
from wallet.desk.offering import read_metadata
from wallet.desk.receiving import Received, check_signers, keep_fetched
from wallet.errors import OfferRefused
from wallet.errors_claiming import SignerNotTied, TooEarly, WaitingEnded

_OVER = frozenset({"invalid_transaction_id", "credential_request_denied"})
"""What an issuer says when it will never come (section 9.3)."""
_STALE = frozenset({"invalid_token"})
"""The access token has ended; a refresh token may give another."""


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What came of it: the credential, or when to ask again."""

    waiting: Waiting
    received: Received | None


def ask_again(
    desk: Desk, wallet: Wallet, identifier: str, *, signers: tuple[str, ...] = (), early: bool = False
) -> AskedAgain:
    """Ask once; `early` is a person's own wish not to wait until the issuer's moment.

    Raises:
        UnknownRecord, WaitingEnded
        TooEarly: the issuer asked to wait longer, or was asked this very moment.
        SignerNotTied: it came, signed by somebody who is not known to belong there; it is still waited for.
        PassportError: what was sent is refused, as `examine`.
    """
    one = waiting_one(wallet, identifier)
    if one.state is not WaitingState.WAITING:
        raise WaitingEnded
    now = wallet.now()
    if not one.may_ask(now) and not (early and one.may_ask_early(now)):
        raise TooEarly
    if identifier in desk.asked_again:
        raise TooEarly
    desk.asked_again.add(identifier)
    try:
        return _asked_again(desk, wallet, one, signers)
    finally:
        desk.asked_again.discard(identifier)


def ask_all(desk: Desk, wallet: Wallet) -> tuple[AskedAgain, ...]:
    """Ask once for everything whose time has come; what an issuer refuses or breaks holds nothing else up."""
    found = []
    for one in ready(wallet):
        try:
            found.append(ask_again(desk, wallet, one.id))
        except PassportError:
            continue
    return tuple(found)


def arrived_of(asked: tuple[AskedAgain, ...]) -> Received:
    """All that came, together."""
    came = [each.received for each in asked if each.received is not None]
    return Received(tuple(one for each in came for one in each.credentials), sum(each.files for each in came))


def _asked_again(desk: Desk, wallet: Wallet, one: Waiting, signers: tuple[str, ...]) -> AskedAgain:
    """Others have the wallet while the issuer is asked: what is still waited for is looked up after."""
    channel = _channel(desk, one)
    try:
        response = desk.reach(_ask(desk, wallet, one, channel))
    except OfferRefused as error:
        if _said(error) in _OVER:
            refused(wallet, waiting_one(wallet, one.id))
            raise WaitingEnded from error
        raise
    if isinstance(response, Deferred):
        return AskedAgain(still_waiting(wallet, waiting_one(wallet, one.id), response.interval), None)
    return AskedAgain(one, _keep(desk, wallet, one, channel, response, signers=signers))


async def _ask(desk: Desk, wallet: Wallet, one: Waiting, channel: Channel) -> CredentialResponse | Deferred:
    try:
        return await _once(desk, one, channel)
    except OfferRefused as error:
        if _said(error) not in _STALE or one.refresh_token is None:
            raise
    channel.token = None
    server = read_server_metadata(
        (await desk.outside.fetcher.get(server_metadata_url(one.server), JSON)).body,
        expected_issuer=one.server,
    )
    form = RefreshTokenGrant(one.refresh_token, client_id=one.client_id).to_form()
    token = parse_token_response(await channel.post_form(one.token_endpoint, form, server=server))
    check_token(token, server=one.server, credential_issuer=one.credential_issuer)
    channel.token = token
    # a refresh token may be used once: what came is kept before it is used
    renewed = replace(
        one,
        access_token=channel.token.access_token,
        refresh_token=channel.token.refresh_token or one.refresh_token,
    )
    with desk.wallet():
        waiting_one(wallet, one.id)  # whoever waits no more asks no more
        wallet.save(waiting_record(renewed))
    return await _once(desk, renewed, channel)


async def _once(desk: Desk, one: Waiting, channel: Channel) -> CredentialResponse | Deferred:
    if not one.encrypt:
        request = DeferredCredentialRequest(one.transaction_id).to_json()
        answered = await channel.post(one.endpoint, dump(request), "application/json")
        return parse_credential_response(answered.body)
    envelope = Envelope(await read_metadata(one.credential_issuer, desk.outside))
    request = DeferredCredentialRequest(one.transaction_id, envelope.encrypt_for).to_json()
    return parse_credential_response(await envelope.post(one.endpoint, request, channel))


def _keep(
    desk: Desk,
    wallet: Wallet,
    one: Waiting,
    channel: Channel,
    response: CredentialResponse,
    *,
    signers: tuple[str, ...],
) -> Received:
    note = [] if response.notification_id is None else [response.notification_id]
    word = Word(one.notification_endpoint, channel, kept=note)
    try:
        claimed = desk.reach(_examined(desk, wallet, one, response, word))
        waiting_one(wallet, one.id)
        check_signers(claimed, signers)
        keep(wallet, claimed.examined, claimed.files)
    except SignerNotTied:
        raise  # the person may still say yes: it is asked for again then
    except PassportError:
        desk.reach(tell(word, kept=False))
        raise
    wallet.save(remove=frozenset({(Kind.WAITING, one.id)}))
    keep_fetched(wallet, claimed)
    desk.reach(tell(word, kept=True))
    return Received(claimed.examined, len(claimed.files))


async def _examined(
    desk: Desk, wallet: Wallet, one: Waiting, response: CredentialResponse, word: Word
) -> Claimed:
    erased = wallet.erased
    examiner = Examiner(one.credential_issuer, wallet, desk.outside)
    offered = Offered(
        issuer_of(response.credential),
        one.types,
        examiner.host,
        one.form,
        holder=wallet.holder_named(one.holder),
        vct=one.vct,
    )
    found = await examiner.examine_as(response.credential, offered)
    files = await issuer_files([found], word.channel, examiner.host)
    return Claimed((found,), files, examiner.taken, (), word, (), tuple(sorted(examiner.untied)), erased)


def _channel(desk: Desk, one: Waiting) -> Channel:
    channel = desk.channel()
    if one.dpop is not None:
        channel.dpop = load_signer(KeyType.P256, bytes.fromhex(one.dpop))
    channel.token = TokenResponse(one.access_token, 0, TokenType(one.token_type), one.refresh_token)
    return channel


def _said(error: OfferRefused) -> Any:
    cause = error.__cause__
    return cause.details.get("error") if isinstance(cause, IssuerRefused) else None
