"""Commands name credentials by the beginning of their ids; what fits two of them names none."""

import pytest

from wallet.desktop.cli_named import one_named
from wallet.errors import UnknownRecord

IDS = ("abcd1111", "abcd2222", "ab")


@pytest.mark.parametrize(("named", "found"), [("abcd1", "abcd1111"), ("abcd2222", "abcd2222"), ("ab", "ab")])
def test_a_beginning_that_fits_one_names_it(named, found):
    assert one_named(named, IDS) == found


@pytest.mark.parametrize("named", ["abcd", "", "x", "1111"])
def test_a_beginning_that_fits_none_or_several_names_nothing(named):
    """Else `present a` would show more than was meant."""
    with pytest.raises(UnknownRecord):
        one_named(named, IDS)
