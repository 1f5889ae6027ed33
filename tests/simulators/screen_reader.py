"""What a screen reader is told of a page: Chromium's own tree of names and roles, and what is wrong with it.

A list of all buttons or links is how many who don't see find their way (WCAG 2.2, 2.4.4, 2.4.6, 4.1.2): a name
that two have in common says nothing there, unless a named group around them, or what describes them, does.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Page

Node = Mapping[str, Any]
_FIELDS = frozenset(
    {"checkbox", "combobox", "listbox", "radio", "searchbox", "slider", "spinbutton", "textbox"}
)
_PRESSED = frozenset({"DisclosureTriangle", "button", "link", "menuitem", "switch", "tab"})
_GROUPS = frozenset({"Date", "Details", "article", "dialog", "form", "group", "radiogroup", "region"})
_PICTURES = frozenset({"image", "img", "svg-root"})
_CONTEXT = frozenset({"listitem", "paragraph", "row"})
_HEADERS = frozenset({"columnheader", "rowheader"})


def faults(page: Page, *, refused: bool = False) -> list[str]:
    """What somebody who hears the page stumbles over. `refused`: it says no, and must say so by itself."""
    session = page.context.new_cdp_session(page)
    try:
        told = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    tree = {node["nodeId"]: node for node in told}
    heard = [node for node in told if not node["ignored"]]
    found = [*_names(heard, tree), *_headings(heard), *_landmarks(heard), *_tables(heard, tree)]
    if refused and not any(_role(node) == "alert" for node in heard):
        found.append("a refusal that is no alert")
    return [f"heard: {each}" for each in found]


def _role(node: Node) -> str:
    return str(node.get("role", {}).get("value", ""))


def _name(node: Node) -> str:
    return " ".join(str(node.get("name", {}).get("value", "")).split())


def _property(node: Node, name: str) -> Any:
    return next(
        (each["value"].get("value") for each in node.get("properties", ()) if each["name"] == name), None
    )


def _above(node: Node, tree: Mapping[str, Node]) -> Iterator[Node]:
    while (parent := node.get("parentId")) in tree:
        node = tree[str(parent)]
        yield node


def _names(heard: list[Node], tree: Mapping[str, Node]) -> Iterator[str]:
    same: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for node in heard:
        role, name = _role(node), _name(node)
        if role not in _FIELDS | _PRESSED | _PICTURES:
            continue
        if not name:
            yield f"no name: {role}"
        elif role not in _PICTURES:
            around = [_name(each) for each in _above(node, tree) if _role(each) in _GROUPS and _name(each)]
            described = str(node.get("description", {}).get("value", ""))
            goes_to = str(node["nodeId"])
            if (
                role == "link"
            ):  # in a list, a row or a paragraph, what stands there tells where it leads (2.4.4)
                if any(_role(each) in _CONTEXT for each in _above(node, tree)):
                    continue
                goes_to = str(_property(node, "url") or "")
            same[(role, name, described, *around)].add(goes_to)
    for (role, name, *_), goes_to in same.items():
        if len(goes_to) > 1:
            yield f"{len(goes_to)} times the same name: {role} {name[:80]}"


def _headings(heard: list[Node]) -> Iterator[str]:
    """Their order is axe's to judge: what is heard leaves out headings that unfold something."""
    for node in heard:
        if _role(node) == "heading" and not _name(node):
            yield f"a heading without words, of level {_property(node, 'level')}"


def _landmarks(heard: list[Node]) -> Iterator[str]:
    for role in ("banner", "main"):
        count = sum(_role(node) == role for node in heard)
        if count != 1:
            yield f"{count} landmarks of role {role}"
    ways = [_name(node) for node in heard if _role(node) == "navigation"]
    if len(set(ways)) < len(ways) or "" in ways:
        yield f"navigations that are called {ways}"


def _tables(heard: list[Node], tree: Mapping[str, Node]) -> Iterator[str]:
    titled = {
        each["nodeId"] for node in heard if _role(node) in _HEADERS for each in _above(node, tree)
    }  # fmt: skip
    for node in heard:
        if _role(node) == "table" and node["nodeId"] not in titled:
            yield f"a table without headers: {_name(node)[:80]}"
        if _role(node) in _HEADERS and not _name(node):
            yield f"an empty {_role(node)}"
