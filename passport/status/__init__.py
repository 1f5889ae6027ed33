"""Status lists: whether a credential was revoked (for good), suspended (for a while), and what else is said.

W3C Bitstring Status List 1.0 and Token Status List (see `token_list.DRAFT`), built and read; Status List 2021
and the 1EdTech revocation list, read only. A list that is unreachable, stale, of another issuer or malformed
gives "cannot tell", never "good".
"""

from passport.status.bitstring import bit, decode, empty, encode, set_bit, set_status, status_at
from passport.status.check import StatusAnswer, check_status
from passport.status.credential import (
    MESSAGE,
    REFRESH,
    REVOCATION,
    SUSPENSION,
    StatusList,
    build_status_list,
    parse_status_list,
)
from passport.status.kept import KeptLists
from passport.status.lists import StatusLists, memory_key
from passport.status.signed_list import SignedList

__all__ = [
    "MESSAGE",
    "REFRESH",
    "REVOCATION",
    "SUSPENSION",
    "KeptLists",
    "SignedList",
    "StatusAnswer",
    "StatusList",
    "StatusLists",
    "bit",
    "build_status_list",
    "check_status",
    "decode",
    "empty",
    "encode",
    "memory_key",
    "parse_status_list",
    "set_bit",
    "set_status",
    "status_at",
]
