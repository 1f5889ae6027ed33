"""Filters with which the embedded server changes the wrong document: refused rather than obeyed.

With `$or` in the filter of a change, nx-27017 0.8.1 may change a document that the rest of it does not
fit; finding with the same filter is right. Every change of ours is found by its `_id` and needs none.
"""

from collections.abc import Iterable, Mapping
from typing import Any

_ALTERNATIVES = frozenset({"$or", "$nor"})
_FILTERS = ("q", "query", "filter")
_CHANGES = frozenset({"update", "delete", "findAndModify", "findandmodify"})
_STATEMENTS = ("updates", "deletes")

REFUSAL: Mapping[str, Any] = {
    "ok": 0,
    "code": 2,
    "codeName": "BadValue",
    "errmsg": "the embedded store takes no $or in the filter of a change",
}


def changes_by_alternatives(sections: Iterable[tuple[str, Any]]) -> bool:
    """Whether a message (OP_MSG) changes what a filter with alternatives finds."""
    return any(_unsafe(content) for _, content in sections if isinstance(content, Mapping))


def _unsafe(content: Mapping[str, Any]) -> bool:
    statements = [each for name in _STATEMENTS for each in content.get(name) or ()]
    if not _CHANGES.isdisjoint(content):
        statements.append(content)
    return any(_has_alternatives(each.get(name)) for each in statements for name in _FILTERS)


def _has_alternatives(value: Any) -> bool:
    if isinstance(value, Mapping):
        return not _ALTERNATIVES.isdisjoint(value) or any(map(_has_alternatives, value.values()))
    return isinstance(value, list) and any(map(_has_alternatives, value))
