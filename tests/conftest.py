"""Fixtures for every test: where the vectors, samples and taxonomies are."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_folder(name: str) -> Path:
    """A folder of ../shared; missing fails where CI is set and skips elsewhere."""
    folder = SHARED / name
    if not folder.is_dir():
        reason = f"../shared/{name} is not at hand"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def vectors() -> Path:
    return shared_folder("vectors")


@pytest.fixture(scope="session")
def samples() -> Path:
    return shared_folder("samples")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    return shared_folder("data")
