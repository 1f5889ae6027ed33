"""From a verified request to a case: record, keep the files, log, open. After a crash, asking again goes on.

The id of the case is made from what was asked: the same claims and files again are the same case, and only
whoever holds the holder's key can ask. A new bearer token takes the place of the old one each time, so a
reply that got lost costs nothing.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from issuer import telling
from issuer.audit.records import AuditEvent
from issuer.identifiers import record_id
from issuer.mail.address import parse_address
from issuer.service import Service
from issuer.validation.content import file_id, presentation_id, sealed_content, sealed_presentation
from issuer.validation.deadlines import due
from issuer.validation.envelope import Envelope, new_key
from issuer.validation.errors import (
    CasesFull,
    NothingToRenew,
    TooManyCaseFiles,
    TooManyOpenCases,
    UnknownCase,
)
from issuer.validation.intake import Intake, RequestBody, take_in
from issuer.validation.limits import CASE
from issuer.validation.phases import CaseRole, Move, Phase, check_move
from issuer.validation.records import Case, CaseFile, CaseState, FileEntry, HistoryEntry
from issuer.validation.staff import accepts_requests, settings_of

_TOKEN_BYTES = 32
FIRST = "0-"
"""Marks what came with the request; what is added later has marks of its own."""
HALF_ARRIVED = timedelta(days=1)
"""A wallet that retries does so sooner."""


async def open_case(service: Service, slug: str, body: RequestBody) -> tuple[Case, str]:
    """A case for a request, and its bearer token.

    Raises:
        UnknownOrganisation, NoValidationsHere: nobody here takes requests.
        NoClaims, TooManyCaseSkills, TooManyOpenCases, CasesFull, NothingToRenew, MalformedAddress
        and what `take_in` raises.
    """
    organisation = await accepts_requests(slug)
    email = None if body.contact is None else str(parse_address(body.contact.email))
    taken = await take_in(service, organisation, body)
    if body.renews is not None:
        former = await Case.get(body.renews)
        if former is None or former.organisation != slug or former.holder != taken.holder:
            raise NothingToRenew
    async with service.turns.of(f"cases {slug}", service.clock):
        case = await _recorded(service, slug, taken, body, email)
    service.faults.reach("case-recorded")
    await _keep(service, case, taken)
    service.faults.reach("case-files")
    event = AuditEvent.of(slug, case.created_at, "holder", "validation.request", case.id, once=True)
    await event.write()
    token = f"{case.id}.{secrets.token_urlsafe(_TOKEN_BYTES)}"
    values: dict[str, Any] = {"token_digest": token_digest(token)}
    if case.state is CaseState.ARRIVING:
        values |= {"state": CaseState.OPEN, "presentations": [presentation_id(case.id, FIRST)]}
    async with service.webhooks.telling(telling.validation(telling.REQUESTED, case)):
        case = await case.change(values)
    service.faults.reach("case-opened")
    return case, token


def token_digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def case_of_token(slug: str, case_id: str, token: str) -> Case:
    """The case that a bearer token follows; raises UnknownCase whatever is wrong with it."""
    case = await Case.find_or_fail(slug, case_id)
    if case.token_digest is None or not hmac.compare_digest(case.token_digest, token_digest(token)):
        raise UnknownCase
    return case


async def _recorded(service: Service, slug: str, taken: Intake, body: RequestBody, email: str | None) -> Case:
    now, settings, skills = service.clock(), await settings_of(slug), taken.skills
    for number in range(CASE.same_request):
        case_id = record_id(service.master, "validation", slug, f"{taken.key} {number}")
        case = await Case.get(case_id)
        if case is None:
            await _check_room(slug, taken.holder)
            key = new_key(service.master, slug, case_id)
            envelope = Envelope(service.master, slug, case_id, key)
            names = {file_id(case_id, FIRST, place): file.name for place, file in enumerate(taken.files)}
            case = await Case(
                id=case_id,
                organisation=slug,
                key=key,
                holder=taken.holder,
                renews=body.renews,
                skills=skills,
                files=file_entries(case_id, taken, FIRST),
                content=sealed_content(envelope, message=body.message, email=email, names=names),
                due_at=due(settings, Phase.PREPARATION, now),
                history=[arrival(now, len(skills)), *confirmed(now, Phase.PREPARATION, taken)],
                created_at=now,
            ).record()
        if case.state is not CaseState.CLOSED:
            return case
    raise TooManyCaseFiles(limit=CASE.same_request)


async def _check_room(slug: str, holder: str) -> None:
    if await Case.open_of(slug, holder) >= CASE.open_of_holder:
        raise TooManyOpenCases(limit=CASE.open_of_holder)
    if await Case.open_of(slug) >= CASE.open_here:
        raise CasesFull


def arrival(now: datetime, skills: int) -> HistoryEntry:
    return HistoryEntry(
        at=now,
        role=CaseRole.HOLDER,
        who=CaseRole.HOLDER,
        move=Move.SUPPLEMENT,
        origin=Phase.PREPARATION,
        target=Phase.PREPARATION,
        skills=list(range(skills)),
    )


def confirmed(now: datetime, phase: Phase, taken: Intake) -> list[HistoryEntry]:
    """The supervisors' part: each confirmation that came along, signed by somebody else than the holder."""
    rule = check_move(Move.CONFIRM, phase, CaseRole.SUPERVISOR)
    entry = HistoryEntry(
        at=now,
        role=rule.role,
        who=rule.role,
        move=rule.move,
        origin=phase,
        target=rule.target,
        skills=[],
    )
    return [entry] * taken.confirmations


def file_entries(case_id: str, taken: Intake, mark: str) -> list[FileEntry]:
    return [
        FileEntry(
            id=file_id(case_id, mark, place),
            evidence=file.evidence,
            digest_multibase=file.digest,
            media_type=file.media_type,
            size=len(file.data),
        )
        for place, file in enumerate(taken.files)
    ]


async def _keep(service: Service, case: Case, taken: Intake) -> None:
    if case.state is CaseState.ARRIVING:
        await keep_files(service, case, taken, mark=FIRST, entries=case.files)


async def keep_files(
    service: Service, case: Case, taken: Intake, *, mark: str, entries: list[FileEntry]
) -> None:
    """Seal and write the credentials and files; what was written before stays."""
    envelope, now = Envelope(service.master, case.organisation, case.id, case.key), service.clock()
    by_evidence = {file.evidence: file for file in taken.files}
    for entry in entries:
        sealed = envelope.seal(by_evidence[entry.evidence].data, f"file {entry.id}")
        await CaseFile(id=entry.id, case=case.id, sealed=sealed, created_at=now).record()
    name = presentation_id(case.id, mark)
    sealed = sealed_presentation(envelope, taken.credentials, name)
    await CaseFile(id=name, case=case.id, sealed=sealed, created_at=now).record()


async def forget_half_arrived(before: datetime) -> int:
    """Remove cases whose request never came to an end; how many."""
    gone = [each async for each in Case.everywhere(CaseState.ARRIVING) if each.created_at < before]
    for case in gone:
        await CaseFile.remove_of_case(case.id)
        await Case.find({"_id": case.id, "state": CaseState.ARRIVING.value}).delete()
    return len(gone)
