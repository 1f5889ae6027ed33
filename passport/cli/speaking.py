"""How the command line refuses: in the language of its other words."""

from importlib.resources import files

from passport.errors import PassportError
from passport.texts import Catalogue, Language, render_error, sentence_of


def refusal(error: PassportError, language: Language) -> str:
    """The sentence of an error, from the texts of the room that it comes from."""
    if language is Language.EN:
        return render_error(error, language)
    room = type(error).__module__.rpartition(".")[0]
    while room:
        folder = files(room) / "texts"
        if folder.is_dir() and error.code in (found := Catalogue(folder)).codes(language):
            return sentence_of(error, language, found)
        room = room.rpartition(".")[0]
    return render_error(error, language)
