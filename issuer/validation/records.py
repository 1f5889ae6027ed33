"""Cases and their files. What is about the person is sealed; what the process needs to go on is not."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from beanie import Document
from pydantic import BaseModel, Field
from pymongo.errors import DuplicateKeyError

from issuer.errors import ChangedMeanwhile
from issuer.validation.errors import CaseHistoryFull, UnknownCase
from issuer.validation.limits import CASE
from issuer.validation.phases import CaseRole, Move, Phase, earliest
from passport.storage.first import first_of

_PAGE = 100
_NOTICED = timedelta(days=120)
"""The ninety days before the end of a credential, and a month after it."""
_ENDLESS = frozenset(
    {
        Move.NOTE,
        Move.SEND_BACK,
        Move.REOPEN,
        Move.SUPPLEMENT,
        Move.APPOINT_ADVISER,
        Move.APPOINT_ASSESSOR,
        Move.REMOVE_FILES,
    }
)


class CaseState(StrEnum):
    ARRIVING = "arriving"
    """Recorded, its files not all there: the same request once more goes on with it."""
    OPEN = "open"
    CLOSED = "closed"
    """Every skill is in aftercare."""


class Outcome(StrEnum):
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not-recognised"
    NOT_ASSESSED = "not-assessed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SkillState(BaseModel):
    """One skill of the claims; its place in the list is its number."""

    skill: str
    name: str
    framework: str | None = None
    type: str | None = None
    phase: Phase = Phase.PREPARATION
    outcome: Outcome | None = None
    level: str | None = None
    round: int = 0
    """1 after an appeal."""


class HistoryEntry(BaseModel):
    """Who moved what, when. Entries are added and never changed."""

    at: datetime
    role: CaseRole
    who: str
    """The account's id, or the role where there is no account."""
    move: Move
    origin: Phase
    target: Phase
    skills: list[int]
    note: bytes | None = None
    """Sealed: a reason is about a person."""


class FileEntry(BaseModel):
    """What stays of a file when the file is gone."""

    id: str
    evidence: str
    """The evidence's id in the claim."""
    digest_multibase: str
    media_type: str
    size: int
    removed_at: datetime | None = None


class Identification(BaseModel):
    """How and when the person was identified. No numbers or copies of documents."""

    method: str
    on: str
    """A day, as 2026-01-31."""
    account: str


class AssessmentEntry(BaseModel):
    round: int
    assessor: str
    at: datetime
    sealed: bytes


class IssuedEntry(BaseModel):
    """What came out of a round."""

    round: int
    offer: str
    achievement: str
    valid_until: datetime | None = None


class Case(Document):
    """One request of one worker, at one organisation, from its first day to its last."""

    id: str  # type: ignore[assignment]
    organisation: str
    state: CaseState = CaseState.ARRIVING
    key: bytes | None
    token_digest: bytes | None = None
    holder: str
    renews: str | None = None
    skills: list[SkillState]
    files: list[FileEntry] = Field(default_factory=list)
    presentations: list[str] = Field(default_factory=list)
    """Ids of what was presented, which is sealed like a file."""
    content: bytes
    """Sealed: message, contact, names of files."""
    adviser: str | None = None
    assessor: str | None = None
    former_advisers: list[str] = Field(default_factory=list)
    former_assessors: list[str] = Field(default_factory=list)
    identification: Identification | None = None
    assessments: list[AssessmentEntry] = Field(default_factory=list)
    issued: list[IssuedEntry] = Field(default_factory=list)
    pending: int | None = None
    """A round that was decided, and whose credential is still to be made."""
    round: int = 0
    decided_at: datetime | None = None
    due_at: datetime | None = None
    expires_at: datetime | None = None
    reminded: list[str] = Field(default_factory=list)
    history: list[HistoryEntry] = Field(default_factory=list)
    created_at: datetime
    revision: int = 0

    class Settings:
        name = "validation_cases"
        indexes: ClassVar = ["organisation"]

    def check_room(self, move: Move) -> None:
        """Raises CaseHistoryFull: for a move that could be made for ever, in a case with a long history."""
        if move in _ENDLESS and len(self.history) >= CASE.history:
            raise CaseHistoryFull(limit=CASE.history)

    @property
    def phase(self) -> Phase:
        return earliest([each.phase for each in self.skills])

    @classmethod
    async def find_or_fail(cls, slug: str, case_id: str) -> "Case":
        found = await cls.get(case_id)
        if found is None or found.organisation != slug or found.state is CaseState.ARRIVING:
            raise UnknownCase
        return found

    async def record(self) -> "Case":
        """Write it, or return the one that was first."""
        return await first_of(self)

    async def change(self, values: dict[str, Any], *entries: HistoryEntry) -> "Case":
        """Change it if nobody did since it was read, with what the history says of that, in one write.

        Raises:
            ChangedMeanwhile
        """
        changed: Case = self.model_copy(update={**values, "history": [*self.history, *entries]})
        written = changed.model_dump(include=set(values) | {"history"})
        done = await Case.get_pymongo_collection().update_one(
            {"_id": self.id, "revision": self.revision}, {"$set": written, "$inc": {"revision": 1}}
        )
        if done.matched_count != 1:
            raise ChangedMeanwhile
        changed.revision = self.revision + 1
        return changed

    @classmethod
    async def open_of(cls, slug: str, holder: str | None = None) -> int:
        """How many cases of a holder, or of all of them, are not over here."""
        asked: dict[str, Any] = {"organisation": slug} | ({} if holder is None else {"holder": holder})
        states = (CaseState.ARRIVING, CaseState.OPEN)
        return sum([await cls.find({**asked, "state": state.value}).count() for state in states])

    @classmethod
    async def of_state(cls, slug: str, state: CaseState, most: int) -> list["Case"]:
        found = cls.find({"organisation": slug, "state": state.value})
        return await found.sort("+due_at" if state is CaseState.OPEN else "-decided_at").limit(most).to_list()

    @classmethod
    async def everywhere(cls, state: CaseState) -> AsyncIterator["Case"]:
        """For the sweep: all that still hold something sealed, a page at a time in the order of their ids."""
        last = ""
        while True:
            found = cls.find({"_id": {"$gt": last}, "state": state.value, "key": {"$ne": None}})
            page = await found.sort("+_id").limit(_PAGE).to_list()
            for each in page:
                yield each
            if len(page) < _PAGE:
                return
            last = page[-1].id

    @classmethod
    async def expiring(cls, slug: str | None, before: datetime, most: int) -> list["Case"]:
        """What ends before a moment, or ended within the last month."""
        asked: dict[str, Any] = {"expires_at": {"$gt": before - _NOTICED, "$lt": before}}
        if slug is not None:
            asked["organisation"] = slug
        return await cls.find(asked).sort("+expires_at").limit(most).to_list()


