"""Script in every text of a document at once, each with a mark of its own, and what a page made of it (A52).

A text becomes `zq7a`, a payload, `zq7e`: wherever the first stands on a page, no sign of markup stands before the
second. An identifier becomes an address with the mark in it, of each kind that a document may name.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from passport.json import JsonObject

PAYLOADS = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "' onmouseover='window.hit=1",
    '" autofocus onfocus="window.hit=1',
    "</title></textarea></style></script><svg onload=window.hit=1>",
    "{{7*191}}${7*191}#{7*191}<%=7*191%>{%raw%}",
    "--><img src=x onerror=window.hit=1>",
    "]]><script>window.hit=1</script>",
    "';window.hit=1;//\";window.hit=1;//`;window.hit=1;//",
    "\\u003cimg src=x onerror=window.hit=1\\u003e",
    "&lt;script&gt;window.hit=1&lt;/script&gt;&#60;script&#62;",
    "<a href='javascript:window.hit=1'>klik</a>[klik](javascript:window.hit=1)",
    "<base href=//evil.example><form action=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>",
    "</svg></text></g><foreignObject><iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
)
FORMULAS = ("=cmd|' /C calc'!A0", "+cmd|x", "-2+3+cmd|x", "@SUM(1)", "\t=cmd|x", "\r=cmd|x")
ADDRESSES = (
    "javascript:window.hit=1//{}'onload='window.hit=1",
    "data:text/html,%3Cscript%3Eparent.hit=1%3C/script%3E{}",
    "https://evil.example/{}'onmouseover='window.hit=1'&quot;&gt;",
    "vbscript:msgbox(1)//{}",
    "http://evil.example/{}",
    "blob:https://evil.example/{}",
    "https://evil.example/{}",
)
_URL = re.compile(r"(https?|urn|did|data|mailto|tel):\S+")
_KEPT = frozenset({"@context", "type", "@language", "@direction"})


@dataclass
class Leaves:
    """Which mark stands for which text: `filled` gives a document with one in each of its texts.

    `turn` gives every text the next payload: after as many turns as there are payloads each had each.
    """

    turn: int = 0
    where: list[str] = field(default_factory=list)

    def text(self, where: str, *, most: int | None = None) -> str:
        number = self._number(where)
        said = PAYLOADS[(number + self.turn) % len(PAYLOADS)]
        return f"zq{number}a{said}zq{number}e"[:most]

    def formula(self, where: str) -> str:
        number = self._number(where)
        return f"{FORMULAS[(number + self.turn) % len(FORMULAS)]}zq{number}a"

    def address(self, where: str, only: str = "") -> str:
        number = self._number(where)
        fitting = [each for each in ADDRESSES if each.startswith(only)]
        return fitting[(number + self.turn) % len(fitting)].format(f"zq{number}a")

    def _number(self, where: str) -> int:
        self.where.append(where)
        return len(self.where) - 1

    def filled(self, document: JsonObject, *, but: Collection[str] = ()) -> JsonObject:
        """`but`: paths that stay, with `*` for a place in a list, as `/evidence/*/id`."""
        made: JsonObject = self._filled(document, "", frozenset(but))
        return made

    def _filled(self, value: Any, path: str, but: frozenset[str]) -> Any:
        if path in but or path.rpartition("/")[2] in _KEPT:
            return value
        if isinstance(value, dict):
            return {name: self._filled(part, f"{path}/{name}", but) for name, part in value.items()}
        if isinstance(value, list):
            return [self._filled(part, f"{path}/*", but) for part in value]
        if not isinstance(value, str):
            return value
        return self.address(path) if _URL.fullmatch(value) else self.text(path)

    def seen(self, texts: str) -> set[str]:
        """The places whose mark stands in these texts."""
        return {self.where[int(number)] for number in re.findall(r"zq(\d+)a", texts)}


_ACTIVE = frozenset(
    [
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "base",
        "math",
        "foreignobject",
        "animate",
        "marquee",
        "style",
    ]
)
"""Elements that no page of ours has."""
_LINKS = frozenset({"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "ping"})
_WHOLE = re.compile(r"zq(\d+)a((?:(?!zq\d+[ae]).){1,400}?)zq\1e", re.DOTALL)
_MARKUP = re.compile("[<>\"']")
_NEXT_LINE = re.compile(r"</text><text [^<>]*>")
"""Between two lines of one text in a picture."""


class _Parsed(HTMLParser):
    """The elements of a page, what is wrong with them, and its texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.texts: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within.append(tag)
        given = {name: value or "" for name, value in attrs}
        if tag in _ACTIVE or (
            tag == "script" and not re.fullmatch(r"/static/[\w.-]+\.js", given.get("src", ""))
        ):
            self.found.append(f"<{tag}>")
        if tag in {"link", "meta"} and ("zq" in str(given) or "evil" in str(given)):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if (
                name.startswith("on")
                or name in {"style", "srcdoc"}
                or not re.fullmatch(r"[a-z][a-z0-9:-]*", name)
            ):
                self.found.append(f"{tag} {name}")
            if name in _LINKS:
                self._link(tag, name, value.strip(), given)
            elif "zq" in value:
                self.texts.append(value)

    def _link(self, tag: str, name: str, value: str, given: dict[str, str]) -> None:
        own = value.startswith(("/", "?", "#")) and not value.startswith(("//", "/\\"))
        away = value.startswith("https://") and tag == "a" and "noreferrer" in given.get("rel", "")
        drawn = tag == "img" and re.match(
            r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$", value
        )
        if ("zq" in value and not own and not away) or (
            not (own or away or drawn or value in {"", "."}) and "evil" in value
        ):
            self.found.append(f"{tag} {name}={value[:60]}")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._within[-1:] == ["script"] and data.strip():
            self.found.append("a script in the page")

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop() != tag:
            pass


def harm_in(page: str) -> list[str]:
    """What a payload made of a page: elements, attributes, links away, signs of markup that nothing escaped."""
    parsed = _read(page)
    raw = [
        f"zq{number}a{between}"
        for number, between in _WHOLE.findall(_NEXT_LINE.sub("", page))
        if _MARKUP.search(between)
    ]
    worked_out = ["it was worked out"] if "1337" in "".join(parsed.texts) else []
    return [*parsed.found, *(f"not escaped: {each[:60]}" for each in raw), *worked_out]


def texts_of(page: str) -> str:
    """What a person or a screen reader gets of a page."""
    return "\n".join(_read(page).texts)


def _read(page: str) -> _Parsed:
    parsed = _Parsed()
    parsed.feed(page)
    parsed.close()
    return parsed
