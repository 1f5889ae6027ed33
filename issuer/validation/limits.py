"""Limits of the validation room, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseLimits:
    skills: int = 16
    """Skills in one case: each is judged with a reason, and a badge of 16 with rubrics has 200 objects."""
    files: int = 16
    """Evidence files in one case."""
    file: int = 1_048_576
    """Bytes of one file: a scanned page or a year of time sheets, not a film."""
    files_bytes: int = 4_194_304
    """Bytes of all files in one case; sixteen of the largest would be 16 MiB in one request."""
    body: int = 6_815_744
    """Bytes of a request: a presentation of 1 MiB and 4 MiB of files as base64url."""
    values: int = 65_536
    """Commas and opening brackets of a request: its bytes are files, its presentation has a few thousand."""
    form: int = 1_376_256
    """Bytes of a filled form: an assessment with one file of 1 MiB, and a page of reason for each skill."""
    message: int = 4_000
    """Characters of a message or a reason: a page."""
    presentations: int = 8
    """Times that a worker may send more: beyond that, a talk with the adviser is shorter."""
    history: int = 500
    """Entries in the history of one case; an honest one has thirty. Beyond that nobody writes notes, sends
    back or adds; what ends a case stays possible."""
    open_of_holder: int = 8
    """Open cases of one holder at one organisation."""
    open_here: int = 1_000
    """Open cases at one organisation, as many as a page shows: holders cost nothing, and what strangers send
    must push nobody out of sight."""
    open_cases: int = 1_000
    """Open cases that one page counts and sorts: a large provider's work in hand."""
    levels: int = 8
    """Levels of a rubric."""
    same_request: int = 16
    """Cases with the very same claims and files: withdrawn and sent again."""
    reminders: int = 3
    """Mails about one overdue phase, a week apart; after that, only the list shows it."""


CASE = CaseLimits()
