"""One issuer for all that a wallet may ask of it by OpenID4VCI; a school in it for each file."""

import pytest

from tests.simulators.claiming import ManyKeys
from tests.simulators.issuing import issuer_process, open_office


@pytest.fixture(scope="session")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("vci")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process, request):
    return open_office(process, request.module.__name__.rpartition("_")[2])


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement(suspendable=True)


@pytest.fixture
def wallet():
    return ManyKeys()
