"""Who does what in an organisation's validations, and how: roles, days, rubric. Owners decide that."""

import re
from dataclasses import dataclass

from issuer.audit.records import AuditEvent
from issuer.errors import UnknownAccount
from issuer.mail.address import parse_address
from issuer.organisations.records import Account, Organisation
from issuer.service import Service
from issuer.validation.errors import AssessorWithoutProfile, NotOnStaff, NoValidationsHere
from issuer.validation.phases import CaseRole, Phase
from issuer.validation.records import Case, RubricLevel, StaffMember, ValidationSettings
from issuer.validation.words import RUBRICS

DAYS = {
    Phase.PREPARATION: 7,
    Phase.IDENTIFICATION: 14,
    Phase.DOCUMENTATION: 42,
    Phase.ASSESSMENT: 28,
    Phase.CERTIFICATION: 7,
}
"""Days for each phase; aftercare has no end of its own."""
_IDENTIFIER = re.compile(r"(did:[a-z0-9]+:|https://)[!-~]{1,1000}")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the staff, with the account that they act by."""

    account: Account
    staff: StaffMember

    def roles_in(self, case: Case) -> frozenset[CaseRole]:
        """Who this person is in a case: adviser and assessor only where they are appointed."""
        mine = {CaseRole.ADVISER: case.adviser, CaseRole.ASSESSOR: case.assessor}
        return frozenset(
            role for role in self.staff.roles if role not in mine or mine[role] == self.account.id
        )


async def member(account: Account) -> Member:
    """Raises NotOnStaff: the account has no role in validations."""
    found = await StaffMember.find_in(account.organisation, account.id)
    if found is None or not found.roles:
        raise NotOnStaff
    return Member(account, found)


async def member_with(slug: str, account_id: str, role: CaseRole) -> StaffMember:
    """Somebody who may be appointed; raises NotOnStaff."""
    found = await StaffMember.find_in(slug, account_id)
    account = await Account.get(account_id)
    if found is None or role not in found.roles or account is None or not account.active:
        raise NotOnStaff
    return found


async def keep_member(service: Service, actor: Account, staff: StaffMember) -> StaffMember:
    """Give an account its roles, or take them.

    Raises:
        UnknownAccount, MalformedAddress
        AssessorWithoutProfile: an assessor's identifier and name stand in the credentials.
    """
    account = await Account.get(staff.id)
    if account is None or account.organisation != actor.organisation:
        raise UnknownAccount
    if staff.email is not None:
        parse_address(staff.email)
    if CaseRole.ASSESSOR in staff.roles and staff.profile is None:
        raise AssessorWithoutProfile
    if any(each is not None and not _IDENTIFIER.fullmatch(each) for each in (staff.profile, staff.employer)):
        raise AssessorWithoutProfile
    event = AuditEvent.of(actor.organisation, service.clock(), actor.id, "validation.staff", staff.id)
    await event.write()
    await staff.save()
    return staff


async def settings_of(slug: str) -> ValidationSettings:
    """An organisation's settings; the defaults until it chose its own."""
    return await ValidationSettings.get(slug) or defaults(slug, "nl")


def defaults(slug: str, language: str) -> ValidationSettings:
    rubric = [RubricLevel(level=str(number + 1), name=name) for number, name in enumerate(RUBRICS[language])]
    return ValidationSettings(id=slug, language=language, days=DAYS, rubric=rubric)


async def keep_settings(service: Service, actor: Account, settings: ValidationSettings) -> ValidationSettings:
    event = AuditEvent.of(actor.organisation, service.clock(), actor.id, "validation.settings", settings.id)
    await event.write()
    await settings.save()
    return settings


async def accepts_requests(slug: str) -> Organisation:
    """The organisation, if somebody there can take a request in.

    Raises:
        UnknownOrganisation, NoValidationsHere
    """
    organisation = await Organisation.find_or_fail(slug)
    if not any(CaseRole.COORDINATOR in each.roles for each in await StaffMember.of_organisation(slug, 100)):
        raise NoValidationsHere
    return organisation
