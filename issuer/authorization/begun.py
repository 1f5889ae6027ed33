"""How many permissions strangers begin: each is a document of ours, and nobody proved anything for it yet.

Counted in the memory of this process, by organisation and by network, in windows as long as a visit lives. So
no more of them are kept than the limits say, and which networks asked is known to nobody after that.
"""

from collections import Counter
from datetime import datetime

from issuer.authorization.errors import TooManyPermissionsBegun
from issuer.authorization.limits import AUTHORIZATION, AuthorizationLimits


class Begun:
    def __init__(self, limits: AuthorizationLimits = AUTHORIZATION) -> None:
        self._limits = limits
        self._window = 0
        self._counts: Counter[tuple[str, str | None]] = Counter()

    def count(self, slug: str, network: str, now: datetime) -> None:
        """Count one more; what is refused counts for nothing.

        Raises:
            TooManyPermissionsBegun: from this network, or at this organisation, until the window ends.
        """
        window = int(now.timestamp()) // self._limits.visit
        if window != self._window:
            self._window = window
            self._counts.clear()
        one, every = self._counts[slug, network], self._counts[slug, None]
        if one >= self._limits.begun_by_network or every >= self._limits.begun:
            raise TooManyPermissionsBegun(seconds=(window + 1) * self._limits.visit - int(now.timestamp()))
        self._counts[slug, network] = one + 1
        self._counts[slug, None] = every + 1
