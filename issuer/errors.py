"""Refusals of the issuer."""

from passport.errors import (
    Conflict,
    Gone,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    TooLarge,
)
from passport.errors.web import IdempotencyKeyReused as IdempotencyKeyReused  # noqa: PLC0414 - said here too


class FaultNotAllowed(Invalid):
    code = "fault_not_allowed"
    sentence = "Fault points are for tests on this machine: they need allow_loopback."


class MalformedSlug(Invalid):
    code = "malformed_slug"
    sentence = "An organisation's short name has 2 to 40 small letters, digits and hyphens."


class UnknownOrganisation(NotFound):
    code = "unknown_organisation"
    sentence = "There is no organisation under that name."


class OrganisationExists(Conflict):
    code = "organisation_exists"
    sentence = "There is an organisation under that name already."


class WrongApiKey(NotAuthenticated):
    code = "wrong_api_key"
    sentence = "The API key is missing, wrong or was withdrawn."


class WrongBootstrapSecret(NotAuthenticated):
    code = "wrong_bootstrap_secret"
    sentence = "This needs the bootstrap secret of the service."


class RoleNotEnough(NotAllowed):
    code = "role_not_enough"
    sentence = "Your role does not allow this. Ask an owner of your organisation."


class LastOwner(Conflict):
    code = "last_owner"
    sentence = "An organisation keeps at least one owner. Make another owner first."


class TooManyAccounts(TooLarge):
    code = "too_many_accounts"
    sentence = "The organisation has as many accounts as it may have."


class UnknownAccount(NotFound):
    code = "unknown_account"
    sentence = "There is no such account."


class UnknownKey(NotFound):
    code = "unknown_key"
    sentence = "There is no such signing key."


class TooManyKeys(TooLarge):
    code = "too_many_keys"
    sentence = "The organisation had as many signing keys as its DID document can list."


class ChangedMeanwhile(Conflict):
    code = "changed_meanwhile"
    sentence = "Somebody else changed this at the same moment. Look again and retry."


class UnknownAchievement(NotFound):
    code = "unknown_achievement"
    sentence = "Your organisation has no such achievement."


class CredentialIdTaken(Conflict):
    code = "credential_id_taken"
    sentence = "Another credential was issued under this id. Give each credential an id of its own."


class UnknownCredential(NotFound):
    code = "unknown_credential"
    sentence = "Your organisation issued no such credential."


class UnknownOffer(NotFound):
    code = "unknown_offer"
    sentence = "There is no such offer."


class OfferGone(Gone):
    code = "offer_gone"
    sentence = "This offer was taken, withdrawn or has expired. Ask the issuer for a new one."


class OfferNotOver(Conflict):
    code = "offer_not_over"
    sentence = (
        "This offer is still open or was withdrawn, or a wallet holds the credential. "
        "Revoke the credential first if it must be replaced."
    )


class CertificatesUnusable(Invalid):
    code = "certificates_unusable"
    sentence = (
        "Give at most four certificates as PEM: first the one for this key, signed by an authority, then "
        "each that signed the one before. All must be valid now."
    )


class NothingHeld(Conflict):
    code = "nothing_held"
    sentence = "This offer is not held back, or it is over."


class FormNotOffered(Invalid):
    code = "form_not_offered"
    sentence = "Choose at least one form, each once."


class UnknownEvidence(NotFound):
    code = "unknown_evidence"
    sentence = "There is no such evidence file."


class EvidenceTooLarge(TooLarge):
    code = "evidence_too_large"
    sentence = "An evidence file may have 1 MiB at most."


class EvidenceEmpty(Invalid):
    code = "evidence_empty"
    sentence = "The evidence file is empty."


class PeriodReversed(Invalid):
    code = "period_reversed"
    sentence = "An end comes before its start."


class AlreadyRevoked(Conflict):
    code = "already_revoked"
    sentence = "The credential was revoked, and that is for good."


class NotSuspendable(Conflict):
    code = "not_suspendable"
    sentence = "Credentials of this achievement can be revoked, not suspended."


class SubjectNotSupported(Invalid):
    code = "subject_not_supported"
    sentence = "The holder must be a did:key or did:jwk."


class UnknownBatch(NotFound):
    code = "unknown_batch"
    sentence = "Your organisation has no such batch."


class BatchStarted(Conflict):
    code = "batch_started"
    sentence = "This batch was started or thrown away already."


class BatchNotRunning(Conflict):
    code = "batch_not_running"
    sentence = "This batch is not under way. Look again: it may be done, held or stopped."


class TooManyBatches(Conflict):
    code = "too_many_batches"
    sentence = "Several batches are under way. Wait until one is done."


class MalformedCsv(Invalid):
    code = "malformed_csv"
    sentence = "The file must be CSV in UTF-8, with a first line of column names."


class UnknownColumn(Invalid):
    code = "unknown_column"
    sentence = "The file has a column that is not known, or one of them twice."


class TooManyRows(TooLarge):
    code = "too_many_rows"
    sentence = "The file has more rows than one batch may have."


class NoRows(Invalid):
    code = "no_rows"
    sentence = "The file has no rows below the column names."


class WrongNumberOfCells(Invalid):
    code = "wrong_number_of_cells"
    sentence = "The row has more or fewer cells than there are column names."


class CellTooLong(Invalid):
    code = "cell_too_long"
    sentence = "A cell of the row is too long."


class WrongSubject(Invalid):
    code = "wrong_subject"
    sentence = "The column subject must hold a did:key or did:jwk, or be empty to make an offer."


class WrongDate(Invalid):
    code = "wrong_date"
    sentence = "A date of the row must look like 2026-01-31."


class WrongReference(Invalid):
    code = "wrong_reference"
    sentence = "The column reference holds at most 128 printable characters."


class DuplicateReference(Invalid):
    code = "duplicate_reference"
    sentence = "Another row of this file has the same reference."


class IssuerIsNotTheOrganisation(Invalid):
    code = "issuer_is_not_the_organisation"
    sentence = "The issuer of the credential must be your organisation, by its DID."


class StatusNotAsked(Invalid):
    code = "status_not_asked"
    sentence = (
        "Leave credentialStatus out, and ask for a BitstringStatusListEntry in options.credentialStatus."
    )


class SignedIdentifierForm(Invalid):
    code = "signed_identifier_form"
    sentence = "The id of a credential to be signed must be a random urn:uuid, in small letters."


class AchievementDiffers(Invalid):
    code = "achievement_differs"
    sentence = "The achievement in the credential is not as it is published. Copy it from its address."
