"""The dictionary: Dutch words of work with the English words that names of skills and occupations use."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from matching.dutch.forms import root
from matching.folding import fold, words

_KINDS = frozenset("vnapx")
_CELLS = 3

Alternative = tuple[str, ...]
"""English words that a name has to have all of."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line says."""

    kind: str
    """v a verb, n a noun, a an adjective, p words that mean something together."""
    english: tuple[Alternative, ...]
    """The nearest first."""


@dataclass(frozen=True, slots=True)
class Phrase:
    words: Alternative
    """The words as they stand in the dictionary."""
    roots: Alternative
    entry: Entry


@dataclass(slots=True)
class Dictionary:
    """Read once; nothing changes it afterwards."""

    exact: defaultdict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    """By the word as it is written, folded."""
    roots: defaultdict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    """Nouns, adjectives and verbs by their root."""
    verbs: defaultdict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    """Verbs of one word by their root."""
    separable: defaultdict[tuple[str, str], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    """By particle and root: ("in", "pak")."""
    phrases: list[Phrase] = field(default_factory=list)
    """The longest first."""
    empty: set[str] = field(default_factory=set)
    """Words that say nothing of a skill."""


@cache
def load_dictionary() -> Dictionary:
    """The dictionary that is shipped, about 1,200 lines; read on first use in a hundredth of a second."""
    return read_dictionary((files("matching.dutch") / "data" / "words.txt").read_text(encoding="utf-8"))


def read_dictionary(source: str) -> Dictionary:
    """Raises ValueError where a line has not its three cells: the file is ours and tested."""
    found = Dictionary()
    for kind, dutch, english in _lines(source):
        names = [fold(each) for each in dutch.split("|")]
        if kind == "x":
            found.empty.update(names)
            continue
        entry = Entry(kind, tuple(tuple(words(fold(each))) for each in english.split("|")))
        for name in names:
            _add(found, name, entry)
    found.phrases.sort(key=lambda each: -len(each.words))
    return found


def _lines(source: str) -> Iterator[tuple[str, str, str]]:
    for line in source.splitlines():
        if line and not line.startswith("#"):
            cells = line.split(";")
            if len(cells) != _CELLS or cells[0] not in _KINDS:
                raise ValueError(line)
            yield cells[0], cells[1], cells[2]


def _add(found: Dictionary, name: str, entry: Entry) -> None:
    parts = tuple(words(name.replace("+", " ")))
    if "+" in name and len(parts) == len(("particle", "verb")):
        particle, verb = parts
        found.separable[particle, root(verb)].append(entry)
        found.exact[particle + verb].append(entry)
        found.roots[root(particle + verb)].append(entry)
    elif len(parts) > 1:
        found.phrases.append(Phrase(parts, tuple(map(root, parts)), entry))
    else:
        found.exact[name].append(entry)
        found.roots[root(name)].append(entry)
        if entry.kind == "v":
            found.verbs[root(name)].append(entry)
