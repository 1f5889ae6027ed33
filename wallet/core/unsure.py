"""Published documents whose signature can't be checked now: kept, shown as that, and counted nowhere.

Whoever publishes may be away for an hour, or use a key of a kind that this host doesn't know. Refusing such
a document would lose it, and using it would believe whoever sent it. So it waits: it is verified again
whenever it is looked at, and its publisher's key is looked for at every update of published sets.
What is here already stays until something takes its place that does hold (decision 53).
"""

from collections.abc import Callable
from typing import TypeVar

from passport.answers import Answer
from passport.errors import Indeterminate, NoCryptography

T = TypeVar("T")


def check_incoming(
    verify: Callable[[], T], parse: Callable[[], T], *, held: bool, authentic: Callable[[T], Answer]
) -> tuple[T, Answer]:
    """The document as verified, or else as parsed; `held`: one of the same name is here.

    Args:
        verify: raises what does not hold, and Indeterminate where that can't be told.
        parse: reads without verifying.
        held: whether something would have to give way for it.
        authentic: what a verification says of the signature on a host without cryptography.

    Raises:
        Indeterminate: it can't be told, and nothing gives way for what can't be told.
        PassportError: what verifying and parsing raise.
    """
    try:
        found = verify()
        if authentic(found) is not Answer.YES:
            raise NoCryptography
    except Indeterminate:
        if held:
            raise
        return parse(), Answer.CANNOT_TELL
    return found, Answer.YES
