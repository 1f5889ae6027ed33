"""What stands ticked on the page to show, so that a press fewer is needed; a press is still what shows it."""

import re

from tests.simulators.house import House
from wallet.core.wallet import Kind

TICKED = re.compile(r'name="credential" value="([^"]+)" checked')


def test_the_only_badge_is_ticked_and_of_several_the_one_that_one_came_from(tmp_path):
    house = House(tmp_path / "wallet")
    house.made()
    assert not TICKED.findall(house.get("/show").text)
    one = house.take()
    assert TICKED.findall(house.get("/show").text) == [one]
    with house.desk.wallet() as wallet:
        assert not wallet.vault.of_kind(Kind.JOURNAL), "nothing was shown yet"
    other = house.take("bake")
    assert not TICKED.findall(house.get("/show").text)
    assert TICKED.findall(house.get(f"/show?credential={other}").text) == [other]
