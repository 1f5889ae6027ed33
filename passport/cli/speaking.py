"""In which language the command line refuses: as its other words are, and as the screen is otherwise."""

from collections.abc import Mapping, Sequence
from importlib.resources import files

from passport.errors import PassportError
from passport.terminal import language_of_the_terminal
from passport.texts import Catalogue, Language, render_error, sentence_of

_VARIABLE = "PASSPORT_LANGUAGE"


def language_of(words: Sequence[str], environment: Mapping[str, str]) -> Language:
    """What `-l` or `--language` says, or the variable, or the terminal. What is no language says nothing."""
    named = _option(words) or environment.get(_VARIABLE, "")
    return Language(named) if named in set(Language) else language_of_the_terminal(environment)


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


def _option(words: Sequence[str]) -> str:
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in {"-l", "--language"}:
            return following
        if word.startswith("--language="):
            return word.partition("=")[2]
        if word.startswith("-l") and word[2:] in set(Language):
            return word[2:]
    return ""
