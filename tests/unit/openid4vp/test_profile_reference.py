"""A function profile travels beside the query, where wallets that don't know it look away."""

import pytest

from passport.openid4vp.profile_reference import profile_in, verifier_info_of


def test_the_profile_that_was_put_in_comes_out():
    assert profile_in({"verifier_info": verifier_info_of({"type": "FunctionProfile"})}) == {
        "type": "FunctionProfile"
    }


@pytest.mark.parametrize(
    "info", [None, [], {}, "x", [7], [{"format": "jwt", "data": "e30"}], [{"format": "function-profile", "data": "x"}]]
)  # fmt: skip
def test_anything_else_is_no_profile(info):
    assert profile_in({"verifier_info": info}) is None
    assert profile_in({}) is None
