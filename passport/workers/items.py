"""What comes back for one item: a plain value, or why there is none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, TypeAlias

from passport.errors import Indeterminate, PassportError
from passport.errors.base import Detail
from passport.errors.workers import WorkFailed

Plain: TypeAlias = Any
"""None, bool, int, float, str, bytes, and lists, tuples and dicts of them: what `marshal` writes as it is."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that gave no value: the code and details of its error."""

    code: str
    details: Mapping[str, Detail] = field(default_factory=dict)

    @classmethod
    def of(cls, error: PassportError) -> "Refused":
        return cls(error.code, dict(error.details))

    @property
    def undecided(self) -> bool:
        """Whether nothing is known about the item: it is neither good nor bad."""
        return isinstance(self.error, Indeterminate)

    @property
    def error(self) -> PassportError:
        """The error itself, of its own class, as if it had been raised in this process."""
        if self.code not in _classes():
            _classes.cache_clear()  # a module with errors of its own was imported since
        return _classes().get(self.code, WorkFailed)(**self.details)


Outcome: TypeAlias = "Plain | Refused"


class Task(Protocol):
    """What a worker does with items. Made in the worker, from a plain `setup`."""

    def share(self, found: Plain) -> None:
        """Take something that all items may need, such as a document that was fetched."""
        ...

    def work(self, item: Plain) -> Plain:
        """Raises PassportError, which spoils this item alone."""
        ...


@cache
def _classes() -> Mapping[str, type[PassportError]]:
    """Every error that this process knows, by its code."""
    return {kind.code: kind for kind in _below(PassportError)}


def _below(kind: type[PassportError]) -> Iterator[type[PassportError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
