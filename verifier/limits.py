"""Bounds on what the verifier's own pages take; each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanLimits:
    """Bounds on the pictures that a camera sends while it looks for codes."""

    at_once: int = 2
    """Pictures that one service looks into at once: each takes 10 to 70 ms of a processor."""
    of_one_employer: int = 2
    """Of those, running and waiting, for one employer: others never wait for more than that."""
    burst: int = 12
    """Pictures that a session may send at once, before the steady pace holds."""
    each_second: float = 6.0
    """Pictures in a second, steadily: the page sends four to five."""
    of_one_session: int = 40_000
    """Pictures in one session of eight hours: a counter that scans for a quarter of that time."""
    portion: int = 200
    """Pictures of it that a process takes from the store at a time: one write in forty seconds."""
    sessions: int = 4_096
    """Sessions whose pace is remembered; whoever was away longest is forgotten first."""
    text: int = 8_192
    """Bytes of a text that the browser read by itself: a QR code holds 4,296 characters."""


@dataclass(frozen=True, slots=True)
class HistoryLimits:
    """Bounds on what is kept and listed of checks."""

    page: int = 25
    """Reports on one page of the history."""
    export: int = 20_000
    """Reports in one CSV file: a year of eighty a day."""
    days: int = 3_650
    """Days that an employer may keep reports: ten years, the longest duty to keep a file we know."""


@dataclass(frozen=True, slots=True)
class SeenLimits:
    """Bounds on the fetched documents that stay on disk for checks without a network; the oldest go first.

    Until the next look at them there may be an eighth more.
    """

    documents: int = 8_192
    """Of issuers, a DID document and a few status lists each: all schools and employers of a region."""
    bytes: int = 268_435_456
    """All together: two hundred of the largest lists, or thousands of the usual ones of 30 kB."""


SESSION_HOURS = 8
"""That somebody stays signed in: a working day."""
SCAN = ScanLimits()
SEEN = SeenLimits()
HISTORY = HistoryLimits()
