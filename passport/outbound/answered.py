"""What somebody else's service answered to one request."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
