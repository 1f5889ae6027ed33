"""The pages for recovery words and a new passphrase, as a browser meets them."""

import json
import re

import pytest

from tests.simulators.house import PASSPHRASE, House, misspelled, words_on
from tests.simulators.markup import without_our_script
from wallet.core.recovery import RecoveryKey
from wallet.errors import MalformedRecoveryWords

OTHER = "een nieuwe lange zin"


def fits(words):
    try:
        RecoveryKey.from_words(" ".join(words))
    except MalformedRecoveryWords:
        return False
    return True


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "wallet")


class TestRecoveryWords:
    def test_new_words_are_shown_once_and_three_of_them_are_typed_back(self, house):
        words = house.made()
        page = house.get("/recovery/check")
        places = [int(number) for number in re.findall(r'id="word-(\d+)"', page.text)]
        assert len(places) == 3
        assert not [word for word in words if f">{word}<" in page.text]
        assert "not certain" in house.get("/recovery").text
        again = house.post("/recovery/check", 400, word=["a", "b", "c"]).text
        assert "Look at your paper" in again
        assert re.findall(r'name="word" value="(.)"', again) == ["a", "b", "c"]
        right = [f" {words[place - 1].upper()} " for place in places]
        house.post("/recovery/check", 400, word=list(reversed(right)))
        assert "You have your words on paper" not in house.get("/?words=checked").text, "a link says nothing"
        done = house.post("/recovery/check", 303, word=right).headers["location"]
        assert "You have your words on paper" in house.get(done).text
        assert "You have your words on paper" in house.get("/recovery").text
        assert house.get("/recovery/check", 303).headers["location"] == "/recovery"
        house.post("/recovery/check", 410, word=right)

    def test_a_wrong_word_is_named_and_the_others_are_not_typed_again(self, house):
        words = house.made()
        house.post("/lock", 303)
        wrong = [*words[:2], misspelled(words[2]), *words[3:]]
        page = house.post("/unlock", 400, words=" ".join(wrong)).text
        assert "Not a recovery word: number 3." in page
        assert f">{' '.join(wrong)}</textarea>" in page
        assert f"Number 3: {wrong[2]}" in page
        assert words[2] in page
        page = house.post("/unlock", 400, words=" ".join(words[:-1])).text
        assert "Here are 23." in page
        swapped = next(
            [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
            for at in range(23)
            if words[at] != words[at + 1]
            and not fits([*words[:at], words[at + 1], words[at], *words[at + 2 :]])
        )
        page = house.post("/unlock", 400, words=" ".join(swapped)).text
        assert "two changed places" in page
        other = RecoveryKey(bytes(32)).words()
        assert f">{other}</textarea>" in house.post("/unlock", 403, words=other).text
        house.post("/unlock", 303, words=" ".join(words))

    def test_what_is_typed_as_words_stays_text(self, house):
        house.made()
        house.post("/lock", 303)
        page = house.post("/unlock", 400, words='</textarea><script>alert("1")</script>').text
        assert "<script" not in without_our_script(page)

    def test_the_words_open_the_wallet_and_a_new_passphrase_needs_no_old_one(self, house):
        words = house.made()
        house.post("/lock", 303)
        answer = house.post("/unlock", 303, words=" ".join(words))
        assert answer.headers["location"] == "/passphrase"
        assert 'name="old"' not in house.get("/passphrase").text
        house.post("/passphrase", 400, passphrase="kort")
        assert "is changed" in house.post("/passphrase", passphrase=OTHER).text
        assert 'name="old"' in house.get("/passphrase").text
        house.post("/lock", 303)
        house.post("/unlock", 403, passphrase=PASSPHRASE)
        house.post("/unlock", 303, passphrase=OTHER)

    def test_after_new_words_the_old_ones_are_void_and_unchecked(self, house):
        old = house.made()
        house.desk.aside.check_words([old[place - 1] for place in house.desk.aside.words.places])
        house.post("/recovery", 403, passphrase=OTHER)
        new = words_on(house.post("/recovery", passphrase=PASSPHRASE))
        assert new != old
        assert "not certain" in house.get("/recovery").text
        house.post("/lock", 303)
        house.post("/unlock", 403, words=" ".join(old))
        house.post("/unlock", 303, words=" ".join(new))

    def test_words_that_were_not_typed_back_leave_memory(self, house):
        house.made()
        house.time.passes(31 * 60)
        house.desk.look_at_the_clock()
        house.post("/unlock", 303, passphrase=PASSPHRASE)
        assert house.desk.aside.words is None

    def test_a_wrong_passphrase_here_counts_as_at_the_door(self, house):
        house.made()
        for _ in range(10):
            house.post("/passphrase", 403, old="geraden zin", passphrase=OTHER)
        house.post("/passphrase", 429, old=PASSPHRASE, passphrase=OTHER)
        house.post("/recovery", 429, passphrase=PASSPHRASE)
        house.post("/stored/everything", 429, passphrase=PASSPHRASE, sure="yes")


def test_the_interface_for_scripts_asks_the_old_passphrase_as_well(house):
    house.made()
    for body, status in (
        ({"passphrase": OTHER}, 403),
        ({"passphrase": OTHER, "old": "geraden zin"}, 403),
        ({"passphrase": OTHER, "old": PASSPHRASE}, 204),
    ):
        assert house.ask("POST", "/api/passphrase", json=body).status_code == status
    made = house.ask("POST", "/api/recovery-words", json={"passphrase": OTHER})
    house.desk.lock()
    house.desk.unlock(RecoveryKey.from_words(json.loads(made.text)["recoveryWords"]))
