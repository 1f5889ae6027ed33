"""What the documents say that a test holds is held by one: every test that they name is there."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted((ROOT / "docs").rglob("*.md"))
_FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_QUOTED = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"(?:tests/|benchmarks/)[\w./*-]+")
_NAME = re.compile(r"\btest_\w+(?:\.py|\*|…)?|…[a-z]\w*_\w+…?")
_CASE = re.compile(r"\[([^\]]+)\]")


@cache
def sources() -> dict[str, str]:
    """The tests by their files' places below tests/."""
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "tests").rglob("*.py"))
    }


@cache
def functions() -> frozenset[str]:
    return frozenset(name for text in sources().values() for name in re.findall(r"def (test_\w+)", text))


def quoted(document: Path) -> list[str]:
    """What stands between marks of code, within lines and on lines of their own."""
    text = document.read_text(encoding="utf-8")
    return _QUOTED.findall(_FENCED.sub("", text)) + _FENCED.findall(text)


def missing(text: str) -> list[str]:
    """The files and functions that a quoted text names and that are not there."""
    found = [place for place in _FILE.findall(text) if not list(ROOT.glob(place.rstrip(".")))]
    places = " ".join(sources())
    for name in _NAME.findall(_FILE.sub("", text)):
        if "…" in name:
            there = any(name.strip("…") in each for each in functions())
        elif name.endswith((".py", "*")):
            there = f"/{name.rstrip('*')}" in places
        else:
            there = name in functions() or f"/{name}.py" in places
        found += [] if there else [name]
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_test_that_a_document_names_is_there(document):
    assert [name for each in quoted(document) for name in missing(each)] == []


def test_every_case_of_an_attack_that_a_document_names_is_there():
    text = (ROOT / "docs" / "openid4vp.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith(("| `negative", "| invalid and"))]
    cases = [case for line in lines for quoted in _QUOTED.findall(line) for case in _CASE.findall(quoted)]
    assert len(cases) > 5
    everything = "".join(sources().values())
    assert [case for case in cases if f'"{case}"' not in everything] == []
