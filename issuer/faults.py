"""Named points at which a test can kill the process, to show that a crash there loses and doubles nothing.

Without a fault file in the settings, reaching a point does nothing.
"""

import os
import signal
from pathlib import Path

POINTS = (
    "before-reserve",
    "after-reserve",
    "after-record",
    "after-record-copy",
    "after-audit",
    "after-sign",
    "after-store",
    "after-sign-form",
    "after-store-form",
    "before-reply",
    "after-redeem",
    "after-nonce",
    "after-hold",
    "after-mark-issued",
    "after-withdraw",
    "after-release-audit",
    "after-note",
    "after-again-audit",
    "after-revoke-audit",
    "after-revoke",
    "after-publish",
    "batch-recorded",
    "batch-signed",
    "batch-chunk",
    "confirmation-recorded",
    "confirmation-invited",
    "confirmation-answered",
    "endorsement-prepared",
    "endorsement-reserved",
    "endorsement-recorded",
    "endorsement-audited",
    "endorsement-signed",
    "endorsement-stored",
    "confirmation-signed",
    "confirmation-confirmed",
    "mail-queued",
    "mail-taken",
    "mail-delivered",
    "case-recorded",
    "case-files",
    "case-opened",
    "case-move-audit",
    "case-moved",
    "case-achievement",
    "case-report",
    "case-offered",
    "webhook-prepared",
    "webhook-changed",
    "webhook-sent",
)


class Faults:
    """Ends the process, as a power cut would end it, at the point that a file names when it gets there.

    `name` in the file means the first time, `name:3` the third; without the file nothing happens. A file and
    not a setting, so that one process can be told again and again.
    """

    def __init__(self, fault_file: Path | None) -> None:
        self._file = fault_file
        self._reached = 0

    def reach(self, point: str) -> None:
        if self._file is None or not self._file.exists():
            return
        named, _, times = self._file.read_text(encoding="ascii").strip().partition(":")
        if point != named:
            return
        self._reached += 1
        if self._reached >= int(times or "1"):
            os.kill(os.getpid(), signal.SIGKILL)
