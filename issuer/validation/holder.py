"""What the worker does with a case: send more, withdraw, appeal, have the files removed. By bearer token."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from issuer.audit.records import AuditEvent
from issuer.organisations.records import Organisation
from issuer.service import Service
from issuer.validation.bodies import AppealBody
from issuer.validation.certify import settle
from issuer.validation.content import file_id, opened, presentation_id, sealed_content
from issuer.validation.deadlines import NOT_YET, appeal_until
from issuer.validation.effects import removed_files, with_outcome
from issuer.validation.envelope import Envelope
from issuer.validation.errors import (
    PresentationNotVerified,
    SkillNotInCase,
    TooManyCaseFiles,
    TooManyCaseSkills,
)
from issuer.validation.intake import SupplementBody, take_in
from issuer.validation.limits import CASE
from issuer.validation.moving import (
    allowed,
    by_rule,
    entry_of,
    forget_files,
    moved,
)
from issuer.validation.notices import tell_of
from issuer.validation.phases import CaseRole, Condition, Move, Phase, Rule, check_move
from issuer.validation.records import Case, CaseFile, HistoryEntry, Outcome
from issuer.validation.request import confirmed, file_entries, keep_files
from issuer.validation.staff import settings_of

_HOLDER = frozenset({CaseRole.HOLDER})


@dataclass(frozen=True, slots=True)
class Change:
    """What a move by the holder changes, why, and what else comes into the history with it."""

    values: dict[str, Any]
    note: str = ""
    more: Sequence[HistoryEntry] = ()


async def withdraw(service: Service, case: Case) -> Case:
    """End the case. Its files and claims go at once, since nothing was decided on them.

    Raises:
        MoveNotAllowed: it was decided already.
        ChangedMeanwhile
    """
    rules = {
        number: check_move(Move.WITHDRAW, each.phase, CaseRole.HOLDER)
        for number, each in enumerate(case.skills)
        if each.phase is not Phase.AFTERCARE
    } or {0: check_move(Move.WITHDRAW, case.phase, CaseRole.HOLDER)}
    skills = with_outcome(case, rules, Outcome.WITHDRAWN)
    values: dict[str, Any] = {
        "skills": skills,
        "files": removed_files(case, service),
        "presentations": [],
    }
    values |= moved(case, rules, skills, await settings_of(case.organisation), service)
    changed = await _move(service, case, rules, Change(values))
    await CaseFile.remove_of_case(case.id)
    return changed


async def appeal(service: Service, case: Case, body: AppealBody) -> Case:
    """Ask for another assessor's judgement of what was not recognised: once, and in time.

    Raises:
        MoveNotAllowed, ConditionMissing, SkillNotInCase, ChangedMeanwhile
    """
    case = await settle(service, case)
    settings, now = await settings_of(case.organisation), service.clock()
    until = appeal_until(case, settings)
    refused = [number for number, each in enumerate(case.skills) if each.outcome in NOT_YET]
    if any(number not in refused for number in body.skills):
        raise SkillNotInCase
    holds = {
        Condition.NOT_RECOGNISED: bool(refused),
        Condition.FIRST_APPEAL: case.round == 0,
        Condition.WITHIN_APPEAL: until is not None and now <= until,
    }
    met = frozenset(condition for condition, so in holds.items() if so)
    rule = allowed(Move.APPEAL, case.phase, _HOLDER, met)
    rules = dict.fromkeys(sorted(set(body.skills)) or refused, rule)
    skills = with_outcome(case, rules, Outcome.NOT_ASSESSED)
    skills = [
        each.model_copy(update={"outcome": None, "round": 1}) if number in rules else each
        for number, each in enumerate(skills)
    ]
    values: dict[str, Any] = {"round": 1, "assessor": None, "decided_at": None}
    values |= moved(case, rules, skills, settings, service)
    changed = await _move(service, case, rules, Change(values, body.message))
    await tell_of(service, changed, Move.APPEAL)
    return changed


async def remove_own_files(service: Service, case: Case) -> Case:
    """Raises MoveNotAllowed: nothing was decided yet."""
    rule = check_move(Move.REMOVE_FILES, case.phase, CaseRole.HOLDER)
    changed = await _move(service, case, {0: rule}, Change({"files": removed_files(case, service)}))
    await forget_files(changed)
    return changed


async def supplement(service: Service, case: Case, body: SupplementBody) -> Case:
    """Add claims, confirmations and files, as long as nobody assesses.

    Files are written before the case names them: after a crash they are nobody's, and the same is sent again.

    Raises:
        MoveNotAllowed, TooManyCaseFiles, TooManyCaseSkills, PresentationNotVerified
        and what `take_in` raises.
    """
    rule = check_move(Move.SUPPLEMENT, case.phase, CaseRole.HOLDER)
    organisation = await Organisation.find_or_fail(case.organisation)
    taken = await take_in(service, organisation, body)
    if taken.holder != case.holder:
        raise PresentationNotVerified
    mark = f"{secrets.token_hex(8)}-"
    entries = file_entries(case.id, taken, mark)
    size = sum(each.size for each in (*case.files, *entries))
    if len(case.files) + len(entries) > CASE.files or size > CASE.files_bytes:
        raise TooManyCaseFiles(limit=CASE.files)
    if len(case.presentations) >= CASE.presentations:
        raise TooManyCaseFiles(limit=CASE.presentations)
    known = {each.skill for each in case.skills}
    fresh = [each for each in taken.skills if each.skill not in known] if taken.claims else []
    skills = [*case.skills, *(each.model_copy(update={"phase": case.phase}) for each in fresh)]
    if len(skills) > CASE.skills:
        raise TooManyCaseSkills(limit=CASE.skills)
    envelope = Envelope(service.master, case.organisation, case.id, case.key)
    content = opened(service.master, case).content()
    names = content["names"] | {
        file_id(case.id, mark, place): file.name for place, file in enumerate(taken.files)
    }
    await keep_files(service, case, taken, mark=mark, entries=entries)
    service.faults.reach("case-files")
    values: dict[str, Any] = {
        "presentations": [*case.presentations, presentation_id(case.id, mark)],
        "files": [*case.files, *entries],
        "skills": skills,
        "content": sealed_content(envelope, message=content["message"], email=content["email"], names=names),
    }
    more = confirmed(service.clock(), case.phase, taken)
    rules = dict.fromkeys(range(len(skills)), rule)
    return await _move(service, case, rules, Change(values, body.message, more))


async def _move(
    service: Service,
    case: Case,
    rules: dict[int, Rule],
    wanted: Change,
) -> Case:
    now: datetime = service.clock()
    case.check_room(next(iter(rules.values())).move)
    entries = [
        entry_of(
            service, case, rule, numbers, by=CaseRole.HOLDER, role=CaseRole.HOLDER, note=wanted.note, at=now
        )
        for rule, numbers in by_rule(rules)
    ]
    move = next(iter(rules.values())).move
    await AuditEvent.of(case.organisation, now, "holder", f"validation.{move}", case.id).write()
    service.faults.reach("case-move-audit")
    changed = await case.change(wanted.values, *entries, *wanted.more)
    service.faults.reach("case-moved")
    return changed
