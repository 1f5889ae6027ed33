"""Every error of the house: one class a rule, one stable code, one sentence, in English and Dutch."""

import importlib
import pkgutil
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from passport.errors import Indeterminate, Invalid, NotAllowed, PassportError

FAMILIES = (Invalid, Indeterminate, NotAllowed)
OPERATORS = ("passport.errors.storage", "passport.errors.web")
"""Modules that may have errors outside the families: faults of a host, which nobody who asks can mend."""
PACKAGES = ("contexts", "passport", "issuer", "wallet", "verifier", "matching")
ROOT = Path(__file__).resolve().parents[2]


@cache
def every_error():
    """All subclasses, after every module of the six packages was imported."""
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found, todo = [], [PassportError]
    while todo:
        error = todo.pop()
        found.append(error)
        todo.extend(error.__subclasses__())
    ours = {error for error in found if error.__module__.partition(".")[0] in PACKAGES}
    return sorted(ours, key=lambda error: (error.__module__, error.__qualname__))


@cache
def sentences(language):
    """All `errors*.toml` and other texts, by package: an error's text lives in its own package, or in passport."""
    tables = {}
    for name in PACKAGES:
        table = tables.setdefault(name, {})
        for file in sorted((ROOT / name).rglob(f"texts/*.{language}.toml")):
            for code, text in tomllib.loads(file.read_text(encoding="utf-8")).items():
                if isinstance(text, str):
                    table[code] = text
    return tables


def said(error, language):
    package = error.__module__.partition(".")[0]
    return sentences(language)[package].get(error.code) or sentences(language)["passport"].get(error.code)


def test_codes_are_unique():
    counted = Counter(error.code for error in every_error())
    assert {code: count for code, count in counted.items() if count > 1} == {}


def test_every_class_states_its_own_rule():
    for error in every_error():
        assert "code" in vars(error), error
        assert "sentence" in vars(error), error
        assert re.fullmatch(r"[a-z][a-z0-9]*([_.][a-z0-9]+)*", error.code), error
        assert re.fullmatch(r"[A-Z0-9].{10,}[.?!]", error.sentence), error
        assert issubclass(error, FAMILIES) or error is PassportError or error.__module__ in OPERATORS, error


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_code_has_a_sentence(language):
    missing = [
        f"{error.__module__}.{error.__name__}: {error.code}"
        for error in every_error()
        if not said(error, language)
    ]
    assert missing == []


def test_the_english_copy_is_the_sentence():
    """Unless the text fills in a value that the sentence appends in brackets."""
    other = [
        error.code
        for error in every_error()
        if (text := said(error, "en")) and text != error.sentence and "{" not in text
    ]
    assert other == []


def test_dutch_is_not_english():
    same = [error.code for error in every_error() if said(error, "nl") == error.sentence]
    assert same == []


def test_no_details_no_brackets():
    assert str(Invalid()) == Invalid.sentence
    assert str(Invalid(limit=5, name="x")) == f"{Invalid.sentence} (limit 5, name x)"
    assert Invalid(limit=5).details == {"limit": 5}
    assert repr(Invalid()) == "Invalid('invalid')"
