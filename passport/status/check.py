"""Whether a credential was withdrawn: three answers (Bitstring Status List 1.0, section 3.2)."""

from dataclasses import dataclass

from passport.answers import Answer, Reason
from passport.credentials.status_entry import StatusEntry
from passport.credentials.vocabulary import BITSTRING_ENTRY
from passport.errors import PassportError
from passport.errors.status import (
    StatusListIssuerMismatch,
    StatusPurposeMismatch,
    UnsupportedStatusPurpose,
    UnsupportedStatusType,
)
from passport.status.bitstring import bit
from passport.status.credential import REVOCATION, SUSPENSION
from passport.status.lists import StatusLists

_OFF = {REVOCATION: "not_revoked", SUSPENSION: "not_suspended"}
_ON = {REVOCATION: "revoked", SUSPENSION: "suspended"}


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """YES: not withdrawn. NO: withdrawn. CANNOT_TELL: the list is missing, stale or not to be relied on."""

    answer: Answer
    reason: Reason


def check_status(entry: StatusEntry, *, credential_issuer: str, lists: StatusLists) -> StatusAnswer:
    """Check one status entry of a credential whose issuer is verified. Never raises for content."""
    try:
        withdrawn = _is_set(entry, credential_issuer, lists)
    except PassportError as error:
        return StatusAnswer(Answer.CANNOT_TELL, Reason(error.code, error.details))
    if withdrawn:
        return StatusAnswer(Answer.NO, Reason(_ON[entry.status_purpose]))
    return StatusAnswer(Answer.YES, Reason(_OFF[entry.status_purpose]))


def _is_set(entry: StatusEntry, credential_issuer: str, lists: StatusLists) -> bool:
    if entry.type != BITSTRING_ENTRY or entry.status_size != 1:
        raise UnsupportedStatusType
    if entry.status_purpose not in _ON:
        raise UnsupportedStatusPurpose
    found = lists.get(entry.status_list_credential)
    if found.issuer != credential_issuer:
        raise StatusListIssuerMismatch
    if entry.status_purpose not in found.purposes:
        raise StatusPurposeMismatch
    return bit(found.bits, entry.status_list_index)
