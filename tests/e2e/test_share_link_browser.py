"""The page at a share link, and moving codes, in a real browser: what is read, and what nothing in them can do."""

import hashlib
import io
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
from PIL import Image

from passport.credentials import Form
from passport.credentials.enveloped import envelope as enveloped
from passport.encoding import base64url_encode
from passport.json import dump, parse_object
from passport.qr_text import Collector
from passport.share_link import ShareLink, deletion_digest, envelope, new_link, seal_shared
from passport.texts import Catalogue, Language
from tests.simulators.badge_files import signed
from tests.simulators.browsing import DESK, PHONE, Person, browsing, chromium, person
from tests.simulators.desks import at_desk
from tests.simulators.scanner import texts_in
from tests.simulators.sharing import Host, open_host
from wallet.core.present import show
from wallet.core.self_assessment import assess
from wallet.core.shelf import kept

NL, EN = Language.NL, Language.EN
MARKUP = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    '"><svg onload="document.title=\'owned\'">',
    "javascript:document.title='owned'",
    "</dd></dl><iframe srcdoc=\"<script>parent.document.title='owned'</script>\">",
    "{{ 7*7 }}<a href=\"javascript:document.title='owned'\">klik</a>",
    "</template><math><mtext><style><img src onerror=\"document.title='owned'\">",
)
SHOWN = (NL, PHONE), (EN, DESK)


@dataclass
class Town:
    host: Host
    browser: object

    def put(self, document: bytes) -> ShareLink:
        secret = secrets.token_hex(16)
        link = new_link(self.host.address, secret, secrets.token_bytes)
        until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=14)
        sealed = envelope(seal_shared(document, link, until, secrets.token_bytes))
        body = {name: sealed[name] for name in ("id", "until", "sealed")}
        body["deletion_digest"] = deletion_digest(secret)
        assert self.host.post("/api/links", json=body).status_code == 201
        return link

    @contextmanager
    def reader(self, language: Language = NL, screen=PHONE, **more) -> Iterator[Person]:
        with person(self.browser, self.host.address, "wallet", language, screen, **more) as someone:
            someone.catalogue = Catalogue(files("wallet.host.texts"))
            yield someone


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    chromium()
    with open_host(tmp_path_factory.mktemp("host"), most_uploads=1_000) as host, browsing() as browser:
        yield Town(host, browser)


def shared(*credentials):
    return dump({"type": ["VerifiablePresentation"], "verifiableCredential": list(credentials)})


def plain():
    return parse_object(signed())


def read(someone: Person, link: ShareLink, path: str = "") -> str:
    someone.page.goto(f"{link.url}{path}#{link.text.partition('#')[2]}")
    someone.page.locator("#shown").wait_for()
    someone.look()
    return someone.page.locator("main").inner_text()


@pytest.mark.parametrize(("language", "screen"), SHOWN)
def test_a_reader_sees_what_is_shared_and_that_it_is_not_checked(town, language, screen):
    jwt = enveloped(signed("jwt_vc_json"), Form.JWT_VC)
    sd_jwt = enveloped(signed("vc+sd-jwt").rstrip(b"~") + b"~", Form.VC_SD_JWT)
    link = town.put(shared(plain(), jwt, sd_jwt))
    with town.reader(language, screen) as someone:
        text = read(someone, link)
        for word in ("Lasser", "De Vakschool", "Verbindt metalen delen.", someone.words("link-not-checked")):
            assert word in text
        assert someone.page.locator("#credentials .card h2").all_inner_texts() == ["Lasser"] * 3
        assert text.count("examination") == 2 * 3  # in the list, and in everything that stands in it
        assert someone.words("link-until-about") in text
        assert someone.page.locator("#whole").input_value() == link.text
        with someone.page.expect_download() as download:
            someone.page.locator("#save").click()
        assert b"VerifiablePresentation" in download.value.path().read_bytes()
        assert someone.page.evaluate("() => document.referrer") == ""


def test_another_language_keeps_the_key(town):
    link = town.put(shared(plain()))
    with town.reader() as someone:
        read(someone, link)
        someone.language = EN
        someone.page.get_by_role("link", name="English").click()
        someone.page.locator("#shown").wait_for()
        assert "Not checked here" in someone.page.locator("main").inner_text()
        assert someone.page.locator("#whole").input_value() == link.text


def test_a52_markup_in_every_field_of_a_badge_stays_text(town):
    """Whatever a stranger writes into a badge: no script runs, nothing is fetched, no policy is broken."""
    fields = []

    def everywhere(value, text):
        if isinstance(value, dict):
            return {name: everywhere(each, text) for name, each in value.items()}
        if isinstance(value, list):
            return [everywhere(each, text) for each in value]
        fields.append(text)
        return text

    badges = [everywhere(plain(), text) for text in MARKUP]
    with town.reader() as someone:
        text = read(someone, town.put(shared(*badges)))
        assert len(fields) > 100
        for each in MARKUP:
            assert each in text
        assert "owned" not in someone.page.title()
        assert (
            someone.page.locator("#credentials :is(script, img, svg, iframe, a, style, math, form)").count()
            == 0
        )


