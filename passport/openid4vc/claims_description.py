"""What claims of a credential are called, for people (OpenID4VCI 1.0, appendix B)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport.json import JsonObject
from passport.openid4vc.display import Display, parse_display
from passport.openid4vc.limits import VCI

Path = tuple[str | int | None, ...]
"""A claims path pointer (appendix C): a member's name, a place in an array, or None for every place."""


@dataclass(frozen=True, slots=True)
class ClaimDescription:
    path: Path
    mandatory: bool = False
    """Whether the issuer always includes it."""
    display: tuple[Display, ...] = ()

    def to_json(self) -> JsonObject:
        written: JsonObject = {"path": list(self.path)}
        if self.mandatory:
            written["mandatory"] = True
        if self.display:
            written["display"] = [one.to_json() for one in self.display]
        return written


def parse_claims(value: Any) -> tuple[ClaimDescription, ...]:
    """The descriptions, or none of them where two contradict each other (appendix B.3)."""
    if not isinstance(value, list) or len(value) > VCI.claims:
        return ()
    found = []
    for entry in value:
        path = parse_path(entry.get("path")) if isinstance(entry, Mapping) else None
        if path is None:
            return ()
        found.append(
            ClaimDescription(path, entry.get("mandatory") is True, parse_display(entry.get("display")))
        )
    paths = [one.path for one in found]
    if len(set(paths)) != len(paths) or any(_contradict(a, b) for a in paths for b in paths):
        return ()
    return tuple(found)


def parse_path(value: Any) -> Path | None:
    """A claims path pointer; None for anything else."""
    if not isinstance(value, list) or not 0 < len(value) <= VCI.path:
        return None
    if not all(part is None or isinstance(part, str) or _place(part) for part in value):
        return None
    return tuple(value)


def _place(part: Any) -> bool:
    return isinstance(part, int) and not isinstance(part, bool) and part >= 0


def _contradict(one: Path, other: Path) -> bool:
    """Whether they differ first in how they go on: one by a name and one by a place, or by all and by one."""
    for here, there in zip(one, other, strict=False):
        if here != there:
            return type(here) is not type(there)
    return False
