"""The wallet on a phone in a real browser: every page, hostile texts, keys alone, offline, and who gets nothing.

One phone for all: a backup with something of everything in it, and strangers' texts in every field of a badge, is
restored on it. Where PASSPORT_AXE is set every page is looked at in both languages and judged by axe-core, and
every text of strangers stands in every field (`make axe`). Longer than other files, since another would start and
restore another phone.
"""

import json
import re
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from passport.json import dump
from passport.qr_text import pack
from passport.texts import Language
from tests.simulators import accessibility
from tests.simulators.browsing import chromium
from tests.simulators.camera import browsing_with_camera, film
from tests.simulators.hostile_texts import SCRIPT, harm
from tests.simulators.keyboard import tab_to
from tests.simulators.misbehaving import at_once, for_ever, server
from tests.simulators.parties import ESCO, Party
from tests.simulators.phone import PASSPHRASE, Phone, built, options, phone_in, served
from tests.simulators.phone_wallet import PASSPHRASE as SEALED_WITH
from tests.simulators.phone_wallet import Filled, filled
from wallet.pages.table import ROUTERS

NL, EN = Language.NL, Language.EN
NO_PAGES = {
    *("/idle", "/checkup/calendar.ics"),
    *("/checkup/{record}/report.pdf", "/checkup/{record}/signed.json", "/plan/{record}/calendar.ics"),
    *("/claims/{record}/file", "/diplomas/{record}/file", "/credentials/{record}/save/{kind}"),
    *("/on-show/{identifier}/all.gif", "/on-show/{identifier}/{number}.png", "/shared/{identifier}/qr.png"),
}
"""Files and pictures, and a question that the page asks by itself."""
IN_THE_DATABASE = """async () => {
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open("skills-passport");
    asked.onsuccess = () => resolve(asked.result);
  });
  const every = (store, what) => new Promise((resolve) => {
    const asked = database.transaction(store).objectStore(store)[what]();
    asked.onsuccess = () => resolve(asked.result);
  });
  const exported = [];
  const wrapping = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["wrapKey", "encrypt"]);
  const sealing = { name: "AES-GCM", iv: new Uint8Array(12) };
  for (const key of await every("keys", "getAll"))
    for (const format of ["raw", "pkcs8", "spki", "jwk"])
      for (const taken of [
        () => crypto.subtle.exportKey(format, key),
        () => crypto.subtle.exportKey(format, structuredClone(key)),
        () => crypto.subtle.wrapKey(format, key, wrapping, sealing),
      ])
        exported.push(await taken().then(() => format, (error) => error.name));
  return {
    keys: await every("keys", "getAllKeys"),
    extractable: (await every("keys", "getAll")).map((key) => key.extractable),
    exported: [...new Set(exported)],
    vault: (await every("vault", "getAll")).map((one) => Object.keys(one).sort()),
    small: await every("small", "getAllKeys"),
  };
}"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled(tmp_path_factory.mktemp("wallet"), every=accessibility.EVERYWHERE)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film before the camera."""
    return tmp_path_factory.mktemp("camera") / "camera.mjpeg"


@pytest.fixture(scope="module")
def restored(kept: Filled, seen: Path) -> Iterator[Phone]:
    chromium()
    film(seen, ["nothing yet"])
    with served(built()) as address, browsing_with_camera(seen) as browser:
        context = browser.new_context(**options())
        context.grant_permissions(["camera"])
        with phone_in(context, address) as someone:
            someone.open()
            assert someone.how == "snapshot"
            assert someone.heading == someone.words("door-create")
            someone.look()
            if accessibility.EVERYWHERE:
                _look_at_the_door_in_english(someone)
            someone.kept_offline()
            someone.requests.clear()
            someone.restore(kept.file, SEALED_WITH)
            assert someone.page.locator("ol.words li").count() == 24
            yield someone
        context.close()


def _look_at_the_door_in_english(someone: Phone) -> None:
    for language in (EN, NL):
        someone.speak(language)
        someone.open()
        someone.look()


@pytest.fixture
def phone(restored: Phone) -> Iterator[Phone]:
    """It stands at its first page, speaks Dutch, and nothing was complained about when the test is done."""
    restored.speak(NL)
    if restored.page.locator("h1").inner_text() != restored.words("home-title"):
        restored.go("/")
    yield restored
    assert not restored.troubles, restored.troubles


def test_every_page_reads_well_and_nothing_is_asked_of_the_network(phone: Phone) -> None:
    """What stands in the table of pages for every host: opened by its own links, or as the page that says no."""
    pages = [route for router in ROUTERS for route in router.routes if route.method == "GET"]
    left = {route.template: route for route in pages if route.template not in NO_PAGES}
    plain = [template for template in left if "{" not in template and template not in {"/", "/unlock"}]
    waiting, looked, languages = ["/skill", *plain], 0, (NL, EN)
    phone.requests.clear()

    def look(path: str) -> None:
        nonlocal looked
        for language in languages if accessibility.EVERYWHERE else (languages[looked % 2],):
            phone.speak(language)
            phone.go(f"{path}{'&' if '?' in path else '?'}look={looked}{language}")
            phone.look()
        looked += 1

    while waiting:
        path = waiting.pop(0)
        found = [one for one in left.values() if one.names_in(path.partition("?")[0]) is not None]
        if not found:
            continue
        del left[found[0].template]
        look(path)
        waiting += phone.links()
    by_links = looked
    for template in left:
        look(re.sub(r"\{\w+\}", "0" * 32, template))
    assert by_links >= 60, sorted(left)
    assert phone.asked == []


