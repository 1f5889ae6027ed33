"""Refusals at the HTTP door, before any rule of the product is asked."""

from passport.errors.base import Conflict, Invalid, NotAllowed, PassportError, TooLarge


class MalformedRequest(Invalid):
    code = "malformed_request"
    sentence = "A part of the request is missing or has the wrong form."


class BodyTooLarge(TooLarge):
    code = "body_too_large"
    sentence = "The request is larger than what is accepted here."


class BodyTooSlow(Invalid):
    code = "body_too_slow"
    sentence = "The request took too long to arrive."


class UnsupportedMediaType(Invalid):
    code = "unsupported_media_type"
    sentence = "The body must be of the content type that this address takes."


class UnsupportedContentEncoding(UnsupportedMediaType):
    code = "unsupported_content_encoding"
    sentence = "Send the body without compression."


class UnknownHost(Invalid):
    code = "unknown_host"
    sentence = "This service does not answer under that host name."


class MethodNotAllowed(NotAllowed):
    code = "method_not_allowed"
    sentence = "This address can't be used in this way."


class CrossOrigin(NotAllowed):
    code = "cross_origin"
    sentence = "This form was sent from another site, or the page was too old. Open the page again."


class InternalError(PassportError):
    code = "internal_error"
    sentence = "Something went wrong on our side. Nothing that you sent was shown to others."


class NotAPicture(Invalid):
    code = "not_a_picture"
    sentence = "This is not a picture that can be read here. Send a PNG or JPEG."


class PictureTooLarge(TooLarge):
    code = "picture_too_large"
    sentence = "The picture is larger than what is accepted."


class NoQrCode(Invalid):
    code = "no_qr_code"
    sentence = "There is no QR code in this picture that can be read. Try a sharper one."


class SettingUnusable(Invalid):
    code = "setting_unusable"
    sentence = "A setting in the environment has a value that it can't have. Lists are written as JSON."


class AddressTaken(Conflict):
    code = "address_taken"
    sentence = (
        "The service can't listen there: another program has that port, or it is no port of this machine. "
        "Try --port."
    )


class MalformedIdempotencyKey(Invalid):
    code = "malformed_idempotency_key"
    sentence = "An Idempotency-Key has 1 to 128 printable characters."


class IdempotencyKeyReused(Conflict):
    code = "idempotency_key_reused"
    sentence = "This Idempotency-Key was used for something else."


class IdempotencyKeyInUse(Conflict):
    code = "idempotency_key_in_use"
    sentence = "The first request with this Idempotency-Key is still being worked on. Ask again in a moment."
