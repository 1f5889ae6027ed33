"""Refusals of files that carry a credential: pictures, pages, PDF files, archives."""

from passport.errors.base import Conflict, Indeterminate, Invalid, TooLarge


class NoCredentialInside(Invalid):
    code = "no_credential_inside"
    sentence = "There is no credential in this file. Ask for the file that was saved as a badge, not a copy."


class TwoCredentialsInside(Invalid):
    code = "two_credentials_inside"
    sentence = "This file says two different things. Ask who gave it to you for a file with one credential."


class CompressedCredential(Invalid):
    code = "compressed_credential"
    sentence = "The credential in this picture is compressed, which Open Badges does not allow."


class OnlyAnAddressInside(Indeterminate):
    code = "only_an_address_inside"
    sentence = (
        "This old badge holds only an address. It is not opened here, since that would tell its owner. "
        "Ask for the badge as Open Badges 2.0 or 3.0."
    )


class DamagedPng(Invalid):
    code = "damaged_png"
    sentence = "This PNG picture is damaged or not complete. Download it again."


class MalformedSvg(Invalid):
    code = "malformed_svg"
    sentence = "This SVG picture is damaged, or it is written in a way that is not read here."


class EntitiesInSvg(Invalid):
    code = "entities_in_svg"
    sentence = "This SVG picture holds definitions that could be used for an attack. It is not opened."


class UnsafeSvg(Invalid):
    code = "unsafe_svg"
    sentence = "This SVG picture is more than a drawing: it has a script, link or style. Save it as PNG."


class PictureSizeRefused(TooLarge):
    code = "picture_size_refused"
    sentence = "The picture is too large. Make it smaller: 1,024 by 1,024 points is enough for a badge."


class BadgeFileTooLarge(TooLarge):
    code = "badge_file_too_large"
    sentence = "The file is larger than a badge can be."


class CredentialNotForPictures(Invalid):
    code = "credential_not_for_pictures"
    sentence = (
        "Only a whole credential goes into a file that is passed on: as JSON or as a signed token (JWT)."
    )


class AlreadyBaked(Conflict):
    code = "already_baked"
    sentence = "There is a credential in this picture already. Choose a picture without one."


class EncryptedPdf(Indeterminate):
    code = "encrypted_pdf"
    sentence = "This PDF file is locked, so what is attached to it can't be read. Save it without a password."


class UnpackedTooLarge(TooLarge):
    code = "unpacked_too_large"
    sentence = "What is packed in this file is larger than what is unpacked here."


class DamagedArchive(Invalid):
    code = "damaged_archive"
    sentence = "This ZIP file is damaged, locked, or holds too many files. Unpack it and choose the badges."


class LockedWalletFile(Indeterminate):
    code = "locked_wallet_file"
    sentence = "This is another wallet's backup with a password. Export it there without a password."


class MalformedOlderBadge(Invalid):
    code = "malformed_older_badge"
    sentence = "This badge of Open Badges 2.0 has a part that is missing or of the wrong form."