def test_a52_odd_shapes_and_hidden_letters_do_no_harm(town):
    odd = [None, 3, "x", [], {}, {"credentialSubject": 5}, {"credentialSubject": {"achievement": {"name": {"nl": "Naam"}}}},
           {"id": "data:application/vc+jwt,x"}, {"__proto__": {"a": 1}, "validFrom": "never"}]  # fmt: skip
    names = {
        "credentialSubject": {
            "achievement": {
                "name": "Las\u202eser\u200b",
                "description": "o" + "\u0338" * 99,
                "alignment": [{"targetName": "\u0000"}],
            }
        }
    }
    with town.reader() as someone:
        said = read(someone, town.put(shared(names)))
        assert "Las\\u202eser\\u200b" in said
        assert "\u0338" * 5 not in said
        for each in odd:
            link = town.put(shared(each))
            someone.page.goto("about:blank")
            someone.page.goto(link.text)
            someone.page.locator("#shown, #tampered").locator("visible=true").first.wait_for()
            someone.look()


def test_disclosures_that_name_each_other_twice_over_and_over_end(town):
    """Forty of them, each in the next one twice, would be a million million."""
    digest, disclosures = "", []
    for _ in range(40):
        inside = [{"...": digest}] * 2 if digest else ["bread"]
        disclosures.append(base64url_encode(dump(["salt", inside])))
        digest = base64url_encode(hashlib.sha256(disclosures[-1].encode()).digest())
    claims = {"credentialSubject": {"achievement": {"name": "Bakker", "tag": [{"...": digest}]}}}
    token = ".".join((base64url_encode(b"{}"), base64url_encode(dump(claims)), "AAAA"))
    badge = {"id": f"data:application/vc+sd-jwt,{'~'.join((token, *disclosures, ''))}"}
    with town.reader() as someone:
        assert "Bakker" in read(someone, town.put(shared(badge)))


def test_a_wrong_key_no_key_and_a_link_that_is_gone_are_told_apart(town):
    link = town.put(shared(plain()))
    other = new_link(town.host.address, "a secret", secrets.token_bytes)
    with town.reader() as someone:
        for address, said in (
            (f"{link.url}#{other.text.partition('#')[2]}", "tampered"),
            (link.url, "no-key"),
            (f"{link.url}#abc", "no-key"),
        ):
            someone.page.goto("about:blank")
            someone.page.goto(address)
            someone.page.locator(f"#{said}").wait_for()
            someone.look()
            assert not someone.page.locator("#shown").is_visible()
        someone.page.goto(other.text)
        someone.page.locator("#gone").wait_for()
        someone.look(refused=True)


def test_without_scripts_the_page_says_how_to_check(town):
    link = town.put(shared(plain()))
    with town.reader(scripts=False) as someone:
        someone.page.goto(link.text)
        assert "Zonder JavaScript" in someone.page.content()
        assert not someone.page.locator("#shown").is_visible()


def test_the_key_never_leaves_the_browser(town):
    link = town.put(shared(plain()))
    with town.reader() as someone:
        asked = []
        someone.page.on("request", lambda request: asked.append((request.url, dict(request.headers))))
        read(someone, link)
    secret = link.text.partition("#")[2]
    assert len(asked) >= 3
    assert all(secret not in str(headers) for _, headers in asked)
    assert all(secret.encode() not in line for line in town.host.heard)


def test_a_moving_code_on_the_screen_is_read_whole_by_watching_it(town, tmp_path):
    """Photos of the screen, taken while the loop turns, in whatever moment they fall."""
    with at_desk(tmp_path / "wallet") as worker:
        with worker.desk.wallet() as wallet:
            skills = sorted(worker.desk.taxonomy.skills)
            for start in range(0, 240, 60):
                assess(wallet, skills[start : start + 60], worker.desk.taxonomy, language="nl", narrative="")
            on_show = worker.desk.showing.add(show(wallet, [one.id for one in kept(wallet)]))
        assert len(on_show.frames) > 3
        cookies = [
            {"name": each.name, "value": each.value, "url": str(worker.client.base_url)}
            for each in worker.client.cookies.jar
        ]
        with person(town.browser, str(worker.client.base_url).rstrip("/"), "wallet", NL, PHONE) as someone:
            someone.page.context.add_cookies(cookies)
            someone.go(f"/on-show/{on_show.id}")
            collector, photos = Collector(), 0
            code = someone.page.locator("img.qr").first
            while not collector.complete and photos < 120:
                photo = Image.open(io.BytesIO(code.screenshot())).convert("L")
                photos += 1
                for found in texts_in(photo):
                    collector.add(found)
            assert collector.complete
            assert collector.document() == on_show.presentation
            someone.go(f"/on-show/{on_show.id}?picture=1")
            for number in range(1, len(on_show.frames) + 1):
                shown = texts_in(Image.open(io.BytesIO(code.screenshot())).convert("L"))
                assert shown == [on_show.frames[number - 1]]
                someone.follow(someone.page.get_by_role("link", name=someone.words("shown-next")))
