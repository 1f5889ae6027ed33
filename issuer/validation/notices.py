"""Mails about a case: that there is something to do, and where. Never what it is about, or whose it is."""

from importlib.resources import files

from issuer.mail import Mail
from issuer.mail.errors import MalformedAddress
from issuer.mail.message import name_in_mail
from issuer.organisations.records import Account, Organisation
from issuer.service import Service
from issuer.validation.content import opened
from issuer.validation.phases import CaseRole, Move, Phase
from issuer.validation.records import Case, StaffMember
from issuer.validation.staff import settings_of
from passport.texts import Catalogue, Language

_TEXTS = Catalogue(files("issuer") / "texts")
_STAFF = 100


async def tell_of(service: Service, case: Case, move: Move) -> None:
    """Who has to do something after a move, and the worker where there is a decision."""
    if move is Move.APPOINT_ADVISER:
        await to_account(service, case, case.adviser, "mail-appointed", f"adviser {case.adviser}")
    elif move is Move.APPOINT_ASSESSOR:
        await to_account(service, case, case.assessor, "mail-appointed", f"assessor {case.assessor}")
    elif move is Move.SUBMIT:
        await to_account(service, case, case.assessor, "mail-your-turn", f"submit {len(case.history)}")
    elif move is Move.SEND_BACK:
        await to_account(service, case, case.adviser, "mail-your-turn", f"back {len(case.history)}")
    elif move is Move.APPEAL:
        await to_coordinators(service, case, "mail-your-turn", f"appeal {case.round}")
    if move in {Move.CERTIFY, Move.DECLINE, Move.SEND_BACK}:
        await to_worker(service, case, "mail-look-in-wallet", f"{move} {len(case.history)}")


async def to_account(service: Service, case: Case, account: str | None, code: str, once: str) -> None:
    staff = None if account is None else await StaffMember.find_in(case.organisation, account)
    if staff is not None and staff.email is not None and await _works_here(staff):
        await _send(service, case, staff.email, code, once)


async def _works_here(staff: StaffMember) -> bool:
    """Whoever left hears nothing more of cases, whatever roles they had."""
    account = await Account.get(staff.id)
    return account is not None and account.active


async def to_coordinators(service: Service, case: Case, code: str, once: str) -> None:
    for staff in await StaffMember.of_organisation(case.organisation, _STAFF):
        if CaseRole.COORDINATOR in staff.roles:
            await to_account(service, case, staff.id, code, f"{once} {staff.id}")


async def to_worker(service: Service, case: Case, code: str, once: str) -> None:
    email = opened(service.master, case).content()["email"]
    if email is not None:
        await _send(service, case, email, code, f"worker {once}")


async def remind(service: Service, case: Case, once: str) -> None:
    """Whoever has to take the next step, that it is late."""
    responsible = {
        Phase.DOCUMENTATION: case.adviser,
        Phase.ASSESSMENT: case.assessor,
        Phase.CERTIFICATION: case.assessor,
    }.get(case.phase)
    if responsible is not None:
        await to_account(service, case, responsible, "mail-overdue", once)
    await to_coordinators(service, case, "mail-overdue", once)


async def _send(service: Service, case: Case, to: str, code: str, once: str) -> None:
    settings = await settings_of(case.organisation)
    organisation = await Organisation.find_or_fail(case.organisation)
    language = Language(settings.language)
    values = {
        "organisation": name_in_mail(organisation.name),
        "link": f"{service.addresses.origin}/console/validations/{case.id}",
    }
    try:
        mail = Mail(
            to=to,
            subject=_TEXTS.say(f"{code}-subject", language, values),
            text=_TEXTS.say(code, language, values),
        )
    except MalformedAddress:
        return
    await service.mailer.queue(mail, key=f"validation {case.id} {once}")
