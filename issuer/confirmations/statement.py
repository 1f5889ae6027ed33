"""What the supervisor fills in, read strictly; and the draft that it becomes, until it is sent.

A draft may be changed as often as somebody likes. What is signed is the draft whose digest the last page
showed: whoever has two pages open sends what they see, or nothing.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from issuer.confirmations.content import (
    Answer,
    Asked,
    Statement,
    Word,
    read_asked,
    read_statement,
    write_statement,
)
from issuer.confirmations.errors import (
    InvitationUnusable,
    StatementIncomplete,
    StatementMalformed,
    TooManyRecords,
    WrongMoment,
)
from issuer.confirmations.files import ConfirmationFile, Origin, keep_file, sealed_of
from issuer.confirmations.intake import TakenIn
from issuer.confirmations.invite import INVITED
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.records import Confirmation
from issuer.service import Service
from passport.encoding import digest_multibase
from passport.texts import Language
from passport.texts.unseen import UNSEEN


def asked_of(service: Service, confirmation: Confirmation) -> Asked:
    """Raises InvitationUnusable when it was forgotten after the retention."""
    if confirmation.asked is None:
        raise InvitationUnusable
    return read_asked(sealed_of(service, confirmation).open_json(confirmation.asked, "asked"))


def statement_of(service: Service, confirmation: Confirmation) -> Statement | None:
    if confirmation.statement is None:
        return None
    return read_statement(sealed_of(service, confirmation).open_json(confirmation.statement, "statement"))


def digest_of(statement: Statement) -> str:
    """Names exactly this statement, for the form that sends it."""
    return hashlib.sha256(write_statement(statement)).hexdigest()


def read_form(
    form: Mapping[str, str], asked: Asked, *, records: Sequence[int], language: Language, now: datetime
) -> Statement:
    """The fields of the form as a statement.

    Raises:
        StatementIncomplete: a skill without an answer, no role, or not said to be somebody else.
        StatementMalformed: a field too long, with unseen characters, or no date.
    """
    if form.get("not-the-holder") != "yes" or "role" not in form:
        raise StatementIncomplete
    start, end = _day(form.get("start"), now), _day(form.get("end"), now)
    if start is not None and end is not None and end < start:
        raise StatementMalformed
    return Statement(
        answers=tuple(_answer(form, number) for number in range(len(asked.skills))),
        role=_text(form["role"], CONFIRMATION.role),
        start=start,
        end=end,
        text=_text(form.get("text", ""), CONFIRMATION.text),
        records=tuple(records),
        language=language,
        saved_at=now.replace(microsecond=0),
    )


async def save_draft(service: Service, confirmation: Confirmation, statement: Statement) -> Confirmation:
    """Raises WrongMoment: answered or withdrawn meanwhile."""
    written = write_statement(statement)
    changed = await confirmation.change(
        service.clock(),
        expected=INVITED,
        values={
            "statement": sealed_of(service, confirmation).seal(written, "statement"),
            "statement_digest": hashlib.sha256(written).digest(),
        },
    )
    if changed is None:
        raise WrongMoment
    return changed


async def add_record(service: Service, confirmation: Confirmation, taken: TakenIn) -> int:
    """Keep a record of the supervisor's and return its number; the same bytes again are the same record.

    Raises:
        TooManyRecords
    """
    digest = digest_multibase(taken.data)
    kept = await ConfirmationFile.of(confirmation.id)
    for file in kept:
        if file.digest_multibase == digest:
            return file.number
    number = await confirmation.take_number(CONFIRMATION.numbers)
    if number is None:
        raise TooManyRecords(limit=CONFIRMATION.numbers)
    await keep_file(service, confirmation, number, taken, origin=Origin.SUPERVISOR)
    return number


def with_record(statement: Statement, number: int) -> Statement:
    """Raises TooManyRecords."""
    records = tuple(dict.fromkeys((*statement.records, number)))
    if len(records) > CONFIRMATION.records:
        raise TooManyRecords(limit=CONFIRMATION.records)
    return replace(statement, records=records)


def without_record(statement: Statement, number: int) -> Statement:
    return replace(statement, records=tuple(each for each in statement.records if each != number))


def reason_text(form: Mapping[str, str]) -> str:
    """Why it is refused; raises StatementIncomplete, StatementMalformed."""
    if "reason" not in form:
        raise StatementIncomplete
    return _text(form["reason"], CONFIRMATION.text)


def _answer(form: Mapping[str, str], number: int) -> Answer:
    try:
        word = Word(form.get(f"skill-{number}", ""))
    except ValueError:
        raise StatementIncomplete from None
    return Answer(word, _text(form.get(f"remark-{number}", ""), CONFIRMATION.text))


def _text(text: str, most: int) -> str:
    joined = text.replace("\r\n", "\n").strip()
    if len(joined) > most or UNSEEN.search(joined):
        raise StatementMalformed
    return joined


def _day(text: str | None, now: datetime) -> date | None:
    if text is None:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=now.tzinfo).date()
    except ValueError:
        raise StatementMalformed from None
    if day > now.date():
        raise StatementMalformed
    return day
