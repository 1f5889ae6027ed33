"""The checks that badges and endorsements share, as a numbered list.

1. readable          JSON or a token, on VC 2.0 (or 1.1), in the form that is printed there
2. safe_structure    contexts known and at the top only, no keywords, within limits
3. issuer_found      the issuer's DID resolves, or its certificate leads to an authority that is trusted
4. issuer_key        every signature names a key of that DID, or the certificate names the issuer
5. proof_holds       every signature holds, for assertionMethod, with a key that may be used for it
6. validity_period   within validFrom and validUntil
7. status            no entry says that it was revoked or suspended

1 to 5 make a credential genuine. 6 and 7 are its standing: a genuine credential may have expired.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from passport import limits
from passport.answers import Answer, Check, Reason, together
from passport.clock import format_datetime
from passport.credentials import VerifiableCredential
from passport.errors import PassportError
from passport.jsonld.slow_road import check_structure
from passport.proofs import VerifiedProof, method_source
from passport.securing import (
    Secured,
    Withheld,
    may_be_withheld,
    verification_methods,
    verify_secured,
)
from passport.status import StatusLists, check_status
from passport.verification.checklist import Checklist
from passport.verification.context import Context
from passport.verification.issuer_keys import IssuerKeys, issuer_keys

CODES = (
    "readable",
    "safe_structure",
    "issuer_found",
    "issuer_key",
    "proof_holds",
    "validity_period",
    "status",
)
_SKEW = timedelta(seconds=limits.TIME.clock_skew)

C = TypeVar("C", bound=VerifiableCredential)


@dataclass(frozen=True, slots=True)
class Checked(Generic[C]):
    """What the list found. Without `proofs` it is not genuine; without `parsed` not even readable."""

    checks: tuple[Check, ...]
    parsed: C | None
    proofs: tuple[VerifiedProof, ...]
    withheld: frozenset[Withheld]
    standing: tuple[Check, ...]
    error: PassportError | None

    @property
    def in_force(self) -> Answer:
        return together(check.answer for check in self.standing)

    @property
    def standing_reasons(self) -> tuple[Reason, ...]:
        return tuple(check.reason for check in self.standing if check.answer is not Answer.YES)


def status_lists(context: Context) -> StatusLists:
    """The status lists for one verification, shared by all credentials in it."""
    return StatusLists(
        context.documents,
        now=context.now,
        method_for=method_source(context.documents),
        last_seen=context.last_seen_status,
        stapled=context.stapled,
        certificates=context.certificates,
    )


def check_genuine(read: Callable[[], tuple[Secured, C]], context: Context, lists: StatusLists) -> Checked[C]:
    """Run the list over what `read` gives; nothing is raised."""
    checklist = Checklist(CODES)

    # 1
    found = checklist.run("readable", read)
    if found is None:
        return Checked(checklist.checks(), None, (), frozenset(), (), checklist.error)
    secured, credential = found

    # 2 to 5
    checklist.run("safe_structure", lambda: check_structure(secured.document))
    keys = issuer_keys(secured, credential.issuer.id, context)
    checklist.run("issuer_found", keys.find, lambda how: how)
    checklist.run("issuer_key", lambda: keys.check(verification_methods(secured)))
    proved = checklist.run("proof_holds", lambda: _proved(secured, keys, context))
    proofs, withheld = proved or ((), frozenset())

    # 6
    checklist.add("validity_period", *_validity(credential, context.now, withheld))

    # 7: only lists that a genuine credential names are looked up
    if proofs:
        _check_statuses(credential, lists, checklist, withheld)

    standing = checklist.findings("validity_period", "status")
    return Checked(checklist.checks(), credential, proofs, withheld, standing, checklist.error)


def _proved(
    secured: Secured, keys: IssuerKeys, context: Context
) -> tuple[tuple[VerifiedProof, ...], frozenset[Withheld]]:
    proofs = verify_secured(
        secured,
        method_for=keys.source,
        expected_purpose="assertionMethod",
        now=context.now,
        allow_base_proof=context.as_holder,
    )
    return proofs, may_be_withheld(secured)


def _validity(
    credential: VerifiableCredential, now: datetime, withheld: Collection[Withheld]
) -> tuple[Answer, Reason]:
    start, end = credential.valid_from, credential.valid_until
    if start is not None and now + _SKEW < start:
        return Answer.NO, Reason("not_yet_valid", {"from": format_datetime(start)})
    if end is not None and now > end:
        return Answer.NO, Reason("expired", {"until": format_datetime(end)})
    if Withheld.END in withheld:
        return Answer.CANNOT_TELL, Reason("end_may_be_withheld")
    if end is None:
        return Answer.YES, Reason("valid_without_end")
    return Answer.YES, Reason("valid_until", {"until": format_datetime(end)})


def _check_statuses(
    credential: VerifiableCredential,
    lists: StatusLists,
    checklist: Checklist,
    withheld: Collection[Withheld],
) -> None:
    """Each entry is looked up and has its own finding."""
    for entry in credential.statuses:
        found = check_status(
            entry, credential_issuer=credential.issuer.id, credential_id=credential.id, lists=lists
        )
        checklist.add("status", found.answer, found.reason)
    if Withheld.STATUS in withheld:
        checklist.add("status", Answer.CANNOT_TELL, Reason("status_may_be_withheld"))
    elif not credential.statuses:
        checklist.add("status", Answer.YES, Reason("no_status_given"))
