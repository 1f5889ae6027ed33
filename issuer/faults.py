"""Named points at which a test can kill the process, to show that a crash there loses and doubles nothing.

Without a fault point in the settings, reaching a point does nothing.
"""

import os
import signal

POINTS = (
    "before-reserve",
    "after-reserve",
    "after-record",
    "after-audit",
    "after-sign",
    "after-store",
    "before-reply",
    "after-redeem",
    "after-nonce",
    "after-revoke-audit",
    "after-revoke",
    "after-publish",
    "batch-recorded",
    "batch-signed",
    "batch-chunk",
)


class Faults:
    """Counts down to the point where the process ends as a power cut would end it."""

    def __init__(self, fault_point: str) -> None:
        self._point, _, times = fault_point.partition(":")
        self._left = int(times or "1")

    def reach(self, point: str) -> None:
        if point != self._point:
            return
        self._left -= 1
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
