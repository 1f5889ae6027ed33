"""What the wallet refuses: the vault, what comes in, and what goes out.

PassportError
├── Invalid        MalformedVault UnsupportedVault TamperedVault KdfOutOfBounds MalformedRecoveryWords …
├── Indeterminate  NotCheckedYet
└── NotAllowed     WrongPassphrase WalletLocked RolledBackVault VaultInUse NotApproved …
"""

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


class MalformedVault(Invalid):
    code = "malformed_vault"
    sentence = "The wallet's file is damaged, or it is no wallet. Use the previous copy or a backup."


class UnsupportedVault(Invalid):
    code = "unsupported_vault"
    sentence = "This wallet was made by a newer version of the program. Update the program first."


class TamperedVault(Invalid):
    code = "tampered_vault"
    sentence = "The wallet's file was changed by another program. Use the previous copy or a backup."


class KdfOutOfBounds(Invalid):
    code = "kdf_out_of_bounds"
    sentence = (
        "The lock on this file is too weak or too heavy to be honest. It is not opened. "
        "Use the previous copy or a backup."
    )


class VaultTooLarge(TooLarge):
    code = "vault_too_large"
    sentence = "The wallet holds more than it may. Remove files that you no longer need."


class MalformedRecoveryWords(Invalid):
    code = "malformed_recovery_words"
    sentence = "These are not 24 recovery words of this wallet. Check the spelling and the order."


class PassphraseTooShort(Invalid):
    code = "passphrase_too_short"
    sentence = "The passphrase is too short. Use a short sentence of your own."


class PassphraseTooLong(TooLarge):
    code = "passphrase_too_long"
    sentence = "The passphrase is too long."


class WrongPassphrase(NotAllowed):
    code = "wrong_passphrase"
    sentence = "This does not open the wallet. See whether you wrote everything right."


class UnlockThrottled(RateLimited):
    code = "unlock_throttled"
    sentence = "Too many wrong passphrases. Wait before you try again."


class UnlockExhausted(NotAllowed):
    code = "unlock_exhausted"
    sentence = "Too many wrong passphrases in all. Open the wallet with the recovery words."


class RolledBackVault(Conflict):
    code = "rolled_back_vault"
    sentence = (
        "This wallet is older than the one that was saved here last. "
        "Somebody may have put back an old copy. Use your newest backup."
    )


class VaultInUse(Conflict):
    code = "vault_in_use"
    sentence = "The wallet is open in another program. Close it there first."


class VaultExists(Conflict):
    code = "vault_exists"
    sentence = "There is a wallet here already."


class NoVault(NotFound):
    code = "no_vault"
    sentence = "There is no wallet here yet. Make one first."


class WalletLocked(NotAuthenticated):
    code = "wallet_locked"
    sentence = "The wallet is locked. Open it with the passphrase."


class PassphraseNotGiven(NotAuthenticated):
    code = "passphrase_not_given"
    sentence = (
        "Nobody is here to type the passphrase. Put it in a file, and name that file in "
        "PASSPORT_WALLET_PASSPHRASE_FILE."
    )


class PassphrasesDiffer(Invalid):
    code = "passphrases_differ"
    sentence = "You typed two different passphrases. Try again; nothing was made."


class VaultNotSaved(Indeterminate):
    code = "vault_not_saved"
    sentence = "The wallet could not be saved. Nothing was changed. Make room on this device and try again."


class UnknownRecord(NotFound):
    code = "unknown_record"
    sentence = "The wallet does not hold this."


class NoHolderKey(NotAllowed):
    code = "no_holder_key"
    sentence = "This wallet holds no key to sign with. It was restored from a backup without the key."


class MalformedBackup(Invalid):
    code = "malformed_backup"
    sentence = "This is not a backup of this wallet, or it was changed."


class WrongBackupPassphrase(NotAllowed):
    code = "wrong_backup_passphrase"
    sentence = "The backup does not open with this passphrase, or the file was changed."


class NothingReceived(Invalid):
    code = "nothing_received"
    sentence = "This file or text holds no credential that the wallet can read."


