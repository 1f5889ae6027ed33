"""Refusals of a wallet's answer over OpenID4VP, and of what a verifier is asked to send."""

from passport.errors.base import Indeterminate, Invalid


class MalformedVpResponse(Invalid):
    code = "malformed_vp_response"
    sentence = "The answer is not in the form that OpenID4VP 1.0 asks for (section 8)."


class ResponseNotEncrypted(Invalid):
    code = "response_not_encrypted"
    sentence = "The answer must be encrypted for this request (direct_post.jwt), and was not."


class ResponseEncryptedUnasked(Invalid):
    code = "response_encrypted_unasked"
    sentence = "The answer is encrypted, although the request gave no key for that."


class ResponseForAnotherKey(Invalid):
    code = "response_for_another_key"
    sentence = "The answer names another encryption key than the one that this request gave."


class WrongState(Invalid):
    code = "wrong_state"
    sentence = "The answer belongs to another request: its state is another one."


class NotWhatWasAsked(Invalid):
    code = "not_what_was_asked"
    sentence = "What was sent is not what was asked for: too little, too much, or something else."


class SeveralHolders(Indeterminate):
    code = "several_holders"
    sentence = "The credentials are bound to several keys. It can't be told whether they are one person's."


class MalformedClientMetadata(Invalid):
    code = "malformed_client_metadata"
    sentence = "What the verifier says about itself is not in the form that OpenID4VP 1.0 asks for."


class NoKeyToEncryptFor(Invalid):
    code = "no_key_to_encrypt_for"
    sentence = "The verifier gives no key and method of encryption that are supported here."
