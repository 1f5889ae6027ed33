"""A delta leads from any content to any other."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.published.delta import apply_delta, make_delta

_PIECES = st.lists(st.sampled_from([bytes([n]) * 40 for n in range(5)] + [b"ab", b"", b"x" * 97]), max_size=9)


@settings(max_examples=50, deadline=None)
@given(_PIECES, _PIECES)
def test_a_delta_leads_to_the_newer_content(older, newer):
    old, new = b"".join(older), b"".join(newer)
    assert apply_delta(old, make_delta(old, new), len(new)) == new
