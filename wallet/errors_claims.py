"""What the wallet refuses of claims, their files, what confirms them, and what is asked of organisations."""

from passport.errors import Conflict, Gone, Indeterminate, Invalid, NotAllowed, NotFound, TooLarge


class EvidenceFileEmpty(Invalid):
    code = "evidence_file_empty"
    sentence = "This file is empty. Choose another file."


class EvidenceFileTooLarge(TooLarge):
    code = "evidence_file_too_large"
    sentence = "This file is too large for the wallet. Choose a smaller file, or remove files first."


class EvidenceFileKind(Invalid):
    code = "evidence_file_kind"
    sentence = "The wallet takes photos (JPEG, PNG, WebP), PDF files, tables (CSV) and plain text."


class PhotoNotRead(Invalid):
    code = "photo_not_read"
    sentence = (
        "This photo is damaged, so the wallet can't take out where it was made. Save it again as a JPEG file."
    )


class TooManyEvidenceFiles(TooLarge):
    code = "too_many_evidence_files"
    sentence = "These are too many files for one claim. Choose fewer files."


class ClaimPeriod(Invalid):
    code = "claim_period"
    sentence = "The dates are not right. Write them as 2024-03-31, with the beginning before the end."


class ClaimTextTooLong(TooLarge):
    code = "claim_text_too_long"
    sentence = "This text is too long. Make it shorter, or put it in a file."


class NotAClaim(NotFound):
    code = "not_a_claim"
    sentence = "This is not a claim of your own."


class ClaimWithdrawn(Gone):
    code = "claim_withdrawn"
    sentence = "You withdrew this claim. It is no longer used."


class EndorsementNotGenuine(Invalid):
    """`check` is the code of the check that failed, `reason` that of the refusal."""

    code = "endorsement_not_genuine"
    sentence = "This confirmation is not genuine, so it is not kept."


class EndorsementOfNothingHere(NotFound):
    code = "endorsement_of_nothing_here"
    sentence = "This confirms something that is not in your wallet, so it is not kept."


class EndorsementOfOtherContent(Invalid):
    code = "endorsement_of_other_content"
    sentence = "This confirms another version of your claim than the one you have, so it is not kept."


class EndorsementWithoutDigest(Invalid):
    code = "endorsement_without_digest"
    sentence = (
        "This confirmation does not say exactly what it confirms, so it proves nothing and is not kept."
    )


class EndorsedByHolder(NotAllowed):
    code = "endorsed_by_holder"
    sentence = "You can't confirm your own claim. Ask somebody who saw you do it."


class EndorsementNotGood(NotAllowed):
    code = "endorsement_not_good"
    sentence = "This confirmation is withdrawn, expired or not valid yet, so it is not kept."


class TooManyEndorsements(TooLarge):
    code = "too_many_endorsements"
    sentence = "These are too many confirmations for the wallet. Nothing of it is kept."


class OrganisationAddress(Invalid):
    code = "organisation_address"
    sentence = "This is not the address of an organisation. Ask the organisation for its link."


class OrganisationRefused(NotAllowed):
    """`said` is the organisation's reason as plain text: for the person, in quotes, and never for a log."""

    code = "organisation_refused"
    sentence = "The organisation did not take the request."

    def __init__(self, said: str = "", **details: str | int) -> None:
        super().__init__(**details)
        self.said = said


class OrganisationUnreachable(Indeterminate):
    code = "organisation_unreachable"
    sentence = "The organisation can't be reached or does not answer as it should. Try again later."


class RequestPerhapsSent(Indeterminate):
    code = "request_perhaps_sent"
    sentence = (
        "No clear answer came. The organisation may have got your request. Ask it before you send again."
    )


class OrganisationMismatch(Invalid):
    code = "organisation_mismatch"
    sentence = "The address and what stands there name different organisations. Nothing was sent."


class NothingToAskWith(Invalid):
    code = "nothing_to_ask_with"
    sentence = "Choose at least one claim of your own that is not withdrawn."


class FileNotOfChosenClaim(Invalid):
    code = "file_not_of_chosen_claim"
    sentence = (
        "A file does not belong to what you ticked. Tick the confirmation that it belongs to as well, "
        "or leave the file out. Nothing was sent."
    )


class FileTooLargeToSend(TooLarge):
    code = "file_too_large_to_send"
    sentence = "This file is too large to send: an organisation takes files up to 1 MB. Nothing was sent."


class SkillNotOfChosenClaim(Invalid):
    code = "skill_not_of_chosen_claim"
    sentence = "This skill does not belong to the claim that you chose. Nothing was sent."


class AskingChanged(Conflict):
    code = "asking_changed"
    sentence = "What would be sent has changed since you looked. Nothing was sent. Look again."


class AlreadyAsked(Conflict):
    code = "already_asked"
    sentence = "This request is sent or closed already. Nothing was sent."


class UnknownAsked(NotFound):
    code = "unknown_asked"
    sentence = "The wallet does not know this request."


class UnexpectedDocument(Invalid):
    code = "unexpected_document"
    sentence = "The organisation sent something else than what you asked for. That is not kept."


class NothingToFetch(NotFound):
    code = "nothing_to_fetch"
    sentence = "There is nothing to fetch yet."


class EarlierRequestUnfit(Invalid):
    code = "earlier_request_unfit"
    sentence = "That request was no validation by this organisation, or the wallet can't follow it. Ask anew."
