"""Help from an adviser, on the person's own device (R68, R86): who saw what, and what they proposed.

The person says beforehand what an adviser may see, whether they may propose, and for how long. What is
proposed waits: nothing of it counts before the person takes it over.
"""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from matching.intake.limits import INTAKE
from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime, parse_datetime
from wallet.core.intake_skills import CameFrom, Ticked, keep_skills
from wallet.core.plain_text import plain_text
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_intake import (
    AdviceDecided,
    AdviserNotNamed,
    IntakeTextTooLong,
    NotAChoice,
    NotASkill,
    NothingProposed,
    TooMuchAdvice,
    UnknownAdvice,
)

MINUTES = (15, 30, 60, 120)
"""How long an adviser may look; a talk takes an hour."""
_VISIT, _PROPOSAL = "visit-", "proposal-"


class Sees(StrEnum):
    """What an adviser may see. Credentials, the journal and keys are not among it."""

    PAST = "past"
    SKILLS = "skills"
    ASSESSMENT = "assessment"
    MOTIVES = "motives"
    """Motives, attitude and wishes."""


class State(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Look:
    """One page that the adviser opened, or a proposal that they made."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """One time that an adviser was let in, with everything that they did."""

    id: str
    name: str
    organisation: str
    sees: frozenset[Sees]
    proposes: bool
    since: datetime
    until: datetime
    """When it ends at the latest; when it ended, once it has."""
    looked: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A skill, or advice in words, that an adviser proposed."""

    id: str
    visit: str
    adviser: str
    skill: str
    """An IRI; empty where it is advice in words alone."""
    words: str
    state: State
    at: datetime


def let_in(
    wallet: Wallet,
    *,
    name: str,
    organisation: str = "",
    sees: Collection[Sees],
    proposes: bool,
    minutes: int,
) -> Visit:
    """Start a visit.

    Raises:
        AdviserNotNamed, IntakeTextTooLong, NotAChoice, TooMuchAdvice
    """
    named, where = plain_text(name), plain_text(organisation)
    if not named:
        raise AdviserNotNamed
    if max(len(named), len(where)) > INTAKE.title:
        raise IntakeTextTooLong(limit=INTAKE.title)
    if minutes not in MINUTES or not (sees or proposes):
        raise NotAChoice
    _check_room(wallet)
    now = wallet.now()
    visit = Visit(
        wallet.new_id(), named, where, frozenset(sees), proposes, now, now + timedelta(minutes=minutes)
    )
    wallet.save({(Kind.ADVICE, f"{_VISIT}{visit.id}"): _visit_written(visit)})
    return visit


def note_look(wallet: Wallet, record: str, what: str) -> None:
    """Write down what an adviser looked at; over and over in the log, as they do it. Raises UnknownAdvice."""
    found = visit(wallet, record)
    _keep_visit(wallet, replace(found, looked=_logged(found, what, wallet.now())))


def end_visit(wallet: Wallet, record: str) -> None:
    """It is over from now on, whatever time was left. Raises UnknownAdvice."""
    found = visit(wallet, record)
    _keep_visit(wallet, replace(found, until=min(found.until, wallet.now())))


def propose(wallet: Wallet, record: str, taxonomy: Taxonomy, *, skill: str = "", words: str = "") -> Proposal:
    """What an adviser proposes; it waits for the person.

    Raises:
        UnknownAdvice: no visit, or one in which nothing may be proposed.
        NothingProposed, NotASkill, IntakeTextTooLong, TooMuchAdvice
    """
    found = visit(wallet, record)
    if not found.proposes or wallet.now() >= found.until:
        raise UnknownAdvice
    plain = plain_text(words)
    if not (skill or plain):
        raise NothingProposed
    if skill and skill not in taxonomy.skills:
        raise NotASkill
    if len(plain) > INTAKE.note:
        raise IntakeTextTooLong(limit=INTAKE.note)
    _check_room(wallet)
    made = Proposal(wallet.new_id(), found.id, found.name, skill, plain, State.WAITING, wallet.now())
    looked = _logged(found, "proposal", wallet.now())
    wallet.save(
        {
            (Kind.ADVICE, f"{_PROPOSAL}{made.id}"): _proposal_written(made),
            (Kind.ADVICE, f"{_VISIT}{found.id}"): _visit_written(replace(found, looked=looked)),
        }
    )
    return made


def decide(
    wallet: Wallet, record: str, taxonomy: Taxonomy, *, accept: bool, level: int | None = None
) -> Proposal:
    """The person takes a proposal over, or not; only then does a skill count.

    Raises:
        UnknownAdvice, AdviceDecided, NotALevel, TooManyOwnSkills
    """
    found = proposal(wallet, record)
    if found.state is not State.WAITING:
        raise AdviceDecided
    if accept and found.skill:
        ticked = Ticked(found.skill, f"{found.adviser}: {found.words}" if found.words else found.adviser)
        keep_skills(wallet, [ticked], taxonomy, level=level, came_from=CameFrom.ADVISER)
    made = replace(found, state=State.ACCEPTED if accept else State.REFUSED)
    wallet.save({(Kind.ADVICE, f"{_PROPOSAL}{made.id}"): _proposal_written(made)})
    return made


def visits(wallet: Wallet) -> tuple[Visit, ...]:
    """The latest first."""
    found = (_visit_read(record, data) for record, data in _records(wallet, _VISIT))
    return tuple(sorted(found, key=lambda one: (one.since, one.id), reverse=True))


def proposals(wallet: Wallet) -> tuple[Proposal, ...]:
    """The latest first."""
    found = (_proposal_read(record, data) for record, data in _records(wallet, _PROPOSAL))
    return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True))