class CaseFile(Document):
    """A file or a presentation of a case, sealed with the key of the case."""

    id: str  # type: ignore[assignment]
    case: str
    sealed: bytes
    created_at: datetime

    class Settings:
        name = "validation_files"
        indexes: ClassVar = ["case"]

    async def record(self) -> None:
        """Write it, unless it was written before."""
        try:
            await self.insert()
        except DuplicateKeyError:
            return

    @classmethod
    async def remove(cls, ids: Iterable[str]) -> None:
        for file_id in ids:
            await cls.find({"_id": file_id}).delete()

    @classmethod
    async def remove_unnamed(cls, case: Case, before: datetime) -> None:
        """Remove what was written for a case that never came to name it, or does so no more."""
        named = {each.id for each in case.files if each.removed_at is None} | set(case.presentations)
        found = cls.get_pymongo_collection().find(
            {"case": case.id, "created_at": {"$lt": before}}, projection={"_id": 1}
        )
        await cls.remove([each["_id"] async for each in found if each["_id"] not in named])

    @classmethod
    async def remove_of_case(cls, case_id: str) -> None:
        await cls.find({"case": case_id}).delete()


class StaffMember(Document):
    """What an account may do in validations. `id` is the account's."""

    id: str  # type: ignore[assignment]
    organisation: str
    roles: list[CaseRole]
    name: str
    email: str | None = None
    profile: str | None = None
    """The assessor's own identifier, which stands in credentials as the `source`."""
    employer: str | None = None
    """Who the assessor works for, by its identifier (`parentOrg`); by default the organisation itself."""
    employer_name: str | None = None

    class Settings:
        name = "validation_staff"
        indexes: ClassVar = ["organisation"]

    @classmethod
    async def of_organisation(cls, slug: str, most: int) -> list["StaffMember"]:
        return await cls.find({"organisation": slug}).sort("+_id").limit(most).to_list()

    @classmethod
    async def find_in(cls, slug: str, account_id: str) -> "StaffMember | None":
        found = await cls.get(account_id)
        return found if found is not None and found.organisation == slug else None


class RubricLevel(BaseModel):
    level: str
    name: str
    description: str | None = None


class ValidationSettings(Document):
    """How one organisation validates. `id` is its short name."""

    id: str  # type: ignore[assignment]
    language: str = "nl"
    days: dict[Phase, int]
    appeal_days: int = 42
    file_days: int = 30
    """Days after the decision is final that files are kept."""
    case_days: int = 730
    """Days after which a closed case is forgotten but for its dates and digests."""
    rubric: list[RubricLevel]

    class Settings:
        name = "validation_settings"
