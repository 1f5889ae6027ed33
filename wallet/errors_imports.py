"""What the wallet refuses of documents that are taken in as evidence, and of claims derived from them."""

from passport.errors import Conflict, Invalid, NotFound, TooLarge
from passport.errors.trust import MalformedStatement


class NotADiploma(Invalid):
    code = "not_a_diploma"
    sentence = "Take a diploma in as PDF, as a photo (JPEG, PNG, WebP), or as a European credential (JSON)."


class PdfDamaged(Invalid):
    code = "pdf_damaged"
    sentence = "This PDF file is not complete. Save it again, or take a photo of the diploma."


class DiplomaNotDescribed(Invalid):
    code = "diploma_not_described"
    sentence = "Say what the diploma is called and which school or organisation gave it."


class DiplomaTextTooLong(TooLarge):
    code = "diploma_text_too_long"
    sentence = "One of these texts is too long. Write it shorter."


class DiplomaDate(Invalid):
    code = "diploma_date"
    sentence = "Write the day of the diploma like 2019-07-01. It can't be in the future."


class TooManyImported(TooLarge):
    code = "too_many_imported"
    sentence = "The wallet holds as many documents as it can. Remove one first."


class UnknownImported(NotFound):
    code = "unknown_imported"
    sentence = "There is no such document in the wallet."


class StillBound(Conflict):
    code = "still_bound"
    sentence = "A claim of yours rests on this document. Remove that claim first."


class NotDerivedHere(Invalid):
    code = "not_derived_here"
    sentence = "One of these skills does not follow from this document. Look again and choose."


class MalformedStack(MalformedStatement):
    code = "malformed_stack"
    sentence = "What stands at this address is no stacked credential of that organisation."


class StackNotReady(Invalid):
    code = "stack_not_ready"
    sentence = "You do not have enough of the parts yet. Nothing was sent."


class NotAmongFound(Invalid):
    code = "not_among_found"
    sentence = "Choose from what was found in the files."


class TooManyFiles(TooLarge):
    code = "too_many_files"
    sentence = "These are more files than are looked at together. Choose 64 at most."


class ImportOver(NotFound):
    code = "import_over"
    sentence = "These files were looked at too long ago, or the wallet was locked. Choose them again."


class FormNotHere(NotFound):
    code = "form_not_here"
    sentence = "This credential is not in the wallet in that form. Ask its issuer for it."
