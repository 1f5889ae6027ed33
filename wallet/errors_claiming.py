"""What the wallet refuses when it takes credentials from an issuer, and what it says of one that is late.

PassportError
├── Invalid        MetadataNotSigned SignInMismatch AnotherVct
├── Gone           SignInOver WaitingEnded
├── NotFound       UnknownTaking
└── NotAllowed     SignerNotTied NoGrant ServerElsewhere WeakSignIn NoCommonKey SignInNeeded SignInRefused
                   TakingCancelled TooManyTakings AttestationNeeded TooEarly WalletNotAccepted ClockRefused
"""

from passport.errors import Conflict, Gone, Invalid, NotAllowed, NotFound, RateLimited


class SignerNotTied(NotAllowed):
    """`signer` is the DID or address that signed, for who decides; it is no secret and no name."""

    code = "signer_not_tied"
    sentence = (
        "Nothing shows that whoever signed this belongs to the place that offered it. "
        "It is not kept without your clear yes."
    )


class MetadataNotSigned(Invalid):
    code = "metadata_not_signed"
    sentence = "The issuer's signed description is not signed by that issuer. Nothing was asked for."


class NoGrant(NotAllowed):
    code = "no_grant"
    sentence = (
        "The issuer does not give credentials in a way that this wallet knows. Ask it for another link."
    )


class ServerElsewhere(NotAllowed):
    code = "server_elsewhere"
    sentence = (
        "You would have to sign in at another place than the issuer's. That place can't make sure that "
        "only your wallet can use the permission. Nothing was asked for."
    )


class WeakSignIn(NotAllowed):
    code = "weak_sign_in"
    sentence = "The issuer's way to sign in is not safe enough (it lacks PKCE). Nothing was asked for."


class NoCommonKey(NotAllowed):
    code = "no_common_key"
    sentence = "The issuer takes no kind of key that this wallet has. Ask it for another form."


class SignInNeeded(NotAllowed):
    code = "sign_in_needed"
    sentence = "For this credential you sign in at the issuer, in your browser. Start that first."


class SignInMismatch(Invalid):
    code = "sign_in_mismatch"
    sentence = (
        "What came back does not belong to the sign-in that you started, or comes from somebody else. "
        "Nothing is kept. Start again."
    )


class SignInRefused(NotAllowed):
    code = "sign_in_refused"
    sentence = "You did not sign in, or the issuer said no. Nothing is kept. You can start again."


class SignInOver(Gone):
    code = "sign_in_over"
    sentence = "This sign-in is over: it took too long, or was used already. Start again."


class WalletNotAccepted(NotAllowed):
    code = "wallet_not_accepted"
    sentence = "The issuer does not accept this wallet. Ask it which wallets it gives credentials to."


class AttestationNeeded(NotAllowed):
    code = "attestation_needed"
    sentence = (
        "The issuer gives this only to wallets whose maker vouches for their keys. This wallet has no such "
        "statement."
    )


class AnotherVct(Invalid):
    code = "another_vct"
    sentence = "The issuer sent a credential of another type than it offered, so nothing is kept."


class TakingCancelled(NotAllowed):
    code = "taking_cancelled"
    sentence = "You stopped. Nothing is kept."


class UnknownTaking(NotFound):
    code = "unknown_taking"
    sentence = "The wallet is not taking this in. It may be done already, or was stopped."


class TooManyTakings(Conflict):
    code = "too_many_takings"
    sentence = "The wallet is taking in several things at once. Finish or stop one of them first."


class TooEarly(RateLimited):
    code = "waiting_too_early"
    sentence = "The issuer asked to wait. Ask again later."


class WaitingEnded(Gone):
    code = "waiting_ended"
    sentence = "The issuer will not give this credential any more. Ask the issuer what happened."


class AttestationUnreadable(Invalid):
    code = "attestation_unreadable"
    sentence = "The file with the wallet maker's statement can't be read. Ask for a new one, or take it away."


class ClockRefused(NotAllowed):
    """The issuer refused the proof that was made just now (RFC 9449, section 5: `invalid_dpop_proof`)."""

    code = "clock_refused"
    sentence = (
        "The issuer refuses the request. Mostly the clock of this device is wrong then. Set the clock right "
        "and try again."
    )
