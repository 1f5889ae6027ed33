"""Verification of a presentation, as a numbered list. The only producer of VerifiedPresentation.

1. readable               strict JSON or a token, 1 to 16 credentials and up to 32 endorsements, with a holder
2. safe_structure         contexts known and at the top of each document only, no keywords, within limits
3. holder_found           the holder's DID resolves
4. holder_key             every signature names a key of that DID
5. proof_holds            every signature holds, for authentication, with a key that may be used for it
6. challenge              it answers the challenge that was asked
7. domain                 it was made for the one who asked
8. freshness              without a challenge (way A): made now, and for two minutes or as long as its link
9. holder_binding         every badge is about the holder, and there is one
10. credentials_genuine   every badge and endorsement passes its own list, up to its standing

An endorsement names no holder: it is about a skill or a claim, and counts only with the claim beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from passport import limits
from passport.answers import Answer, Check, Reason, together
from passport.credentials.endorsement import is_endorsement
from passport.errors import PassportError
from passport.errors.proofs import ChallengeMismatch, DomainMismatch, TooManyProofs
from passport.errors.verification import (
    KeyNotOfHolder,
    LifetimeTooLong,
    NotChecked,
    NotOfHolder,
)
from passport.json import JsonObject
from passport.jsonld.slow_road import check_structure
from passport.proofs import VerifiedProof
from passport.securing import read_secured
from passport.status import StatusLists
from passport.verification.checklist import Checklist
from passport.verification.context import Context
from passport.verification.credential import CredentialReport, verify_with
from passport.verification.endorsement import EndorsementReport, verify_endorsement_with
from passport.verification.genuine import status_lists
from passport.verification.keys import check_keys_of, check_resolvable
from passport.verification.seal import SEAL
from passport.verification.showing import read_showing
from passport.verification.verified import VerifiedPresentation

CODES = (
    "readable",
    "safe_structure",
    "holder_found",
    "holder_key",
    "proof_holds",
    "challenge",
    "domain",
    "freshness",
    "holder_binding",
    "credentials_genuine",
)
_Report = CredentialReport | EndorsementReport
_LIFETIME = timedelta(seconds=limits.TIME.presentation_lifetime)


@dataclass(frozen=True, slots=True)
class PresentationReport:
    """What every check found, a report for all that is shown, and the presentation if it is the holder's.

    What is not genuine is in `credentials` or `endorsements` with its reasons, and not in the presentation.
    """

    checks: tuple[Check, ...]
    holder: str | None
    credentials: tuple[CredentialReport, ...]
    presentation: VerifiedPresentation | None
    error: PassportError | None
    status_seen: Mapping[str, datetime]
    """The `validFrom` of each status list that was relied on, to be remembered as `last_seen_status`."""
    mark: bytes | None = None
    """Names this one showing, once its signature holds: the same however the text around it is written."""
    endorsements: tuple[EndorsementReport, ...] = ()
    """Of those beside the badges; those inside a badge are in its own report."""

    @property
    def answer(self) -> Answer:
        """The presentation's checks and those of all that is in it, standing included, must all hold."""
        shown: tuple[_Report, ...] = (*self.credentials, *self.endorsements)
        return together([check.answer for check in self.checks] + [report.answer for report in shown])

    def require(self) -> VerifiedPresentation:
        """The presentation; raises the first refusal."""
        if self.presentation is None:
            raise self.error or NotChecked
        return self.presentation


