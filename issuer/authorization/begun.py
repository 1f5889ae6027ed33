"""How many permissions strangers begin: each is a document of ours, and nobody proved anything for it yet.

Counted in the memory of this process, by organisation and by network, in windows as long as a visit lives. So
no more of them are kept than the limits say, and which networks asked is known to nobody after that.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from issuer.authorization.errors import TooManyPermissionsBegun
from issuer.authorization.limits import AUTHORIZATION, AuthorizationLimits


class Begun:
    def __init__(self, limits: AuthorizationLimits = AUTHORIZATION) -> None:
        self._limits = limits
        self._window = 0
        self._counts: Counter[tuple[str, str | None]] = Counter()

    def count(self, slug: str, networks: Sequence[str], now: datetime) -> None:
        """Count one more; what is refused counts for nothing.

        Args:
            slug: the organisation.
            networks: from where, the smallest first (passport.web.peer).
            now: in which window.

        Raises:
            TooManyPermissionsBegun: from one of these networks or at this organisation, in this window.
        """
        window = int(now.timestamp()) // self._limits.visit
        if window != self._window:
            self._window = window
            self._counts.clear()
        most: dict[tuple[str, str | None], int] = {
            (slug, network): self._limits.begun_by_network * self._limits.households**number
            for number, network in enumerate(networks)
        }
        most[slug, None] = self._limits.begun
        if any(self._counts[place] >= limit for place, limit in most.items()):
            raise TooManyPermissionsBegun(seconds=(window + 1) * self._limits.visit - int(now.timestamp()))
        self._counts.update(most.keys())
