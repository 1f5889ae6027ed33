"""Refusals of signing in."""

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


class NotSignedIn(NotAuthenticated):
    """One answer for whatever is wrong with a session."""

    code = "not_signed_in"
    sentence = "You are not signed in, or you are no longer signed in. Sign in."


class WrongPassphrase(NotAuthenticated):
    code = "wrong_sign_in"
    sentence = "That name and passphrase do not fit. Look at both and try again."


class WrongPasskey(NotAuthenticated):
    code = "wrong_passkey"
    sentence = "This passkey does not open an account here. Try again, or use your passphrase."


class TooManyWrongTries(RateLimited):
    code = "too_many_wrong_tries"
    sentence = "There were too many wrong tries. Wait a quarter of an hour, or use a passkey."


class PassphraseTooWeak(Invalid):
    code = "passphrase_too_weak"
    sentence = (
        "Choose a passphrase of at least 15 characters, such as four words that do not belong together. "
        "Do not put your own sign-in name in it."
    )


class SignInNameUnusable(Invalid):
    code = "sign_in_name_unusable"
    sentence = "Choose another sign-in name: 3 to 254 characters without spaces, such as your e-mail address."


class LinkOver(Gone):
    code = "sign_in_link_over"
    sentence = "This link was used, was replaced or is too old. Ask an owner for a new one."


class SignInAgain(NotAllowed):
    code = "sign_in_again"
    sentence = "This changes who gets in, or how. Sign out, sign in again, and do it within 15 minutes."


class TooManyPasskeys(TooLarge):
    code = "too_many_passkeys"
    sentence = "You have as many passkeys as you may have. Remove one first."


class PasskeyUnusable(Invalid):
    code = "passkey_unusable"
    sentence = "The passkey could not be made. Open this page again and try once more."


class PasskeyKnown(Conflict):
    code = "passkey_known"
    sentence = "This passkey is in use already. Choose another device or key."


class LastWayIn(Conflict):
    code = "last_way_in"
    sentence = "This is your only way in. Set a passphrase or make another passkey first."


class UnknownPasskey(NotFound):
    code = "unknown_passkey"
    sentence = "You have no such passkey."


class OwnAccount(Conflict):
    code = "own_account"
    sentence = "You can't do this to your own account. Ask another owner."
