"""What was asked of organisations: kept so that it can be followed, taken back, and its outcome fetched."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from passport.clock import format_datetime, parse_datetime
from passport.errors import Invalid
from passport.json import JsonObject
from wallet.core import limits
from wallet.core.plain_text import plain_text
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_claims import OrganisationUnreachable, UnknownAsked

_WORD = re.compile(r"[a-z][a-z0-9-]{0,39}")
_TEXT = 500
_STEPS = 1_000


class AskedState(StrEnum):
    """What the wallet knows of what it sent; how far the organisation is stands in `Progress`."""

    UNCLEAR = "unclear"
    """Sent, and no clear answer: the organisation may have it or not."""
    SENT = "sent"
    REFUSED = "refused"
    """The organisation did not take it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the organisation's history: words of the protocol, and its own texts made plain."""

    at: datetime | None
    what: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SkillOutcome:
    """What the organisation says of one skill; what counts is what it signs."""

    skill: str
    label: str
    outcome: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What the organisation says of a request. Everything in it is a stranger's text."""

    state: str
    phase: str | None = None
    deadline: datetime | None = None
    history: tuple[Step, ...] = ()
    offer: str | None = None
    appeal_until: datetime | None = None
    skills: tuple[SkillOutcome, ...] = ()
    reason: str = ""
    source: JsonObject = field(default_factory=dict, repr=False)
    """The answer as it came."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to an organisation."""

    id: str
    sought: str
    url: str
    """The organisation's address."""
    did: str
    name: str
    at: datetime
    state: AskedState
    claims: tuple[str, ...]
    endorsements: tuple[str, ...]
    credentials: tuple[str, ...]
    skills: tuple[str, ...]
    files: tuple[str, ...]
    supervisor: str
    said: str = ""
    """Why the organisation did not take it, in its own words, made plain."""
    place: str | None = None
    """Where the organisation keeps the request."""
    token: str | None = field(default=None, repr=False)
    looked_at: datetime | None = None
    progress: Progress | None = None
    received: tuple[str, ...] = ()
    """What came of it, by the wallet's ids."""
    renews: str = ""
    """The wallet's id of the earlier validation that it renews."""


def asked_record(
    wallet: Wallet,
    identifier: str,
    *,
    sought: str,
    organisation: JsonObject,
    state: AskedState,
    sent: Mapping[str, Sequence[str]],
    supervisor: str = "",
    renews: str = "",
) -> Records:
    """The record of a request that is about to leave; `sent` as `added_record` has it."""
    one = Asked(
        identifier,
        sought,
        organisation["url"],
        organisation["did"],
        organisation["name"],
        wallet.now().replace(microsecond=0),
        state,
        claims=(),
        endorsements=(),
        credentials=(),
        skills=(),
        files=(),
        supervisor=supervisor,
        renews=renews,
    )
    return added_record(one, sent)


def added_record(one: Asked, sent: Mapping[str, Sequence[str]]) -> Records:
    """The record of a request with what is about to leave for it.

    `sent` has ids of claims, endorsements, credentials and files, and skills; each is noted once.
    """
    added: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(one, name), *values))) for name, values in sent.items()
    }
    return _record(replace(one, **added))


def all_asked(wallet: Wallet) -> tuple[Asked, ...]:
    """Every request, the latest first."""
    found = [_read(each, data) for each, data in wallet.vault.of_kind(Kind.ASKED).items()]
    return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True))


def one_asked(wallet: Wallet, identifier: str) -> Asked:
    """Raises UnknownAsked."""
    data = wallet.vault.of_kind(Kind.ASKED).get(identifier)
    if data is None:
        raise UnknownAsked
    return _read(identifier, data)


def keep_asked(wallet: Wallet, one: Asked, **changes: Any) -> Asked:
    """Write what became known of a request, and nothing over what others wrote of it meanwhile.

    Raises:
        UnknownAsked: the person has forgotten it.
    """
    here = one_asked(wallet, one.id)
    changed = replace(here, **changes)
    if changed != here:
        wallet.save(_record(changed), _forgotten(wallet))
    return changed


def forget_asked(wallet: Wallet, identifier: str) -> Records:
    """Remove the record of a request for good, and give it; the organisation is not told.

    Raises UnknownAsked.
    """
    one_asked(wallet, identifier)
    return wallet.erase(frozenset({(Kind.ASKED, identifier)}))


