"""The supervisor proves who they are: that they read the mailbox, or hold the wallet, that was invited.

A link can be forwarded, so a link alone shows nothing about anybody. The code goes to the invited address and
to no other; the wallet is the one that the coordinator named. Either opens a session for this invitation.
"""

import hmac
import secrets
from datetime import timedelta

from fastapi import Request, Response

from issuer.confirmations import letters
from issuer.confirmations.claims import read_presentation
from issuer.confirmations.errors import (
    MailboxNotProved,
    SupervisorIsHolder,
    TooManyCodes,
    WalletNotProved,
    WrongMailboxCode,
    WrongMoment,
)
from issuer.confirmations.invite import INVITED, invited_address
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.records import Confirmation
from issuer.offers.codes import create_nonce
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import PassportError
from passport.json import JsonObject, dump, parse_object
from passport.keys import PublicKey

_PURPOSE = "confirmation-session"
_LONGEST_COOKIE = 1_024


async def send_code(service: Service, confirmation: Confirmation) -> None:
    """Mail a fresh code to the invited address; the former one ends.

    Raises:
        TooManyCodes, WrongMoment
    """
    invitation = confirmation.invitation
    assert invitation is not None
    if invitation.codes >= CONFIRMATION.codes:
        raise TooManyCodes
    now = service.clock()
    code = str(secrets.randbelow(10**CONFIRMATION.code_digits)).zfill(CONFIRMATION.code_digits)
    changed = await confirmation.change(
        now,
        expected=INVITED,
        values={
            "invitation.codes": invitation.codes + 1,
            "invitation.code_digest": _digest(service, confirmation, code),
            "invitation.code_until": now + timedelta(seconds=CONFIRMATION.code_lifetime),
            "invitation.tries_left": CONFIRMATION.code_tries,
        },
        where={"invitation.codes": invitation.codes},
    )
    if changed is None:
        raise WrongMoment
    organisation = await Organisation.find_or_fail(confirmation.organisation)
    letter = letters.mailbox_code(
        invited_address(service, changed),
        organisation=organisation.name,
        code=code,
        minutes=CONFIRMATION.code_lifetime // 60,
    )
    key = f"confirmation {confirmation.id} {confirmation.round} code {invitation.codes + 1}"
    await service.mailer.queue(letter, key=key)


async def check_code(service: Service, confirmation: Confirmation, code: str) -> None:
    """Raises WrongMailboxCode: wrong, too old, or tried too often. A right one is used up."""
    kept = await confirmation.take_try(service.clock())
    given = _digest(service, confirmation, code)
    if kept is None or not hmac.compare_digest(kept, given):
        raise WrongMailboxCode
    await confirmation.change(
        service.clock(),
        expected=INVITED,
        what="mailbox-proved",
        values={
            "invitation.code_digest": None,
            "invitation.tries_left": 0,
            "invitation.proved_by": "mailbox",
        },
        where={"invitation.code_digest": kept},
    )


def _digest(service: Service, confirmation: Confirmation, code: str) -> bytes:
    """Keyed, and of this invitation: the store alone does not tell a code, and no other invitation's fits."""
    return service.master.code("mailbox-code", confirmation.id, str(confirmation.round), code)


async def prove_wallet(
    service: Service, confirmation: Confirmation, source: str, *, any_wallet: bool
) -> bool:
    """Keep the DID that a presentation over a fresh challenge of ours proves.

    `any_wallet`: the mailbox was proved before; else only the wallet that the coordinator named will do.

    Returns:
        Whether it is the wallet that the coordinator named: then it proves in place of the mailbox.

    Raises:
        WalletNotProved: it does not hold, or answers another question.
        SupervisorIsHolder: the same DID, or a key of it: nobody confirms their own claim.
        WrongMoment
    """
    organisation = await Organisation.find_or_fail(confirmation.organisation)
    now = service.clock()
    try:
        document = parse_object(source.encode())
        shown = await read_presentation(
            service, asker=_asker(confirmation), did=organisation.did, document=document
        )
    except PassportError:
        raise WalletNotProved from None
    if _keys(shown.holder) & _keys(confirmation.holder):
        raise SupervisorIsHolder
    invitation = confirmation.invitation
    named = invitation is not None and invitation.did == shown.holder
    if not named and not any_wallet:
        raise WalletNotProved
    values = {"invitation.wallet": shown.holder} | ({"invitation.proved_by": "wallet"} if named else {})
    changed = await confirmation.change(now, expected=INVITED, what="wallet-proved", values=values)
    if changed is None:
        raise WrongMoment
    return named


def wallet_challenge(service: Service, confirmation: Confirmation) -> str:
    """A fresh question for the wallet, of this invitation alone: an answer to another one is none to it."""
    return create_nonce(service.master, _asker(confirmation), service.clock())


def _asker(confirmation: Confirmation) -> str:
    return f"{confirmation.organisation} {confirmation.id} {confirmation.round}"


def _keys(did: str) -> frozenset[PublicKey]:
    return frozenset(method.public_key for method in resolve_did(did, DocumentCache()).methods)


# the session


def open_session(service: Service, confirmation: Confirmation, response: Response) -> None:
    until = service.clock() + timedelta(seconds=CONFIRMATION.session)
    content: JsonObject = {"round": confirmation.round, "until": int(until.timestamp())}
    response.set_cookie(
        _cookie(service),
        base64url_encode(service.master.seal(dump(content), purpose=_PURPOSE, bound_to=(confirmation.id,))),
        max_age=CONFIRMATION.session,
        secure=service.settings.web().secure,
        httponly=True,
        samesite="lax",  # so that the link in a mail leads back to where somebody was
        path=f"/confirm/{confirmation.id}",
    )


def check_session(service: Service, confirmation: Confirmation, request: Request) -> None:
    """Raises MailboxNotProved: no session, an old one, or one of another invitation."""
    try:
        sealed = base64url_decode(request.cookies.get(_cookie(service), ""), _LONGEST_COOKIE)
        content = parse_object(service.master.open(sealed, purpose=_PURPOSE, bound_to=(confirmation.id,)))
    except PassportError:
        raise MailboxNotProved from None
    if content["round"] != confirmation.round or content["until"] <= service.clock().timestamp():
        raise MailboxNotProved


def _cookie(service: Service) -> str:
    return "__Secure-confirm" if service.settings.web().secure else "confirm"
