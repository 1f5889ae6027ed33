"""Text that a stranger wrote, fit to stand beside our own: nothing in it hides, turns or moves text."""

import unicodedata

_HIDING = frozenset({"Cc", "Cf", "Co", "Cn", "Zl", "Zp"})
"""Control and format characters (bidirectional marks among them), private use, unassigned, separators."""
_NAME_LENGTH = 80


def plain_text(text: str) -> str:
    """The text without such characters, on one line."""
    kept = "".join(
        " " if character in "\r\n\t" else character
        for character in text
        if character in "\r\n\t" or unicodedata.category(character) not in _HIDING
    )
    return " ".join(kept.split())


def plain_name(name: str) -> str:
    """A claimed name, no longer than a line."""
    return plain_text(name)[:_NAME_LENGTH]


def shown_escaped(json_text: str) -> str:
    """JSON with every such character written as an escape, so that it can be seen."""
    return "".join(
        character
        if character == "\n" or unicodedata.category(character) not in _HIDING
        else json_escape(character)
        for character in json_text
    )


def json_escape(character: str) -> str:
    r"""RFC 8259, section 7: \uXXXX, in two halves beyond the basic plane."""
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
