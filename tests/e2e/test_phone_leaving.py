"""What a person takes in and out of a phone as files, and how they leave it: in a real browser.

A badge as JSON, in a picture, in an archive; a photo as evidence; a backup that `age`, another phone and the
wallet on a computer open; another passphrase; nothing left when it is deleted.
"""

import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from playwright.sync_api import Browser

from passport.baking import bake, credentials_in
from passport.certificate import draw_badge
from passport.json import dump, parse_object
from tests.simulators.age_files import opened_by_age
from tests.simulators.asking import SKILLS
from tests.simulators.badge_files import png
from tests.simulators.parties import Party
from tests.simulators.phone import PASSPHRASE, Phone, options, phone_in
from tests.simulators.showing import BREAD
from tests.simulators.wallets import QuickSodium
from wallet.core import limits
from wallet.core.archive import Archive, open_archive
from wallet.core.settings_kept import words_replaced
from wallet.core.wallet import Kind
from wallet.desktop.keeper import Keeper

OURS = SKILLS[0]
SEALED = "een zin voor de back-up"
CHANGED = "een heel nieuwe zin"
WHERE = b"52.3702 N, 4.8952 E"
"""What a camera notes beside a photo."""
ASKED_TO_KEEP = """
  window.askedToKeep = 0;
  if (window.StorageManager) StorageManager.prototype.persist = async () => { window.askedToKeep += 1; return true; };
"""
"""What a browser decides is its own affair; this one notes that it was asked."""
HELD = """async () => {
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open("skills-passport");
    asked.onsuccess = () => resolve(asked.result);
  });
  const all = (store) => new Promise((resolve) => {
    const asked = database.transaction(store).objectStore(store).getAllKeys();
    asked.onsuccess = () => resolve(asked.result);
  });
  const found = {};
  for (const store of database.objectStoreNames) found[store] = await all(store);
  database.close();
  return found;
}"""


@dataclass
class Owner:
    phone: Phone
    words: list[str]
    did: str
    badges: dict[str, bytes] = field(default_factory=dict)
    sealed: bytes = b""
    """A backup with the key."""


@pytest.fixture(scope="module")
def owner(browser: Browser, address: str) -> Iterator[Owner]:
    """Somebody with badges that came in files of each kind, and a claim of their own with a photo."""
    context = browser.new_context(**options())
    with phone_in(context, address) as phone:
        context.add_init_script(ASKED_TO_KEEP)
        phone.open()
        assert phone.page.evaluate("askedToKeep") == 0
        words = phone.create()
        [key] = [name for name in phone.page.evaluate(HELD)["keys"] if name.startswith("sign ")]
        made = Owner(phone, words, f"did:key:{key.removeprefix('sign ')}")
        receive_by_file(made)
        say_with_a_photo(phone)
        made.sealed = backup(phone)
        yield made
    context.close()


def receive_by_file(owner: Owner) -> None:
    school = Party("De School")
    kinds = ("json", "png", "svg", "zip")
    owner.badges = {
        kind: dump(school.issue(owner.did, {BREAD: "bake bread"}, achievement={"name": f"As {kind}"}))
        for kind in kinds
    }
    archive = io.BytesIO()
    with ZipFile(archive, "w") as written:
        written.writestr("inside.json", owner.badges["zip"])
    files = {
        "json": owner.badges["json"],
        "png": bake(png(), owner.badges["png"]),
        "svg": bake(draw_badge("As svg", "De School", school.did), owner.badges["svg"]),
        "zip": archive.getvalue(),
    }
    phone = owner.phone
    phone.go("/import")
    phone.page.locator("input#files").set_input_files(
        [
            {"name": f"badge.{kind}", "mimeType": "application/octet-stream", "buffer": data}
            for kind, data in files.items()
        ]
    )
    phone.press("import-look")
    assert phone.page.locator("input[name=keep]").count() == len(kinds)
    phone.press("import-go")


def photo() -> bytes:
    """Larger than may be sent, with a place in it."""
    noise = Image.frombytes("RGB", (1_400, 1_000), secrets.token_bytes(1_400 * 1_000 * 3))
    exif = Image.Exif()
    exif[0x010E] = WHERE.decode()
    written = io.BytesIO()
    noise.save(written, "JPEG", quality=95, exif=exif)
    assert len(written.getvalue()) > limits.SENT_FILE
    assert WHERE in written.getvalue()
    return written.getvalue()


