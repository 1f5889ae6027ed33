"""What the wallet refuses of archives, recovery words, forgetting and locking by itself."""

from passport.errors import Conflict, Gone, Invalid, NotAllowed, TooLarge
from wallet.errors import MalformedRecoveryWords


class NewerBackup(Invalid):
    code = "newer_backup"
    sentence = "This backup was made by a newer version of this wallet. Update the wallet first."


class BackupTooHeavy(TooLarge):
    code = "backup_too_heavy"
    sentence = "This file asks for more work than an honest backup does. It is not opened."


class TooBusyForBackup(NotAllowed):
    code = "too_busy_for_backup"
    sentence = (
        "This computer has too much to do to open the backup now. Nothing is wrong with the file. "
        "Close other programs and try again."
    )


class BackupTooLarge(TooLarge):
    code = "backup_too_large"
    sentence = "This file is larger than the backup of any wallet. Choose another file."


class NotOpenedFirst(Gone):
    code = "not_opened_first"
    sentence = "The backup is no longer open here. Choose the file again."


class OtherHolder(Conflict):
    code = "other_holder"
    sentence = (
        "This backup belongs to another wallet. Nothing was taken over. Make a new, empty wallet for it."
    )


class NothingNew(Conflict):
    code = "nothing_new"
    sentence = "Everything in this backup is here already. Nothing was changed."


class NotALockTime(Invalid):
    code = "not_a_lock_time"
    sentence = "Choose one of the times in the list."


class WrongNumberOfWords(MalformedRecoveryWords):
    code = "wrong_number_of_words"
    sentence = "There are 24 recovery words, and these are more or fewer. Compare them with your paper."


class UnknownRecoveryWords(MalformedRecoveryWords):
    """`places`: which of them, counted from 1."""

    code = "unknown_recovery_words"
    sentence = "A word here is none of the recovery words that there are. Look how it is spelt on your paper."


class RecoveryWordsDoNotFit(MalformedRecoveryWords):
    code = "recovery_words_do_not_fit"
    sentence = (
        "Each of these is a recovery word, but together they do not fit. One is another word on your paper, "
        "or two changed places."
    )


class WordsDiffer(Invalid):
    code = "words_differ"
    sentence = "These are not the words that were asked for. Look at your paper and try again."


class WordsNoLongerShown(Gone):
    code = "words_no_longer_shown"
    sentence = "These words are no longer shown. Ask for new recovery words."


class NotPutBack(Gone):
    code = "not_put_back"
    sentence = "This can no longer be put back. It is gone."


class JournalDays(Invalid):
    code = "journal_days"
    sentence = "Write both days like 2027-03-01, the first day in front."


class FolderNotEmpty(Conflict):
    code = "folder_not_empty"
    sentence = "There is something in this folder already. Name a new folder."


class NotConfirmed(NotAllowed):
    code = "not_confirmed"
    sentence = "Tick the box first. Nothing was done."
