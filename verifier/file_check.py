"""Files that somebody was given: badges in pictures, on paper, as text.

Whoever shows a presentation from a wallet proves that it is theirs; a file proves what was issued and not who
holds it. The report says so, and checking the same file again is no replay.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from passport.answers import Answer, Check, Reason, together
from passport.baking import Version
from passport.errors import PassportError
from passport.evidence.link import SkillEvidence
from passport.evidence.strength import weigh
from passport.limits import DOCUMENT
from passport.pictures.badge_files import Document, open_files
from passport.share_link import looks_like_link
from passport.trust import TrustStore
from passport.verification import (
    Context,
    CredentialReport,
    EndorsementReport,
    PresentationReport,
    verify_credential,
    verify_endorsement,
)
from passport.workers.kinds import Kind, kind_of
from verifier.errors import NothingShown, OlderBadgeShown, TooManyShown

FILE, CARD = "F", "E"
"""The ways: as a file; printed, as a code on a card or a certificate."""
_STANDING = frozenset({"validity_period", "status"})


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found in files: one presentation, or credentials by themselves."""

    sources: tuple[bytes, ...]
    presentation: bool = False
    printed: bool = False
    """They came as the codes of a credential by itself: from paper."""
    link: str | None = None
    """A share link instead, in a code or pasted."""


def read_files(files: Iterable[tuple[str, bytes]], text: str = "") -> Shown:
    """Open what was uploaded and pasted.

    Raises:
        NothingShown: nothing at all was given.
        TooManyShown: more credentials than one report is about.
        OlderBadgeShown: Open Badges 2.0, which can be read here and not checked.
        PassportError: nothing was found in it, for the reason that the first file gives.
    """
    if looks_like_link(text):
        return Shown((), link=text.strip())
    opened = open_files(files, text)
    current = [each for each in opened.documents if each.version is Version.OB3]
    if not current:
        links = [each for each in opened.links if looks_like_link(each)]
        if len(links) == 1:
            return Shown((), link=links[0])
        if opened.documents:
            raise OlderBadgeShown
        raise next((each.error for each in opened.refused), NothingShown())
    if len(current) > DOCUMENT.credentials:
        raise TooManyShown(limit=DOCUMENT.credentials)
    sources = tuple(each.source for each in current)
    printed = all(each.printed for each in current)
    return Shown(sources, len(current) == 1 and _is_presentation(current[0]), printed)


def verify_files(
    sources: Sequence[bytes], context: Context, trust: TrustStore
) -> tuple[PresentationReport, tuple[SkillEvidence, ...]]:
    """Verify each by its own list, and weigh those that are genuine and about one person."""
    confirming = [source for source in sources if _kind(source) is Kind.ENDORSEMENT]
    credentials = tuple(verify_credential(source, context) for source in sources if source not in confirming)
    endorsements = tuple(verify_endorsement(source, context) for source in confirming)
    reports: tuple[CredentialReport | EndorsementReport, ...] = (*credentials, *endorsements)
    report = PresentationReport(
        checks=(_genuine(reports),),
        holder=None,
        credentials=credentials,
        presentation=None,
        error=next((each.error for each in credentials if each.error), None),
        status_seen={url: at for each in reports for url, at in each.status_seen.items()},
        endorsements=endorsements,
    )
    genuine = [each.credential for each in credentials if each.credential is not None]
    subjects = {each.credential.subject.id for each in genuine}
    if len(subjects) != 1:
        return report, ()  # of two people's badges nobody's skills can be told
    return report, weigh(
        genuine,
        trust=trust,
        now=context.now,
        holder=subjects.pop(),
        endorsements=[each.endorsement for each in endorsements if each.endorsement is not None],
    )


def _genuine(reports: Sequence[CredentialReport | EndorsementReport]) -> Check:
    answers = [
        together(check.answer for check in report.checks if check.code not in _STANDING) for report in reports
    ]
    answer = together(answers)
    code = {
        Answer.YES: "in_order",
        Answer.NO: "some_not_genuine",
        Answer.CANNOT_TELL: "some_not_known_genuine",
    }[answer]
    values = {} if answer is Answer.YES else {"count": answers.count(answer), "of": len(answers)}
    return Check(1, "credentials_genuine", answer, Reason(code, values))


def _is_presentation(document: Document) -> bool:
    """A presentation, or an SD-JWT that its holder bound to this showing: it ends in a token, not a tilde."""
    if _kind(document.source) is Kind.PRESENTATION:
        return True
    return b"~" in document.source and not document.source.endswith(b"~")


def _kind(source: bytes) -> Kind:
    try:
        return kind_of(source)
    except PassportError:
        return Kind.CREDENTIAL  # whose own list says why it can't be read
