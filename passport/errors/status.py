"""Refusals of status lists. A list that can't be trusted never says that a credential is good."""

from passport.errors.base import Indeterminate, Invalid, TooLarge


class MalformedStatusList(Invalid):
    code = "malformed_status_list"
    sentence = "The status list is not in the form that Bitstring Status List 1.0 asks for."


class MalformedTokenStatusList(Invalid):
    code = "malformed_token_status_list"
    sentence = "The status list is not in the form that Token Status List asks for."


class StatusListTooShort(Invalid):
    code = "status_list_too_short"
    sentence = "The status list is so short that it would give away who is looked up."


class StatusListTooLarge(TooLarge):
    code = "status_list_too_large"
    sentence = "The status list is larger than what is accepted."


class StatusIndexOutOfRange(Invalid):
    code = "status_index_out_of_range"
    sentence = "The status list has no place with the number that the credential names."


class StatusValueOutOfRange(Invalid):
    code = "status_value_out_of_range"
    sentence = "The status does not fit into the bits that an entry of the list has."


class StatusListHasStatus(Invalid):
    code = "status_list_has_status"
    sentence = "The status list has a status list of its own, which is not followed."


class StatusListMismatch(Invalid):
    code = "status_list_mismatch"
    sentence = "The status list is another one than the credential names."


class StatusListIssuerMismatch(Invalid):
    code = "status_list_issuer_mismatch"
    sentence = "The status list was not signed by the issuer of the credential."


class StatusPurposeMismatch(Invalid):
    code = "status_purpose_mismatch"
    sentence = "The status list is about something else than the credential says."


class StatusListStale(Indeterminate):
    code = "status_list_stale"
    sentence = "The status list at hand is too old to say how things are now."


class StatusListNotYetValid(Indeterminate):
    code = "status_list_not_yet_valid"
    sentence = "The status list says that it is valid from a later moment."


class StatusListRolledBack(Indeterminate):
    code = "status_list_rolled_back"
    sentence = "The status list is older than one that was seen before."


class UnsupportedStatusType(Indeterminate):
    code = "unsupported_status_type"
    sentence = "The credential's status is of a kind that is not supported."


class UnsupportedStatusPurpose(Indeterminate):
    code = "unsupported_status_purpose"
    sentence = "The credential's status is about something that is not known here."


class UnknownTokenStatus(Indeterminate):
    code = "unknown_token_status"
    sentence = "The issuer gave the credential a status whose meaning is not known here."


class RevocationListElsewhere(Indeterminate):
    code = "revocation_list_elsewhere"
    sentence = "The credential's revocation list is not signed and not on its issuer's own website."
