"""Files that an employer is given, over real HTTP: every kind is checked, and none proves who holds it."""

import re
from collections.abc import Iterator

import httpx
import pytest

from passport.baking import bake
from passport.json import dump
from passport.paper import SaveAs, card_of, save_as
from passport.pictures.qr import draw_png
from passport.qr_text import pack
from passport.texts import Language
from tests.simulators.badge_files import OLDER_BYTES, SVG, png, text_chunk
from tests.simulators.showing import Story, open_story

KINDS = (SaveAs.PDF, SaveAs.PNG, SaveAs.SVG, SaveAs.HTML, SaveAs.JSON)


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Iterator[Story]:
    with open_story(tmp_path_factory.mktemp("files")) as made:
        yield made


@pytest.fixture(scope="module")
def diploma(story):
    return dump(story.diploma())


@pytest.fixture(scope="module")
def browser(story):
    headers = {"origin": story.verifier, "accept": "text/html", "accept-language": "nl"}
    with httpx.Client(base_url=story.verifier, headers=headers, timeout=60) as client:
        assert client.post("/sign-in", data={"key": story.key}).status_code == 303
        yield client


def check(story, data, media_type="application/octet-stream", **query):
    with story.client as client:
        return client.post("/api/files", content=data, params=query, headers={"content-type": media_type})


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_checked_as_what_it_carries(story, diploma, kind):
    file = save_as(kind, diploma, Language.NL, name="badge")
    found = check(story, file.data, file.media_type.partition(";")[0])
    assert found.status_code == 201, found.text
    report = found.json()
    assert (report["way"], report["verdict"], report["genuine"]) == ("F", "genuine", "yes")
    assert report["accepted"] is False  # nobody proved that it is theirs
    assert report["holder"] is None
    assert [each["name"] for each in report["credentials"]] == ["An achievement"]
    assert [(each["label"], each["strength"]) for each in report["skills"]] == [("bake bread", "hard")]


def test_codes_on_paper_or_a_card_prove_no_holder(story, diploma):
    frames = pack(diploma)
    report = check(story, "\n".join(frames).encode(), "text/plain").json()
    assert (report["way"], report["accepted"], report["holder"]) == ("E", False, None)  # nobody signed for it
    assert len(frames) == 1 or check(story, draw_png(frames[0]), "image/png").status_code == 503


def test_a24_the_code_of_a_card_is_no_answer_to_a_challenge(story, diploma):
    asked = story.ask()
    (text,) = [card_of([diploma], Language.NL).text]
    with story.client as client:
        for body, kind in ((diploma, "application/json"), (text.encode(), "text/plain")):
            answer = client.post(
                "/api/presentations",
                params={"request": asked["id"]},
                content=body,
                headers={"content-type": kind},
            )
            assert answer.status_code in {400, 403}, answer.text
        assert client.get(f"/api/requests/{asked['id']}").json()["state"] == "created"


def test_the_report_of_a_card_says_to_check_the_identity(story, diploma, browser):
    picture = draw_png(card_of([diploma], Language.NL).text)
    page = browser.post(
        "/check", files={"pictures": ("card.png", picture, "image/png")}, follow_redirects=True
    )
    assert "Controleer de identiteit van wie het u geeft" in page.text


def test_a_profile_is_compared_with_and_the_holder_still_unknown(story, diploma):
    report = check(story, diploma, profile="baker").json()
    assert report["profile"]["name"]
    assert {each["label"]: each["answer"] for each in report["demands"]}["bake bread"] == "yes"
    assert report["accepted"] is False


def test_the_same_file_may_be_checked_again(story, diploma):
    first, second = check(story, diploma), check(story, diploma)
    assert first.status_code == second.status_code == 201
    assert first.json()["id"] != second.json()["id"]


def test_a_presentation_in_a_file_is_checked_as_one_and_once(story):
    shown = story.present([story.diploma()])
    first = check(story, shown)
    assert (first.json()["way"], first.json()["accepted"]) == ("A", True)
    assert check(story, shown).json()["code"] == "shown_before"


def test_a_withdrawn_badge_in_a_picture_is_said_to_be_withdrawn(story):
    story.publish(revoked=(9,))
    picture = bake(png(), dump(story.diploma(9)))
    assert check(story, picture).json()["verdict"] == "withdrawn"
    story.publish()


def test_a_changed_badge_in_a_picture_is_not_genuine(story, diploma):
    forged = diploma.replace(b"bake bread", b"bake cakes")
    assert forged != diploma
    report = check(story, bake(png(), forged)).json()
    assert (report["verdict"], report["skills"]) == ("not-genuine", [])


def test_badges_of_two_people_tell_no_skills_of_one(story, diploma):
    other = dump(story.school.issue(story.stranger, {"http://data.europa.eu/esco/skill/bread": "bake bread"}))
    report = check(story, b"[" + diploma + b"," + other + b"]").json()
    assert len(report["credentials"]) == 2
    assert report["skills"] == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (OLDER_BYTES, "older_badge_shown"),
        (png(), "no_credential_inside"),
        (SVG, "no_credential_inside"),
        (b"%PDF-1.7", "no_credential_inside"),
        (b"PK\x03\x04", "damaged_archive"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "entities_in_svg"),
        (png(text_chunk(b"{}"), text_chunk(b"{}")), "two_credentials_inside"),
        (b"hello", "malformed_json"),
    ],
)
def test_a_file_without_a_credential_says_why(story, data, code):
    refused = check(story, data)
    assert (refused.status_code // 100, refused.json()["code"]) in {(4, code), (5, code)}


@pytest.mark.parametrize("letter", [b"Dear madam,", b"\xef\xbb\xbfhello"])
def test_a_letter_at_the_page_is_said_to_hold_no_credential(browser, letter):
    refused = browser.post("/check", files=[("pictures", ("letter.txt", letter))])
    assert refused.status_code == 400
    assert "Wij vinden in dit bestand geen bewijs. Kies het bestand" in refused.text
    assert "JSON-object" not in refused.text
    assert "RFC" not in refused.text


def test_more_files_than_are_checked_are_refused_and_none_is_left_out_unseen(browser, diploma):
    files = [("pictures", (f"{number}.json", diploma)) for number in range(13)]
    assert browser.post("/check", files=files).status_code == 413
    assert browser.post("/check", files=files[:12]).status_code == 303


def test_the_page_takes_files_and_says_what_they_prove(browser, diploma):
    page = browser.get("/check")
    assert "Wat het bewijst" in page.text
    picture = bake(png(), diploma)
    answer = browser.post("/check", files=[("pictures", ("badge.png", picture))])
    assert answer.status_code == 303
    report = browser.get(answer.headers["location"]).text
    assert "niet wie het heeft" in report
    assert "blijkt niet uit een bestand" in report
    pasted = browser.post("/check", data={"text": diploma.decode()})
    assert pasted.status_code == 303
    refused = browser.post("/check", files=[("pictures", ("x.png", png()))])
    assert refused.status_code == 400
    assert re.search("In dit bestand zit geen bewijs", refused.text)
    assert "Kies een foto" in browser.post("/check", data={"text": ""}).text
