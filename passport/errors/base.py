"""The root of the error tree and its three families."""

from collections.abc import Mapping
from typing import ClassVar

Detail = str | int


class PassportError(Exception):
    """Something refused, with a stable code and one plain sentence.

    A subclass is one rule. `code` never changes once released; `sentence` says what is wrong and, where
    there is one, what to do. `details` holds our own words and numbers (a field's name, a limit), never
    what a stranger sent and never a secret.
    """

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = "Something went wrong."
    way_on: ClassVar[str] = ""
    """The page where who is refused can go on, if there is one and it is not the one before."""

    def __init__(self, **details: Detail) -> None:
        self.details: Mapping[str, Detail] = details
        super().__init__(self.code)

    def __str__(self) -> str:
        if not self.details:
            return self.sentence
        listed = ", ".join(f"{name} {value}" for name, value in self.details.items())
        return f"{self.sentence} ({listed})"


class Invalid(PassportError):
    """Proved false or malformed."""

    code = "invalid"
    sentence = "This is not valid."


class TooLarge(Invalid):
    code = "too_large"
    sentence = "This is larger than what is accepted."


class Indeterminate(PassportError):
    """Could not be checked: neither good nor bad."""

    code = "indeterminate"
    sentence = "This could not be checked."


class NotAllowed(PassportError):
    """Understood, and refused by a rule of who may do what, and when."""

    code = "not_allowed"
    sentence = "This is not allowed."


class NotAuthenticated(NotAllowed):
    code = "not_authenticated"
    sentence = "Sign in first, or send a valid key."


class NotFound(NotAllowed):
    code = "not_found"
    sentence = "There is nothing here under that name."


class Conflict(NotAllowed):
    code = "conflict"
    sentence = "This was done already, or something else changed it first."


class Gone(NotAllowed):
    code = "gone"
    sentence = "This was here once and can no longer be used."


class RateLimited(NotAllowed):
    code = "rate_limited"
    sentence = "Too many tries. Wait a little and try again."
