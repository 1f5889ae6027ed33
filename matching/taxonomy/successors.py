"""What an older release had and a newer one lacks, so that old credentials keep resolving."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from matching.taxonomy.model import Concept, Release, Retired


def with_retired(release: Release, older: Release) -> Release:
    """The release with what an older one had and this one lacks, each with its successor where there is one.

    ESCO publishes no list of its own. The successor has the same English label; or else the old label is
    among the other names of one concept alone, with which it was merged.
    """
    kept = {concept.iri for table in _tables(release) for concept in table}
    skills, groups = release.skills, release.skill_groups
    retired: list[Retired] = []
    for old, new in zip(
        _tables(older),
        (release.occupations, (*skills, *groups), (*groups, *skills), release.occupation_groups),
        strict=True,
    ):
        gone = [concept for concept in old if concept.iri not in kept]
        named, called = _by_label(new), _by_other_name(new)
        retired.extend(
            Retired(concept.iri, concept.labels["en"], named.get(name) or called.get(name))
            for concept in gone
            for name in [concept.labels["en"].casefold()]
        )
    return replace(release, retired=tuple(sorted(retired, key=lambda gone: gone.iri)))


def _tables(release: Release) -> tuple[Sequence[Concept], ...]:
    return release.occupations, release.skills, release.skill_groups, release.occupation_groups


def _by_label(concepts: Sequence[Concept]) -> Mapping[str, str]:
    return {concept.labels["en"].casefold(): concept.iri for concept in reversed(concepts)}


def _by_other_name(concepts: Sequence[Concept]) -> Mapping[str, str]:
    """Other names that one concept alone has."""
    having: defaultdict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for name in concept.alternates.get("en", ()):
            having[name.casefold()].add(concept.iri)
    return {name: next(iter(found)) for name, found in having.items() if len(found) == 1}
