"""What an issuer refuses about the proof of this moment is told as what it mostly is: a wrong clock."""

import json

import pytest

from passport.outbound.answered import Answered
from wallet.desk.channel import Channel
from wallet.errors import OfferRefused
from wallet.errors_claiming import ClockRefused


@pytest.mark.parametrize(
    ("error", "said"), [("invalid_dpop_proof", ClockRefused), ("invalid_grant", OfferRefused)]
)
def test_a_refused_proof_of_this_moment_points_at_the_clock(error, said):
    with pytest.raises(said):
        Channel._body(Answered(400, "application/json", json.dumps({"error": error}).encode(), {}))
