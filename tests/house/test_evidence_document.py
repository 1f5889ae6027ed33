"""docs/evidence.md has every row of the rule table, with its ceiling."""

import re
from pathlib import Path

from passport.evidence import LOWERINGS, RULES

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")


def test_every_row_is_documented_with_its_ceiling():
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| ([a-z-]+) \|$", DOCUMENT, re.MULTILINE))
    labels = {"label-soft", "label-semi-hard"}
    expected = {row.id: str(row.ceiling) for row in (*RULES, *LOWERINGS) if row.id not in labels}
    assert rows == expected
    assert all(f"`{label}`" in DOCUMENT for label in labels)
