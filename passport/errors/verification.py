"""Refusals while a credential or presentation is verified: whose key, whose badge, made for whom."""

from passport.errors.base import Indeterminate, Invalid


class SignerNotADid(Indeterminate):
    code = "signer_not_a_did"
    sentence = "The signer is not named by a DID, so the key can't be looked up."


class KeyNotOfIssuer(Invalid):
    code = "key_not_of_issuer"
    sentence = "The credential was signed with a key that is not the issuer's."


class KeyNotOfHolder(Invalid):
    code = "key_not_of_holder"
    sentence = "The presentation was signed with a key that is not the holder's."


class NotOfHolder(Invalid):
    code = "not_of_holder"
    sentence = "A credential in the presentation is about somebody else than the holder."


class LifetimeTooLong(Invalid):
    code = "lifetime_too_long"
    sentence = "A presentation without a challenge must say when it was made and end within two minutes."


class NotChecked(Indeterminate):
    code = "not_checked"
    sentence = "This was not checked because an earlier check did not pass."


class NotConstructible(Invalid):
    code = "not_constructible"
    sentence = "Only passport.verification makes verified things."
