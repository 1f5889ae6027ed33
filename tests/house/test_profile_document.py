"""docs/function-profiles.md names every finding of the linter, and docs/trust-lists.md the limits as they are."""

import re
from pathlib import Path

from passport import limits
from passport.evidence.kinds import Strength
from passport.evidence.lint_codes import LintCode
from passport.evidence.lint_demand import LEAST_MONTHS
from passport.evidence.lint_profile import MOST_REQUIRED

DOCS = Path(__file__).resolve().parents[2] / "docs"
PROFILES = (DOCS / "function-profiles.md").read_text(encoding="utf-8")
LISTS = (DOCS / "trust-lists.md").read_text(encoding="utf-8")


def test_every_finding_is_documented():
    table = PROFILES.partition("## The linter")[2]
    named = set(re.findall(r"`([a-z_]+(?:\.\*)?)`", table))
    codes = {re.sub(r"\.(?:en|nl)$", ".*", code.removeprefix("lint.")) for code in LintCode}
    assert codes <= named, codes - named


def test_the_numbers_are_those_of_the_code():
    assert f"more than {MOST_REQUIRED} required" in PROFILES
    semi, hard = LEAST_MONTHS[Strength.SEMI_HARD], LEAST_MONTHS[Strength.HARD]
    assert f"{semi} months for semi-hard, {hard} for hard" in PROFILES
    assert f"{limits.TRUST.delegations} delegations, {limits.TRUST.lists} lists" in LISTS
