"""What a publisher's table may say: identifiers that are identifiers, labels that are one line of text."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from matching.folding import fold

_IRI = re.compile(r"[a-z][a-z0-9+.-]{0,31}:[^\s\x00-\x20\x7f-\x9f<>\"{}|\\^`]{1,2000}")
"""RFC 3987, section 2.2, as far as it matters here: absolute, one word, bounded."""
_LABEL = 1_024
"""Characters of one label; ESCO's longest has 213."""


def is_iri(text: str) -> bool:
    return _IRI.fullmatch(text) is not None


def plain_label(text: str) -> str:
    """One line without what can't be seen: controls, marks of direction, joiners; it may be empty."""
    if not text.isascii() or not text.isprintable():
        text = "".join(" " if char.isspace() else char for char in text if char.isspace() or _visible(char))
    return " ".join(text.split())[:_LABEL]


def _visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def split_labels(text: str) -> tuple[str, ...]:
    """ESCO writes alternative labels one a line, in no order that means anything."""
    return tuple(sorted({plain_label(line) for line in text.split("\n")} - {""}))


def look_alikes(labels: Iterable[str]) -> int:
    """How many labels look like another one and are written otherwise: "C" in Latin and in Cyrillic letters.

    Nothing is dropped for it: search has one spelling for both, and a concept is known by its IRI.
    """
    written: defaultdict[str, set[str]] = defaultdict(set)
    for label in labels:
        written[fold(label)].add(_composed(label))
    return sum(len(forms) - 1 for forms in written.values())


def _composed(label: str) -> str:
    return unicodedata.normalize("NFKC", label).casefold()


def count(dropped: Counter[str], rule: str, *, when: bool) -> bool:
    """Count a rule that was broken; the answer is whether it was."""
    if when:
        dropped[rule] += 1
    return when
