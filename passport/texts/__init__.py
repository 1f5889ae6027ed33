"""Sentences for people, in Dutch and English at reading level B1, kept beside the code as TOML.

A catalogue is a folder with files `<subject>.<language>.toml`: a table from code to sentence, with values
in braces. Every subject exists in both languages with the same codes; a test holds that.
"""

import tomllib
from collections.abc import KeysView, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from passport.answers import Reason
from passport.errors import PassportError
from passport.texts.days import with_days_in_words


class Language(StrEnum):
    EN = "en"
    NL = "nl"


class Catalogue:
    """The sentences of a package's folder of TOML files; of several, a later folder's word stands."""

    def __init__(self, *folders: Traversable) -> None:
        self._sentences: dict[Language, dict[str, str]] = {language: {} for language in Language}
        for folder in folders:
            for entry in sorted(folder.iterdir(), key=lambda item: item.name):
                name, _, ending = entry.name.partition(".")
                if name and ending in {f"{language}.toml" for language in Language}:
                    self._sentences[Language(ending[:2])].update(_parsed(entry.read_text(encoding="utf-8")))

    def codes(self, language: Language) -> KeysView[str]:
        return self._sentences[language].keys()

    def say(self, code: str, language: Language, values: Mapping[str, str | int] | None = None) -> str:
        """The sentence for a code with its values filled in; the code itself where there is no sentence.

        A name that differs by language comes as several values: `class.nl` and `class.en` for `{class}`.
        A date as documents write it is said as people write it: 22 November 2026. A number may choose its
        words: `{days:of today|1 day old|# days old}` has those for none, for one, and for more; two are for
        one and more.
        """
        sentence = self._sentences[language].get(code) or self._sentences[Language.EN].get(code)
        return code if sentence is None else sentence.format_map(_Shown(values or {}, language))


class _Shown(dict[str, str | int]):
    """A date shows in words; a value that is missing shows as nothing rather than breaking the page."""

    def __init__(self, values: Mapping[str, str | int], language: Language) -> None:
        super().__init__({name: _Said(with_days_in_words(value, language)) for name, value in values.items()})
        self._languages = (language, *Language)

    def __missing__(self, key: str) -> str:
        named = (self.get(f"{key}.{language}") for language in self._languages)
        return _Said(next((each for each in named if each is not None), ""))


class _Said(str):
    """A value of a sentence; where the sentence gives words to choose from, those for this number."""

    __slots__ = ()

    def __format__(self, choice: str) -> str:
        *fewer, more = choice.split("|")
        if not fewer:
            return super().__format__(choice)
        words = dict(zip(("1", "0"), reversed(fewer), strict=False)).get(self, more)
        return words.replace("#", self)


@cache
def _parsed(text: str) -> Mapping[str, str]:
    """Once in a process: several catalogues have a folder in common, and parsing takes most of their time."""
    return _flat(tomllib.loads(text))


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat.update(_flat(value, f"{prefix}{key}."))
        else:
            flat[prefix + key] = str(value)
    return flat


@cache
def shared() -> Catalogue:
    """The sentences of this package: errors, checks, evidence, policy."""
    return Catalogue(files(__name__))


def render_reason(reason: Reason, language: Language) -> str:
    return shared().say(reason.code, language, reason.values)


def render_error(error: PassportError, language: Language) -> str:
    """The error's sentence; English is on the class, Dutch in `errors.*.nl.toml`."""
    if language is Language.EN:
        return str(error)
    dutch = shared().say(error.code, Language.NL, error.details)
    return str(error) if dutch == error.code else dutch


def sentence_of(error: PassportError, language: Language, catalogue: Catalogue | None = None) -> str:
    """The error's sentence, from the service's own catalogue or the shared one, without its details."""
    if catalogue is not None and error.code in catalogue.codes(language):
        return catalogue.say(error.code, language, error.details)
    return error.sentence if language is Language.EN else render_error(error, language)
