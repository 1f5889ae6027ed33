"""What somebody else's service answered to one request."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from passport.errors.fetch import UnexpectedContentType

REDIRECTS = frozenset(range(300, 400)) - {304}
"""304 leads nowhere: it says that what was sent is there already (Open Badges 3.0, section 6.2.3.2)."""
HEADER = 1_024
"""Characters of a header that protocols read."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the other side answered: a status, a media type, a bounded body."""

    status: int
    media_type: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Those that protocols read, by their names in small letters, each of one line and not too long."""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004

    def taken_as(self, accept: frozenset[str] | None) -> "Answered":
        """Itself, where a success is of an accepted media type; None takes any, and so does an empty body.

        Raises:
            UnexpectedContentType
        """
        if self.is_success and self.body and accept is not None and self.media_type not in accept:
            raise UnexpectedContentType
        return self
