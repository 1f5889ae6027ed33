"""How much an SVG draws: what it names is drawn again for each time that it is named.

Ten groups, each of which uses the one before it ten times, are two kilobytes and ten billion shapes. Patterns
in patterns do the same, and so do paints that many elements inherit. Counting ends where there is too much: a
paint in a paint squares the number, and squares of squares have more digits than there is memory.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from passport.baking.limits import PICTURE
from passport.baking.xml_reading import Element
from passport.errors.baking import UnsafeSvg

_NAMED = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)", re.IGNORECASE)
_ONCE = frozenset({"clip-path", "mask"})
"""Applied to an element as a whole; other properties are inherited by what is in it."""
_DEEP: Final = 128
"""Levels of elements, where what is named lies within what names it."""


@dataclass(slots=True)
class _Node:
    children: list["_Node"] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    """Identifiers of what is drawn here as well, once."""
    painted: list[str] = field(default_factory=list)
    """Identifiers of what everything in it is painted with."""
    cost: int = 0
    """0: not counted yet; -1: being counted."""


class Drawing:
    """The elements of an SVG as they are read, and what they name."""

    def __init__(self) -> None:
        self._root = _Node()
        self._open = [self._root]
        self._named: dict[str, list[_Node]] = {}

    def start(self, element: Element) -> None:
        node = _Node()
        self._open[-1].children.append(node)
        self._open.append(node)
        for name, value in element.attributes.items():
            local = name.rpartition(" ")[2]
            if local == "id":
                self._named.setdefault(value, []).append(node)
            elif local == "href":
                node.used.append(value.removeprefix("#"))
            else:
                (node.used if local in _ONCE else node.painted).extend(_NAMED.findall(value))

    def end(self) -> None:
        self._open.pop()

    def check(self) -> None:
        """Count the elements, each as often as it is drawn at most.

        Raises:
            UnsafeSvg: more than PICTURE.drawn, or names that lead back to themselves, or on and on.
        """
        self._cost(self._root, 0)

    def _cost(self, node: _Node, level: int) -> int:
        if node.cost < 0 or level > _DEEP:
            raise UnsafeSvg
        if not node.cost:
            node.cost = -1
            inside = 1 + self._all(node.children, level) + self._all(self._of(node.used), level)
            node.cost = _bounded(inside * (1 + self._all(self._of(node.painted), level)))
        return node.cost

    def _all(self, nodes: Iterable[_Node], level: int) -> int:
        total = 0
        for each in nodes:
            total = _bounded(total + self._cost(each, level + 1))
        return total

    def _of(self, names: list[str]) -> Iterator[_Node]:
        return (each for name in names for each in self._named.get(name, ()))


def _bounded(count: int) -> int:
    """What one element draws too much, the whole drawing does."""
    if count > PICTURE.drawn:
        raise UnsafeSvg
    return count
