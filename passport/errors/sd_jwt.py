"""Refusals of SD-JWTs (RFC 9901): disclosures, key binding, and credentials in them."""

from passport.errors.base import Indeterminate, Invalid, TooLarge


class MalformedSdJwt(Invalid):
    code = "malformed_sd_jwt"
    sentence = "This is not a token with disclosures in the form of RFC 9901."


class MalformedDisclosure(Invalid):
    code = "malformed_disclosure"
    sentence = "A part that is disclosed does not have the form that it must have."


class TooManyDisclosures(TooLarge):
    code = "too_many_disclosures"
    sentence = "More parts are disclosed than what is accepted."


class UnsupportedDisclosureDigest(Indeterminate):
    code = "unsupported_disclosure_digest"
    sentence = "The parts that are disclosed are bound by a digest that is not supported."


class DisclosureNotReferenced(Invalid):
    code = "disclosure_not_referenced"
    sentence = "A part is disclosed that the issuer did not sign."


class DuplicateDigest(Invalid):
    code = "duplicate_digest"
    sentence = "The same part stands in the token twice."


class ReservedClaimName(Invalid):
    code = "reserved_claim_name"
    sentence = "A claim bears a name that is reserved for disclosures."


class DisclosedClaimExists(Invalid):
    code = "disclosed_claim_exists"
    sentence = "A part is disclosed under a name that is there already."


class ProtectedClaimHidden(Invalid):
    code = "protected_claim_hidden"
    sentence = "What a check needs could have been left out of this credential: it must always be visible."


class NotDisclosable(Invalid):
    code = "not_disclosable"
    sentence = "This part of a credential must always be visible: a check, or the strength, depends on it."


class PointerNotFound(Invalid):
    code = "pointer_not_found"
    sentence = "There is no such part in the document."


class KeyBindingMissing(Invalid):
    code = "key_binding_missing"
    sentence = "The holder did not sign that this is shown to you."


class HolderKeyMissing(Invalid):
    code = "holder_key_missing"
    sentence = "The credential does not say whose key must sign when it is shown."


class UnsupportedHolderKey(Indeterminate):
    code = "unsupported_holder_key"
    sentence = "The holder's key is named in a way that is not supported, so it could not be checked."


class KeyBindingMismatch(Invalid):
    code = "key_binding_mismatch"
    sentence = "The holder signed for other parts than those that are shown."


class HolderKeyMismatch(Invalid):
    code = "holder_key_mismatch"
    sentence = "The credential is about somebody else than the one whose key is in it."
