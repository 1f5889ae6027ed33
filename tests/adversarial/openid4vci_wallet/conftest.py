"""One issuer for all tests of a module, as new for each of them; a wallet for each test."""

import pytest

from tests.simulators.asking import new_desk
from tests.simulators.vci_issuer import vci_issuer
from wallet.views.rendering import Renderer


@pytest.fixture(scope="module")
def served():
    with vci_issuer() as made:
        yield made


@pytest.fixture
def issuer(served):
    served.honest()
    return served


@pytest.fixture(scope="module")
def renderer():
    return Renderer(stylesheet="")


@pytest.fixture
def desk(tmp_path):
    made = new_desk(tmp_path / "wallet")
    yield made
    made.close()


@pytest.fixture
def wallet(desk):
    with desk.wallet() as opened:
        yield opened
