"""A52 in a real browser: script in every text of a badge, on the pages by which an employer reads it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from passport.json import dump
from passport.texts import Language
from tests.simulators.browsing import DESK, PHONE, person
from tests.simulators.every_leaf import Leaves
from tests.simulators.full_badge import ISSUED_AS, full_badge
from tests.simulators.hostile_texts import harm
from tests.simulators.showing import open_story


@pytest.mark.parametrize(("turn", "language", "screen"), [(0, Language.NL, PHONE), (5, Language.EN, DESK)])
def test_a52_script_in_every_field_of_a_badge_stays_text_for_an_employer(
    tmp_path, browser, turn, language, screen
):
    leaves = Leaves(turn)
    with open_story(tmp_path) as story, story.client as client:
        badge = leaves.filled(full_badge(story.school, story.worker.did), but=ISSUED_AS)
        signed = story.school.sign(badge, at=datetime.now(UTC) - timedelta(days=1))
        kept = client.post("/api/files", content=dump(signed), headers={"Content-Type": "application/vc"})
        assert kept.is_success, kept.text
        report = f"/reports/{json.loads(kept.content)['id']}"
        with person(browser, story.verifier, "verifier", language, screen) as employer:
            employer.go("/")
            employer.field("sign-in-key").fill(story.key)
            employer.press("sign-in")
            read = ""
            for path in ("/", "/reports", report):
                employer.go(path)
                assert harm(employer.page) == []
                read += employer.page.locator("body").text_content() or ""
    assert len(leaves.seen(read)) > 3
