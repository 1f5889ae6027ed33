"""A table of what axe-core judged, page by page, from the results that `make axe` leaves in build/axe.

python docs/make_axe_table.py build/axe > docs/axe.md
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

HEAD = """# What axe-core found, page by page

Made by `make axe`: every page that any browser test looks at, judged by axe-core 4.14.1 (WCAG 2.0 to 2.2,
A and AA, and good practice), in light and in dark. An address with `…` is of one thing, such as one badge.
`rules` is how many rules were met at least; `unsure` is what axe leaves to people to judge.
"""
_ONE = re.compile(r"^(?=.*[0-9])[A-Za-z0-9_.~-]{6,}$|%|^did:|^urn:|^z[A-Za-z0-9]{20,}$")
_ENGLISH = {
    "Mijn skillspaspoort": "My skills passport",
    "Uitgever van bewijzen van vaardigheden": "Issuer of skill credentials",
    "Skillscontrole": "Skill check",
    "Uw wallet": "Your wallet",
}
_KEPT = frozenset({"openid4vp", "oid4vci"})


def shape(address: str) -> str:
    """The address without what names one thing."""
    path, _, fragment = address.partition("#")
    path = f"{path}#{fragment}" if path == "/app/" else path
    path = re.sub(r"[?].*", "", path)
    return "/".join("…" if each not in _KEPT and _ONE.search(each) else each for each in path.split("/"))


def main(folder: Path) -> str:
    pages: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            brand = one["title"].rpartition(" \u2013 ")[2]
            pages[_ENGLISH.get(brand, brand), shape(one["address"])].append(one)
    names = {brand for brand, _ in pages}
    lines = [HEAD]
    total = sum(len(found) for found in pages.values())
    wrong = sum(len(one["faults"]) for found in pages.values() for one in found)
    lines.append(f"{len(pages)} addresses, {total} looks, {wrong} faults.\n")
    for brand in sorted(names):
        lines += [f"## {brand}\n", "| page | languages | widths | light | dark | rules | faults | unsure |"]
        lines.append("|---|---|---|---:|---:|---:|---:|---|")
        for (_, address), found in sorted(each for each in pages.items() if each[0][0] == brand):
            lines.append(_row(address, found))
        lines.append("")
    return "\n".join(lines)


def _row(address: str, found: list[dict[str, Any]]) -> str:
    def each(name: str) -> str:
        return ", ".join(sorted({str(one[name]) for one in found}))

    schemes = [one["scheme"] for one in found]
    unsure = sorted({rule for one in found for rule in one["unsure"]})
    faults = sum(len(one["faults"]) for one in found)
    least = min(int(one["passed"]) for one in found)
    counts = f"{schemes.count('light')} | {schemes.count('dark')} | {least} | {faults}"
    return f"| `{address}` | {each('language')} | {each('width')} | {counts} | {', '.join(unsure)} |"


if __name__ == "__main__":
    sys.stdout.write(main(Path(sys.argv[1])))
