"""The pages for leaving, coming back, forgetting and opening, as a browser meets them; and locking by itself."""

import gc
import io
import json
import re
import zipfile

import pytest

from tests.simulators.house import PASSPHRASE, House, misspelled, words_on
from tests.simulators.markup import without_our_script
from wallet.core.archive import write_archive
from wallet.core.journal import Way, journal_records
from wallet.core.recovery import RecoveryKey
from wallet.core.settings_kept import LOCK_MINUTES
from wallet.core.vault import Vault
from wallet.core.wallet import Kind
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
        house.post("/recovery/check", 303, word=right)
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


class TestForgetting:
    def test_what_was_removed_can_be_put_back_for_a_minute(self, house):
        house.made()
        record = house.take()
        house.post(f"/credentials/{record}/remove", 303)
        assert 'action="/undo"' in house.get("/").text
        house.post("/undo", 303)
        house.get(f"/credentials/{record}")
        house.post(f"/credentials/{record}/remove", 303)
        house.time.passes(61)
        assert 'action="/undo"' not in house.get("/").text
        house.post("/undo", 410)
        house.get(f"/credentials/{record}", 404)

    def test_a_file_and_a_part_of_the_journal_are_forgotten(self, house):
        house.made()
        with house.desk.wallet() as wallet:
            wallet.save({(Kind.FILE, "urn:uuid:1"): b"x" * 3_000, **journal_records(wallet, Way.SHOWN)})
        page = house.get("/stored").text
        assert "urn:uuid:1" in page
        assert "3 kB" in page
        house.post("/stored/file", 303, id="urn:uuid:1")
        house.post("/stored/file", 404, id="urn:uuid:1")
        house.post("/stored/journal", 400, since="gisteren")
        house.post("/stored/journal", 400, since="2026-11-21", until="2026-11-20")
        house.post("/stored/journal", 303, since="2026-11-21")
        with house.desk.wallet() as wallet:
            assert len(wallet.vault.of_kind(Kind.JOURNAL)) == 1
        house.post("/stored/journal", 303, since="2026-11-20", until="2026-11-20")
        with house.desk.wallet() as wallet:
            assert wallet.vault.of_kind(Kind.JOURNAL) == {}
            assert wallet.vault.of_kind(Kind.FILE) == {}

    def test_the_whole_wallet_goes_after_the_passphrase_and_a_yes(self, house):
        house.made()
        house.take()
        house.post("/stored/everything", 403, passphrase=PASSPHRASE)
        house.post("/stored/everything", 403, passphrase=OTHER, sure="yes")
        assert house.desk.exists
        page = house.post("/stored/everything", passphrase=PASSPHRASE, sure="yes")
        assert "Your wallet is removed" in page.text
        assert not house.desk.exists
        assert [path.name for path in house.desk.settings.folder.iterdir()] == ["vault.lock"]
        assert house.get("/", 303).headers["location"] == "/unlock"
        house.made()


class TestLeaving:
    def test_the_readable_copy_comes_as_a_zip_file_and_sealed(self, house):
        house.made()
        house.take()
        plain = house.post("/leaving/copy")
        assert plain.headers["content-type"] == "application/zip"
        assert plain.headers["content-disposition"] == 'attachment; filename="skills-passport.zip"'
        names = zipfile.ZipFile(io.BytesIO(plain.content)).namelist()
        assert "skills-passport/index.html" in names
        house.post("/leaving/copy", 400, passphrase="kort")
        sealed = house.post("/leaving/copy", passphrase="zin voor de kopie")
        assert sealed.content.startswith(b"age-encryption.org/v1\n-> scrypt ")
        assert sealed.headers["content-disposition"] == 'attachment; filename="skills-passport.zip.age"'

    def test_a_backup_is_looked_at_and_then_taken_over(self, house, tmp_path):
        house.made()
        first = house.take()
        with house.desk.wallet() as wallet:
            backup = write_archive(wallet, with_seed=True)
        house.post(f"/credentials/{first}/remove", 303)
        second = house.take("cook")
        seen = house.post("/leaving/look", files={"file": ("b.age", backup)})
        found = re.search(r'name="id" value="([0-9a-f]{32})"', seen.text)
        assert found
        house.get(f"/credentials/{first}", 404)
        house.post("/leaving/merge", 410, id="0" * 32)
        house.post("/leaving/merge", id=found[1])
        for record in (first, second):
            house.get(f"/credentials/{record}")
        house.post("/leaving/merge", 410, id=found[1])
        again = house.post("/leaving/look", files={"file": ("b.age", backup)})
        assert "is here already" in again.text
        house.post("/leaving/merge", 409, id=re.search(r'name="id" value="([0-9a-f]{32})"', again.text)[1])

    def test_an_opened_backup_leaves_memory(self, house):
        house.made()
        with house.desk.wallet() as wallet:
            backup = write_archive(wallet, with_seed=True)
        seen = house.post("/leaving/look", files={"file": ("b.age", backup)})
        identifier = re.search(r'name="id" value="([0-9a-f]{32})"', seen.text)[1]
        house.time.passes(9 * 60)
        house.get("/")
        house.time.passes(60)
        house.post("/leaving/merge", 410, id=identifier)

    def test_another_persons_backup_is_explained(self, house, tmp_path):
        stranger = House(tmp_path / "stranger")
        stranger.made()
        with stranger.desk.wallet() as wallet:
            backup, theirs = write_archive(wallet, with_seed=True), wallet.did
        house.made()
        page = house.post("/leaving/look", files={"file": ("b.age", backup)})
        assert theirs in page.text
        assert "belongs to another wallet" in page.text
        assert 'action="/leaving/merge"' not in page.text

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"{}", b"nonsense", b"age-encryption.org/v1\n"])
    def test_what_is_no_backup_is_refused_on_the_page(self, house, data):
        house.made()
        assert "notice-no" in house.post("/leaving/look", 400, files={"file": ("b", data)}).text

    def test_without_its_key_a_wallet_says_what_it_can_not_do_and_how_to_go_on(self, house, tmp_path):
        house.made()
        with house.desk.wallet() as wallet:
            backup = write_archive(wallet, with_seed=False)
        other = House(tmp_path / "other")
        other.post("/restore", files={"file": ("b.age", backup)}, passphrase=OTHER, backup_passphrase="x" * 9)
        page = other.post("/leaving/look", files={"file": ("b.age", backup)})
        assert "issue your credential again" in page.text
        assert "holds no key" in other.get("/").text


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


def test_a_passer_by_at_an_open_wallet_takes_no_secret_key_along(house):
    """The words on the file are of their own choice; what opens this wallet they do not know."""
    words = house.made()
    for page in ("/backup", "/leaving"):
        assert 'name="current"' in house.get(page).text
    for current in ("", OTHER):
        house.post("/backup", 403, passphrase=OTHER, with_seed="yes", current=current)
    asked = {"passphrase": OTHER, "withSeed": True}
    assert house.ask("POST", "/api/backup", json=asked).status_code == 403
    assert b"age-encryption" in house.post("/backup", passphrase=OTHER).content
    assert (
        b"age-encryption"
        in house.post("/backup", passphrase=OTHER, with_seed="y", current=PASSPHRASE).content
    )
    house.post("/lock", 303)
    house.post("/unlock", 303, words=" ".join(words))
    for page in ("/backup", "/leaving"):
        assert 'name="current"' not in house.get(page).text
    assert b"age-encryption" in house.post("/backup", passphrase=OTHER, with_seed="yes").content
