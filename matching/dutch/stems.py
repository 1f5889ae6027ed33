"""English words without their endings, so that "weld" finds "welding" and "knife" finds "knives"."""

from functools import lru_cache

_VOWELS = "aeiouy"
_SHORTEST = 3


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word without a plural, -ing, -ed, -er or a last e; two words may share one."""
    if word.endswith("ies") and len(word) > _SHORTEST + 2:
        word = word[:-3] + "y"
    elif word.endswith("ves") and len(word) > _SHORTEST + 1:
        word = word[:-3] + "f"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _SHORTEST:
        word = word[:-1]
    for ending in ("ing", "ed"):
        left = word[: -len(ending)]
        if word.endswith(ending) and len(left) >= _SHORTEST and not set(_VOWELS).isdisjoint(left):
            word = left
            break
    if len(word) > _SHORTEST and word[-1] == "e":
        word = word[:-1]
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word
