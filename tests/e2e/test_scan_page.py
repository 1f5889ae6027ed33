"""An employer's camera: real QR pictures before Chromium, read by our own service, and on to the report."""

import time

import pytest

from passport.json import dump
from passport.qr_text import pack
from passport.texts import Language
from tests.simulators.browsing import DESK, PHONE, person
from tests.simulators.camera import browsing_with_camera, film
from tests.simulators.showing import open_story

EN, NL = Language.EN, Language.NL


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with open_story(tmp_path_factory.mktemp("scan-page")) as made:
        yield made


def at_the_desk(browser, story, language=NL, screen=PHONE, **more):
    return person(browser, story.verifier, "verifier.texts", language, screen, **more)


def sign_in(employer, story):
    employer.go("/")
    employer.field("sign-in-key").fill(story.key)
    employer.press("sign-in")


def test_the_camera_reads_moving_codes_and_goes_on_to_the_report_by_itself(story, tmp_path):
    asked = story.ask()["request"]
    answer = story.answer(asked, [story.diploma(), story.reference()])
    frames = pack(answer, most=400)
    assert len(frames) > 2
    film(tmp_path / "answer.mjpeg", frames)
    with browsing_with_camera(tmp_path / "answer.mjpeg") as browser, at_the_desk(browser, story) as employer:
        sign_in(employer, story)
        began = time.time()
        with employer.page.expect_navigation(url="**/reports/*"):
            employer.page.goto(story.verifier + "/check")
        print(time.time() - began, len(frames))
        employer.look()
        assert (
            employer.words("verdict-genuine-means")
            in employer.page.get_by_role("heading", level=1).inner_text()
        )
        employer.sees(employer.words("way-B-note"))
