"""Reasons in a report as sentences, those of the verifier's own pages among them."""

from typing import Any

from passport.evidence.sentences import with_sentences as told
from passport.texts import Language
from passport.web import Pages


def with_sentences(value: Any, pages: Pages, language: Language) -> Any:
    """The same content with a `sentence` beside every code and its values."""
    return told(value, lambda reason: pages.reason(reason, language))
