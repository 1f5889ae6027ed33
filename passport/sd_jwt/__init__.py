"""SD-JWT (RFC 9901): signed claims that are shown one by one, and credentials in that form.

    issue     sign claims, some of which can be left out later
    parse     read; `processed` puts what is disclosed in its place
    present   show chosen parts, signed by the holder
    verify_key_binding   was it shown by the holder, to us, now?

The compact form only. `passport.sd_jwt.credential` has the two forms for credentials.
"""

from passport.sd_jwt.disclosure import Disclosure
from passport.sd_jwt.issue import issue
from passport.sd_jwt.key_binding import verify_key_binding
from passport.sd_jwt.present import present
from passport.sd_jwt.processing import Unfolded, processed, unfold
from passport.sd_jwt.token import SdJwt, parse

__all__ = [
    "Disclosure",
    "SdJwt",
    "Unfolded",
    "issue",
    "parse",
    "present",
    "processed",
    "unfold",
    "verify_key_binding",
]
