"""docs/limits.md says every limit with its reason, as the code has them."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def maker():
    specification = importlib.util.spec_from_file_location("make_limits", ROOT / "docs" / "make_limits.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_document_is_made_from_the_code(maker):
    assert (ROOT / "docs" / "limits.md").read_text(encoding="utf-8") == maker.document(), (
        "run: python docs/make_limits.py"
    )


def test_every_limit_has_a_reason(maker):
    bare = [
        f"{module}.{limit.name}"
        for module in maker.MODULES
        for limit in maker.limits(module)
        if not limit.reason
    ]
    assert bare == []


def test_no_module_of_limits_is_left_out(maker):
    found = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for package in ("passport", "issuer", "wallet", "verifier", "matching")
        for path in (ROOT / package).rglob("limits.py")
    }
    assert found == set(maker.MODULES)


def test_what_a_later_instance_sets_is_shown_and_the_rest_is_not_repeated(maker):
    named = {limit.name: limit.value for limit in maker.limits("passport.limits")}
    assert named["CREDENTIAL.depth"] == 32
    assert named["PRESENTATION.size"] == 1_048_576
    assert "PRESENTATION.depth" not in named