def say_with_a_photo(phone: Phone) -> None:
    """Sent twice, while the photo is still being read: only one of them counts."""
    phone.go(f"/claims/describe?skill={OURS}")
    phone.page.locator("input[name=title]").fill("Ik bak brood")
    phone.page.locator("input[name=files]").set_input_files(
        {"name": "oven.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    button = phone.page.get_by_role("button", name=phone.words("claim-new-go"), exact=True)
    with phone.turning():
        button.evaluate("(button) => { button.click(); button.click(); }")
    assert phone.page.get_by_role("alert").count() == 0, phone.page.locator("main").inner_text()


def backup(phone: Phone, passphrase: str = PASSPHRASE) -> bytes:
    """A backup with the key, as the browser keeps it."""
    phone.go("/backup")
    form = phone.page.locator("form[action='/backup']")
    form.locator("[name=passphrase]").fill(SEALED)
    form.locator("[name=with_seed]").check()
    form.locator("[name=current]").fill(passphrase)
    with phone.page.expect_download() as found:
        form.locator("button").last.click()
    return Path(found.value.path()).read_bytes()


def lock(phone: Phone) -> None:
    phone.go("/")
    with phone.turning():
        phone.page.locator("form[action='/lock'] button").first.evaluate("(button) => button.click()")


def opened(data: bytes, folder: Path) -> Archive:
    """By the program `age` alone."""
    path = folder / f"{secrets.token_hex(4)}.age"
    path.write_bytes(data)
    return open_archive(opened_by_age(path, SEALED))


def kept(archive: Archive) -> dict[tuple[str, str], bytes]:
    """What the person has, without what a device notes of its words and of when it was last saved."""
    noted = words_replaced() | {(Kind.SETTING, "backup")}
    return {key: data for key, data in archive.records.items() if key not in noted}


def test_badges_in_json_in_pictures_and_in_an_archive_are_kept_as_they_were_signed(owner, tmp_path):
    found = opened(owner.sealed, tmp_path)
    assert found.by_holder
    assert set(owner.badges.values()) <= set(found.records.values())


def test_a_photo_is_made_small_enough_on_the_phone_and_says_no_more_where_it_was_taken(owner, tmp_path):
    archive = opened(owner.sealed, tmp_path)
    photos = [data for data in archive.records.values() if data.startswith(b"\xff\xd8\xff")]
    assert len(photos) == 1
    assert len(photos[0]) <= limits.SENT_FILE
    assert WHERE not in photos[0]
    assert max(Image.open(io.BytesIO(photos[0])).size) <= limits.PHOTO_SIDE


def test_the_browser_is_asked_to_keep_the_wallet_once_there_is_one(owner):
    """It may throw away what it was not asked to keep, when the phone is full."""
    assert owner.phone.page.evaluate("askedToKeep") == 1


def test_a_backup_comes_back_on_another_phone_and_on_a_computer_byte_for_byte(
    owner, browser, address, tmp_path
):
    here = opened(owner.sealed, tmp_path)
    context = browser.new_context(**options())
    with phone_in(context, address) as other:
        other.open()
        other.page.locator("details:has(form[action='/restore']) summary").click()
        assert other.page.get_by_text(other.words("door-words-alone")).is_visible()
        form = other.page.locator("form[action='/restore']")
        form.locator("[name=file]").set_input_files(
            {"name": "backup.age", "mimeType": "application/octet-stream", "buffer": owner.sealed}
        )
        form.locator("[name=backup_passphrase]").fill(SEALED)
        form.locator("[name=passphrase]").fill(CHANGED)
        with other.turning():
            form.locator("button").click()
        assert other.page.locator("ol.words li").count() == 24
        assert other.page.get_by_text(other.words("door-words-no-backup")).is_visible()
        assert [f"sign {owner.did.removeprefix('did:key:')}"] == [
            name for name in other.page.evaluate(HELD)["keys"] if name.startswith("sign ")
        ]
        there = opened(backup(other, CHANGED), tmp_path)
    context.close()
    assert kept(there) == kept(here)
    computer, _ = Keeper(tmp_path / "wallet", crypto=QuickSodium()).create(CHANGED, here.records)
    assert computer.did == owner.did
    assert computer.holder.did == owner.did, "its key is here as well"
    assert set(owner.badges.values()) <= set(computer.vault.of_kind(Kind.CREDENTIAL).values())


def test_a_phone_saves_what_it_can_and_says_where_the_rest_can_be_made(owner):
    phone = owner.phone
    phone.go("/")
    with phone.turning():
        phone.page.locator('main a[href^="/credentials/"]').first.click()
    links = phone.page.locator("main a[href*='/save/']")
    there = links.evaluate_all("(all) => all.map((each) => each.getAttribute('href'))")
    same = set()
    for path in there:
        kind = path.rpartition("/")[2]
        if kind == "pdf":
            phone.go(path)
            assert phone.page.get_by_text(phone.words("pdf_not_on_this_device")).is_visible()
            with phone.turning():
                phone.page.go_back()
        else:
            with phone.page.expect_download() as found:
                phone.page.locator(f"main a[href='{path}']").evaluate("(link) => link.click()")
            saved = Path(found.value.path()).read_bytes()
            assert b"credentialSubject" in saved, kind
            if kind == "png":
                picture = Image.open(io.BytesIO(saved))
                assert picture.size == (512, 512)
                assert len(picture.convert("RGB").getcolors(512 * 512) or ()) > 9, "letters with smooth edges"
            if kind in {"json", "png", "svg", "html"}:
                [inside] = credentials_in(saved)
                same.add(parse_object(inside.source)["id"])
    assert {"pdf", "png", "svg", "html", "json"} <= {path.rpartition("/")[2] for path in there}
    assert len(same) == 1


def test_another_tab_of_the_app_sees_nothing_of_the_open_wallet(owner, address):
    """It has the same origin: what it can read without the passphrase is sealed, and no key comes out."""
    context = owner.phone.page.context
    tab = context.new_page()
    tab.goto(f"{address}/app/")
    tab.get_by_role("alert").wait_for()
    seen = tab.evaluate(
        """async () => {
          const heard = [];
          for (const name of ["skills-passport", "skills-passport-back"])
            new BroadcastChannel(name).onmessage = ({ data }) => heard.push(data);
          return [document.body.innerText, window.opener, JSON.stringify({...localStorage, ...sessionStorage}), heard];
        }"""
    )
    owner.phone.go("/")  # the open wallet works on
    assert "As json" in owner.phone.page.locator("main").inner_text()
    assert seen[1:] == [None, "{}", []]
    assert "As json" not in seen[0]
    tab.close()


def test_another_passphrase_opens_the_wallet_and_the_one_before_does_not(owner):
    phone = owner.phone
    phone.go("/passphrase")
    phone.page.locator("[name=old]").fill(PASSPHRASE)
    phone.page.locator("[name=passphrase]").fill(CHANGED)
    phone.press("passphrase-change")
    lock(phone)
    phone.unlock(PASSPHRASE)
    assert phone.page.get_by_role("alert").is_visible()
    phone.unlock(CHANGED)
    assert phone.heading == phone.words("home-title")


def test_recovery_words_open_this_phones_wallet_for_a_new_passphrase(owner):
    phone = owner.phone
    lock(phone)
    phone.page.locator("details:has(textarea[name=words]) summary").click()
    phone.page.locator("textarea[name=words]").fill(" ".join(owner.words))
    with phone.turning():
        phone.page.locator("form:has(textarea[name=words]) button").click()
    assert phone.heading == phone.words("passphrase-change")
    phone.page.locator("[name=passphrase]").fill(PASSPHRASE)
    phone.press("passphrase-change")
    assert backup(phone), "the key is for the new passphrase too"


def test_a_deleted_wallet_leaves_nothing_in_the_browser(owner):
    phone = owner.phone
    phone.go("/stored")
    form = phone.page.locator("form[action='/stored/everything']")
    phone.page.locator("details:has(form[action='/stored/everything'])").evaluate(
        "(folded) => { folded.open = true; }"
    )
    form.locator("[name=passphrase]").fill(PASSPHRASE)
    form.locator("[name=sure]").check()
    with phone.turning():
        form.locator("button").click()
    assert phone.page.evaluate(HELD) == {"keys": [], "small": [], "vault": []}
    assert phone.page.evaluate("indexedDB.databases().then((all) => all.map((each) => each.name))") == [
        "skills-passport"
    ]
    assert phone.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})") == "{}"
    phone.go("/show")
    assert phone.heading == phone.words("door-create")
