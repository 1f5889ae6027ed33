"""Values that the embedded server confuses, as texts that keep their order.

nx-27017 writes a moment in one form when it is inserted and in another when it is set, compares moments by
the second, takes bytes on some paths and not on others, and sets true as 1. So moments, bytes and truths
are turned into texts before it sees them, and back in what it answers. Texts of one kind sort as their
values do.
"""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

_MARK = "\x1f"
"""Starts every text that stands for something else. A text of somebody that starts so is marked itself."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ZERO = 10**15
"""Milliseconds, added so that moments before 1970 sort before later ones."""
_VALUES = frozenset({"documents", "query", "filter", "update", "q", "u", "$match"})
"""Members of a command that hold what callers store or look for; the rest is between driver and server."""
_STATEMENTS = frozenset({"updates", "deletes", "pipeline"})
"""Lists whose items are commands themselves: with values in some members and options in others."""
_ASKS = frozenset({"$exists"})
"""Operators whose operand is a truth about the document and not a value in it."""


def to_plain(command: Mapping[str, Any]) -> dict[str, Any]:
    """A command with texts for what JSON lacks, in what it stores and looks for."""
    return {key: _member(key, each) for key, each in command.items()}


def _member(key: str, value: Any) -> Any:
    if key in _STATEMENTS and isinstance(value, list):
        return [to_plain(statement) for statement in value]
    return plain(value) if key in _VALUES else value


def plain(value: Any) -> Any:
    """A value or document with texts for what JSON lacks."""
    if isinstance(value, Mapping):
        return {key: each if key in _ASKS else plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return _moment(value)
    return _scalar(value)


def _scalar(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return f"{_MARK}s{value}" if value.startswith(_MARK) else value
    if kind is bool:
        return f"{_MARK}t" if value else f"{_MARK}f"
    if kind is bytes:
        return f"{_MARK}b{base64.b64encode(value).decode()}"
    return value


def from_plain(value: Any) -> Any:
    """What `plain` made, as it was."""
    if isinstance(value, str):
        return _read(value) if value.startswith(_MARK) else value
    if isinstance(value, Mapping):
        return {key: from_plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [from_plain(each) for each in value]
    return value


def _moment(value: datetime) -> str:
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    milliseconds = (aware - _EPOCH) // timedelta(milliseconds=1)
    return f"{_MARK}d{milliseconds + _ZERO:016}"


def _read(text: str) -> Any:
    kind, rest = text[1:2], text[2:]
    if kind == "d":
        return _EPOCH + timedelta(milliseconds=int(rest) - _ZERO)
    if kind == "b":
        return base64.b64decode(rest)
    if kind in {"t", "f"}:
        return kind == "t"
    return rest
