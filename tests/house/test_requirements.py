"""What the two studies ask for, from skills to the yearly check-up, is held by tests that are named beside it."""

import re
from pathlib import Path

from wallet.desktop import api, api_claims, api_openid4vp

TABLE = Path(__file__).resolve().parents[2] / "docs" / "requirements.md"
FIRST, LAST = 47, 122
_ROW = re.compile(r"^\| R(\d+) \|(.*)\|$", re.MULTILINE)


def rows():
    return [(int(number), cells.split(" | ")) for number, cells in _ROW.findall(TABLE.read_text("utf-8"))]


def test_every_requirement_is_there_once_in_its_order():
    assert [number for number, _ in rows()] == list(range(FIRST, LAST + 1))


def test_every_requirement_says_what_it_is_where_it_is_met_and_which_tests_hold_it():
    for number, cells in rows():
        what, where, held = (cell.strip() for cell in cells)
        assert what, number
        assert where, number
        named = re.findall(r"`(test_\w+)`", held)
        assert named, number


def test_the_three_verbs_are_three_groups_of_the_interface():
    """R52: keep what one can do up to date, have it validated, open it up to whom one wants."""

    def has(router, *paths):
        here = {route.path for route in router.routes}
        return [path for path in paths if path not in here]

    assert has(api_claims.router, "/api/claims", "/api/claims/{record}/withdraw") == []
    assert has(api_claims.router, "/api/asked", "/api/asked/{identifier}/appeal") == []
    assert has(api.router, "/api/present") == []
    assert has(api_openid4vp.router, "/api/openid4vp/{identifier}/approve") == []
