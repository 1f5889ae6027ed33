"""Refusals while bytes become values: JSON, text encodings, dates, keys."""

from passport.errors.base import Invalid, TooLarge


class MalformedJson(Invalid):
    code = "malformed_json"
    sentence = "This is not valid JSON (RFC 8259, UTF-8)."


class DuplicateKey(MalformedJson):
    code = "duplicate_key"
    sentence = "A JSON object names the same key twice."


class NotUnicode(MalformedJson):
    code = "not_unicode"
    sentence = "The text is not well-formed Unicode."


class NumberOutOfRange(MalformedJson):
    code = "number_out_of_range"
    sentence = "A number is not finite or is too large to be exact."


class NotAnObject(Invalid):
    code = "not_an_object"
    sentence = "A JSON object is expected here."


NO_DOCUMENT = (MalformedJson, NotUnicode, NotAnObject)
"""What a file raises that is no JSON document at all: people read that no credential is in it."""


class JsonTooLarge(TooLarge):
    code = "json_too_large"
    sentence = "The JSON document is larger than what is accepted."


class JsonTooDeep(TooLarge):
    code = "json_too_deep"
    sentence = "The JSON document is nested deeper than what is accepted."


class MalformedEncoding(Invalid):
    code = "malformed_encoding"
    sentence = "The text is not in the one canonical form of its encoding."


class EncodingTooLong(TooLarge):
    code = "encoding_too_long"
    sentence = "The encoded text is longer than what is accepted."


class MalformedDateTime(Invalid):
    code = "malformed_datetime"
    sentence = "A date and time must look like 2026-01-31T09:00:00Z."


class DigestMismatch(Invalid):
    code = "digest_mismatch"
    sentence = "The content is not what its digest says: it was changed."


class UnsupportedDigest(Invalid):
    code = "unsupported_digest"
    sentence = "The digest uses an algorithm that is not supported."
