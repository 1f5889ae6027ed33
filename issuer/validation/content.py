"""What a case holds under seal: credentials, files, message, contact, notes, assessments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from issuer.secrets import MasterSecret
from issuer.service import Service
from issuer.validation.checking import Examined
from issuer.validation.envelope import Envelope
from issuer.validation.errors import CaseFileRemoved, UnknownCaseFile
from issuer.validation.records import AssessmentEntry, Case, CaseFile, FileEntry, HistoryEntry
from passport.encoding import check_digest_multibase
from passport.json import JsonObject


@dataclass(frozen=True, slots=True)
class Opened:
    """A case and the envelope that its contents are under; None once its key is forgotten."""

    case: Case
    envelope: Envelope | None

    def content(self) -> JsonObject:
        """Members: `message`, `email`, `names` (of files, by their ids)."""
        if self.envelope is None:
            return {"message": "", "email": None, "names": {}}
        return self.envelope.open_json(self.case.content, "content")

    def note(self, entry: HistoryEntry) -> str:
        if entry.note is None or self.envelope is None:
            return ""
        return self.envelope.open(entry.note, "note").decode()

    def assessment(self, entry: AssessmentEntry) -> JsonObject | None:
        if self.envelope is None:
            return None
        return self.envelope.open_json(entry.sealed, f"assessment {entry.round}")

    async def credentials(self) -> list[JsonObject]:
        """Everything that was presented, each once, as it came."""
        found: dict[str, JsonObject] = {}
        for name in self.case.presentations:
            stored = await CaseFile.get(name)
            if stored is not None and self.envelope is not None:
                opened = self.envelope.open_json(stored.sealed, f"presentation {name}")
                found.update((str(each), each) for each in opened["credentials"])
        return list(found.values())

    async def file(self, file_id: str) -> tuple[FileEntry, bytes]:
        """Raises UnknownCaseFile, CaseFileRemoved."""
        entry = next((each for each in self.case.files if each.id == file_id), None)
        if entry is None:
            raise UnknownCaseFile
        stored = await CaseFile.get(entry.id)
        if entry.removed_at is not None or stored is None or self.envelope is None:
            raise CaseFileRemoved
        data = self.envelope.open(stored.sealed, f"file {entry.id}")
        check_digest_multibase(data, entry.digest_multibase)
        return entry, data

    async def files(self) -> Mapping[str, bytes | None]:
        """The files that are still here, by the ids of the evidence."""
        kept = [each for each in self.case.files if each.removed_at is None]
        found: dict[str, bytes | None] = {}
        for entry in kept if self.envelope is not None else ():
            found[entry.evidence] = (await self.file(entry.id))[1]
        return found


def opened(master: MasterSecret, case: Case) -> Opened:
    """Raises SealBroken when the store was changed."""
    envelope = None if case.key is None else Envelope(master, case.organisation, case.id, case.key)
    return Opened(case, envelope)


async def examined(service: Service, case: Case) -> Examined:
    """What the credentials of a case prove at this moment; raises TooMuchWaiting."""
    held = opened(service.master, case)
    return await service.checker.examine(await held.credentials(), case.holder, await held.files())


def presentation_id(case_id: str, mark: str) -> str:
    return f"{case_id}-p{mark}"


def file_id(case_id: str, mark: str, place: int) -> str:
    """`mark` tells one sending from another."""
    return f"{case_id}-f{mark}{place}"


def sealed_content(envelope: Envelope, *, message: str, email: str | None, names: Mapping[str, str]) -> bytes:
    members: dict[str, Any] = {"message": message, "email": email, "names": dict(names)}
    return envelope.seal_json(members, "content")


def sealed_presentation(envelope: Envelope, credentials: Sequence[JsonObject], name: str) -> bytes:
    return envelope.seal_json({"credentials": list(credentials)}, f"presentation {name}")
