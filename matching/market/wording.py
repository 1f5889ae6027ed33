"""A window of time as people say it, in both languages."""

from collections.abc import Mapping

from matching.market.periods import Period, Window
from matching.texts import catalogue
from passport.texts import Language


def window_words(window: Window, language: Language) -> str:
    """As in: fourth quarter of 2024; maart 2024."""
    year, part = divmod(window.number, window.period.a_year)
    code = (
        "market.window.year" if window.period is Period.YEAR else f"market.window.{window.period}-{part + 1}"
    )
    return catalogue().say(code, language, {"year": year})


def windows(**named: Window) -> Mapping[str, str | int]:
    """As values of a reason: each name in each language."""
    return {
        f"{name}.{language}": window_words(window, language)
        for name, window in named.items()
        for language in Language
    }