class NotForThisHolder(NotAllowed):
    code = "not_for_this_holder"
    sentence = "This credential was made out to somebody else, so it is not kept."


class CredentialNotGenuine(Invalid):
    """`check` is the code of the check that failed, `reason` that of the refusal."""

    code = "credential_not_genuine"
    sentence = "This credential is not genuine, so it is not kept."


class FormDisagrees(Invalid):
    code = "form_disagrees"
    sentence = "This says something else than the same credential in another form, so it is not kept."


class NotGood(NotAllowed):
    code = "credential_not_good"
    sentence = "This credential is revoked, suspended, expired or not valid yet, so it is not kept."


class NotToBeShown(NotAllowed):
    code = "not_to_be_shown"
    sentence = (
        "A credential that does not hold today, or could not be checked, is not shown. Nothing was sent."
    )


class OnlyWhole(NotAllowed):
    code = "only_whole"
    sentence = "This credential can be shown only with all its skills. Nothing was shown."


class NotOffered(Invalid):
    code = "not_offered"
    sentence = "The issuer sent something other than what it offered, so nothing is kept."


class IssuerMismatch(Invalid):
    code = "issuer_mismatch"
    sentence = "The offer, the issuer's own description and the credential do not name the same issuer."


class AddressNotAllowed(NotAllowed):
    code = "offer_address_not_allowed"
    sentence = (
        "The wallet does not open this address. See whether you wrote it right. "
        "A good address begins with https://."
    )


class MalformedOffer(Invalid):
    code = "malformed_wallet_offer"
    sentence = "This link is not an offer of a credential."


class TxCodeNeeded(NotAllowed):
    code = "tx_code_needed"
    sentence = "The issuer asks for a code that it gave you in another way. Fill it in."


class OfferRefused(NotAllowed):
    code = "offer_refused"
    sentence = (
        "The issuer refused: the offer was used already, is too old, or the code is wrong. Ask the "
        "issuer for a new offer."
    )


class IssuerUnreachable(Indeterminate):
    code = "issuer_unreachable"
    sentence = (
        "The issuer can't be reached or does not answer as it should. Nothing is kept. Try again later."
    )


class UnknownSkill(NotFound):
    code = "unknown_skill"
    sentence = "This skill is not in the list of skills."


class NothingChosen(Invalid):
    code = "nothing_chosen"
    sentence = "Choose at least one."


class NoneOfItsSkills(NothingChosen):
    code = "none_of_its_skills"
    sentence = "None of the skills of this credential was chosen. Nothing was shown."


class NothingToShow(NotAllowed):
    code = "nothing_to_show"
    sentence = "Nothing is left to show. Nothing was sent."


class UnknownRequest(NotFound):
    code = "unknown_request"
    sentence = "This request is not open in the wallet."


class ConsentChanged(Conflict):
    code = "consent_changed"
    sentence = "What would be shown has changed since you looked. Nothing was sent. Look again."


class RequestClosed(Gone):
    code = "request_closed"
    sentence = (
        "This request is too old or was answered or refused already. Ask the other party for a new one."
    )


class RequestNotGenuine(Invalid):
    code = "request_not_genuine"
    sentence = "This is no genuine request, so nothing was sent. Ask for a new QR code or link."


class ForeignHost(NotAllowed):
    code = "foreign_host"
    sentence = "The wallet answers only pages that it opened itself."


class OpenedAlready(NotAuthenticated):
    code = "opened_already"
    sentence = "This address works once. Start the wallet again and use the address that it prints."


class AttachmentMismatch(Invalid):
    code = "attachment_mismatch"
    sentence = "The file is not the evidence that the credential names: its content differs."


class UnknownEvidence(NotFound):
    code = "evidence_not_in_wallet"
    sentence = "No credential in the wallet names this evidence."


class NotCheckedYet(Indeterminate):
    code = "not_checked_yet"
    sentence = "This could not be checked. It is kept apart and counts for nothing until it can be."
