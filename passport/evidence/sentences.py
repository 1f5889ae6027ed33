"""Reasons in a report as sentences, in the language of who reads it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from passport.answers import Reason
from passport.texts import Language, render_reason

Say = Callable[[Reason], str]


def with_sentences(value: Any, say: Language | Say) -> Any:
    """The same content with a `sentence` beside every code and its values.

    `say` is a language, or renders a reason where a service has sentences of its own beside the shared ones.
    """
    return _told(value, partial(render_reason, language=say) if isinstance(say, Language) else say)


def _told(value: Any, say: Say) -> Any:
    if isinstance(value, list):
        return [_told(each, say) for each in value]
    if not isinstance(value, dict):
        return value
    told = {key: _told(each, say) for key, each in value.items()}
    if "code" in value and "values" in value:
        told["sentence"] = say(Reason(value["code"], value["values"]))
    elif "code" in value and "answer" in value:
        told["about"] = say(Reason(value["code"]))
    return told
