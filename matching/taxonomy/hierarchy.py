"""A hierarchy without circles: who is broader than whom, as far as it goes upwards."""

from collections.abc import Mapping

Broader = Mapping[str, tuple[str, ...]]


def without_circles(broader: Broader) -> tuple[dict[str, tuple[str, ...]], int]:
    """The links that close no circle, and how many did.

    Looked at in the order of the identifiers, so that the same table always loses the same links.
    """
    found: dict[str, list[str]] = {}
    closing = 0
    done: set[str] = set()
    for start in sorted(broader):
        path: dict[str, None] = {}
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            node, left = stack.pop()
            if left:
                del path[node]
                done.add(node)
                continue
            if node in done or node in path:
                continue
            path[node] = None
            stack.append((node, True))
            kept = found.setdefault(node, [])
            for above in sorted(broader.get(node, ())):
                if above in path:
                    closing += 1
                else:
                    kept.append(above)
                    stack.append((above, False))
    return {node: tuple(kept) for node, kept in found.items() if kept}, closing
