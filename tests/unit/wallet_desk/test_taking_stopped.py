"""An offer that the person leaves while nothing of it is under way is over at once."""

import pytest

from passport.errors import PassportError
from tests.simulators.parties import NOW
from wallet.desk.progress import Step
from wallet.desk.taking import stop
from wallet.desk.takings import Takings


@pytest.mark.parametrize("step", [Step.SIGN_IN, Step.DECIDE])
def test_who_stops_before_anything_is_fetched_does_not_wait(step):
    taking = Takings(lambda: NOW).add(None)
    taking.step = step
    stop(None, taking)
    assert taking.done.is_set()
    assert taking.step is Step.STOPPED
    assert isinstance(taking.error, PassportError)
