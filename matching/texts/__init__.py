"""Sentences of matching for people, in Dutch and English at reading level B1."""

from functools import cache
from importlib.resources import files

from passport.answers import Reason
from passport.texts import Catalogue, Language


@cache
def catalogue() -> Catalogue:
    return Catalogue(files(__name__))


def render(reason: Reason, language: Language) -> str:
    """A reason of a comparison as one sentence."""
    return catalogue().say(reason.code, language, reason.values)
