"""Three answers, and reasons as data: what every check in the house ends in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Answer(StrEnum):
    """Yes, no, or cannot tell. Cannot tell is never shown as good."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot-tell"


def together(answers: Iterable[Answer]) -> Answer:
    """One answer for several checks that must all hold: no before cannot tell before yes.

    No checks at all is cannot tell: nothing was looked at.
    """
    seen = set(answers)
    if Answer.NO in seen:
        return Answer.NO
    if Answer.CANNOT_TELL in seen or not seen:
        return Answer.CANNOT_TELL
    return Answer.YES


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code and values; `passport.texts` renders it in Dutch and English.

    A value is a date, a number, an identifier or a name from verified material.
    """

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One numbered step of a verification and what it found."""

    number: int
    code: str
    answer: Answer
    reason: Reason
