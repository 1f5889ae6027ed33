"""A case as JSON: for the worker's wallet, and for the staff, who see more."""

from datetime import datetime
from typing import Any

from issuer.offers.make import shown as offer_shown
from issuer.offers.make import state_of
from issuer.offers.records import Offer
from issuer.organisations.records import Organisation
from issuer.service import Service
from issuer.validation.assessment import read_assessment
from issuer.validation.content import Opened, examined, opened
from issuer.validation.deadlines import appeal_until, files_until, final, overdue
from issuer.validation.independence import AssessorProfile, profile_of
from issuer.validation.phases import Move, Phase, moves_of
from issuer.validation.records import Case, HistoryEntry, Outcome, StaffMember
from issuer.validation.staff import Member, settings_of
from issuer.validation.strength import outlook
from passport.json import JsonObject

_TOLD = frozenset({Move.DECLINE, Move.SEND_BACK, Move.APPEAL, Move.SUPPLEMENT})
"""Moves whose reason is for the worker to read; other notes are among the staff."""
_OPEN_OFFERS = frozenset({"open", "redeemed"})


def state_for_people(case: Case) -> str:
    """open, appeal, withdrawn, declined, recognised, partly-recognised or not-recognised."""
    if case.phase is not Phase.AFTERCARE:
        return "appeal" if case.round > 0 else "open"
    outcomes = {each.outcome for each in case.skills}
    if Outcome.RECOGNISED in outcomes:
        return "recognised" if outcomes == {Outcome.RECOGNISED} else "partly-recognised"
    if Outcome.WITHDRAWN in outcomes:
        return "withdrawn"
    return "declined" if outcomes == {Outcome.DECLINED} else "not-recognised"


def entry_shown(held: Opened, entry: HistoryEntry, *, note: bool) -> JsonObject:
    said = held.note(entry) if note else ""
    return {
        "at": entry.at.isoformat(),
        "role": entry.role,
        "move": entry.move,
        "from": entry.origin,
        "to": entry.target,
        "skills": entry.skills,
        **({"note": said} if said else {}),
    }


def judged(held: Opened) -> dict[int, dict[str, Any]]:
    """What assessors found, by the skill's number; a later round takes the place of an earlier one."""
    found: dict[int, dict[str, Any]] = {}
    for entry in held.case.assessments:
        stored = held.assessment(entry)
        if stored is not None:
            for each in read_assessment(stored).body.results:
                found[each.skill] = {"result": each.result, "level": each.level, "reason": each.reason}
    return found


async def for_worker(service: Service, case: Case) -> JsonObject:
    """What the wallet gets: the state, the decision with its reasons, the files, the offer."""
    held, settings = opened(service.master, case), await settings_of(case.organisation)
    results = judged(held)
    until = appeal_until(case, settings)
    members: JsonObject = {
        "id": case.id,
        "state": state_for_people(case),
        "phase": case.phase,
        "deadline": said(case.due_at),
        "skills": [
            {
                "skill": each.skill,
                "name": each.name,
                "phase": each.phase,
                "outcome": each.outcome,
                **(_decision(results.get(number)) if each.outcome is not None else {}),
            }
            for number, each in enumerate(case.skills)
        ],
        "files": _files(held),
        "history": [entry_shown(held, each, note=each.move in _TOLD) for each in case.history],
        "appealUntil": said(until),
        "filesUntil": said(files_until(case, settings)),
        "expires": said(case.expires_at),
        "renews": case.renews,
    }
    offers = await _offers(service, case)
    if offers:
        members |= {"offer": offers[-1], "offers": offers}
    return members


async def for_staff(service: Service, case: Case, member: Member) -> JsonObject:
    """What the staff sees, with what each of them may do."""
    held, organisation = opened(service.master, case), await Organisation.find_or_fail(case.organisation)
    settings = await settings_of(case.organisation)
    seen = await examined(service, case)
    looks = outlook(
        case,
        seen,
        organisation,
        await _assessor(case, organisation),
        service.checker,
    )
    results, content = judged(held), held.content()
    return {
        **row(case, service.clock()),
        "revision": case.revision,
        "holder": case.holder,
        "message": content["message"],
        "renews": case.renews,
        "former_assessors": case.former_assessors,
        "identification": None if case.identification is None else case.identification.model_dump(),
        "skills": [
            {
                "number": number,
                "skill": each.skill,
                "name": each.name,
                "framework": each.framework,
                "phase": each.phase,
                "outcome": each.outcome,
                "strength": {"now": look.now, "answer": look.answer, "after": look.after},
                **_decision(results.get(number)),
            }
            for number, (each, look) in enumerate(zip(case.skills, looks, strict=True))
        ],
        "files": _files(held),
        "history": [{**entry_shown(held, each, note=True), "who": each.who} for each in case.history],
        "moves": _moves(case, member, final=final(case, settings, service.clock())),
        "rubric": [each.model_dump(exclude_none=True) for each in settings.rubric],
        "issued": [each.model_dump(mode="json") for each in case.issued],
        "appealUntil": said(appeal_until(case, settings)),
        "filesUntil": said(files_until(case, settings)),
    }


def row(case: Case, now: datetime) -> JsonObject:
    """A case in a list."""
    return {
        "id": case.id,
        "state": state_for_people(case),
        "phase": case.phase,
        "skill_names": [each.name for each in case.skills],
        "deadline": said(case.due_at),
        "overdue": overdue(case, now),
        "adviser": case.adviser,
        "assessor": case.assessor,
        "expires": said(case.expires_at),
        "created": said(case.created_at),
    }


def _moves(case: Case, member: Member, *, final: bool) -> list[Move]:
    """What this person may do; files can't be removed while somebody may still have to look at them."""
    found = moves_of(case.phase, member.roles_in(case))
    return [each for each in found if final or each is not Move.REMOVE_FILES]


async def _assessor(case: Case, organisation: Organisation) -> AssessorProfile | None:
    staff = None if case.assessor is None else await StaffMember.find_in(case.organisation, case.assessor)
    return None if staff is None or staff.profile is None else profile_of(staff, organisation)


def _decision(found: dict[str, Any] | None) -> JsonObject:
    return {} if found is None else {name: value for name, value in found.items() if value}


def _files(held: Opened) -> list[JsonObject]:
    names = held.content()["names"]
    return [
        {
            "id": each.id,
            "evidence": each.evidence,
            "name": names.get(each.id, ""),
            "digestMultibase": each.digest_multibase,
            "mediaType": each.media_type,
            "size": each.size,
            "removed": said(each.removed_at),
        }
        for each in held.case.files
    ]


async def _offers(service: Service, case: Case) -> list[str]:
    found = []
    for issued in case.issued:
        offer = await Offer.find_or_fail(case.organisation, issued.offer)
        if state_of(offer, service.clock()) in _OPEN_OFFERS:
            found.append(offer_shown(service, offer).link)
    return found


def said(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
