"""Refusals of the store."""

from passport.errors.base import Conflict, Indeterminate, Invalid, PassportError


class AlreadyUsed(Conflict):
    code = "already_used"
    sentence = "This can be used once, and it was used already."


class AlreadyThere(Conflict):
    code = "already_there"
    sentence = "There is something under that name already."


class StoreUnavailable(Indeterminate):
    code = "store_unavailable"
    sentence = "The store does not answer. Try again in a moment."


class StoreBusy(Indeterminate):
    code = "store_busy"
    sentence = "Many ask for this at the same moment. Try again in a moment."


class StoreAddress(Invalid):
    code = "store_address"
    sentence = "The address of the store must be mongodb://… or the word embedded."


class StoreInUse(PassportError):
    code = "store_in_use"
    sentence = "Another process uses this data directory. Stop it first, or choose another directory."


class StoreStart(PassportError):
    code = "store_start"
    sentence = "The embedded store did not start. Its log is store.log in the data directory."


class SecretFileUnusable(PassportError):
    code = "secret_file_unusable"
    sentence = "A secret file is missing, too short, or open to other users."


class SealBroken(PassportError):
    code = "seal_broken"
    sentence = "A sealed secret can't be opened: it was changed, moved, or sealed under another master key."
