"""An offer that a learner gives a wallet permission for, and the wallet."""

import pytest

from tests.simulators.authorizing import AskingWallet
from tests.simulators.issuing import HTTP


@pytest.fixture(scope="module")
def achievement(learner_school):
    return learner_school.achievement()


@pytest.fixture
def offer(learner_school, achievement):
    """An offer with a code that comes by another way: no mail is needed to get on."""
    return learner_school.post(
        "/api/offers", {"achievement": achievement, "tx_code": True, "grants": ["authorization_code"]}
    )


@pytest.fixture
def state(offer):
    grants = HTTP.get(offer["credential_offer_uri"]).json()["grants"]
    return grants["authorization_code"]["issuer_state"]


@pytest.fixture
def wallet(learner_school):
    return AskingWallet(learner_school.issuer)
