"""What a refusal says, which it is, and what was typed: a page puts it beside its field, with that. Pure."""

from collections.abc import Mapping, Sequence
from typing import Self


class Refusal(str):
    """The sentence of a refusal with its code, by which a template finds the field (`fields.html`).

    `typed` has what stood in the form, by the names of its fields, so that nothing has to be typed again. A
    template says which of it comes back; passphrases and codes never do.
    """

    __slots__ = ("code", "typed")
    code: str
    typed: Mapping[str, Sequence[str]]

    def __new__(cls, sentence: str, code: str, typed: Mapping[str, Sequence[str]] | None = None) -> Self:
        said = super().__new__(cls, sentence)
        said.code = code
        said.typed = typed or {}
        return said
