"""Reasons in a report as sentences, in the language of who reads it."""

from typing import Any

from passport.answers import Reason
from passport.texts import Language
from passport.web import Pages


def with_sentences(value: Any, pages: Pages, language: Language) -> Any:
    """The same content with a `sentence` beside every code and its values."""
    if isinstance(value, list):
        return [with_sentences(each, pages, language) for each in value]
    if not isinstance(value, dict):
        return value
    told = {key: with_sentences(each, pages, language) for key, each in value.items()}
    if "code" in value and "values" in value:
        told["sentence"] = pages.reason(Reason(value["code"], value["values"]), language)
    elif "code" in value and "answer" in value:
        told["about"] = pages.reason(Reason(value["code"]), language)
    return told
