"""Refusals of signed and encrypted tokens: JWS, JWT, JWE, and credentials and presentations in them."""

from passport.errors.base import Indeterminate, Invalid, TooLarge


class MalformedToken(Invalid):
    code = "malformed_token"
    sentence = "The token is not three parts of canonical base64url that hold JSON (JWS compact form)."


class TokenTooLarge(TooLarge):
    code = "token_too_large"
    sentence = "The token is larger than what is accepted."


class AlgorithmRefused(Invalid):
    code = "algorithm_refused"
    sentence = "The token is not signed with a key that only its issuer has."


class UnsupportedAlgorithm(Indeterminate):
    code = "unsupported_algorithm"
    sentence = "The token is signed in a way that is not supported, so it could not be checked."


class KeyNotForAlgorithm(Invalid):
    code = "key_not_for_algorithm"
    sentence = "The key is not of the kind that the token's algorithm needs."


class CriticalHeader(Invalid):
    code = "critical_header"
    sentence = "The token asks for rules of reading that are not supported (crit, b64)."


class KeyInHeader(Invalid):
    code = "key_in_header"
    sentence = "The token brings its own key or says where to fetch it: that proves nothing about who signed."


class CertificatesUnsupported(Indeterminate):
    code = "certificates_unsupported"
    sentence = "The token names its key by a certificate, which is not supported, so it could not be checked."


class WrongTokenType(Invalid):
    code = "wrong_token_type"
    sentence = "The token says that it is of another type than the one that is expected here."


class KeyIdMissing(Invalid):
    code = "key_id_missing"
    sentence = "The token does not say which key signed it."


class MalformedClaim(Invalid):
    code = "malformed_claim"
    sentence = "A claim of the token does not have the form that it must have."


class ClaimsContradict(Invalid):
    code = "claims_contradict"
    sentence = "The token says one thing and the document in it another."


class VcClaimNotAllowed(Invalid):
    code = "vc_claim_not_allowed"
    sentence = "Only a credential of version 1.1 may be wrapped in a vc or vp claim."


class TokenNotYetValid(Invalid):
    code = "token_not_yet_valid"
    sentence = "The token may not be used yet."


class MalformedEncryptedToken(Invalid):
    code = "malformed_encrypted_token"
    sentence = "The encrypted token is not a JWE in its compact form with a key that is agreed directly."


class EncryptionRefused(Invalid):
    code = "encryption_refused"
    sentence = "The token is not encrypted by ECDH-ES with an offered form of AES-GCM, uncompressed."
