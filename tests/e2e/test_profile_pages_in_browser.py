"""An employer at a browser: a profile is looked at before it is published, on a phone and on a desk."""

import json

import pytest

from passport.texts import Language
from tests.simulators.browsing import DESK, PHONE, browsing, person
from tests.simulators.showing import BREAD, open_story


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    with open_story(tmp_path_factory.mktemp("pages")) as story, browsing() as browser:
        yield story, browser


@pytest.mark.parametrize(
    ("language", "screen", "scripts"), [(Language.NL, PHONE, True), (Language.EN, DESK, False)]
)
def test_a_profile_is_looked_at_mended_and_published(stage, language, screen, scripts):
    story, browser = stage
    key = f"baker-{language}"
    asked = {
        "key": key,
        "name": {"nl": "Bakker in de nacht", "en": "Night baker"},
        "demands": [{"skill": BREAD, "label": "bake bread", "minimumStrength": "hard", "level": 9}],
    }
    with person(browser, story.verifier, "verifier.texts", language, screen, scripts=scripts) as employer:
        employer.go("/")
        employer.field("sign-in-key").fill(story.key)
        employer.press("sign-in")
        employer.follow(employer.page.get_by_role("link", name=employer.words("profile-new"), exact=True))
        employer.follow(employer.page.get_by_role("link", name=employer.words("form-expert"), exact=True))
        employer.field("profile-text").fill(json.dumps(asked))
        employer.press("profile-look")
        employer.sees(employer.words("finding-error"))
        employer.press("profile-mend")
        mended = {**asked, "demands": [{**asked["demands"][0], "level": 3}]}
        employer.field("profile-text").fill(json.dumps(mended))
        employer.press("profile-look")
        assert employer.page.get_by_text(employer.words("finding-error")).count() == 0
        employer.press("profile-publish")
        assert employer.page.url.endswith(f"/profiles/{key}")
        employer.sees(asked["name"][language])
        employer.go("/trust")
        employer.sees(employer.words("trust-chosen"))
