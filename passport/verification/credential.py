"""Verification of a credential, as a numbered list. The only producer of VerifiedCredential.

1. readable          JSON or a token, an Open Badge 3.0 on VC 2.0 (or 1.1) in the form that is printed there
2. safe_structure    contexts known and at the top only, no keywords, within limits
3. issuer_found      the issuer's DID resolves
4. issuer_key        every signature names a key of that DID
5. proof_holds       every signature holds, for assertionMethod, with a key that may be used for it
6. validity_period   within validFrom and validUntil
7. status            no entry says that it was revoked or suspended

1 to 5 make a credential genuine. 6 and 7 are its standing: a genuine credential may have expired.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from passport import limits
from passport.answers import Answer, Check, Reason, together
from passport.clock import format_datetime
from passport.credentials import Credential
from passport.credentials.credential import credential_of
from passport.errors import PassportError
from passport.errors.verification import KeyNotOfIssuer, NotChecked
from passport.json import JsonObject
from passport.jsonld.slow_road import check_structure
from passport.proofs import VerifiedProof, method_source
from passport.securing import (
    Secured,
    Withheld,
    may_be_withheld,
    read_secured,
    verification_methods,
    verify_secured,
)
from passport.status import StatusLists, check_status
from passport.verification.checklist import Checklist
from passport.verification.context import Context
from passport.verification.keys import check_keys_of, check_resolvable
from passport.verification.seal import SEAL
from passport.verification.verified import VerifiedCredential

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


def status_lists(context: Context) -> StatusLists:
    """The status lists for one verification, shared by all credentials in it."""
    return StatusLists(
        context.documents,
        now=context.now,
        method_for=method_source(context.documents),
        last_seen=context.last_seen_status,
        stapled=context.stapled,
    )


def verify_with(source: bytes | JsonObject, context: Context, lists: StatusLists) -> CredentialReport:
    """Verify a credential with status lists that are shared with other credentials."""
    checklist = Checklist(CODES)

    # 1
    read = checklist.run("readable", lambda: _read(source))
    if read is None:
        return CredentialReport(checklist.checks(), None, None, checklist.error, {})
    secured, credential = read
    issuer = credential.issuer.id

    # 2 to 5
    checklist.run("safe_structure", lambda: check_structure(secured.document))
    checklist.run("issuer_found", lambda: check_resolvable(issuer, context.documents))
    checklist.run("issuer_key", lambda: check_keys_of(issuer, verification_methods(secured), KeyNotOfIssuer))
    found = checklist.run("proof_holds", lambda: _proved(secured, context))
    proofs, withheld = found or ((), frozenset())

    # 6
    checklist.add("validity_period", *_validity(credential, context.now, withheld))

    # 7: only lists that a genuine credential names are looked up
    if proofs:
        _check_statuses(credential, lists, checklist, withheld)

    verified = _seal(credential, proofs, withheld, checklist, context.now) if proofs else None
    return CredentialReport(checklist.checks(), credential, verified, checklist.error, dict(lists.seen))


def _read(source: bytes | JsonObject) -> tuple[Secured, Credential]:
    secured = read_secured(source)
    return secured, credential_of(secured.document, secured.source, secured.form)


def _proved(secured: Secured, context: Context) -> tuple[tuple[VerifiedProof, ...], frozenset[Withheld]]:
    proofs = verify_secured(
        secured,
        method_for=method_source(context.documents),
        expected_purpose="assertionMethod",
        now=context.now,
        allow_base_proof=context.as_holder,
    )
    return proofs, may_be_withheld(secured)


def _validity(credential: Credential, now: datetime, withheld: Collection[Withheld]) -> tuple[Answer, Reason]:
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
    credential: Credential, lists: StatusLists, checklist: Checklist, withheld: Collection[Withheld]
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


def _seal(
    credential: Credential,
    proofs: tuple[VerifiedProof, ...],
    withheld: frozenset[Withheld],
    checklist: Checklist,
    now: datetime,
) -> VerifiedCredential:
    standing = checklist.findings("validity_period", "status")
    return VerifiedCredential(
        credential=credential,
        proofs=proofs,
        standing=together(check.answer for check in standing),
        standing_reasons=tuple(check.reason for check in standing if check.answer is not Answer.YES),
        checks=checklist.checks(),
        verified_at=now,
        withheld=withheld,
        seal=SEAL,
    )
