"""The pages for leaving, coming back and forgetting, as a browser meets them."""

import io
import re
import zipfile

import pytest

from tests.simulators.house import PASSPHRASE, House
from wallet.core.archive import write_archive
from wallet.core.journal import Way, journal_records
from wallet.core.wallet import Kind

OTHER = "een nieuwe lange zin"


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "wallet")


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


def test_what_is_in_no_backup_is_told_on_the_first_page_until_it_is(house, tmp_path):
    told = "This is not in a backup yet"
    house.made()
    assert told not in house.get("/").text, "nothing to lose yet"
    house.take()
    assert told in house.get("/").text
    house.post("/backup", 400, passphrase="kort")
    assert told in house.get("/").text
    file = house.post("/backup", passphrase=OTHER).content
    assert told not in house.get("/").text
    other = House(tmp_path / "other")
    fields = {"backup_passphrase": OTHER, "passphrase": PASSPHRASE}
    other.post("/restore", files={"file": ("all.age", file)}, **fields)
    assert told not in other.get("/").text
    other.take("bake")
    assert told in other.get("/").text
