"""What happens by the clock: reminders, the end of files and cases, and what a crash left half done."""

import logging
from collections.abc import Awaitable
from datetime import datetime, timedelta

from pymongo.errors import PyMongoError

from issuer.errors import ChangedMeanwhile
from issuer.service import Service
from issuer.validation.certify import settle
from issuer.validation.deadlines import EXPIRY_NOTICE, files_until, final, overdue
from issuer.validation.effects import removed_files
from issuer.validation.limits import CASE
from issuer.validation.moving import entry_of, forget_files
from issuer.validation.notices import remind, to_coordinators, to_worker
from issuer.validation.phases import CaseRole, Condition, Move, check_move
from issuer.validation.records import Case, CaseFile, CaseState
from issuer.validation.request import HALF_ARRIVED, forget_half_arrived
from issuer.validation.staff import settings_of
from passport.errors import PassportError

log = logging.getLogger("issuer.validation")
_WEEK = timedelta(days=7)
SECONDS = 3_600.0


async def refresh_and_sweep(service: Service) -> None:
    """With the trust lists of today."""
    await service.checker.refresh_trust()
    await sweep(service)


async def sweep(service: Service) -> None:
    """Do all that is due at this moment. Again does nothing more."""
    now = service.clock()
    await forget_half_arrived(now - HALF_ARRIVED)
    async for case in Case.everywhere(CaseState.OPEN):
        await _swept(case, _remind(service, case, now))
    async for case in Case.everywhere(CaseState.CLOSED):
        await _swept(case, _close(service, case, now))
    for case in await Case.expiring(None, now + EXPIRY_NOTICE, CASE.open_cases):
        await _swept(case, _expiry(service, case))


async def _swept(case: Case, work: Awaitable[None]) -> None:
    """Somebody who changes a case at the same moment is first; the next sweep looks again.

    A case that can't be helped keeps no other waiting: what is due elsewhere has to go all the same.
    """
    try:
        await work
    except ChangedMeanwhile:
        return
    except PyMongoError:
        raise
    except PassportError as error:
        log.warning("validation %s waits: %s", case.id, error.code)
    except Exception as error:  # noqa: BLE001 - a mistake of ours about one case is no other's
        log.error("validation %s waits: %s", case.id, type(error).__qualname__)  # noqa: TRY400 - it may name people


async def _remind(service: Service, case: Case, now: datetime) -> None:
    await CaseFile.remove_unnamed(case, now - HALF_ARRIVED)
    if not overdue(case, now) or case.due_at is None:
        return
    weeks = (now - case.due_at) // _WEEK
    once = f"{case.phase} {case.due_at:%Y-%m-%d} {weeks}"
    if weeks >= CASE.reminders or once in case.reminded:
        return
    await remind(service, case, once)
    await case.change({"reminded": [*case.reminded, once]})


async def _close(service: Service, case: Case, now: datetime) -> None:
    case = await settle(service, case)
    settings = await settings_of(case.organisation)
    until = files_until(case, settings)
    kept = [each for each in case.files if each.removed_at is None]
    if kept and until is not None and until < now and final(case, settings, now):
        rule = check_move(
            Move.REMOVE_FILES, case.phase, CaseRole.SERVICE, frozenset({Condition.DECISION_FINAL})
        )
        entry = entry_of(
            service,
            case,
            rule,
            range(len(case.skills)),
            by=CaseRole.SERVICE,
            role=CaseRole.SERVICE,
            at=now,
        )
        case = await case.change({"files": removed_files(case, service)}, entry)
    await forget_files(case)
    await CaseFile.remove_unnamed(case, now - HALF_ARRIVED)
    ended = case.decided_at is not None and case.decided_at + timedelta(days=settings.case_days) < now
    if ended and case.key is not None:
        case = await case.change({"key": None, "content": b"", "presentations": [], "token_digest": None})
        await CaseFile.remove_of_case(case.id)


async def _expiry(service: Service, case: Case) -> None:
    assert case.expires_at is not None
    once = f"expires {case.expires_at:%Y-%m-%d}"
    if once in case.reminded or case.key is None:
        return
    await to_worker(service, case, "mail-expires", once)
    await to_coordinators(service, case, "mail-expires-staff", once)
    await case.change({"reminded": [*case.reminded, once]})
