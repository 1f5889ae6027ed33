"""What many stories are told with: a browser, the wallet for phones as a site, and services around a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.simulators.browsing import browsing, chromium
from tests.simulators.phone import built, served
from tests.simulators.phone_town import Town, open_town


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the wallet for phones is served."""
    chromium()
    with served(built()) as found:
        yield found


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    chromium()
    with open_town(tmp_path_factory.mktemp("town")) as found:
        yield found
