"""Claims path pointers into a JSON credential (OpenID4VP 1.0, section 7.1), with a budget for the work."""

from dataclasses import dataclass
from typing import Any

from passport.errors.openid4vp import DcqlTooMuchWork
from passport.openid4vp.dcql import ClaimsPath
from passport.openid4vp.limits import DCQL
from passport.sd_jwt.pointers import Place


@dataclass(slots=True)
class Work:
    """What may still be looked at while one query is answered."""

    left: int = DCQL.work

    def spend(self, elements: int) -> None:
        """Raises DcqlTooMuchWork."""
        self.left -= elements
        if self.left < 0:
            raise DcqlTooMuchWork


@dataclass(frozen=True, slots=True)
class Selected:
    """One element that a path points at."""

    place: Place
    """Where it stands, as the tokens of a JSON pointer."""
    value: Any


def select_claims(document: Any, path: ClaimsPath, work: Work) -> tuple[Selected, ...]:
    """The elements that a path points at, in the document's order.

    None where the specification says to abort: a name of what is no object, an index of what is no array, or
    nothing left.

    Raises:
        DcqlTooMuchWork
    """
    found: tuple[Selected, ...] = (Selected((), document),)
    for step in path:
        work.spend(len(found) + 1)
        if not all(isinstance(each.value, dict if isinstance(step, str) else list) for each in found):
            return ()
        found = tuple(inner for each in found for inner in _inside(each, step))
        work.spend(len(found))
    return found


def _inside(one: Selected, step: str | int | None) -> list[Selected]:
    value = one.value
    if isinstance(step, str):
        return [Selected((*one.place, step), value[step])] if step in value else []
    if step is None:
        return [Selected((*one.place, str(number)), item) for number, item in enumerate(value)]
    return [Selected((*one.place, str(step)), value[step])] if step < len(value) else []
