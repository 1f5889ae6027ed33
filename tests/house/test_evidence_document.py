"""docs/evidence.md has every row of the rule table with its ceiling, and a matrix that is played as it stands."""

import re
from pathlib import Path

from passport import limits
from passport.evidence import LOWERINGS, RULES
from tests.simulators.evidence_matrix import read_matrix

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")


def test_every_row_is_documented_with_its_ceiling():
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| ([a-z-]+) \|$", DOCUMENT, re.MULTILINE))
    labels = {"label-soft", "label-semi-hard"}
    expected = {row.id: str(row.ceiling) for row in (*RULES, *LOWERINGS) if row.id not in labels}
    assert rows == expected
    assert all(f"`{label}`" in DOCUMENT for label in labels)


def test_the_matrix_is_read_whole():
    """`tests/adversarial/test_evidence_matrix.py` plays every row that is read here."""
    section = DOCUMENT.partition("## The matrix")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    assert len(read_matrix()) == len(lines) - 2 >= 60


def test_the_bounds_of_the_chain_are_those_of_the_code():
    bounds = re.search(
        r"At most (\d+) acts that confirm each other .* and (\d+) endorsements in one badge",
        DOCUMENT,
        re.DOTALL,
    )
    assert bounds is not None
    assert [int(each) for each in bounds.groups()] == [limits.CHAIN.depth, limits.CHAIN.embedded]
