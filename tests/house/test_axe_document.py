"""Every page of the three services is in docs/axe.md: judged, or named as what is no page (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

from tests.simulators.page_routes import NO_PAGES, NOT_JUDGED, page_routes

TABLE = (Path(__file__).resolve().parents[2] / "docs" / "axe.md").read_text(encoding="utf-8")


def _judged(service: str) -> set[str]:
    part = re.search(rf"^## {re.escape(service)}\n(.*?)(?=^## |\Z)", TABLE, re.DOTALL | re.MULTILINE)
    return set(re.findall(r"^\| `(/[^`]*)` \|", part[1], re.MULTILINE)) if part else set()


WHOLE = pytest.mark.skipif("one run" not in TABLE, reason="docs/axe.md is of parts: make axe")


@pytest.mark.parametrize("service", page_routes())
def test_what_is_no_page_is_an_address(service: str) -> None:
    assert {path for paths in NO_PAGES[service].values() for path in paths} <= set(page_routes()[service])


@WHOLE
@pytest.mark.parametrize("service", page_routes())
def test_no_page_is_left_unjudged(service: str) -> None:
    no_pages = {path for paths in NO_PAGES[service].values() for path in paths}
    routes = set(page_routes()[service])
    assert routes - no_pages - NOT_JUDGED[service] <= _judged(service)
    assert not _judged(service) & NOT_JUDGED[service]


@WHOLE
def test_axe_finds_nothing() -> None:
    assert re.search(r"^\d+ addresses, \d+ looks, 0 faults[.]$", TABLE, re.MULTILINE)