def visit(wallet: Wallet, record: str) -> Visit:
    """Raises UnknownAdvice."""
    return _visit_read(record, _record(wallet, f"{_VISIT}{record}"))


def proposal(wallet: Wallet, record: str) -> Proposal:
    """Raises UnknownAdvice."""
    return _proposal_read(record, _record(wallet, f"{_PROPOSAL}{record}"))


def forget_visit(wallet: Wallet, record: str) -> Records:
    """Erase a visit with its log and proposals; skills that were taken over stay. Raises UnknownAdvice."""
    visit(wallet, record)
    gone = {(Kind.ADVICE, f"{_PROPOSAL}{each.id}") for each in proposals(wallet) if each.visit == record}
    return wallet.erase(frozenset({(Kind.ADVICE, f"{_VISIT}{record}"), *gone}))


def check_advice(wallet: Wallet) -> None:
    """Read every record of the kind, as `trial` does with a backup."""
    for record, data in wallet.vault.of_kind(Kind.ADVICE).items():
        (_proposal_read if record.startswith(_PROPOSAL) else _visit_read)(record, data)


def _logged(found: Visit, what: str, now: datetime) -> tuple[Look, ...]:
    """The log with one line more. A full one loses a line whose like is in it again, so that nobody pushes
    out what they looked at by looking at something else.
    """
    looked = (*found.looked, Look(what, now))
    if len(looked) <= INTAKE.looks:
        return looked
    often = Counter(each.what for each in looked)
    gone = next(place for place, each in enumerate(looked) if often[each.what] > 1)
    return looked[:gone] + looked[gone + 1 :]


def _check_room(wallet: Wallet) -> None:
    if len(wallet.vault.of_kind(Kind.ADVICE)) >= INTAKE.advice:
        raise TooMuchAdvice(limit=INTAKE.advice)


def _keep_visit(wallet: Wallet, found: Visit) -> None:
    wallet.save({(Kind.ADVICE, f"{_VISIT}{found.id}"): _visit_written(found)})


def _records(wallet: Wallet, beginning: str) -> list[tuple[str, bytes]]:
    return [
        (record.removeprefix(beginning), data)
        for record, data in wallet.vault.of_kind(Kind.ADVICE).items()
        if record.startswith(beginning)
    ]


def _record(wallet: Wallet, record: str) -> bytes:
    found = wallet.vault.of_kind(Kind.ADVICE).get(record)
    if found is None:
        raise UnknownAdvice
    return found


def _visit_written(one: Visit) -> bytes:
    return as_json(
        {
            "name": one.name,
            "organisation": one.organisation,
            "sees": sorted(one.sees),
            "proposes": one.proposes,
            "since": format_datetime(one.since),
            "until": format_datetime(one.until),
            "looked": [{"what": each.what, "at": format_datetime(each.at)} for each in one.looked],
        }
    )


def _visit_read(record: str, data: bytes) -> Visit:
    kept = json.loads(data)
    return Visit(
        record,
        str(kept["name"]),
        str(kept["organisation"]),
        frozenset(Sees(each) for each in kept["sees"]),
        bool(kept["proposes"]),
        parse_datetime(kept["since"]),
        parse_datetime(kept["until"]),
        tuple(Look(str(each["what"]), parse_datetime(each["at"])) for each in kept["looked"]),
    )


def _proposal_written(one: Proposal) -> bytes:
    return as_json(
        {
            "visit": one.visit,
            "adviser": one.adviser,
            "skill": one.skill,
            "words": one.words,
            "state": str(one.state),
            "at": format_datetime(one.at),
        }
    )


def _proposal_read(record: str, data: bytes) -> Proposal:
    kept = json.loads(data)
    return Proposal(
        record,
        str(kept["visit"]),
        str(kept["adviser"]),
        str(kept["skill"]),
        str(kept["words"]),
        State(kept["state"]),
        parse_datetime(kept["at"]),
    )
