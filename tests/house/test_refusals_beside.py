"""On the pages of the services a refusal stands beside its field: none is said on top, and no code is made up."""

import re
from pathlib import Path

import pytest

from tests.house.test_errors import every_error

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    page
    for folder in ("issuer/templates", "verifier/templates", "passport/web/templates")
    for page in (ROOT / folder).glob("*.html")
)
OF_REQUESTS = {"*", "achievementType", "alignment", "licenseNumber"}
"""Names of a request's fields that differ from those of the form."""
SAID_OTHERWISE = {
    "confirm_sheet.html": "the rows of a time sheet",
    "fields.html": "the wallet's way",
    "problem.html": "no form to stand beside",
    "sign_in.html": "a script says it of a passkey",
    "me.html": "a script says it of a passkey",
}


def codes() -> set[str]:
    return {kind.code for kind in every_error()}


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda page: page.name)
def test_refusals_beside_fields_are_refusals_that_exist(page):
    named = {
        code for said in re.findall(r'data-refusals="([^"]*)"', page.read_text()) for code in said.split()
    }
    assert named <= codes() | OF_REQUESTS


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda page: page.name)
def test_no_page_says_a_refusal_on_top_by_itself(page):
    if page.name not in SAID_OTHERWISE:
        assert 'role="alert"' not in page.read_text(), "passport.web.refused_page puts it in its place"
