"""A42: guessing at the device slows down, and ends."""

from datetime import UTC, datetime, timedelta

import pytest

from passport.errors import RateLimited
from wallet.core import limits
from wallet.desktop.throttle import UnlockThrottle
from wallet.errors import MalformedVault, UnlockExhausted, UnlockThrottled, WrongPassphrase


class Watch:
    def __init__(self):
        self.moment = datetime(2027, 1, 1, tzinfo=UTC)

    def __call__(self):
        return self.moment

    def forward(self, **by):
        self.moment += timedelta(**by)


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def throttle(tmp_path, watch):
    return UnlockThrottle(tmp_path, watch)


def wrong():
    raise WrongPassphrase


def fail(throttle, times):
    for _ in range(times):
        with pytest.raises(WrongPassphrase):
            throttle.attempt(wrong)


def test_ten_tries_are_free_and_then_each_waits_twice_as_long(throttle, watch):
    fail(throttle, limits.UNLOCK.free)
    for wait in (30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600):
        with pytest.raises(UnlockThrottled):
            throttle.attempt(lambda: pytest.fail("tried too early"))
        watch.forward(seconds=wait - 1)
        with pytest.raises(UnlockThrottled):
            throttle.attempt(lambda: pytest.fail("tried too early"))
        watch.forward(seconds=1)
        fail(throttle, 1)


def test_a_hundred_failures_leave_the_recovery_words_only(throttle, watch):
    for _ in range(limits.UNLOCK.total):
        fail(throttle, 1)
        watch.forward(hours=2)
    with pytest.raises(UnlockExhausted):
        throttle.attempt(lambda: pytest.fail("tried"))
    throttle.clear()
    assert throttle.attempt(lambda: "open") == "open"


def test_ten_thousand_guesses_are_held_to_a_handful(throttle, watch):
    made = 0
    for _ in range(10_000):
        try:
            throttle.attempt(wrong)
        except WrongPassphrase:
            made += 1
        except RateLimited:
            pass
        watch.forward(milliseconds=10)
    assert made <= limits.UNLOCK.free + 3


def test_the_right_passphrase_starts_anew(throttle):
    fail(throttle, 9)
    assert throttle.attempt(lambda: "open") == "open"
    fail(throttle, limits.UNLOCK.free)


def test_a_damaged_vault_is_no_guess(throttle):
    def damaged():
        raise MalformedVault

    for _ in range(20):
        with pytest.raises(MalformedVault):
            throttle.attempt(damaged)


def test_a_clock_set_back_does_not_lock_for_years(throttle, watch):
    watch.forward(days=1_000)
    fail(throttle, limits.UNLOCK.free)
    watch.forward(days=-2_000)
    with pytest.raises(UnlockThrottled) as caught:
        throttle.attempt(wrong)
    assert caught.value.details["seconds"] <= 31


def test_a_counter_that_was_tampered_with_still_waits(throttle, tmp_path):
    (tmp_path / "unlock.json").write_text("{}")
    with pytest.raises(UnlockThrottled):
        throttle.attempt(wrong)


def test_a_try_counts_before_it_is_made(throttle, tmp_path, watch):
    def killed():
        assert '"failures": 1' in (tmp_path / "unlock.json").read_text()
        raise WrongPassphrase

    with pytest.raises(WrongPassphrase):
        throttle.attempt(killed)
