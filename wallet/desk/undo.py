"""What was forgotten last, in memory for a minute: on the disk it is gone already."""

from datetime import datetime, timedelta
from types import MappingProxyType

from passport.clock import Clock
from wallet.core import limits
from wallet.core.forget import put_back
from wallet.core.wallet import Records, Wallet
from wallet.errors_leaving import NotPutBack


class Undo:
    """The last thing that was forgotten; locking the wallet and a minute's time end it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._records: Records = MappingProxyType({})
        self._until: datetime | None = None

    @property
    def offered(self) -> bool:
        self.expire()
        return self._until is not None

    def keep(self, records: Records) -> None:
        if records:
            self._records = records
            self._until = self._clock() + timedelta(seconds=limits.UNDO_SECONDS)

    def put_back(self, wallet: Wallet) -> None:
        """Raises NotPutBack."""
        if not self.offered:
            raise NotPutBack
        put_back(wallet, self._records)
        self.clear()

    def expire(self) -> None:
        if self._until is not None and self._clock() >= self._until:
            self.clear()

    def clear(self) -> None:
        self._records, self._until = MappingProxyType({}), None
