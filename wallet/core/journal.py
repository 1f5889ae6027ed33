"""The disclosure journal: who, what and when, and no values (EUDI ARF, DASH_03)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from passport.clock import format_datetime, parse_datetime
from wallet.core.wallet import Kind, Records, Wallet, as_json


class Way(StrEnum):
    """How something was shown; see the table in the design of the wallet."""

    SHOWN = "shown"
    """Way A: a picture for whoever stands there, without a challenge."""
    ANSWERED = "answered"
    """Way B: an answer to somebody's challenge."""
    OPENID4VP = "openid4vp"
    """Way C: sent to a verifier's address, by OpenID4VP."""
    SHARED = "shared"
    """Way D: put behind a link, encrypted."""
    ASKED = "asked"
    """Sent to an organisation, with the question to confirm or to validate it."""
    SENT = "sent"
    """Sent to a badge platform that the person connected."""
    READ = "read"
    """Read by a program on this machine that the person lets do so."""
    REFUSED = "refused"
    """A request that the person refused; nothing left the wallet."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One disclosure. `credentials` are the wallet's own ids, which mean nothing elsewhere."""

    id: str
    number: int
    """The revision of the vault that it was written in: orders entries of one second."""
    at: datetime
    way: Way
    asker: str | None
    """The asker's DID or client identifier; None where nobody said who asked."""
    host: str | None
    purpose: str | None
    credentials: tuple[str, ...]
    skills: tuple[str, ...]
    refused: tuple[str, ...]
    copies: tuple[str, ...] = ()
    """Those of the credentials of which a copy was shown, under a key of its own."""


def journal(wallet: Wallet) -> tuple[JournalEntry, ...]:
    """Every entry, the latest first."""
    entries = [_read(entry, data) for entry, data in wallet.vault.of_kind(Kind.JOURNAL).items()]
    return tuple(sorted(entries, key=lambda entry: (entry.at, entry.number), reverse=True))


def journal_records(
    wallet: Wallet,
    way: Way,
    *,
    asker: str | None = None,
    host: str | None = None,
    purpose: str | None = None,
    credentials: Sequence[str] = (),
    skills: Sequence[str] = (),
    refused: Sequence[str] = (),
    copies: Sequence[str] = (),
) -> Records:
    """The record of one disclosure, to be saved before anything leaves the wallet."""
    return {
        (Kind.JOURNAL, wallet.new_id()): as_json(
            {
                "number": wallet.vault.revision + 1,
                "at": format_datetime(wallet.now()),
                "way": way,
                "asker": asker,
                "host": host,
                "purpose": purpose,
                "credentials": sorted(credentials),
                "skills": sorted(skills),
                "refused": sorted(refused),
                "copies": sorted(copies),
            }
        )
    }


def _read(entry: str, data: bytes) -> JournalEntry:
    kept = json.loads(data)
    return JournalEntry(
        entry,
        kept["number"],
        parse_datetime(kept["at"]),
        Way(kept["way"]),
        kept["asker"],
        kept["host"],
        kept["purpose"],
        tuple(kept["credentials"]),
        tuple(kept["skills"]),
        tuple(kept["refused"]),
        tuple(kept.get("copies", ())),  # entries of before there were copies say nothing of them
    )