def test_a24_a29_a30_a52_strangers_texts_in_every_field_of_a_badge_stay_texts(
    phone: Phone, kept: Filled
) -> None:
    """On every page that shows a badge; the address bar and the title stay ours, and nothing is fetched."""
    phone.requests.clear()
    shown = ""
    badges = [*kept.badges, *kept.whole]
    for path in ("/", *(f"/credentials/{badge}" for badge in badges), "/journal", "/show"):
        phone.go(f"{path}?hostile=1")
        assert harm(phone.page) == []
        read = phone.page.locator("body").text_content() or ""
        shown += read
        if leaves := kept.whole.get(path.rpartition("/")[2]):
            assert len(leaves.seen(read)) > 150
        if path == "/":
            skills = [each for each in phone.links() if each.startswith("/skill?")]
    for path in skills if accessibility.EVERYWHERE else skills[:4]:
        phone.go(path)
        assert harm(phone.page) == []
    for text in SCRIPT:
        assert text.split()[0] in shown, text
    assert phone.page.url.startswith(f"{phone.address}/app/#/")
    assert phone.asked == []


@pytest.mark.parametrize(
    "host",
    [
        *("school.example@evil.example", "sch\u043e\u043el.example", "school.example%2eevil.example"),
        *(
            "\u202eelpmaxe.loohcs",
            "sch\u200bool.example",
            "school.example\\.evil.example",
            "a" * 300 + ".example",
        ),
    ],
)
def test_a30_a_host_that_is_written_to_deceive_is_not_asked(phone: Phone, host: str) -> None:
    offer = {
        "credential_issuer": f"https://{host}/o/1",
        "credential_configuration_ids": ["OpenBadgeCredential"],
        "grants": {"urn:ietf:params:oauth:grant-type:pre-authorized_code": {"pre-authorized_code": "x" * 32}},
    }
    phone.go("/receive")
    link = f"openid-credential-offer://?{urlencode({'credential_offer': json.dumps(offer)})}"
    phone.page.locator("textarea[name=text]").fill(link)
    phone.requests.clear()
    phone.press("receive-go")
    assert phone.page.get_by_role("alert").is_visible()
    assert harm(phone.page) == []
    assert phone.asked == []


READABLE = b"Access-Control-Allow-Origin: *\r\nContent-Type: application/json\r\n"
MISBEHAVING = {
    "sends on for ever": at_once(b"HTTP/1.1 302 Found\r\n" + READABLE + b"Location: /offer\r\n\r\n"),
    "never ends": for_ever(
        b"HTTP/1.1 200 OK\r\n" + READABLE + b"Transfer-Encoding: chunked\r\n\r\n",
        b"3e8\r\n" + b" " * 1000 + b"\r\n",
    ),
    "is none": at_once(b"SSH-2.0-OpenSSH_9.6\r\n"),
}


@pytest.mark.parametrize("how", MISBEHAVING)
def test_a39_a_server_that_misbehaves_is_left_and_the_person_is_told(phone: Phone, how: str) -> None:
    came: list[object] = []

    def behave(connection: socket.socket) -> None:
        came.append(connection)
        MISBEHAVING[how](connection)

    with server(behave) as port:
        offer = urlencode({"credential_offer_uri": f"http://localhost:{port}/offer"})
        phone.go("/receive")
        phone.page.locator("textarea[name=text]").fill(f"openid-credential-offer://?{offer}")
        phone.press("receive-go")
        assert phone.page.get_by_role("alert").is_visible()
        assert len(came) == 1, "it was followed, or asked again"
    phone.troubles[:] = [each for each in phone.troubles if f"localhost:{port}" not in each]


def test_a_person_without_a_mouse_unlocks_receives_and_shows(phone: Phone, kept: Filled) -> None:
    """Tab and Enter alone (WCAG 2.2, 2.1.1); where the focus is is seen at each stop."""
    page = phone.page

    def press(target: str) -> None:
        tab_to(phone, page.locator(target).first)
        with phone.turning():
            page.keyboard.press("Enter")

    press("form[action='/lock'] button")
    tab_to(phone, page.locator("input[name=passphrase]").first)
    page.keyboard.insert_text(PASSPHRASE)
    with phone.turning():
        page.keyboard.press("Enter")
    assert phone.heading == phone.words("home-title")
    press("nav a[href='/receive']")
    tab_to(phone, page.locator("textarea[name=text]"))
    badge = Party("A school").issue(kept.did, {f"{ESCO}bake": "bake"}, kind="Badge", genres=["portfolio"])
    page.keyboard.insert_text(dump(badge).decode())
    press("form[action='/receive'] button:not([type=button])")
    assert page.get_by_role("alert").count() == 0
    press("nav a[href='/show']")
    tab_to(phone, page.locator("main input[type=checkbox]").first)
    page.keyboard.press("Space")
    press("main form[action='/show'] button")
    assert page.locator("img.qr").first.is_visible()


