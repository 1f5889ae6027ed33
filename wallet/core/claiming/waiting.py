"""Credentials that an issuer promised for later (OpenID4VCI 1.0, section 9), kept till they come.

The key that a credential will be bound to is fixed when it is asked for; the answer is held against it
however late it comes. The record holds what it takes to ask again.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from passport.clock import format_datetime, parse_datetime
from passport.credentials import Form
from wallet.core import limits
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors import UnknownRecord


class WaitingState(StrEnum):
    WAITING = "waiting"
    REFUSED = "refused"
    """The issuer said that it will not come."""
    TOO_LONG = "too-long"
    """It did not come in the time that the wallet waits."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One credential that is to come, and how to ask for it."""

    id: str
    name: str
    """What the issuer calls it."""
    credential_issuer: str
    types: tuple[str, ...]
    vct: str | None
    form: Form
    holder: str
    """The DID of the key that it will be bound to."""
    transaction_id: str = field(repr=False)
    endpoint: str
    notification_endpoint: str | None
    access_token: str = field(repr=False)
    token_type: str
    refresh_token: str | None = field(repr=False)
    token_endpoint: str
    server: str
    """The authorization server."""
    client_id: str
    dpop: str | None = field(repr=False)
    """The secret of the P-256 key that the token is bound to, in hexadecimal."""
    encrypt: bool
    """Whether the answer is asked for encrypted."""
    since: datetime
    ask_from: datetime
    """From when the issuer wants to be asked again."""
    state: WaitingState = WaitingState.WAITING
    asked_at: datetime | None = None
    """When it was asked for again last."""

    @property
    def until(self) -> datetime:
        """When the wallet stops waiting."""
        return self.since + timedelta(days=limits.WAITING_DAYS)

    def may_ask(self, now: datetime) -> bool:
        """Whether the issuer's moment has come."""
        return now >= self.ask_from

    def may_ask_early(self, now: datetime) -> bool:
        """Whether a person may ask before that, who heard that it is ready: an issuer is never pressed.

        The interval is what a wallet SHOULD wait (section 9.2).
        """
        return now >= (self.asked_at or self.since) + timedelta(seconds=limits.WAITING_EARLY)


def interval_of(seconds: int) -> timedelta:
    """What an issuer says of when to ask again, within reason."""
    return timedelta(seconds=min(max(seconds, limits.WAITING_LEAST), limits.WAITING_MOST))


def waiting_record(one: Waiting) -> Records:
    moments = {"since": one.since, "ask_from": one.ask_from, "asked_at": one.asked_at}
    written = asdict(one) | {
        name: None if moment is None else format_datetime(moment) for name, moment in moments.items()
    }
    return {(Kind.WAITING, one.id): as_json(written)}


def waiting(wallet: Wallet) -> tuple[Waiting, ...]:
    """All that is to come, what can be asked for soonest in front."""
    found = (_read(data) for data in wallet.vault.of_kind(Kind.WAITING).values())
    return tuple(sorted(found, key=lambda one: (one.ask_from, one.id)))


def waiting_one(wallet: Wallet, identifier: str) -> Waiting:
    """Raises UnknownRecord."""
    data = wallet.vault.of_kind(Kind.WAITING).get(identifier)
    if data is None:
        raise UnknownRecord
    return _read(data)


def ready(wallet: Wallet) -> tuple[Waiting, ...]:
    """What may be asked for at this moment."""
    now = wallet.now()
    return tuple(one for one in waiting(wallet) if one.state is WaitingState.WAITING and one.may_ask(now))


def still_waiting(wallet: Wallet, one: Waiting, seconds: int) -> Waiting:
    """The issuer said: not yet. Kept with the time to ask again; given up when it takes too long."""
    now = wallet.now()
    state = WaitingState.WAITING if now < one.until else WaitingState.TOO_LONG
    changed = replace(one, ask_from=now + interval_of(seconds), state=state, asked_at=now)
    wallet.save(waiting_record(changed))
    return changed


def refused(wallet: Wallet, one: Waiting) -> None:
    """The issuer will not give it. The line stays for the person to see, without the token."""
    ended = replace(one, state=WaitingState.REFUSED, access_token="", refresh_token=None, dpop=None)
    wallet.save(waiting_record(ended))


def stop_waiting(wallet: Wallet, identifier: str) -> None:
    """The person no longer waits; raises UnknownRecord."""
    waiting_one(wallet, identifier)
    wallet.save(remove=frozenset({(Kind.WAITING, identifier)}))


def _read(data: bytes) -> Waiting:
    kept = json.loads(data)
    asked_at = kept.get("asked_at")
    return Waiting(
        **kept
        | {
            "types": tuple(kept["types"]),
            "form": Form(kept["form"]),
            "since": parse_datetime(kept["since"]),
            "ask_from": parse_datetime(kept["ask_from"]),
            "state": WaitingState(kept["state"]),
            "asked_at": None if asked_at is None else parse_datetime(asked_at),
        }
    )
