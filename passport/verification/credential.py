"""Verification of a credential: the list of `genuine`, then each endorsement inside by itself.

The only producer of VerifiedCredential.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from passport import limits
from passport.answers import Answer, Check, together
from passport.credentials import Credential
from passport.credentials.credential import credential_of
from passport.errors import PassportError
from passport.errors.verification import NotChecked
from passport.json import JsonObject
from passport.securing import Secured, read_secured
from passport.status import StatusLists
from passport.verification.context import Context
from passport.verification.embedded import Embedded, verify_embedded
from passport.verification.endorsement import EndorsementReport
from passport.verification.genuine import Checked, check_genuine, status_lists
from passport.verification.seal import SEAL
from passport.verification.verified import VerifiedCredential


@dataclass(frozen=True, slots=True)
class CredentialReport:
    """What every check found, and the credential if it is genuine.

    `parsed` is there as soon as the first check passes: for showing what was refused, never for relying on.
    """

    checks: tuple[Check, ...]
    parsed: Credential | None
    credential: VerifiedCredential | None
    error: PassportError | None
    status_seen: Mapping[str, datetime]
    """The `validFrom` of each status list that was relied on, to be remembered as `last_seen_status`."""
    endorsements: tuple[EndorsementReport, ...] = ()
    """Of those inside a genuine credential. They have no part in its own answer."""

    @property
    def answer(self) -> Answer:
        return together(check.answer for check in self.checks)

    def require(self) -> VerifiedCredential:
        """The genuine credential; raises the first refusal. Its standing is still to be looked at."""
        if self.credential is None:
            raise self.error or NotChecked
        return self.credential


def verify_credential(source: bytes | JsonObject, context: Context) -> CredentialReport:
    """Verify a credential, in any form. Whatever stands in it, this returns a report and raises nothing."""
    return verify_with(source, context, status_lists(context))


def verify_with(
    source: bytes | JsonObject | Secured,
    context: Context,
    lists: StatusLists,
    embedded: int = limits.CHAIN.embedded,
) -> CredentialReport:
    """Verify a credential with status lists that are shared with other credentials.

    `embedded` is how many of the endorsements inside it are looked at.
    """
    found = check_genuine(lambda: _read(source), context, lists)
    if found.parsed is None or not found.proofs:
        return CredentialReport(found.checks, found.parsed, None, found.error, dict(lists.seen))
    inside = verify_embedded(found.parsed.document, context, lists, embedded)
    verified = _seal(found.parsed, found, inside, context.now)
    return CredentialReport(
        found.checks, found.parsed, verified, found.error, dict(lists.seen), inside.reports
    )


def _read(source: bytes | JsonObject | Secured) -> tuple[Secured, Credential]:
    secured = source if isinstance(source, Secured) else read_secured(source)
    return secured, credential_of(secured.document, secured.source, secured.form)


def _seal(
    credential: Credential, found: Checked[Credential], inside: Embedded, now: datetime
) -> VerifiedCredential:
    return VerifiedCredential(
        credential=credential,
        proofs=found.proofs,
        standing=found.in_force,
        standing_reasons=found.standing_reasons,
        checks=found.checks,
        verified_at=now,
        withheld=found.withheld,
        endorsements=inside.genuine,
        endorsements_refused=inside.refused,
        seal=SEAL,
    )
