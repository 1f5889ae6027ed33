"""What a confirmation is about, in its two parts: what was asked, and what the supervisor says.

Both are about people, so the store holds them sealed, as JSON, for this confirmation alone.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from issuer.secrets import MasterSecret
from passport.clock import format_datetime, parse_datetime
from passport.encoding import base64url_decode, base64url_encode
from passport.json import JsonObject, JsonValue, dump, parse_object
from passport.limits import PUBLISHED
from passport.texts import Language


class Word(StrEnum):
    """What the supervisor says of one skill."""

    RECORDS = "work-record"
    """Yes, and records show it. The value is the method's name in Open Badges' `genre`."""
    OBSERVED = "observation"
    """Yes, from what I saw myself."""
    UNKNOWN = "unknown"
    NO = "no"

    @property
    def confirms(self) -> bool:
        return self in {Word.RECORDS, Word.OBSERVED}


@dataclass(frozen=True, slots=True)
class Skill:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The claim, and what the worker says with it. `claim` is the signed document as it came."""

    claim: bytes
    claim_name: str
    made_at: datetime
    skills: tuple[Skill, ...]
    narrative: str
    start: date | None
    end: date | None
    name: str
    """Who asks, as they write it themselves."""
    message: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    word: Word
    remark: str


@dataclass(frozen=True, slots=True)
class Statement:
    """`answers` follow the skills that were asked, `records` are numbers of files."""

    answers: tuple[Answer, ...]
    role: str
    start: date | None
    end: date | None
    text: str
    records: tuple[int, ...]
    language: Language
    saved_at: datetime

    @property
    def confirmed(self) -> tuple[int, ...]:
        return tuple(number for number, answer in enumerate(self.answers) if answer.word.confirms)


class Sealed:
    """Seals and opens what belongs to one confirmation."""

    def __init__(self, master: MasterSecret, slug: str, confirmation: str) -> None:
        self._master, self._place = master, (slug, confirmation)

    def seal(self, data: bytes, what: str) -> bytes:
        return self._master.seal(data, purpose="confirmation", bound_to=(*self._place, what))

    def open(self, sealed: bytes, what: str) -> bytes:
        """Raises SealBroken."""
        return self._master.open(sealed, purpose="confirmation", bound_to=(*self._place, what))

    def seal_text(self, text: str, what: str) -> bytes:
        return self.seal(text.encode(), what)

    def open_text(self, sealed: bytes, what: str) -> str:
        return self.open(sealed, what).decode()

    def open_json(self, sealed: bytes, what: str) -> JsonObject:
        return parse_object(self.open(sealed, what), PUBLISHED)


def write_asked(asked: Asked) -> bytes:
    written: JsonObject = asdict(asked) | {
        "claim": base64url_encode(asked.claim),
        "made_at": format_datetime(asked.made_at),
        "start": _day_text(asked.start),
        "end": _day_text(asked.end),
        "skills": [asdict(skill) for skill in asked.skills],
    }
    return dump(written)


def read_asked(content: JsonObject) -> Asked:
    return Asked(
        claim=base64url_decode(content["claim"]),
        claim_name=content["claim_name"],
        made_at=parse_datetime(content["made_at"]),
        skills=tuple(Skill(item["id"], item["name"]) for item in content["skills"]),
        narrative=content["narrative"],
        start=_day(content["start"]),
        end=_day(content["end"]),
        name=content["name"],
        message=content["message"],
        email=content["email"],
    )


def write_statement(statement: Statement) -> bytes:
    return dump(
        {
            "answers": [{"word": answer.word.value, "remark": answer.remark} for answer in statement.answers],
            "role": statement.role,
            "start": _day_text(statement.start),
            "end": _day_text(statement.end),
            "text": statement.text,
            "records": list(statement.records),
            "language": statement.language.value,
            "saved_at": format_datetime(statement.saved_at),
        }
    )


def read_statement(content: JsonObject) -> Statement:
    answers: Sequence[JsonObject] = content["answers"]
    return Statement(
        answers=tuple(Answer(Word(item["word"]), item["remark"]) for item in answers),
        role=content["role"],
        start=_day(content["start"]),
        end=_day(content["end"]),
        text=content["text"],
        records=tuple(content["records"]),
        language=Language(content["language"]),
        saved_at=parse_datetime(content["saved_at"]),
    )


def _day(text: JsonValue) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
