"""O*NET as it is used: occupations with an importance and a level for every item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from matching.errors import UnknownOccupation
from matching.onet.crosswalk import CrossMatch, Crosswalk
from matching.onet.items import ITEMS, OnetItem
from passport.answers import Answer


@dataclass(frozen=True, slots=True, eq=False)
class OnetOccupation:
    """One occupation with its ratings, in the order of ITEMS."""

    code: str
    """O*NET-SOC code: "51-4121.00"."""
    title: str
    importance: Sequence[float]
    """1 (not important) to 5 (extremely important)."""
    level: Sequence[float]
    """0 (not needed) to 7 (the highest level there is)."""
    job_zone: int | None = None
    """How much preparation it takes: 1 (little) to 5 (extensive)."""


@dataclass(frozen=True, eq=False, repr=False)
class Onet:
    """One release of O*NET: what the intake and the labour market need of it."""

    version: str
    licence: str
    attribution: tuple[str, ...]
    occupations: tuple[OnetOccupation, ...]
    """In the order of their codes."""
    crosswalk: Crosswalk
    dropped: Mapping[str, int] = field(default_factory=dict)
    """What the publishers' tables hold and the release can't: the rule and how many."""
    publisher: str = ""
    authentic: Answer = Answer.CANNOT_TELL
    items: tuple[OnetItem, ...] = ITEMS

    @property
    def name(self) -> str:
        return f"O*NET {self.version}"

    @cached_property
    def _by_code(self) -> Mapping[str, OnetOccupation]:
        return {occupation.code: occupation for occupation in self.occupations}

    def occupation(self, code: str) -> OnetOccupation:
        """Raises UnknownOccupation."""
        found = self._by_code.get(code)
        if found is None:
            raise UnknownOccupation
        return found

    def esco_of(self, code: str) -> tuple[CrossMatch, ...]:
        """The ESCO occupations of an O*NET code, best match first."""
        return self.crosswalk.esco_of(code)

    def onet_of(self, iri: str) -> tuple[CrossMatch, ...]:
        """The O*NET occupations of an ESCO occupation, best match first."""
        return self.crosswalk.onet_of(iri)