def read_progress(document: JsonObject) -> Progress:
    """What an organisation answers about a request: its words are held to a form, its texts made plain.

    Raises:
        OrganisationUnreachable: it is no answer about a request.
    """
    history = document.get("history", [])
    if not isinstance(history, list) or len(history) > _STEPS:
        raise OrganisationUnreachable
    skills = document.get("skills", [])
    if not isinstance(skills, list) or len(skills) > limits.ASSESSED_SKILLS:
        raise OrganisationUnreachable
    offer = document.get("offer")
    if offer is not None and not isinstance(offer, str):
        raise OrganisationUnreachable
    return Progress(
        state=_word(document.get("state")),
        phase=None if document.get("phase") is None else _word(document.get("phase")),
        deadline=_moment(document.get("deadline")),
        history=tuple(_step(each) for each in history if isinstance(each, dict)),
        offer=offer,
        appeal_until=_moment(document.get("appealUntil")),
        skills=tuple(_outcome(each) for each in skills if isinstance(each, dict)),
        reason=_text(document.get("reason")),
        source={name: value for name, value in document.items() if name != "credentials"},
    )


def _step(entry: JsonObject) -> Step:
    """A validation tells `move`, `role` and `note`; a confirmation tells `what`."""
    return Step(
        at=_moment(entry.get("at")),
        what=_word(entry.get("move", entry.get("what"))),
        by=_word(entry.get("role", "organisation")),
        reason=_text(entry.get("note")),
    )


def _outcome(entry: JsonObject) -> SkillOutcome:
    """A validation tells `outcome` and `reason`; a confirmation tells `answer` and `remark`."""
    outcome = entry.get("outcome", entry.get("answer"))
    return SkillOutcome(
        skill=_text(entry.get("skill", entry.get("id"))),
        label=_text(entry.get("name")),
        outcome=None if outcome is None else _word(outcome),
        reason=_text(entry.get("reason", entry.get("remark"))),
    )


def _word(value: object) -> str:
    """A word of the protocol; anything else is unknown, and never shown as it came."""
    return value if isinstance(value, str) and _WORD.fullmatch(value) else "unknown"


def _text(value: object) -> str:
    return plain_text(value)[:_TEXT] if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    try:
        return parse_datetime(value)
    except Invalid:
        return None


def _forgotten(wallet: Wallet) -> frozenset[tuple[str, str]]:
    """The oldest requests, beyond those that are remembered."""
    return frozenset((Kind.ASKED, one.id) for one in all_asked(wallet)[limits.ASKED :])


def _record(one: Asked) -> dict[tuple[str, str], bytes]:
    return {
        (Kind.ASKED, one.id): as_json(
            {
                "sought": one.sought,
                "organisation": {"url": one.url, "did": one.did, "name": one.name},
                "at": format_datetime(one.at),
                "state": one.state,
                "claims": list(one.claims),
                "endorsements": list(one.endorsements),
                "credentials": list(one.credentials),
                "skills": list(one.skills),
                "files": list(one.files),
                "supervisor": one.supervisor,
                "said": one.said,
                "place": one.place,
                "token": one.token,
                "lookedAt": None if one.looked_at is None else format_datetime(one.looked_at),
                "progress": None if one.progress is None else one.progress.source,
                "received": list(one.received),
                "renews": one.renews,
            }
        )
    }


def _read(identifier: str, data: bytes) -> Asked:
    kept = json.loads(data)
    looked, progress, organisation = kept["lookedAt"], kept["progress"], kept["organisation"]
    return Asked(
        id=identifier,
        sought=kept["sought"],
        url=organisation["url"],
        did=organisation["did"],
        name=organisation["name"],
        at=parse_datetime(kept["at"]),
        state=AskedState(kept["state"]),
        claims=tuple(kept["claims"]),
        endorsements=tuple(kept["endorsements"]),
        credentials=tuple(kept["credentials"]),
        skills=tuple(kept["skills"]),
        files=tuple(kept["files"]),
        supervisor=kept["supervisor"],
        said=kept["said"],
        place=kept["place"],
        token=kept["token"],
        looked_at=None if looked is None else parse_datetime(looked),
        progress=None if progress is None else read_progress(progress),
        received=tuple(kept["received"]),
        renews=kept.get("renews", ""),
    )
