"""Which DIDs belong together: groups of names that overlap become one group."""

from collections.abc import Iterable, Mapping


def joined(groups: Iterable[frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """For each name all names of its group, itself among them; in time that grows with their number only."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (one := above.setdefault(name, name)) != name:
            above[name] = above[one]
            name = one
        return name

    for group in groups:
        first = None
        for name in group:
            root = top(name)
            above[root] = first = root if first is None else first
    together: dict[str, set[str]] = {}
    for name in above:
        together.setdefault(top(name), set()).add(name)
    return {name: whole for group in together.values() for whole in (frozenset(group),) for name in group}
