"""A wallet that locks by itself, as a browser meets it."""

import gc
import re

import pytest

from tests.simulators.house import House
from wallet.core.settings_kept import LOCK_MINUTES
from wallet.core.vault import Vault


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "wallet")


class TestLockingByItself:
    def test_after_ten_minutes_without_use_the_keys_are_gone(self, house):
        house.made()
        seen = {id(each) for each in gc.get_objects() if isinstance(each, Vault)}
        house.time.passes(9 * 60)
        house.get("/")
        house.time.passes(9 * 60)
        house.desk.look_at_the_clock()
        assert house.desk.is_open
        house.time.passes(60)
        house.desk.look_at_the_clock()
        assert not house.desk.is_open
        gc.collect()
        mine = house.desk.keeper.crypto
        assert not [each for each in gc.get_objects() if isinstance(each, Vault) and each.crypto is mine], (
            "no open vault is left in memory"
        )
        assert seen

    def test_a_request_after_that_time_finds_the_door(self, house):
        """Also before anybody looked at the clock: the computer slept."""
        house.made()
        house.time.passes(10 * 60)
        assert house.get("/", 303).headers["location"] == "/unlock"

    def test_a_page_leads_to_the_door_and_says_why(self, house):
        house.made()
        page = house.get("/")
        assert page.headers["refresh"] == "601; url=/idle"
        assert house.get("/idle", 204).content == b""
        house.time.passes(601)
        leads = house.get("/idle", 303).headers["location"]
        door = house.get(leads)
        assert "It has locked" in door.text or "has locked" in door.text
        assert "refresh" not in door.headers

    def test_typing_counts_as_use_and_a_page_knows_when_to_warn(self, house):
        house.made()
        assert 'data-lock="10"' in house.get("/").text
        for _ in range(20):
            house.time.passes(9 * 60)
            assert house.ask("POST", "/stay").status_code == 204
        assert house.desk.is_open
        house.time.passes(601)
        assert house.ask("POST", "/stay").status_code == 303
        assert not house.desk.is_open

    def test_what_a_page_asks_by_itself_is_no_use(self, house):
        house.made()
        for _ in range(20):
            house.time.passes(40)
            house.ask("GET", "/idle")
        assert not house.desk.is_open

    def test_the_person_chooses_the_time_and_never_as_well(self, house):
        house.made()
        for minutes in LOCK_MINUTES:
            house.post("/lock-time", 303, minutes=str(minutes))
            page = house.get("/backup")
            assert re.search(rf'value="{minutes}" selected', page.text)
            assert page.headers.get("refresh") == (f"{minutes * 60 + 1}; url=/idle" if minutes else None)
        house.time.passes(1_000_000)
        house.get("/")
        for odd in ("2", "-1", "100000000", ""):
            assert house.ask("POST", "/lock-time", data={"minutes": odd}).status_code in {400, 422}

    def test_locking_ends_what_the_person_was_in_the_middle_of(self, house):
        house.made()
        record = house.take()
        house.post(f"/credentials/{record}/remove", 303)
        assert house.desk.undo.offered
        house.post("/lock", 303)
        assert not house.desk.undo.offered
        assert house.desk.aside.words is None
