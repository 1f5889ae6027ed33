"""Whether a credential was withdrawn: three answers (Bitstring Status List 1.0, section 3.2).

Revocation and suspension decide. A message or an offer to refresh is information: it is YES with the code of
what was found, whatever it is, so it never makes good what another entry says is bad.
"""

from dataclasses import dataclass

from passport.answers import Answer, Reason
from passport.credentials.status_entry import LARGEST_STATUS_SIZE, StatusEntry
from passport.credentials.vocabulary import (
    BITSTRING_ENTRY,
    REVOCATION_LIST_ENTRY,
    STATUS_LIST_2021_ENTRY,
    TOKEN_STATUS_LIST_ENTRY,
)
from passport.errors import PassportError
from passport.errors.status import (
    StatusListIssuerMismatch,
    StatusPurposeMismatch,
    UnknownTokenStatus,
    UnsupportedStatusPurpose,
    UnsupportedStatusType,
)
from passport.status import bitstring, token_list
from passport.status.credential import MESSAGE, REFRESH, REVOCATION, SUSPENSION
from passport.status.lists import StatusLists
from passport.status.revocation_list import check_own_origin
from passport.status.signed_list import SignedList


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """YES: not withdrawn. NO: withdrawn. CANNOT_TELL: the list is missing, stale or not to be relied on."""

    answer: Answer
    reason: Reason


_REVOKED = StatusAnswer(Answer.NO, Reason("revoked"))
_SUSPENDED = StatusAnswer(Answer.NO, Reason("suspended"))
_NOT_REVOKED = StatusAnswer(Answer.YES, Reason("not_revoked"))
_NOT_SUSPENDED = StatusAnswer(Answer.YES, Reason("not_suspended"))
_DECIDES = {REVOCATION: (_NOT_REVOKED, _REVOKED), SUSPENSION: (_NOT_SUSPENDED, _SUSPENDED)}
_REFRESH = (
    StatusAnswer(Answer.YES, Reason("no_refresh_offered")),
    StatusAnswer(Answer.YES, Reason("refresh_offered")),
)
_TOKEN = {
    token_list.VALID: StatusAnswer(Answer.YES, Reason("not_withdrawn")),
    token_list.INVALID: _REVOKED,
    token_list.SUSPENDED: _SUSPENDED,
}
_PURPOSES = {
    BITSTRING_ENTRY: frozenset({REVOCATION, SUSPENSION, REFRESH, MESSAGE}),
    STATUS_LIST_2021_ENTRY: frozenset({REVOCATION, SUSPENSION}),
}


def check_status(
    entry: StatusEntry, *, credential_issuer: str, lists: StatusLists, credential_id: str = ""
) -> StatusAnswer:
    """Check one status entry of a credential whose issuer is verified. Never raises for content.

    `credential_id` is looked up where a list names credentials (1EdTechRevocationList).
    """
    try:
        return _look_up(entry, credential_issuer, lists, credential_id)
    except PassportError as error:
        error.__traceback__ = None  # the lists keep the error: its frames would keep them, in a circle
        return StatusAnswer(Answer.CANNOT_TELL, Reason(error.code, error.details))


def _look_up(entry: StatusEntry, issuer: str, lists: StatusLists, credential_id: str) -> StatusAnswer:
    if entry.type in _PURPOSES:
        return _in_bitstring(entry, issuer, lists)
    if entry.type == TOKEN_STATUS_LIST_ENTRY:
        return _in_token(entry, issuer, lists)
    # without an id there is no address: parsing leaves it empty
    if entry.type == REVOCATION_LIST_ENTRY and entry.status_list_credential:
        return _by_id(entry, issuer, lists, credential_id)
    raise UnsupportedStatusType


def _in_bitstring(entry: StatusEntry, issuer: str, lists: StatusLists) -> StatusAnswer:
    purpose = entry.status_purpose
    if purpose not in _PURPOSES[entry.type]:
        raise UnsupportedStatusPurpose
    if entry.status_size > LARGEST_STATUS_SIZE:
        raise UnsupportedStatusType
    found = _of_issuer(lists.get(entry.type, entry.status_list_credential), issuer)
    if purpose not in found.purposes:
        raise StatusPurposeMismatch
    status = bitstring.status_at(found.bits, entry.status_list_index, size=entry.status_size)
    if purpose == MESSAGE:
        return StatusAnswer(Answer.YES, Reason("status_message", {"status": f"{status:#x}"}))
    return (_REFRESH if purpose == REFRESH else _DECIDES[purpose])[status != 0]


def _in_token(entry: StatusEntry, issuer: str, lists: StatusLists) -> StatusAnswer:
    """Token Status List, section 7: what a status of the issuer's own invention means, we can't tell."""
    found = _of_issuer(lists.get(entry.type, entry.status_list_credential), issuer)
    status = token_list.status_at(found.bits, entry.status_list_index, size=found.size)
    if status not in _TOKEN:
        raise UnknownTokenStatus(status=f"{status:#x}")
    return _TOKEN[status]


def _by_id(entry: StatusEntry, issuer: str, lists: StatusLists, credential_id: str) -> StatusAnswer:
    check_own_origin(entry.status_list_credential, issuer)
    revoked = lists.revoked_ids(entry.status_list_credential, issuer=issuer)
    return _REVOKED if credential_id in revoked else _NOT_REVOKED


def _of_issuer(found: SignedList, issuer: str) -> SignedList:
    if not found.speaks_for(issuer):
        raise StatusListIssuerMismatch
    return found
