"""What `passport weigh` puts on the scales: what is genuine in some files, and the records of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from passport.answers import Answer
from passport.cli.inputs import Input
from passport.credentials import Credential, Endorsement
from passport.encoding import check_digest_multibase
from passport.errors import Invalid, PassportError
from passport.evidence.report import write_reasons
from passport.json import JsonObject
from passport.limits import PRESENTATION
from passport.securing import read_secured
from passport.terminal import read_file
from passport.verification import (
    Context,
    CredentialReport,
    EndorsementReport,
    PresentationReport,
    VerifiedCredential,
    VerifiedEndorsement,
    verify_credential,
    verify_endorsement,
    verify_presentation,
)
from passport.workers import Refused
from passport.workers.kinds import Kind, kind_of

Report = CredentialReport | EndorsementReport | PresentationReport


class RecordOfNothing(Invalid):
    code = "record_of_nothing"
    sentence = (
        "A file given with --record belongs to none of the proofs: no digest in them is that of the file. "
        "To show it as another one, write --record ID=FILE with the id of the evidence."
    )


@dataclass(slots=True)
class Scale:
    """What was found in the files. What is not genuine is named, and not weighed."""

    context: Context
    challenge: str | None = None
    domain: str | None = None
    credentials: list[VerifiedCredential] = field(default_factory=list)
    endorsements: list[VerifiedEndorsement] = field(default_factory=list)
    holders: set[str] = field(default_factory=set)
    """Who made the presentations."""
    files: list[JsonObject] = field(default_factory=list)
    """A line about each document: what it is, whether it is genuine and in force, and why not."""

    @property
    def holder(self) -> str | None:
        return next(iter(self.holders)) if len(self.holders) == 1 else None

    def take(self, found: Input) -> None:
        """Verify one document, and everything in it."""
        try:
            if isinstance(found.source, Refused):
                raise found.source.error
            self._take(found.label, found.source)
        except PassportError as error:
            reason = {"code": error.code, "values": dict(error.details)}
            line = {"file": found.label, "kind": None, "answer": str(Answer.NO), "genuine": False}
            self.files.append({**line, "reasons": [reason]})

    def _take(self, label: str, source: bytes) -> None:
        read_secured(source, PRESENTATION)  # what can't be read is of no kind
        kind = kind_of(source)
        if kind is Kind.PRESENTATION:
            shown = verify_presentation(
                source, self.context, expected_challenge=self.challenge, expected_domain=self.domain
            )
            self._tell(label, "presentation", shown, genuine=shown.presentation is not None)
            if shown.presentation is not None:
                self.holders.add(shown.presentation.holder)
            for badge in shown.credentials:
                self._credential(label, badge)
            for beside in shown.endorsements:
                self._endorsement(label, beside)
        elif kind is Kind.ENDORSEMENT:
            self._endorsement(label, verify_endorsement(source, self.context))
        else:
            self._credential(label, verify_credential(source, self.context))

    def _credential(self, label: str, report: CredentialReport) -> None:
        self._tell(label, "credential", report, genuine=report.credential is not None)
        if report.credential is not None:
            self.credentials.append(report.credential)

    def _endorsement(self, label: str, report: EndorsementReport) -> None:
        self._tell(label, "endorsement", report, genuine=report.endorsement is not None)
        if report.endorsement is not None:
            self.endorsements.append(report.endorsement)

    def _tell(self, label: str, kind: str, report: Report, *, genuine: bool) -> None:
        failing = [check.reason for check in report.checks if check.answer is not Answer.YES]
        self.files.append(
            {
                "file": label,
                "kind": kind,
                "answer": str(report.answer),
                "genuine": genuine,
                "reasons": write_reasons(failing),
            }
        )


def read_records(given: Sequence[str], scale: Scale) -> Mapping[str, bytes]:
    """Files by the id of the evidence that they are: as it was named, or as their digest says.

    Of a folder those that belong to something; a file that is named by itself must.

    Raises:
        RecordOfNothing: a file whose digest stands in none of the proofs.
    """
    bound = [
        (resource.id, resource.digest_multibase)
        for document in _documents(scale)
        for resource in document.related_resources
        if resource.digest_multibase is not None
    ]
    ids = {identifier for identifier, _ in bound}
    files: dict[str, bytes] = {}
    for text in given:
        named, _, path = text.rpartition("=")
        if named in ids:
            files[named] = read_file(Path(path))
            continue
        if Path(text).is_dir():
            files.update(_of_folder(Path(text), bound))
            continue
        content = read_file(Path(text))
        matching = [identifier for identifier, digest in bound if _is(content, digest)]
        if not matching:
            raise RecordOfNothing
        files.update(dict.fromkeys(matching, content))
    return files


def _of_folder(folder: Path, bound: Sequence[tuple[str, str]]) -> Mapping[str, bytes]:
    contents = [read_file(path) for path in sorted(folder.iterdir()) if path.is_file()]
    return {
        identifier: content for content in contents for identifier, digest in bound if _is(content, digest)
    }


def _documents(scale: Scale) -> list[Credential | Endorsement]:
    return [
        *(each.credential for each in scale.credentials),
        *(each.endorsement for each in scale.endorsements),
    ]


def _is(content: bytes, digest: str) -> bool:
    try:
        check_digest_multibase(content, digest)
    except Invalid:  # another file, or a digest that nobody can check
        return False
    return True
