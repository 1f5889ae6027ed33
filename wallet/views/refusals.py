"""What a refusal says, and which it is: a page puts it beside the field that it is about. Pure."""

from typing import Self


class Refusal(str):
    """The sentence of a refusal with its code, by which a template finds the field (`fields.html`)."""

    __slots__ = ("code",)
    code: str

    def __new__(cls, sentence: str, code: str) -> Self:
        said = super().__new__(cls, sentence)
        said.code = code
        return said