def verify_presentation(
    source: bytes | JsonObject,
    context: Context,
    *,
    expected_challenge: str | None,
    expected_domain: str | None,
    lifetime: timedelta = _LIFETIME,
    endorsements_alone: bool = False,
) -> PresentationReport:
    """Verify a presentation. Whatever stands in it, this returns a report and raises nothing.

    Args:
        source: the presentation as JSON text or object, as a JWT, or one SD-JWT with a key binding.
        context: documents at hand and the moment.
        expected_challenge: what the one who asks chose; None for way A, shown without being asked.
        expected_domain: who asks; None for way A.
        lifetime: for how long one without a challenge may be made: two minutes for way A. One that lies
            behind a link (way D) names that link as its domain, and lasts as long as it.
        endorsements_alone: whether it may hold endorsements and no badge, since what they confirm is shown
            in another one.
    """
    checklist = Checklist(CODES)

    # 1
    showing = checklist.run("readable", lambda: read_showing(source))
    if showing is None:
        return PresentationReport(checklist.checks(), None, (), None, checklist.error, {})
    shown = showing.presentation
    holder = shown.holder

    # 2 to 5
    checklist.run("safe_structure", lambda: check_structure(showing.document))
    checklist.run("holder_found", lambda: check_resolvable(holder, context.documents))
    checklist.run(
        "holder_key", lambda: check_keys_of(holder, showing.methods(context.documents), KeyNotOfHolder)
    )
    found = checklist.run("proof_holds", lambda: showing.verify(context))
    proofs = found or ()

    # 6 to 8
    checklist.run("challenge", lambda: _check_challenge(proofs, expected_challenge))
    checklist.run("domain", lambda: _check_domain(proofs, expected_domain))
    checklist.run("freshness", lambda: _check_freshness(proofs, expected_challenge, lifetime))
    if not checklist.passed:
        return PresentationReport(checklist.checks(), holder, (), None, checklist.error, {})

    # 9 and 10: nothing is looked up for a presentation that was not made for us
    lists = status_lists(context)
    reports, endorsements = _verify_shown(shown.credentials, context, lists)
    enough: tuple[_Report, ...] = (*reports, *endorsements) if endorsements_alone else reports
    checklist.run("holder_binding", lambda: _check_holder_binding(reports, holder, enough))
    genuine = tuple(report.credential for report in reports if report.credential is not None)
    verified = None
    if checklist.passed:
        _add_genuine((*reports, *endorsements), checklist)
        if genuine:
            verified = VerifiedPresentation(
                presentation=shown,
                holder=holder,
                credentials=genuine,
                endorsements=tuple(
                    report.endorsement for report in endorsements if report.endorsement is not None
                ),
                proofs=proofs,
                verified_at=context.now,
                seal=SEAL,
            )
    shown_reports: tuple[_Report, ...] = (*reports, *endorsements)
    refused = (report.error for report in shown_reports if report.error)
    return PresentationReport(
        checklist.checks(),
        holder,
        reports,
        verified,
        checklist.error or next(refused, None),
        dict(lists.seen),
        showing.mark(proofs),
        endorsements,
    )


def _verify_shown(
    shown: Iterable[JsonObject], context: Context, lists: StatusLists
) -> tuple[tuple[CredentialReport, ...], tuple[EndorsementReport, ...]]:
    """Each by its own list. What can't be read passes for a badge, which says why."""
    reports: list[CredentialReport] = []
    endorsements: list[EndorsementReport] = []
    left = limits.CHAIN.embedded_in_all
    for each in shown:
        try:
            secured = read_secured(each)
        except PassportError:
            reports.append(verify_with(each, context, lists))
            continue
        if is_endorsement(secured.document):
            endorsements.append(verify_endorsement_with(secured, context, lists))
        else:
            report = verify_with(secured, context, lists, min(left, limits.CHAIN.embedded))
            left -= len(report.endorsements)
            reports.append(report)
    return tuple(reports), tuple(endorsements)


def _check_challenge(proofs: tuple[VerifiedProof, ...], expected: str | None) -> None:
    """Without an expected one none may be there: an answer to somebody else is not for us."""
    if any(proof.challenge != expected for proof in proofs):
        raise ChallengeMismatch


def _check_domain(proofs: tuple[VerifiedProof, ...], expected: str | None) -> None:
    if any(proof.domain != (() if expected is None else (expected,)) for proof in proofs):
        raise DomainMismatch


def _check_freshness(proofs: tuple[VerifiedProof, ...], challenge: str | None, lifetime: timedelta) -> None:
    """`verify_proofs` holds created and expires against the moment; here is how far apart they may be.

    Without a challenge the signature is what tells one showing from the next: of several, anybody could
    leave one out and show the rest as new.
    """
    if challenge is not None:
        return
    if len(proofs) > 1:
        raise TooManyProofs(limit=1)
    for proof in proofs:
        if proof.created is None or proof.expires is None or proof.expires > proof.created + lifetime:
            raise LifetimeTooLong


def _check_holder_binding(
    reports: tuple[CredentialReport, ...], holder: str, enough: tuple[_Report, ...]
) -> None:
    """A badge without a subject is anybody's, so it is not the holder's; so are endorsements alone."""
    if not enough:
        raise NotOfHolder
    for report in reports:
        if report.parsed is not None and report.parsed.subject.id != holder:
            raise NotOfHolder


def _add_genuine(reports: Sequence[_Report], checklist: Checklist) -> None:
    checklist.add("credentials_genuine", *how_genuine(reports))


def how_genuine(reports: Sequence[CredentialReport | EndorsementReport]) -> tuple[Answer, Reason]:
    """Whether each of these passes its own list, up to its standing."""
    answers = [
        together(check.answer for check in report.checks if check.code not in {"validity_period", "status"})
        for report in reports
    ]
    answer = together(answers)
    code = {
        Answer.YES: "in_order",
        Answer.NO: "some_not_genuine",
        Answer.CANNOT_TELL: "some_not_known_genuine",
    }[answer]
    values = {} if answer is Answer.YES else {"count": answers.count(answer), "of": len(answers)}
    return answer, Reason(code, values)
