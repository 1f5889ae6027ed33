"""Our wallet and our issuer: a learner proves a mailbox on the school's page, and the wallet has the credential."""

import pytest

from tests.simulators.asking import new_desk
from tests.simulators.authorizing import LEARNER, LearnerBrowser
from tests.simulators.confirming import Outbox
from tests.simulators.issuing import issuer_process, open_office
from wallet.core.shelf import kept
from wallet.desk.claiming import claim
from wallet.desk.offering import open_offer
from wallet.desk.receiving import keep_claimed
from wallet.desk.signing_in import begin_sign_in, read_sign_in

BACK = "http://127.0.0.1:49152/signed-in/a-place"


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("own-issuer")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture
def desk(tmp_path):
    made = new_desk(tmp_path / "wallet")
    yield made
    made.close()


def taken(desk, wallet, opened, outbox):
    begun = desk.outside.run(begin_sign_in(opened, desk.channel(), redirect_uri=BACK))
    back = LearnerBrowser().open(begun.url).prove(outbox).agree()
    signed_in = read_sign_in(begun, back)
    claimed = desk.outside.run(claim(opened, wallet, begun.channel, signed_in=signed_in))
    assert begun.channel.token.token_type == "DPoP"
    return keep_claimed(desk, wallet, claimed)


def test_a_learner_signs_in_at_the_school_and_has_the_credential(desk, process, office):
    outbox, achievement = Outbox.of(process), office.achievement()
    made = office.post("/api/offers", {"achievement": achievement, "learner": LEARNER})
    link = f"openid-credential-offer://?credential_offer_uri={made['credential_offer_uri']}"
    opened = desk.outside.run(open_offer(link, desk.outside))
    with desk.wallet() as wallet:
        got = taken(desk, wallet, opened, outbox)
        assert [one.answer for one in got.credentials] == ["yes"]
        assert [one.host for one in kept(wallet)] == [opened.host]
    assert office.get(f"/api/offers/{made['id']}")["state"] == "accepted"
