"""Refusals of the confirmation room.

Invalid: what a request, a file or a statement lacks. NotAllowed: who may do what, and when.
"""

from passport.errors import (
    Conflict,
    Gone,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    RateLimited,
    TooLarge,
)


class UnknownConfirmation(NotFound):
    code = "unknown_confirmation"
    sentence = "There is no such request for confirmation."


class WrongConfirmationToken(NotAuthenticated):
    code = "wrong_confirmation_token"
    sentence = "The token of this request for confirmation is missing or wrong."


class PresentationNotAccepted(Invalid):
    code = "confirmation_presentation_not_accepted"
    sentence = "The presentation could not be verified, or was not made for this organisation."


class StaleChallenge(Invalid):
    code = "confirmation_stale_challenge"
    sentence = "The presentation answers no fresh question of this organisation. Ask for a new nonce."


class NotOneClaim(Invalid):
    code = "not_one_claim"
    sentence = "Send exactly one claim that the holder made and signed."


class ClaimWithoutSkills(Invalid):
    code = "claim_without_skills"
    sentence = "The claim names no skill that can be confirmed, or not the skills that were asked for."


class TooManyClaimedSkills(TooLarge):
    code = "too_many_claimed_skills"
    sentence = "The claim names more skills than one person can confirm at a time."


class RecordNotOfClaim(Invalid):
    code = "record_not_of_claim"
    sentence = "A file that was sent along is not one that the claim binds by its digest."


class TooManyOpenRequests(Conflict):
    code = "too_many_open_requests"
    sentence = "You have several open requests for confirmation here. Withdraw one, or wait."


class ConfirmationsFull(RateLimited):
    code = "confirmations_full"
    sentence = "The organisation has more open requests than it can look at. Try again later."


class AddressNotAllowed(NotAllowed):
    code = "address_not_allowed"
    sentence = (
        "The organisation does not invite people at this address by itself. "
        "Leave the address out: then its coordinator chooses who is asked."
    )


class MalformedAllowance(Invalid):
    code = "malformed_allowance"
    sentence = "Write one domain or one e-mail address on each line."


class NobodyInvited(Invalid):
    code = "nobody_invited"
    sentence = "Fill in an e-mail address, and if you want the DID of the supervisor's own wallet."


class WrongMoment(Conflict):
    code = "confirmation_wrong_moment"
    sentence = "The request for confirmation is no longer in the state in which this can be done."


class InvitationUnusable(Gone):
    code = "invitation_unusable"
    sentence = (
        "This link is not valid, or not any more: it was used, withdrawn or has expired. "
        "Ask the organisation that sent it for a new one."
    )


class MailboxNotProved(NotAuthenticated):
    code = "mailbox_not_proved"
    sentence = "Show first that you can read the mailbox that the invitation was sent to."


class WrongMailboxCode(Invalid):
    code = "wrong_mailbox_code"
    sentence = "The code is wrong or too old. Look at the last mail, or ask for a new code."


class TooManyCodes(Conflict):
    code = "too_many_codes"
    sentence = "No more codes are sent for this invitation. Ask the organisation for a new invitation."


class SupervisorIsHolder(NotAllowed):
    code = "supervisor_is_holder"
    sentence = "Nobody confirms their own claim: this wallet is the wallet of the person who asks."


class WalletNotProved(Invalid):
    code = "wallet_not_proved"
    sentence = "The wallet's answer could not be verified. Make a new one for the question on this page."


class StatementIncomplete(Invalid):
    code = "statement_incomplete"
    sentence = "Answer for each skill, fill in your role, and say that you are not the person who asks."


class StatementMalformed(Invalid):
    code = "statement_malformed"
    sentence = "A field has characters that it may not have, is too long, or is no date."


class StatementChanged(Conflict):
    code = "statement_changed"
    sentence = "What you want to send is not what was shown last. Look at it once more."


class RecordEmpty(Invalid):
    code = "record_empty"
    sentence = "The file is empty."


class RecordTooLarge(TooLarge):
    code = "record_too_large"
    sentence = "The file is larger than what we take."


class RecordKindUnknown(Invalid):
    code = "record_kind_unknown"
    sentence = "Send a PDF, a photo (JPEG, PNG or WebP), or a time sheet as CSV."


class TooManyRecords(TooLarge):
    code = "too_many_records"
    sentence = "These are more files than one confirmation can have."


class PhotoUnreadable(Invalid):
    code = "photo_unreadable"
    sentence = "The photo is broken or is no photo."


class PhotoTooLarge(TooLarge):
    code = "photo_too_large"
    sentence = "The photo has more pixels than what we take. Send a smaller one."


class RecordGone(Gone):
    code = "record_gone"
    sentence = "The organisation removed its copy of this file."


class MalformedTimeSheet(Invalid):
    code = "malformed_time_sheet"
    sentence = "A time sheet is CSV in UTF-8. Its first line must name the columns date, hours and task."


class TimeSheetTooLong(TooLarge):
    code = "time_sheet_too_long"
    sentence = "The time sheet has more rows than what we take."


class WrongCells(Invalid):
    code = "time_sheet_wrong_cells"
    sentence = "This row must have exactly a date, hours and a task."


class WrongDay(Invalid):
    code = "time_sheet_wrong_day"
    sentence = "The date must look like 2026-01-31 or 31-01-2026, and must not be in the future."


class WrongHours(Invalid):
    code = "time_sheet_wrong_hours"
    sentence = "The hours must be a number above 0 and at most 24, such as 7.5."


class DayTooLong(Invalid):
    code = "time_sheet_day_too_long"
    sentence = "With this row, that day has more than 24 hours."


class WrongTask(Invalid):
    code = "time_sheet_wrong_task"
    sentence = "The task must be a short text on one line."


class OwnSignatureRefused(Invalid):
    code = "own_signature_refused"
    sentence = "What your wallet signed is not what was shown, or the signature does not hold."


class NotRevocableHere(NotAllowed):
    code = "not_revocable_here"
    sentence = "The supervisor signed this with a wallet of their own. The organisation cannot revoke it."
