"""Files stay small. Where projects rot is the one file that everything is added to."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("contexts", "passport", "issuer", "wallet", "verifier", "matching", "benchmarks", "tests")
MOST = 350
"""Lines. A longer file has to say why in its docstring, in a sentence with the words "longer than"."""


def lines(path):
    return path.read_text(encoding="utf-8").count("\n")


def modules():
    return [
        path
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "node_modules" not in path.parts
    ]


def test_no_module_is_longer_than_350_lines_without_a_reason():
    long = {
        path: (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "")
        for path in modules()
        if lines(path) > MOST
    }
    assert [
        str(path.relative_to(ROOT)) for path, text in long.items() if "longer than" not in text.lower()
    ] == []


def test_the_median_is_small():
    sizes = sorted(lines(path) for path in modules() if path.name != "__init__.py")
    assert sizes[len(sizes) // 2] <= 160


def test_every_module_says_what_it_is():
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_no_two_files_of_tests_have_one_name():
    """Documents name a test by its file's name alone."""
    names = [path.name for path in modules() if path.name.startswith("test_")]
    assert sorted({name for name in names if names.count(name) > 1}) == []
