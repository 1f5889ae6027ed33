"""Whether an assessor may assess, and may say to be independent: by what the case shows and the lists say.

The same reading as the verifier's (docs/decisions/0006), so that nobody here signs what does not hold there.
"""

from dataclasses import dataclass

from issuer.limits import NAME
from issuer.organisations.records import Organisation
from issuer.validation.checking import Examined
from issuer.validation.errors import AssessorIsHolder, AssessorWithoutProfile, IndependenceContradicted
from issuer.validation.records import StaffMember


@dataclass(frozen=True, slots=True)
class AssessorProfile:
    """The assessor as the credential names them: a Profile, and the organisation that they work for."""

    id: str
    name: str
    employer: str
    employer_name: str


def profile_of(staff: StaffMember, organisation: Organisation) -> AssessorProfile:
    """Raises AssessorWithoutProfile."""
    if staff.profile is None:
        raise AssessorWithoutProfile
    if staff.employer is None:
        return AssessorProfile(staff.profile, staff.name, organisation.did, organisation.name)
    called = staff.employer_name or staff.employer[:NAME]
    return AssessorProfile(staff.profile, staff.name, staff.employer, called)


def related(assessor: AssessorProfile, organisation: Organisation, examined: Examined) -> bool:
    """Whether assessor, their organisation, or the one that validates employs or advises the holder."""
    return any(
        examined.parties.is_related(each) for each in (assessor.id, assessor.employer, organisation.did)
    )


def check_not_holder(assessor: AssessorProfile, examined: Examined) -> None:
    """Raises AssessorIsHolder."""
    if any(examined.parties.is_holder(each) for each in (assessor.id, assessor.employer)):
        raise AssessorIsHolder


def check_declaration(
    assessor: AssessorProfile, organisation: Organisation, examined: Examined, *, independent: bool
) -> None:
    """Raises AssessorIsHolder, IndependenceContradicted."""
    check_not_holder(assessor, examined)
    if independent and related(assessor, organisation, examined):
        raise IndependenceContradicted
