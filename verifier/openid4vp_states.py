"""A transaction in its state. A state holds what it has earned; a transition starts where it is possible.

Created ─ Fetched ─┬─ Answered          another device: the answer is the report
                   ├─ Received ─ Answered   same device: the browser that began it collects it
                   ├─ Refused           the wallet said no
                   └─ Expired
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from passport.openid4vp.dcql import DcqlQuery
from passport.openid4vp.request_build import Asking
from passport.openid4vp.response_read import Encryption


@dataclass(frozen=True, slots=True)
class Created:
    """Given out; no wallet has read it yet."""

    id: str
    employer: str
    request: str
    asking: Asking
    encryption: Encryption | None = field(repr=False)
    return_to: str | None
    valid_until: datetime
    of_profile: bool

    @property
    def query(self) -> DcqlQuery:
        return self.asking.query


@dataclass(frozen=True, slots=True)
class Fetched(Created):
    """A wallet has read it."""


@dataclass(frozen=True, slots=True)
class Received:
    """Answered by somebody; who began it has not come back yet. Nobody sees the answer till then."""

    id: str
    employer: str
    request: str
    held: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    id: str
    employer: str
    request: str
    report: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The wallet said no, by a word of the specification."""

    id: str
    employer: str
    request: str
    error: str


@dataclass(frozen=True, slots=True)
class Expired:
    id: str
    employer: str
    request: str


State = Created | Fetched | Received | Answered | Refused | Expired
