"""A table of what `make axe` judged, page by page, from the results that it leaves in build/axe.

python -m tests.simulators.axe_table build/axe > docs/axe.md
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.simulators.album import kind
from tests.simulators.page_routes import page_routes, pattern

HEAD = """# What axe-core found, page by page

Made by one run of `make axe`. Every page that any test of the pages is answered with is kept, the answers to forms
among them, in Dutch and English; then each is opened in Chromium, 390 and 1280 wide, and judged by axe-core 4.14.1
(WCAG 2.0 to 2.2, A and AA, and good practice; in dark by its rules about colours, which are all that dark changes).
`rules` is how many rules were met at least; `unsure` is what axe leaves to people to judge.

Each page is also judged by what a screen reader is told (names, headings, landmarks, tables, alerts), by Tab from
end to end, and by the eyes of the browser tests: the run fails on what they find, so the table shows axe only.
"""
_ENGLISH = {
    "Mijn skillspaspoort": "My skills passport",
    "Skillspaspoort": "Skills passport",
    "Uitgever van bewijzen van vaardigheden": "Issuer of skill credentials",
    "Skillscontrole": "Skill check",
    "Uw wallet": "Your wallet",
}
_WHOLE = {(language, width) for language in ("en", "nl") for width in ("desk", "phone")}
_DESK = 700


def main(folder: Path) -> str:
    pages: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for one in _results(folder):
        brand = one["title"].rpartition(" \u2013 ")[2]
        brand = _ENGLISH.get(brand, brand)
        pages[brand, _address(brand, one)].append(one)
    total = sum(len(found) for found in pages.values())
    wrong = sum(len(one["faults"]) for found in pages.values() for one in found)
    partly = [key for key, found in pages.items() if _judged(found) != _WHOLE]
    lines = [HEAD, f"{len(pages)} addresses, {total} looks, {wrong} faults."]
    if not any(address.startswith("/app/") for _, address in pages):
        lines.append(
            "The app for phones, which has the wallet's pages, was not in this run: [phone.md](phone.md)."
        )
    if partly:
        lines.append(
            f"{len(partly)} of them were not judged in both languages at both widths, as the table shows."
        )
    for brand in sorted({brand for brand, _ in pages}):
        lines += [f"\n## {brand}\n", "| page | languages | widths | light | dark | rules | faults | unsure |"]
        lines.append("|---|---|---|---:|---:|---:|---:|---|")
        for (_, address), found in sorted(each for each in pages.items() if each[0][0] == brand):
            lines.append(_row(address, found))
    return "\n".join([*lines, ""])


def _results(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def _address(brand: str, one: Mapping[str, Any]) -> str:
    """As its route has it; else without what names one thing."""
    path, _, place = one["address"].partition("#")
    if path == "/app/":
        return (
            f"{path}#{_route('My skills passport', place.partition('?')[0]) or kind(place.partition('?')[0])}"
        )
    method = "" if one.get("method", "GET") == "GET" else f"{one['method']} "
    return method + (_route(brand, path) or kind(path))


def _route(brand: str, path: str) -> str:
    found = [each for each in page_routes().get(brand, ()) if pattern(each).fullmatch(path)]
    return min(found, key=lambda each: each.count("{"), default="")


def _judged(found: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(one["language"], "desk" if one["width"] > _DESK else "phone") for one in found}


def _row(address: str, found: list[dict[str, Any]]) -> str:
    def each(name: str) -> str:
        return ", ".join(sorted({str(one[name]) for one in found}))

    schemes = [one["scheme"] for one in found]
    unsure = sorted({rule for one in found for rule in one["unsure"]})
    faults = sum(len(one["faults"]) for one in found)
    least = min((int(one["passed"]) for one in found if one["scheme"] == "light"), default=0)
    counts = f"{schemes.count('light')} | {schemes.count('dark')} | {least} | {faults}"
    return f"| `{address}` | {each('language')} | {each('width')} | {counts} | {', '.join(unsure)} |"


if __name__ == "__main__":
    sys.stdout.write(main(Path(sys.argv[1])))
