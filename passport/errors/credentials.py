"""Refusals of credentials and presentations by their shape (VC Data Model 2.0, Open Badges 3.0)."""

from passport.errors.base import Invalid


class MissingMember(Invalid):
    code = "missing_member"
    sentence = "The document lacks a member that it must have."


class MalformedMember(Invalid):
    code = "malformed_member"
    sentence = "A member of the document does not have the form that it must have."


class NotAUrl(MalformedMember):
    code = "not_a_url"
    sentence = "An identifier in the document is not a URL."


class MalformedLanguageValue(MalformedMember):
    code = "malformed_language_value"
    sentence = "A text in a language must have @value, and @language or @direction, and nothing else."


class WrongType(Invalid):
    code = "wrong_type"
    sentence = "A part of the document does not name the type that it must have."


class WrongContext(Invalid):
    code = "wrong_context"
    sentence = "The document must begin with the context of W3C credentials and name one of Open Badges 3.0."


class MixedVersions(Invalid):
    code = "mixed_versions"
    sentence = "The document mixes the dates of credential versions 1.1 and 2.0."


class ValidityReversed(Invalid):
    code = "validity_reversed"
    sentence = "The validity period ends before it begins."


class NotACredential(WrongType):
    code = "not_a_credential"
    sentence = "This is not a verifiable credential."


class NotAnOpenBadge(WrongType):
    code = "not_an_open_badge"
    sentence = "This credential is not an Open Badge 3.0."


class NotAnEndorsement(WrongType):
    code = "not_an_endorsement"
    sentence = "This credential is not an Open Badges endorsement."


class DuplicateRelatedResource(Invalid):
    code = "duplicate_related_resource"
    sentence = "The credential binds the same related resource twice."


class NotAPresentation(WrongType):
    code = "not_a_presentation"
    sentence = "This is not a verifiable presentation."


class EmptyPresentation(Invalid):
    code = "empty_presentation"
    sentence = "The presentation holds no credential."


class UnsupportedForm(Invalid):
    code = "unsupported_form"
    sentence = "The presentation holds a credential in a form that is not supported."


class MalformedEnvelope(UnsupportedForm):
    code = "malformed_envelope"
    sentence = "The envelope around a credential does not have the form that it must have."
