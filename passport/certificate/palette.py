"""The colours of an organisation's badges and certificates, from its identifier: always the same for one."""

import hashlib
from dataclasses import dataclass

_TONES = ("#0b5a63", "#1f4e79", "#5a3f94", "#7a2e52", "#8a3b12", "#2f5d34", "#3b4a5a", "#6b4e00")
_PAPERS = ("#e6f1f2", "#e7eef6", "#efeaf8", "#f7e9f0", "#f9ece4", "#e8f1e9", "#ebeef1", "#f6f0df")


@dataclass(frozen=True, slots=True)
class Palette:
    """`tone` is dark enough for white text on it (at least 6 to 1), `paper` light enough for dark text."""

    tone: str
    paper: str
    points: int
    """Of the star on the badge."""


def palette_of(identifier: str) -> Palette:
    drawn = hashlib.sha256(identifier.encode("utf-8", "replace")).digest()
    at = drawn[0] % len(_TONES)
    return Palette(_TONES[at], _PAPERS[at], 5 + drawn[1] % 4)


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
