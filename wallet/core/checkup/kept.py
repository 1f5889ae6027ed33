"""Check-ups that the person made: signed by the holder, kept in the vault, forgotten on demand."""

import json
from dataclasses import dataclass

from matching.checkup.snapshot import Snapshot, parse_snapshot, write_snapshot
from passport.answers import Answer
from passport.documents import DocumentCache
from passport.errors import Indeterminate, PassportError
from passport.statements import sign_statement, verify_statement
from passport.verification import Context
from wallet.core.wallet import Kind, Records, Wallet
from wallet.errors_checkup import TooManyCheckUps, UnknownCheckUp

MOST = 100
"""One a year, and some more: a working life."""


@dataclass(frozen=True, slots=True)
class KeptCheckUp:
    """A check-up with its record, and whether this wallet's holder signed it."""

    id: str
    snapshot: Snapshot
    signed: Answer
    source: bytes


def keep_check_up(wallet: Wallet, snapshot: Snapshot) -> KeptCheckUp:
    """Sign and keep it; the latest gives way for one with its own id, which was made over.

    Raises:
        NoHolderKey: nothing to sign with.
        TooManyCheckUps
        MalformedCheckUp, JsonTooLarge: it could not be read again.
    """
    latest = next(iter(check_ups(wallet)), None)
    again = latest if latest is not None and latest.snapshot.id == snapshot.id else None
    if again is None and len(wallet.vault.of_kind(Kind.CHECK_UP)) >= MOST:
        raise TooManyCheckUps(limit=MOST)
    holder = wallet.holder
    source = sign_statement(
        write_snapshot(snapshot),
        signer=holder.signer,
        created=snapshot.made,
        verification_method=holder.verification_method,
    )
    record = wallet.new_id() if again is None else again.id
    parse_snapshot(source)
    wallet.save({(Kind.CHECK_UP, record): source})
    return KeptCheckUp(record, snapshot, Answer.YES, source)


def check_ups(wallet: Wallet) -> tuple[KeptCheckUp, ...]:
    """All that the holder signed and that can be read, the latest first."""
    found = [_read(wallet, record, source) for record, source in wallet.vault.of_kind(Kind.CHECK_UP).items()]
    here = [one for one in found if one is not None and one.signed is not Answer.NO]
    return tuple(sorted(here, key=lambda one: (one.snapshot.made, one.id), reverse=True))


def check_up_kept(wallet: Wallet, record: str) -> KeptCheckUp:
    """Raises UnknownCheckUp, also for one that somebody else signed or changed."""
    for one in check_ups(wallet):
        if one.id == record:
            return one
    raise UnknownCheckUp


def before(wallet: Wallet, one: KeptCheckUp) -> KeptCheckUp | None:
    """The check-up that came before this one."""
    every = check_ups(wallet)
    place = every.index(one) + 1
    return every[place] if place < len(every) else None


def forget_check_up(wallet: Wallet, record: str) -> Records:
    """Erase it for good; raises UnknownCheckUp."""
    check_up_kept(wallet, record)
    return wallet.erase(frozenset({(Kind.CHECK_UP, record)}))


def _read(wallet: Wallet, record: str, source: bytes) -> KeptCheckUp | None:
    """None for what is no check-up; a signature is checked once for each revision of the vault."""
    key = (Kind.CHECK_UP, record)
    if key not in wallet.memory:
        try:
            snapshot = parse_snapshot(source)
        except PassportError:
            wallet.memory[key] = None
        else:
            wallet.memory[key] = KeptCheckUp(record, snapshot, _signed(wallet, snapshot, source), source)
    found: KeptCheckUp | None = wallet.memory[key]
    return found


def _signed(wallet: Wallet, snapshot: Snapshot, source: bytes) -> Answer:
    """Whether one of this wallet's own keys signed it."""
    if snapshot.holder not in wallet.names:
        return Answer.NO
    try:
        verify_statement(
            json.loads(source),
            publisher=snapshot.holder,
            context=Context(DocumentCache(), wallet.now()),
            expected_publishers=wallet.names,
        )
    except Indeterminate:
        return Answer.CANNOT_TELL
    except PassportError:
        return Answer.NO
    return Answer.YES
