"""How far the taking of an offer is, and the place where a person's stop takes hold."""

from enum import StrEnum
from typing import Protocol


class Step(StrEnum):
    SIGN_IN = "sign-in"
    """The person is at the issuer's pages."""
    TOKEN = "token"  # noqa: S105  # a step's name
    CREDENTIAL = "credential"
    FILES = "files"
    DECIDE = "decide"
    """The person decides about who signed."""
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Progress(Protocol):
    def __call__(self, step: Step, number: int = 0, of: int = 0) -> None:
        """Raises TakingCancelled when the person stopped it."""
        ...


def _quiet(step: Step, number: int = 0, of: int = 0) -> None:
    del step, number, of


QUIET: Progress = _quiet
"""For who waits without looking."""
