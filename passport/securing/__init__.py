"""Securing: whatever form a document came in, what it says and whose key secured it.

JSON with a proof, a signed token, an SD-JWT. Verification asks here, and below this room nobody needs to know
that there are several forms.
"""

from passport.securing.mark import mark
from passport.securing.reading import read_secured
from passport.securing.secured import Secured
from passport.securing.verifying import verification_methods, verify_secured
from passport.securing.withheld import Withheld, may_be_withheld

__all__ = [
    "Secured",
    "Withheld",
    "mark",
    "may_be_withheld",
    "read_secured",
    "verification_methods",
    "verify_secured",
]
