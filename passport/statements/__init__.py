"""Signed documents that are not badges: read strictly, with one head, and a proof of whom they name.

Trust lists, function profiles, skill maps, catalogues of modules, labour-market data, presentation requests
and the index of published sets are made of these parts.
"""

from passport.statements.head import (
    Head,
    HeadGiven,
    check_in_force,
    new_head,
    open_statement,
    read_dates,
    read_head,
    read_party,
    write_dates,
    write_head,
    write_party,
)
from passport.statements.members import Members
from passport.statements.proof import check_authentic, sign_statement, verify_statement

__all__ = [
    "Head",
    "HeadGiven",
    "Members",
    "check_authentic",
    "check_in_force",
    "new_head",
    "open_statement",
    "read_dates",
    "read_head",
    "read_party",
    "sign_statement",
    "verify_statement",
    "write_dates",
    "write_head",
    "write_party",
]
