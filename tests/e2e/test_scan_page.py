"""An employer at a real browser with a camera: real QR pictures before it, read by our own service.

`person` fails whatever the browser complains about, refused contents among it (tests/simulators/browsing.py).
"""

import http.client
import json
from contextlib import contextmanager
from itertools import chain, zip_longest

import httpx
import pytest

from passport.qr_text import pack
from passport.texts import Language
from tests.simulators.browsing import DESK, PHONE, person
from tests.simulators.camera import browsing_with_camera, film
from tests.simulators.parties import ESCO, Party
from tests.simulators.showing import open_story

EN, NL = Language.EN, Language.NL
SECONDS = 6
"""That a question waits here: long enough to be answered, and short enough to see its end."""
HOSTILE = (
    "</script><script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=1">',
    "<svg onload=window.hit=1>{{7*191}}",
    "javascript:window.hit=1",
    "\u202egnp.\u202d\u2066\u200b\u00ad",
    "W" * 300,
    "\u0430pple.example (recognised by Registrar)",
)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with open_story(tmp_path_factory.mktemp("scan-page"), challenge_lifetime=SECONDS) as made:
        yield made


@pytest.fixture(scope="module")
def camera(tmp_path_factory):
    path = tmp_path_factory.mktemp("camera") / "film.mjpeg"
    film(path, ["nothing of ours"])
    with browsing_with_camera(path) as browser:
        yield browser, path


@contextmanager
def employer_at(story, browser, language=EN, screen=PHONE, *, allowed=False, **more):
    with person(browser, story.verifier, "verifier.texts", language, screen, **more) as someone:
        if allowed:
            someone.page.context.grant_permissions(["camera"])
        someone.go("/")
        someone.field("sign-in-key").fill(story.key)
        someone.press("sign-in")
        yield someone


def heading(someone):
    return someone.page.get_by_role("heading", level=1).inner_text()


def interleaved(*several):
    return [one for one in chain(*zip_longest(*several)) if one is not None]


def test_moving_codes_are_read_among_others_and_the_report_comes_by_itself(story, camera):
    """A24: codes of two presentations mixed are never one; whichever is complete first is checked."""
    browser, path = camera
    shown = pack(story.present([story.diploma(), story.reference()]), most=400)
    other = pack(story.present([story.reference()]), most=400)
    assert min(len(shown), len(other)) >= 2
    with employer_at(story, browser, NL, allowed=True) as employer:
        nothing_starts_after_a_refusal(employer)
        film(path, ["https://example.org/poster", *interleaved(shown, other[1:])])
        employer.page.goto(story.verifier + "/check?profile=baker")  # allowed before: it starts by itself
        employer.page.wait_for_url("**/reports/*")
        employer.look()
        assert employer.words("verdict-genuine-means-A") in heading(employer)
        employer.sees(employer.words("met-yes"))
        employer.sees(employer.words("way-A-caution"))


def nothing_starts_after_a_refusal(employer):
    """Else the same code before the camera is sent, and refused, again and again."""
    employer.go("/check")
    employer.field("check-text").fill("no proof at all")
    with employer.page.expect_navigation():
        employer.page.get_by_role("button", name=employer.words("send"), exact=True).click()
    employer.look(refused=True)
    employer.page.evaluate("navigator.permissions.query({ name: 'camera' })")
    assert employer.page.locator("#camera-start").is_visible()
    assert not employer.page.locator("#camera-told").is_visible(), "a camera that starts says so at once"


def test_the_answer_is_scanned_where_the_question_was_asked_and_texts_go_where_the_browser_reads(
    story, camera
):
    browser, path = camera
    film(path, ["nothing of ours"])
    with employer_at(story, browser, EN, DESK, allowed=True) as employer:
        asked = story.ask()
        frames = pack(story.answer(asked["request"], [story.diploma(), story.reference()]), most=400)
        employer.page.context.add_init_script(  # a browser that reads codes by itself, as phones' do
            f"let n = 0; const seen = {json.dumps(frames)}; window.BarcodeDetector = class {{"
            "static async getSupportedFormats() { return ['qr_code']; }"
            "async detect() { return [{ rawValue: seen[n++ % seen.length] }]; } };"
        )
        sent = []
        employer.page.on("request", lambda one: sent.append(one.headers.get("content-type", "")))
        employer.page.goto(f"{story.verifier}/requests/{asked['id']}/answer")
        employer.page.wait_for_url("**/reports/*")
        employer.look()
        assert "image/jpeg" not in sent
        assert sent.count("text/plain") == len(frames)
        employer.sees(employer.words("way-B-note"))


