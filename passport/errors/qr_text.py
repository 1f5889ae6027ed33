"""Refusals of documents that travel as the text of QR codes."""

from passport.errors.base import Conflict, Indeterminate, Invalid, TooLarge


class NotAFrame(Invalid):
    code = "not_a_frame"
    sentence = "This QR code is not one of ours."


class UnknownFrameVersion(Indeterminate):
    code = "unknown_frame_version"
    sentence = "This QR code was made by a newer version. Update and scan it again."


class OtherDocument(Conflict):
    code = "other_document"
    sentence = "This QR code belongs to another document than the ones before it."


class FrameContradicts(Invalid):
    code = "frame_contradicts"
    sentence = "Two QR codes say that they are the same part and differ."


class FramesMissing(Indeterminate):
    code = "frames_missing"
    sentence = "Not all parts have been scanned yet."


class DamagedFrames(Invalid):
    code = "damaged_frames"
    sentence = "The scanned parts do not make up the document that was sent. Scan them again."


class DocumentTooLargeForQr(TooLarge):
    code = "document_too_large_for_qr"
    sentence = "The document is too large to be shown as QR codes. Send it as a file."
