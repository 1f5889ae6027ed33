"""Passkeys: registration and assertion (Web Authentication Level 3, sections 7.1 and 7.2).

The question is made of itself: a challenge, sealed with what it is for and until when. Its use alone is
stored, so that somebody who asks for ten thousand of them costs nothing. The person's device must have
checked who holds it. Attestation is not asked for: which make of key somebody has is not our business.
"""

import secrets
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from cryptography.exceptions import UnsupportedAlgorithm
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from issuer.organisations.records import Account
from issuer.service import Service
from issuer.sign_in.errors import PasskeyUnusable, TooManyPasskeys, WrongPasskey
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.records import Passkey
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import PassportError
from passport.json import JsonObject, dump, parse_object
from passport.storage.once import CLOCK_MARGIN, claim_once

_ALGORITHMS = (-8, -7, -257)
"""EdDSA, ES256, RS256 (COSE): what phones, keys and computers have."""
_PURPOSE = "passkey-challenge"
_LONGEST_ID = 1_023
_CHALLENGE = 32
_MALFORMED = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    AssertionError,
    IndexError,
    struct.error,
    RecursionError,
    UnsupportedAlgorithm,
)
"""What the library raises at what a stranger sends; a deep list of lists among it."""
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks of a browser, and the sealed note that comes back with the answer."""

    options: str
    """JSON for `PublicKeyCredential.parse…OptionsFromJSON`."""
    note: str


async def ask_to_register(service: Service, account: Account) -> Question:
    """A question to make a passkey for this account."""
    known = [AttestedCredentialData(each.credential) for each in await Passkey.of(account.id)]
    # the name stands in lists on the person's own device
    user = PublicKeyCredentialUserEntity(id=account.id.encode(), name=account.name, display_name=account.name)
    challenge, note = _challenge(service, f"register {account.id}")
    options, _ = _server(service).register_begin(
        user,
        known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=challenge,
    )
    return Question(dump(dict(options.public_key)).decode(), note)


async def register(service: Service, account: Account, *, note: str, answer: str, name: str) -> Passkey:
    """Take a new passkey in.

    Raises:
        PasskeyUnusable: whatever is wrong with the answer, or it came too late or twice.
        PasskeyKnown, TooManyPasskeys
    """
    if len(await Passkey.of(account.id)) >= SIGN_IN.passkeys:
        raise TooManyPasskeys
    try:
        asked = _read(service, note, f"register {account.id}")
        sent = parse_object(answer.encode())
        data = _checked(lambda: _registered(service, asked.challenge, sent), PasskeyUnusable)
        await _use(service, asked)
    except PassportError:
        raise PasskeyUnusable from None
    credential = data.credential_data
    if credential is None or credential.public_key.get(3) not in _ALGORITHMS:
        raise PasskeyUnusable
    if not 0 < len(credential.credential_id) <= _LONGEST_ID:
        raise PasskeyUnusable
    made = Passkey(
        id=base64url_encode(credential.credential_id),
        account=account.id,
        organisation=account.organisation,
        name=name,
        credential=bytes(credential),
        sign_count=data.counter,
        backup_eligible=data.is_backup_eligible(),
        backed_up=data.is_backed_up(),
        created_at=service.clock(),
    )
    await made.add()
    return made


def ask_who(service: Service) -> Question:
    """A question for whoever stands before the page: any passkey of this service answers it."""
    challenge, note = _challenge(service, "sign in")
    options, _ = _server(service).authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED, challenge=challenge
    )
    return Question(dump(dict(options.public_key)).decode(), note)


async def account_by_passkey(service: Service, *, note: str, answer: str) -> tuple[Account, Passkey]:
    """The account that a passkey opens.

    1. the question was ours and is not old; 2. the passkey is known; 3. it signed for this origin, this
    service and this question, and checked who holds it; 4. the question was not answered before; 5. it says
    the same account as we do; 6. it went on counting; 7. whether it may be copied did not change; 8. the
    account is open. That an answer was used is kept of signed ones only: a flood of others stores nothing.

    Raises:
        WrongPasskey: whatever is wrong.
    """
    try:
        asked = _read(service, note, "sign in")
        sent = parse_object(answer.encode())
        kept = await Passkey.get(str(sent.get("id"))[: 2 * _LONGEST_ID])
        if kept is None:
            raise WrongPasskey
        response = _checked(lambda: _asserted(service, asked.challenge, sent, kept), WrongPasskey)
        await _use(service, asked)
    except PassportError:
        raise WrongPasskey from None
    data: AuthenticatorData = response.response.authenticator_data
    if response.response.user_handle != kept.account.encode():
        raise WrongPasskey
    counts = bool(data.counter or kept.sign_count)
    if counts and data.counter <= kept.sign_count:
        raise WrongPasskey  # a copy of it has gone on without us (section 6.1.1)
    if data.is_backup_eligible() != kept.backup_eligible or (
        data.is_backed_up() and not kept.backup_eligible
    ):
        raise WrongPasskey
    account = await Account.get(kept.account)
    if account is None or not account.active:
        raise WrongPasskey
    day = service.clock().replace(hour=0, minute=0, second=0, microsecond=0)
    if not await kept.note(sign_count=data.counter, backed_up=data.is_backed_up(), day=day):
        raise WrongPasskey
    return account, kept


def _server(service: Service) -> Fido2Server:
    address = service.addresses.origin
    host = address.partition("://")[2].partition("/")[0].rsplit(":", 1)[0]
    server = Fido2Server(
        PublicKeyCredentialRpEntity(id=host, name=host), verify_origin=lambda origin: origin == address
    )
    server.allowed_algorithms = [each for each in server.allowed_algorithms if each.alg in _ALGORITHMS]
    return server


def _state(challenge: bytes) -> dict[str, Any]:
    return {
        "challenge": base64url_encode(challenge),
        "user_verification": UserVerificationRequirement.REQUIRED,
    }


def _registered(service: Service, challenge: bytes, sent: JsonObject) -> AuthenticatorData:
    response = RegistrationResponse.from_dict(sent)
    if response.response.client_data.cross_origin is not False:
        raise ValueError
    return _server(service).register_complete(_state(challenge), response)


def _asserted(service: Service, challenge: bytes, sent: JsonObject, kept: Passkey) -> AuthenticationResponse:
    response = AuthenticationResponse.from_dict(sent)
    if response.response.client_data.cross_origin is not False:
        raise ValueError
    credential = AttestedCredentialData(kept.credential)
    _server(service).authenticate_complete(_state(challenge), [credential], response)
    return response


def _checked(work: Callable[[], Answer], refusal: type[PassportError]) -> Answer:
    try:
        return work()
    except _MALFORMED:
        raise refusal from None


def _challenge(service: Service, what: str) -> tuple[bytes, str]:
    challenge = secrets.token_bytes(_CHALLENGE)
    until = service.clock() + timedelta(seconds=SIGN_IN.ceremony)
    content = dump({"challenge": base64url_encode(challenge), "until": int(until.timestamp())})
    return challenge, base64url_encode(service.master.seal(content, purpose=_PURPOSE, bound_to=(what,)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of ours that is not old."""

    text: str
    until: datetime

    @property
    def challenge(self) -> bytes:
        return base64url_decode(self.text, _CHALLENGE * 2)


def _read(service: Service, note: str, what: str) -> _Asked:
    """The question of a note; raises PassportError."""
    sealed = base64url_decode(note, 1_024)
    content = parse_object(service.master.open(sealed, purpose=_PURPOSE, bound_to=(what,)))
    now = service.clock()
    until = datetime.fromtimestamp(content["until"], now.tzinfo)
    if until <= now:
        raise WrongPasskey
    return _Asked(content["challenge"], until)


async def _use(service: Service, asked: _Asked) -> None:
    """Answered now, and not again; raises AlreadyUsed."""
    await claim_once(_PURPOSE, asked.text, service.clock(), keep_until=asked.until + CLOCK_MARGIN)
