"""Withdraw many: a list of credentials by their ids, or by the references that their batch rows had.

Done row by row, each as if it was asked alone: again is no error, so a list that was cut off is sent again.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from issuer.audit.records import AuditEvent
from issuer.batches.chunk import reference_id
from issuer.errors import (
    MalformedCsv,
    NoRows,
    TooManyRows,
    UnknownColumn,
    UnknownCredential,
    WrongNumberOfCells,
)
from issuer.issuance.records import Issuance
from issuer.limits import BATCH
from issuer.offers.claim import claim_id
from issuer.offers.manage import withdraw_offer
from issuer.offers.records import HANDED_OVER, Offer
from issuer.organisations.records import Account
from issuer.service import Service
from issuer.status.withdraw import revoke, standing, suspend
from passport.errors import PassportError

COLUMNS = ("credential", "achievement", "reference")
_ID = 64


class Action(StrEnum):
    REVOKE = "revoke"
    """For good. An offer that nobody took is withdrawn."""
    SUSPEND = "suspend"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Listed:
    """One row: the credential's id, or the achievement and the reference of its row in a batch."""

    credential: str = ""
    achievement: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    row: int
    credential: str | None
    offer: str | None
    state: str | None
    error: PassportError | None = None


def read_list(data: bytes) -> list[Listed]:
    """Read a CSV file with the columns credential, or achievement and reference.

    Raises:
        MalformedCsv, UnknownColumn, TooManyRows, NoRows, WrongNumberOfCells
    """
    try:
        text = data.decode("utf-8-sig")
        first = text.partition("\n")[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        lines = [
            line
            for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            if line
        ]
    except (UnicodeDecodeError, csv.Error):
        raise MalformedCsv from None
    names = [name.strip().lower() for name in lines[0]] if lines else []
    if not names or len(set(names)) != len(names) or not set(names) <= set(COLUMNS):
        raise UnknownColumn if names else MalformedCsv
    if any(len(line) != len(names) for line in lines):
        raise WrongNumberOfCells
    found = [
        Listed(**{name: cell.strip() for name, cell in zip(names, line, strict=True)}) for line in lines[1:]
    ]
    return check_list(found)


def check_list(rows: Sequence[Listed]) -> list[Listed]:
    """Raises TooManyRows, NoRows."""
    if len(rows) > BATCH.withdrawals:
        raise TooManyRows(limit=BATCH.withdrawals)
    if not rows:
        raise NoRows
    return list(rows)


async def withdraw_listed(
    service: Service, actor: Account, rows: Sequence[Listed], action: Action
) -> list[Withdrawn]:
    """Do it for each row; a row that can't be done says why, and the others are done."""
    now = service.clock()
    await AuditEvent.of(
        actor.organisation, now, actor.id, f"credential.list-{action}", str(len(rows))
    ).write()
    done = []
    for number, row in enumerate(rows, 1):
        try:
            done.append(await _one(service, actor, number, row, action))
        except PassportError as error:
            done.append(Withdrawn(number, None, None, None, error))
    return done


async def _one(service: Service, actor: Account, number: int, row: Listed, action: Action) -> Withdrawn:
    found = await _named(service, actor, row)
    if isinstance(found, Offer):
        if action is not Action.REVOKE:
            raise UnknownCredential
        await withdraw_offer(service, actor, found.id)
        return Withdrawn(number, None, found.id, "withdrawn")
    if action is Action.REVOKE:
        await revoke(service, found, actor.id)
    else:
        await suspend(service, found, actor.id, on=action is Action.SUSPEND)
    return Withdrawn(number, found.id, found.offer, await standing(found))


async def _named(service: Service, actor: Account, row: Listed) -> Issuance | Offer:
    slug = actor.organisation
    name = row.credential.removeprefix("urn:uuid:").replace("-", "")
    if not name:
        if not row.reference:
            raise UnknownCredential
        name = reference_id(service, slug, row.achievement, row.reference)
    if len(name) > _ID:
        raise UnknownCredential
    offer = await Offer.get(name)
    if offer is None or offer.organisation != slug:
        return await Issuance.find_or_fail(slug, name)
    issued = await Issuance.get(claim_id(service, offer)) if offer.state in HANDED_OVER else None
    return issued or offer
