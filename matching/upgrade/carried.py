"""A newer release in which everything of an older one is found: under its own identifier, or as retired.

A release says what became of the one before it. Somebody who skips releases, or whose publisher kept no
list, still holds credentials with the older identifiers.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from matching.taxonomy.compact import Concepts, Taxonomy
from matching.taxonomy.model import Retired


def resolving(newer: Taxonomy, older: Taxonomy) -> Taxonomy:
    """The newer release, with what only the older one had or had retired; its own word goes first.

    A successor is looked up as for a build: what has the same English name, else the one concept that has
    it among its other names.
    """
    here = {iri for table in _tables(newer) for iri in table}
    found = {iri: gone for iri, gone in newer.retired.items() if iri not in here}
    for gone in _gone(newer, older):
        if gone.iri not in here:
            found.setdefault(gone.iri, gone)
    for iri, gone in older.retired.items():
        if iri not in here:
            found.setdefault(iri, Retired(iri, gone.label, _followed(gone.successor, here, found)))
    return replace(newer, retired={iri: found[iri] for iri in sorted(found)})


def _gone(newer: Taxonomy, older: Taxonomy) -> Iterator[Retired]:
    for old, new in zip(_tables(older), _tables(newer), strict=True):
        named, called = _by_label(new), _by_other_name(new)
        for iri, label in zip(old.iris, old.labels["en"], strict=True):
            if iri not in new:
                name = label.casefold()
                yield Retired(iri, label, named.get(name) or called.get(name))


def _followed(successor: str | None, here: set[str], found: Mapping[str, Retired]) -> str | None:
    """What stands in its place now: a successor may have gone too."""
    if successor is None or successor in here:
        return successor
    gone = found.get(successor)
    return None if gone is None else gone.successor


def _tables(taxonomy: Taxonomy) -> tuple[Concepts, ...]:
    return taxonomy.occupations, taxonomy.skills, taxonomy.skill_groups, taxonomy.occupation_groups


def _by_label(concepts: Concepts) -> Mapping[str, str]:
    pairs = zip(concepts.labels["en"], concepts.iris, strict=True)
    return {label.casefold(): iri for label, iri in reversed(list(pairs))}


def _by_other_name(concepts: Concepts) -> Mapping[str, str]:
    """Other names that one concept alone has."""
    having: defaultdict[str, set[str]] = defaultdict(set)
    for iri, names in zip(concepts.iris, concepts.alternates.get("en", ()), strict=False):
        for name in filter(None, names.split("\t")):
            having[name.casefold()].add(iri)
    return {name: next(iter(found)) for name, found in having.items() if len(found) == 1}
