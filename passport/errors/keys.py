"""Refusals of keys and signatures."""

from passport.errors.base import Indeterminate, Invalid


class MalformedKey(Invalid):
    code = "malformed_key"
    sentence = "The public key is malformed or not of a supported kind."


class WeakKey(MalformedKey):
    code = "weak_key"
    sentence = "The public key is one that anybody can sign for."


class SignatureMismatch(Invalid):
    code = "signature_mismatch"
    sentence = "The signature does not fit the content and the key: something was changed."


class DecryptionFailed(Invalid):
    code = "decryption_failed"
    sentence = "The message was encrypted for another key, or was changed on its way."


class NoCryptography(Indeterminate):
    code = "no_cryptography"
    sentence = "No cryptography is available here to check a signature with."
