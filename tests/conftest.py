"""Fixtures for every test: where the vectors, samples and taxonomies are."""

import gc
import importlib.util
import os
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
OF_THE_RULES = frozenset({"adversarial", "properties", "unit", "vectors"})
"""Folders whose tests start no services; what holds the gate on coverage is among them."""


# Thousands of tests are collected, and all stay: walking over them for garbage took a third of the collecting.
gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for among what tests make."""
    gc.enable()
    gc.freeze()


def pytest_configure() -> None:
    """What costs every client of the tests the same is done once; in a browser's Python there is no httpx."""
    if importlib.util.find_spec("httpx") is not None:
        from tests.simulators.client_tls import read_authorities_once

        read_authorities_once()
    if os.environ.get("PASSPORT_ALBUM"):
        from tests.simulators.album import keep_every_page

        keep_every_page()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that start services come first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: _of_the_rules(item.path))


@cache
def _of_the_rules(path: Path) -> bool:
    return not path.is_relative_to(HERE) or path.relative_to(HERE).parts[0] in OF_THE_RULES


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
