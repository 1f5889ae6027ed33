"""Places in status lists: each given once, in an order that says nothing."""

import pytest

from issuer.status.permutation import ENTRIES, place
from issuer.status.records import list_number, list_place

SEED = bytes(range(32))


def test_every_place_of_a_list_is_given_exactly_once():
    assert {place(SEED, 0, number) for number in range(ENTRIES)} == set(range(ENTRIES))


def test_the_order_differs_between_blocks_and_between_seeds():
    first = [place(SEED, 0, number) for number in range(100)]
    assert first != [place(SEED, 1, number) for number in range(100)]
    assert first != [place(bytes(32), 0, number) for number in range(100)]
    assert first != sorted(first)


def test_neighbours_in_time_are_no_neighbours_in_the_list():
    distances = [abs(place(SEED, 0, n) - place(SEED, 0, n + 1)) for n in range(2_000)]
    assert sum(distance < 100 for distance in distances) < 20


@pytest.mark.parametrize("number", [-1, ENTRIES])
def test_a_number_outside_the_list_is_refused(number):
    with pytest.raises(ValueError, match=str(number)):
        place(SEED, 0, number)


@pytest.mark.parametrize(
    ("index", "revocation", "suspension", "in_list"),
    [(0, 1, 2, 0), (ENTRIES - 1, 1, 2, ENTRIES - 1), (ENTRIES, 3, 4, 0), (5 * ENTRIES + 7, 11, 12, 7)],
)
def test_an_index_names_its_lists_and_its_place(index, revocation, suspension, in_list):
    assert list_number(index, "revocation") == revocation
    assert list_number(index, "suspension") == suspension
    assert list_place(index) == in_list
