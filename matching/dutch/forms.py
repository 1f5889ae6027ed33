"""Dutch words without their endings, as far as that is simple: "dozen" and "doos" have one root.

A root is no word, and two words may share one: the dictionary looks for the word as it stands first.
"""

import re

_SMALL = ("tjes", "pjes", "jes", "tje", "pje", "je")
_TENSES = ("", "t", "te", "ten", "de", "den", "d")
_DOUBLE = re.compile(r"(aa|ee|oo|uu)(?=[^aeiou]$)")
_HARD = {"v": "f", "z": "s"}
_SHORTEST = 3
"""Letters that are left at least."""


def root(word: str) -> str:
    """A word without the ending of a plural, an infinitive, an adjective or something small."""
    for ending in (*_SMALL, "s"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    for ending in ("en", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    word = word[:-1] + _HARD.get(word[-1:], word[-1:])
    return _DOUBLE.sub(lambda found: found.group()[0], word)


def verb_roots(word: str) -> frozenset[str]:
    """The roots of the verbs that a word may be a form of: present, past, participle or infinitive."""
    bare = [word]
    if word.startswith("ge") and len(word) > _SHORTEST + 2:
        bare.append(word[2:])
    return frozenset(
        root(each[: len(each) - len(ending)])
        for each in bare
        for ending in _TENSES
        if each.endswith(ending) and len(each) - len(ending) >= _SHORTEST
    )
