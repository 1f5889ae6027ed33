"""What a verification works with: documents at hand, the moment, and what was seen before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from passport.documents import Documents
from passport.x509 import Certificates


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a verification may look at; it opens no socket and reads no clock.

    `last_seen_status` holds, per status list (address and issuer), the newest `validFrom` ever accepted: an
    older list is refused. `stapled` holds status lists that the presenter brought, by address.
    `certificates` is the host's way to check who signed by a certificate alone; without it, it can't be told.
    `as_holder` is for the holder's own wallet alone, which may read a base proof.
    """

    documents: Documents
    now: datetime
    last_seen_status: Mapping[str, datetime] = field(default_factory=dict)
    stapled: Mapping[str, bytes] = field(default_factory=dict)
    as_holder: bool = False
    certificates: Certificates | None = None
