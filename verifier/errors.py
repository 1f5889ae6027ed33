"""Refusals of the verifier."""

from passport.errors import (
    Conflict,
    Gone,
    Indeterminate,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    RateLimited,
    TooLarge,
)


class WrongKey(NotAuthenticated):
    code = "verifier_wrong_key"
    sentence = "This key is wrong or no longer valid. Copy all of it once more, or ask for a new one."


class NotSignedIn(NotAuthenticated):
    code = "verifier_not_signed_in"
    sentence = "You are not signed in, or it is more than eight hours ago. Sign in with the key."


class EmployerTaken(Conflict):
    code = "employer_taken"
    sentence = "There is an employer with that short name already."


class NoSuchEmployer(NotFound):
    code = "no_such_employer"
    sentence = "There is no employer with that short name."


class NoSuchProfile(NotFound):
    code = "no_such_profile"
    sentence = "There is no function profile with that name."


class NoSuchRequest(NotFound):
    code = "no_such_request"
    sentence = "There is no request with that number."


class NoCredentialInGiven(Invalid):
    """What people read at the page; programs get what the reader of JSON says."""

    code = "no_credential_in_given"
    sentence = (
        "We find no credential in this. Choose the file that was saved from a wallet or by a school: "
        "a badge as a picture (PNG or SVG), a PDF, HTML, JSON or JWT. Photos of QR codes work too. "
        "Or ask for the file again."
    )


class NoSuchReport(NotFound):
    code = "no_such_report"
    sentence = "There is no report with that number. It may have been deleted."


class RequestAnswered(Conflict):
    code = "request_answered"
    sentence = "This request was answered already. Make a new one."


class RequestExpired(Gone):
    code = "request_expired"
    sentence = "This request is too old. Make a new one."


class NoSuchTransaction(NotFound):
    code = "no_such_transaction"
    sentence = "There is no request under that address. Scan the code again."


class TransactionRefused(Conflict):
    code = "transaction_refused"
    sentence = "The wallet said no to this request. Make a new one."


class FetchedTooOften(NotAllowed):
    code = "fetched_too_often"
    sentence = "This request was read too often. Make a new one."


class WrongResponseCode(NotAllowed):
    code = "wrong_response_code"
    sentence = "This answer was not given in this browser, or was collected already. Ask again."


class NoCertificate(Conflict):
    code = "no_certificate"
    sentence = "This service has no certificate to ask with. Its operator can give it one."


class NotOfThisProfile(Invalid):
    code = "not_of_this_profile"
    sentence = "This service asks by HAIP 1.0: with a certificate, and for encrypted answers."


class CertificateUnusable(Invalid):
    code = "certificate_unusable"
    sentence = (
        "The certificate or its key can't be used: PEM files, P-256, and the certificate names this service."
    )


class HolderBindingWaived(Invalid):
    code = "holder_binding_waived"
    sentence = "A query must ask for proof that the credential is the holder's own."


class ShownBefore(Conflict):
    code = "shown_before"
    sentence = "This very presentation was shown here before. Ask for a new one."


class TooManyShown(TooLarge):
    code = "too_many_shown"
    sentence = "There are more credentials in these files than one report is about. Give fewer at once."


class OlderBadgeShown(Indeterminate):
    code = "older_badge_shown"
    sentence = (
        "This is a badge of Open Badges 2.0. It can be read but not checked here. "
        "Ask the person for a newer one, or for a diploma."
    )


class NothingShown(Invalid):
    code = "nothing_shown"
    sentence = "Choose a picture or a file, or paste the text of the QR codes."


class PicturesTooFast(RateLimited):
    code = "pictures_too_fast"
    sentence = "The camera sends pictures faster than they are looked at. Wait a moment."


class TooManyPictures(RateLimited):
    code = "too_many_pictures"
    sentence = "The camera has sent too many pictures since you signed in. Sign in again."


class NotTheHolder(Invalid):
    code = "not_the_holder"
    sentence = "The presentation was not accepted: it is not what was asked for, or not signed by its holder."


class TooManyDocuments(TooLarge):
    code = "too_many_documents"
    sentence = "There are more documents in this request than are verified at once. Send the rest in another."


class ProfileCannotBeMet(Conflict):
    code = "profile_cannot_be_met"
    sentence = (
        "Nobody can meet this profile as it is. Look at the findings and mend it, "
        "or choose to publish it with its errors."
    )


class MalformedDraft(Invalid):
    code = "malformed_draft"
    sentence = "This is no function profile. Choose a JSON file with key, name and demands."


class NoTrustPublishers(Indeterminate):
    code = "no_trust_publishers"
    sentence = "No publisher of trust lists is configured, so no list can be taken."


class NotInForce(Invalid):
    code = "not_in_force"
    sentence = (
        "What was shown is genuine, but expired, withdrawn, or it can't be told whether it still holds."
    )
