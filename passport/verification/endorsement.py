"""Verification of an endorsement: the list of `genuine`. The only producer of VerifiedEndorsement.

Genuine says who signed it. Whether it confirms anything depends on what it names by digest: that is for
`passport.evidence`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from passport.answers import Answer, Check, together
from passport.credentials import Endorsement
from passport.credentials.endorsement import endorsement_of
from passport.errors import PassportError
from passport.errors.verification import NotChecked
from passport.json import JsonObject
from passport.securing import Secured, read_secured
from passport.status import StatusLists
from passport.verification.context import Context
from passport.verification.genuine import check_genuine, status_lists
from passport.verification.seal import SEAL
from passport.verification.verified import VerifiedEndorsement


@dataclass(frozen=True, slots=True)
class EndorsementReport:
    """What every check found, and the endorsement if it is genuine.

    `parsed` is there as soon as the first check passes: for showing what was refused, never for relying on.
    """

    checks: tuple[Check, ...]
    parsed: Endorsement | None
    endorsement: VerifiedEndorsement | None
    error: PassportError | None
    status_seen: Mapping[str, datetime] = field(default_factory=dict)
    """The `validFrom` of each status list that was relied on, to be remembered as `last_seen_status`."""

    @property
    def answer(self) -> Answer:
        return together(check.answer for check in self.checks)

    def require(self) -> VerifiedEndorsement:
        """The genuine endorsement; raises the first refusal. Its standing is still to be looked at."""
        if self.endorsement is None:
            raise self.error or NotChecked
        return self.endorsement


def verify_endorsement(source: bytes | JsonObject, context: Context) -> EndorsementReport:
    """Verify an endorsement, in any form. Whatever stands in it, this returns a report and raises nothing."""
    return verify_endorsement_with(source, context, status_lists(context))


def verify_endorsement_with(
    source: bytes | JsonObject | Secured, context: Context, lists: StatusLists
) -> EndorsementReport:
    """Verify an endorsement with status lists that are shared with what it came with."""
    found = check_genuine(lambda: _read(source), context, lists)
    verified = None
    if found.parsed is not None and found.proofs:
        verified = VerifiedEndorsement(
            endorsement=found.parsed,
            proofs=found.proofs,
            standing=found.in_force,
            standing_reasons=found.standing_reasons,
            checks=found.checks,
            verified_at=context.now,
            withheld=found.withheld,
            seal=SEAL,
        )
    return EndorsementReport(found.checks, found.parsed, verified, found.error, dict(lists.seen))


def _read(source: bytes | JsonObject | Secured) -> tuple[Secured, Endorsement]:
    secured = source if isinstance(source, Secured) else read_secured(source)
    return secured, endorsement_of(secured.document, secured.source, secured.form)
