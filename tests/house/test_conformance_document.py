"""docs/conformance.md leaves no vectors out."""

from pathlib import Path

import pytest

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "conformance.md").read_text(encoding="utf-8")


def test_every_folder_of_vectors_is_named(vectors):
    folders = [folder.name for folder in vectors.iterdir() if folder.is_dir()]
    assert len(folders) > 5
    assert [name for name in folders if f"`{name}" not in DOCUMENT] == []


@pytest.mark.parametrize("name", ["ed25519_test", "json_web_key_test", "json_web_signature_test"])
def test_the_number_of_wycheproof_cases_is_theirs(vectors, name):
    from passport.json import parse_object
    from passport.limits import PUBLISHED

    cases = parse_object((vectors / "wycheproof" / f"{name}.json").read_bytes(), PUBLISHED)["numberOfTests"]
    assert f"| {cases} |" in DOCUMENT