def test_without_a_camera_it_says_so_and_everything_else_works(story, camera):
    browser, _ = camera
    with employer_at(story, browser) as employer:
        employer.go("/check")
        employer.page.locator("#camera-start").click()
        employer.sees(employer.words("camera-refused"))
        employer.page.context.add_init_script("delete Navigator.prototype.mediaDevices")
        employer.go("/check")
        employer.sees(employer.words("camera-missing"))
        employer.field("check-text").fill("no proof at all")
        with employer.page.expect_navigation():
            employer.page.get_by_role("button", name=employer.words("send"), exact=True).click()
        employer.look(refused=True)
        assert employer.page.get_by_role("alert").is_visible()
        employer.page.evaluate(
            "(text) => { const data = new DataTransfer(); data.items.add(new File([text], 'badge.json'));"
            "document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }",
            json.dumps(story.diploma()),
        )
        employer.look(refused=True)
        employer.press("send")
        employer.sees(employer.words("way-F-note"))


def test_a_question_turns_into_its_result_by_itself_and_can_be_asked_again(story, camera):
    browser, _ = camera
    with employer_at(story, browser, NL) as employer:
        employer.press("ask-now")
        employer.page.get_by_role("button", name=employer.words("request-again"), exact=True).wait_for()
        employer.look()
        employer.press("request-again")
        number = employer.page.url.rpartition("/")[2]
        request = httpx.get(f"{story.verifier}/r/{number}").json()
        answer = story.answer(request, [story.diploma(), story.reference()])
        sent = httpx.post(
            f"{story.verifier}/r/{number}", content=answer, headers={"Content-Type": "application/json"}
        )
        assert sent.status_code == 200, sent.text
        employer.page.wait_for_url("**/reports/*")
        employer.look()
        employer.sees(employer.words("met-yes"))


def test_a30_a52_nothing_in_a_badge_runs_or_poses_as_somebody_else(story, camera):
    browser, _ = camera
    stranger = Party.on_the_web("De School", "xn--pple-43d.example")
    badges = [
        (stranger if number % 2 else Party(text)).issue(
            story.worker,
            {f"{ESCO}{number}": text},
            kind="MicroCredential",
            achievement={"name": text, "description": text, "criteria": {"narrative": text}},
            name=text,
        )
        for number, text in enumerate(HOSTILE)
    ]
    shown = story.present(badges)
    with employer_at(story, browser, NL) as employer:
        employer.go("/check")
        employer.field("check-text").fill(shown.decode())
        employer.press("send")
        assert employer.words("verdict-genuine-means-A") not in heading(employer)
        page = employer.page.locator("body").inner_text()
        assert "xn--pple-43d.example" in page
        assert not set("\u202e\u202d\u2066") & set(page), "marks of direction are shown, not obeyed"
        assert "1337" not in page
        assert employer.page.evaluate("window.hit") is None
        employer.go("/reports")


def test_only_the_scan_page_may_use_the_camera_and_its_policy_is_tight(story):
    with httpx.Client(base_url=story.verifier, headers={"Origin": story.verifier}) as browser:
        browser.post("/sign-in", data={"key": story.key})
        scan, home = browser.get("/check").headers, browser.get("/").headers
    assert "camera=(self)" in scan["permissions-policy"]
    assert "camera=()" in home["permissions-policy"]
    policy = dict(one.split(" ", 1) for one in scan["content-security-policy"].split("; "))
    assert {name for name, value in policy.items() if value == "'self'"} == {
        "script-src", "connect-src", "style-src", "img-src", "form-action",
    }  # fmt: skip
    assert {name for name, value in policy.items() if value == "'none'"} == {
        "default-src", "base-uri", "frame-ancestors", "trusted-types",
    }  # fmt: skip
    assert policy["require-trusted-types-for"] == "'script'"


def announced(address, size):
    """The answer to a picture of which only the length was sent."""
    connection = http.client.HTTPConnection(address.host, address.port, timeout=20)
    connection.putrequest("POST", "/check/codes")
    connection.putheader("Content-Type", "image/jpeg")
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_what_floods_or_bursts_is_refused_at_the_door_and_costs_nobody_else(story):
    with httpx.Client(base_url=story.verifier, headers={"Origin": story.verifier}) as browser:
        send = lambda data, kind="image/jpeg", **more: browser.post(  # noqa: E731
            "/check/codes", content=data, headers={"Content-Type": kind, **more}
        )
        assert send(b"").status_code == 401
        assert announced(browser.base_url, 52_428_800) == 413, "before a byte of it was sent"
        browser.post("/sign-in", data={"key": story.key})
        assert send(b"", Origin="https://attacker.example").status_code == 403
        assert announced(browser.base_url, 524_289) == 413
        assert send(b"GIF89a", "image/gif").status_code == 415
        assert send(b"\xff", "text/plain").status_code == 415
        assert send(b"x" * 8_193, "text/plain").status_code == 413
        assert send(b"not a picture").status_code == 400
        codes = (send(b"SP1/1/1/", "text/plain").status_code for _ in range(400))
        assert 429 in codes
        with httpx.Client(base_url=story.verifier, headers={"Origin": story.verifier}) as other:
            other.post("/sign-in", data={"key": story.key})
            fine = other.post("/check/codes", content=b"SP1/1/1/", headers={"Content-Type": "text/plain"})
            assert fine.json() == {"codes": [{"kind": "newer", "text": "", "part": 0, "of": 0, "mark": ""}]}
