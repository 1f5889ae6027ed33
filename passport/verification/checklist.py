"""The numbered checks of one verification: each is run or said not to have been run, none is left out."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from passport.answers import Answer, Check, Reason
from passport.errors import Indeterminate, PassportError
from passport.errors.verification import NotChecked

T = TypeVar("T")


class Checklist:
    """Runs checks in their order. After one that did not pass, the later ones are not run."""

    def __init__(self, codes: Sequence[str]) -> None:
        self._codes = tuple(codes)
        self._found: list[Check] = []
        self.error: PassportError | None = None
        """The first refusal."""

    def run(self, code: str, check: Callable[[], T], reason: Callable[[T], Reason] | None = None) -> T | None:
        """Run the next check; None when it did not pass or was not run. `reason` says how it passed."""
        if self.error is not None:
            return None
        try:
            value = check()
        except PassportError as error:
            self.error = error.with_traceback(None)  # whose frames hold this list, in a circle
            self.add(code, answer_of(error), Reason(error.code, error.details))
            return None
        self.add(code, Answer.YES, Reason("in_order") if reason is None else reason(value))
        return value

    def add(self, code: str, answer: Answer, reason: Reason) -> None:
        """Write down what a check found. One code may have several findings: one for each status entry."""
        self._found.append(Check(self._codes.index(code) + 1, code, answer, reason))

    @property
    def passed(self) -> bool:
        return self.error is None

    def findings(self, *codes: str) -> tuple[Check, ...]:
        return tuple(check for check in self._found if check.code in codes)

    def checks(self) -> tuple[Check, ...]:
        """All checks in order; those that were not run can't tell."""
        ran = {check.code for check in self._found}
        skipped = [
            Check(number, code, Answer.CANNOT_TELL, Reason(NotChecked.code))
            for number, code in enumerate(self._codes, 1)
            if code not in ran
        ]
        return tuple(sorted([*self._found, *skipped], key=lambda check: check.number))


def answer_of(error: PassportError) -> Answer:
    """Proved false is no; what could not be checked is cannot tell."""
    return Answer.CANNOT_TELL if isinstance(error, Indeterminate) else Answer.NO