def test_the_camera_reads_a_moving_code_and_the_wallet_says_what_it_thinks_of_it(
    phone: Phone, seen: Path
) -> None:
    """Frames in turn, as an employer's screen shows them; what they say is no credential."""
    frames = pack(json.dumps({"type": "Nothing", "text": secrets.token_hex(700)}).encode())
    assert len(frames) > 1
    film(seen, frames)
    phone.go("/receive")
    with phone.turning():
        phone.page.get_by_role("button", name="Scan met de camera").click()
    assert phone.page.get_by_role("alert").is_visible()
    assert phone.page.locator("textarea[name=text]").input_value().startswith("SP")


def test_no_key_can_be_taken_out_of_an_open_wallet(phone: Phone) -> None:
    workers = [each for each in phone.page.workers if "/f/python-" in each.url or "/f/keeper-" in each.url]
    assert len(workers) == 2
    found, *others = [place.evaluate(IN_THE_DATABASE) for place in (phone.page, *workers)]
    assert others == [found, found]
    [signing] = [name for name in found["keys"] if name.startswith("sign ")]
    assert signing.startswith("sign z6Mk")
    assert set(found["extractable"]) == {False}
    assert found["exported"] == ["InvalidAccessError"]
    assert {tuple(one) for one in found["vault"]} == {("nonce", "revision", "sealed")}
    assert found["small"] == ["revision"]


def test_a_backup_with_the_key_is_for_who_knows_the_passphrase(phone: Phone) -> None:
    """A thief with the unlocked phone is asked for it, and gets nothing."""
    phone.go("/backup")
    form = phone.page.locator("form[action='/backup']")
    form.locator("[name=passphrase]").fill("een andere lange zin")
    form.locator("[name=with_seed]").check()
    form.locator("[name=current]").fill("geraden wachtzin")
    with phone.turning():
        form.locator("button").last.click()
    assert phone.page.get_by_role("alert").is_visible()


def test_recovery_words_are_not_behind_the_way_back_of_an_open_phone(phone: Phone) -> None:
    """Who holds the unlocked phone of somebody else goes back, page by page."""
    phone.go("/recovery")
    form = phone.page.locator("form[action='/recovery']").first
    form.locator("input[type=password]").fill(PASSPHRASE)
    with phone.turning():
        form.locator("button").last.click()
    words = phone.page.locator("ol.words li").all_inner_texts()
    assert len(words) == 24
    phone.go("/recovery/check")
    with phone.turning():
        phone.page.go_back()
    assert phone.page.locator("ol.words li").all_inner_texts() == words, "who checks them may look again"
    phone.go("/recovery/check")
    phone.go("/receive")
    for _ in range(3):
        with phone.turning():
            phone.page.go_back()
        assert words[0] not in phone.page.locator("main").inner_text().split()
        assert phone.page.locator("ol.words").count() == 0


def test_another_origin_gets_nothing(phone: Phone) -> None:
    other = phone.page.context.new_page()
    other.goto(f"{phone.address.replace('localhost', '127.0.0.1')}/healthz")
    assert other.evaluate("indexedDB.databases().then((found) => found.length)") == 0
    tried = other.evaluate(
        "(address) => fetch(address).then(() => 'read', (error) => error.name)",
        f"{phone.address}/app/index.html",
    )
    assert tried == "TypeError"
    other.close()
    phone.troubles.clear()  # the browser said on the other page why it refused


def test_a_malicious_link_to_the_app_opens_its_first_page(phone: Phone) -> None:
    for link in ("//[", "//elsewhere.example/receive", "https://elsewhere.example/receive", "%E0%A4%A"):
        phone.go("/receive")
        phone.go(link)
        assert phone.heading == phone.words("home-title")


def test_offline_after_a_reload_it_opens_for_its_passphrase_alone(phone: Phone) -> None:
    context = phone.page.context
    context.set_offline(True)
    try:
        phone.page.reload()
        phone.started()
        assert phone.heading == phone.words("door-unlock")
        phone.look()
        phone.unlock("een verkeerde zin")
        assert phone.page.get_by_role("alert").is_visible()
        phone.unlock()
        assert phone.heading == phone.words("home-title")
        assert phone.page.url.endswith("/app/#/")
    finally:
        context.set_offline(False)


def test_a_second_tab_waits_and_taking_over_closes_the_first(phone: Phone) -> None:
    second = phone.page.context.new_page()
    second.goto(f"{phone.address}/app/")
    second.get_by_role("button", name="Open het hier").click()
    phone.page.get_by_role("alert").wait_for()  # closed here
    phone.page.go_back()
    assert phone.page.get_by_role("alert").is_visible(), "no page comes back on the way back"
    second.locator("input[name=passphrase]").first.fill(PASSPHRASE)
    second.locator("form button").first.click()
    second.get_by_role("heading", name=phone.words("home-title")).wait_for()
    phone.page.close()
    phone.page = second
