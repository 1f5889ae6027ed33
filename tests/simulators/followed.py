"""Everything that links of a service lead to, followed: what of strangers' texts was shown, and what they did (A52)."""

import csv
import io
import re
from html import unescape
from xml.etree import ElementTree as ET

from tests.simulators.every_leaf import harm_in, texts_of

MOST = 250
"""Pages that are followed from one page."""
_CARRIED = re.compile(r'<script type="application/[-+\w.]+"[^>]*>[^<]*</script>|<style>[^<]*</style>')
"""What a saved page carries: the badge, in which no tag begins, and its own style."""
_LINK = re.compile(r'<(?:a|img)\b[^>]*? (?:href|src)="([^"]*)"')


class Walk:
    """What was answered: the marks that a person gets to see of it, and what went wrong."""

    def __init__(self, leaves, get, *, ours=""):
        self._leaves, self._get, self._ours = leaves, get, ours
        self.seen, self.harm, self.count = set(), [], 0

    def look(self, path, answer):
        assert answer.status_code < 500, path
        self.count += 1
        kind = answer.headers.get("content-type", "").partition(";")[0]
        if kind == "text/html":
            page = _CARRIED.sub("", answer.text, count=2) if "/save/" in path else answer.text
            self.seen |= self._leaves.seen(texts_of(page))
            self.harm += [(path, each) for each in harm_in(page)]
            return page
        if kind == "image/svg+xml":
            self.harm += [(path, each) for each in harm_in_drawing(answer.content)]
        elif kind == "text/csv":
            cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
            self.harm += [(path, cell[:40]) for cell in cells if cell[:1] in set("=+-@\t\r")]
        elif answer.content and kind.partition("/")[0] in {"text", ""} and kind != "text/calendar":
            self.harm.append((path, f"of the kind {kind}"))
        return ""

    def everywhere(self, *start):
        """From these on, by every link of our own."""
        todo, done = list(start), set()
        while todo and len(done) < MOST:
            path = todo.pop(0)
            if path not in done:
                done.add(path)
                for link in _LINK.findall(self.look(path, self._get(path))):
                    there = unescape(link).removeprefix(self._ours).partition("#")[0]
                    if there.startswith("/") and "lang=" not in there and not there.startswith("/static/"):
                        todo.append(there)
        return self

    def only(self, *paths):
        for path in paths:
            self.look(path, self._get(path))
        return self


def harm_in_drawing(source):
    root = ET.fromstring(source)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    more = names - {
        "svg",
        "title",
        "desc",
        "path",
        "circle",
        "rect",
        "line",
        "g",
        "text",
        "tspan",
        "credential",
    }
    attributes = {name.rpartition("}")[2] for element in root.iter() for name in element.attrib}
    return [*more, *(name for name in attributes if name.startswith("on") or name == "href")]
