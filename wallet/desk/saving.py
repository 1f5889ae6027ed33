"""A credential of the wallet as a file to print, to send or to put somewhere else."""

from passport.baking.kinds import SaveAs, Saved
from passport.certificate import file_stem
from passport.errors.baking import CredentialNotForPictures
from passport.texts import Language
from wallet.core.forms import FormName, KeptForm
from wallet.core.plain_text import plain_name
from wallet.core.shelf import Kept
from wallet.desk.tools import Papers
from wallet.errors_imports import FormNotHere

_FORMS = {
    SaveAs.JSON: (FormName.LDP_VC,),
    SaveAs.JWT: (FormName.JWT_VC,),
    SaveAs.SD_JWT: (FormName.VC_SD_JWT, FormName.DC_SD_JWT),
}
_PASSED_ON = (FormName.LDP_VC, FormName.JWT_VC)


def saved(papers: Papers, one: Kept, kind: SaveAs, language: Language, *, holder: str = "") -> Saved:
    """The file. What goes into a picture, a page or a PDF is seen by whoever gets it, whole.

    Raises:
        FormNotHere: the credential is not in the wallet in that form.
        CredentialNotForPictures: it is here only in forms that are for its holder.
    """
    form = _form(one, kind)
    if form is None:
        raise FormNotHere if kind in _FORMS else CredentialNotForPictures
    return papers.save_as(kind, form.source, language, name=stem_of(one), holder=plain_name(holder))


def stem_of(one: Kept) -> str:
    """The name of its files, after the badge."""
    parsed = one.report.parsed
    return file_stem("" if parsed is None else parsed.subject.achievement.name, one.id)


def _form(one: Kept, kind: SaveAs) -> KeptForm | None:
    wanted = _FORMS.get(kind, _PASSED_ON)
    return next((form for name in wanted for form in one.forms if form.name is name), None)
