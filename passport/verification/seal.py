"""The seal that only this package puts on: trust is a type.

A test holds that no module outside `passport.verification` imports it.
"""

from typing import Final

from passport.errors.verification import NotConstructible

SEAL: Final = object()


def check_seal(seal: object) -> None:
    """Raises NotConstructible when something verified is made by anybody else."""
    if seal is not SEAL:
        raise NotConstructible
