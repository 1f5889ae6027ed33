"""Status lists: whether a credential was revoked (for good) or suspended (for a while).

W3C Bitstring Status List 1.0. A list that is unreachable, stale, of another issuer or malformed gives
"cannot tell", never "good".
"""

from passport.status.bitstring import bit, decode, empty, encode, set_bit
from passport.status.check import StatusAnswer, check_status
from passport.status.credential import (
    REVOCATION,
    SUSPENSION,
    StatusList,
    build_status_list,
    parse_status_list,
)
from passport.status.lists import StatusLists, VerifiedStatusList

__all__ = [
    "REVOCATION",
    "SUSPENSION",
    "StatusAnswer",
    "StatusList",
    "StatusLists",
    "VerifiedStatusList",
    "bit",
    "build_status_list",
    "check_status",
    "decode",
    "empty",
    "encode",
    "parse_status_list",
    "set_bit",
]
