"""What a client calls itself is seen, in whatever script, or it is no name."""

import pytest

from passport.oauth.client_name import can_be_seen


@pytest.mark.parametrize(
    "name", ["Éducation", "学习", "ห้องเรียน", "שָׁלוֹם", "हिन्दी", "7", "★", "a", "e\u0301\u0302\u0303"]
)
def test_a_name_in_any_script_is_one(name):
    assert can_be_seen(name)


@pytest.mark.parametrize("name", ["", " ", "...", "-", "\u3164", "\u115f \u1160", "\u2800", "\u0301"])
def test_a_name_of_which_nothing_is_drawn_is_none(name):
    assert not can_be_seen(name)


def test_marks_stack_to_three_and_no_higher():
    assert can_be_seen("a" + "\u0301" * 3)
    assert not can_be_seen("a" + "\u0301" * 4)
