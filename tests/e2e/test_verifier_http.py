"""The verifier over real HTTP: an employer asks, a wallet answers, the report says what was found.

Longer than most: one story with one running service.
"""

import io
import json
import re
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from PIL import Image

from passport import limits
from passport.documents import DocumentCache
from passport.evidence import verify_presentation_request
from passport.fetch import Fetcher, gather_sync
from passport.json import dump, parse_object
from passport.pictures.qr import draw_loop, draw_png, read_image
from passport.qr_text import pack, unpack
from passport.trust import Recognition
from passport.verification import Context
from tests.simulators.markup import without_our_script
from tests.simulators.parties import World, recognise
from tests.simulators.showing import BREAD, Story, open_story


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Iterator[Story]:
    with open_story(tmp_path_factory.mktemp("verifier")) as made:
        yield made


def answers(report: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(each["label"], each["answer"], each["strength"]) for each in report["demands"]]


def post_answer(story: Story, made: dict[str, Any], body: bytes, media_type: str = "application/vp"):
    return httpx.post(made["responseUri"], content=body, headers={"Content-Type": media_type}, timeout=20)


def report_of(story: Story, made: dict[str, Any]) -> dict[str, Any]:
    with story.client as client:
        state = client.get(f"/api/requests/{made['id']}").json()
        assert state["state"] == "answered"
        found: dict[str, Any] = client.get(f"/api/reports/{state['report']}").json()
        return found


def test_what_was_asked_is_answered_and_reported_per_skill(story):
    made = story.ask()
    answered = post_answer(story, made, story.answer(made["request"], [story.diploma(), story.reference()]))
    assert (answered.status_code, answered.json()) == (200, {"state": "answered"})
    report = report_of(story, made)
    assert (report["verdict"], report["genuine"], report["met"]) == ("genuine", "yes", "yes")
    assert answers(report) == [("bake bread", "yes", "hard"), ("work in teams", "yes", "semi-hard")]
    assert all(each["sentence"] for demand in report["demands"] for each in demand["reasons"])
    issuers = {each["issuer"]["recognisedName"] for each in report["credentials"]}
    assert issuers == {"De School", "Bakkerij De Ster"}
    assert "verifiableCredential" not in str(report)


def test_the_request_is_signed_and_its_pictures_are_read_back_from_pixels(story):
    made = story.ask()
    with story.client as client:
        loop = client.get(f"/api/requests/{made['id']}/qr.gif")
        frames = [
            client.get(f"/api/requests/{made['id']}/qr/{number}.png").content
            for number in range(1, len(made["frames"]) + 1)
        ]
        assert client.get(f"/api/requests/{made['id']}/qr/99.png").status_code == 404
    assert loop.headers["content-type"] == "image/gif"
    document = unpack(read_image(loop.content))
    assert document == unpack(text for frame in frames for text in read_image(frame))
    request = gather_sync(
        lambda documents: verify_presentation_request(
            document, context=Context(documents, datetime.now(UTC))
        ),
        DocumentCache(),
        Fetcher(allow_loopback=True),
    )
    assert request.verifier.startswith("did:web:localhost%3A")
    assert request.response_uri == made["responseUri"]
    assert len(request.challenge) >= 22


def test_an_answer_may_come_as_the_text_of_qr_codes(story):
    made = story.ask()
    frames = pack(story.answer(made["request"], [story.diploma()]))
    answered = post_answer(story, made, "\n".join(frames).encode(), "text/plain")
    assert answered.status_code == 200, answered.text
    assert answers(report_of(story, made))[0] == ("bake bread", "yes", "hard")


def test_an_answer_may_come_as_a_photo_of_its_codes(story):
    made = story.ask()
    frames = pack(story.answer(made["request"], [story.diploma()]))
    sheet = Image.new("L", (1600, 900 * len(frames)), 235)
    for index, frame in enumerate(frames):
        code = Image.open(io.BytesIO(draw_png(frame))).convert("L")
        sheet.paste(code.resize((820, 820)), (300, 900 * index + 40))
    written = io.BytesIO()
    sheet.rotate(2, fillcolor=235).save(written, "JPEG", quality=80)
    with story.client as client:
        checked = client.post(
            f"/api/presentations?request={made['id']}",
            content=written.getvalue(),
            headers={"Content-Type": "image/jpeg"},
        )
    assert checked.status_code == 201, checked.text
    assert checked.json()["verdict"] == "genuine"


def test_something_shown_unasked_is_checked_as_way_a(story):
    shown = story.present([story.diploma(), story.reference()])
    loop = draw_loop(pack(shown))
    with story.client as client:
        checked = client.post(
            "/api/presentations?profile=baker", content=loop, headers={"Content-Type": "image/gif"}
        )
        assert checked.status_code == 201, checked.text
        assert (checked.json()["way"], checked.json()["met"]) == ("A", "yes")
        again = client.post("/api/presentations", content=shown, headers={"Content-Type": "application/vp"})
        assert (again.status_code, again.json()["code"]) == (409, "shown_before")


def test_a_deleted_report_lets_nothing_be_shown_again(story):
    shown = story.present([story.diploma()])
    with story.client as client:
        vp = {"content": shown, "headers": {"Content-Type": "application/vp"}}
        first = client.post("/api/presentations", **vp)
        assert client.delete(f"/api/reports/{first.json()['id']}").status_code == 204
        again = client.post("/api/presentations", **vp)
        assert (again.status_code, again.json()["code"]) == (409, "shown_before")
        assert client.get(f"/api/reports/{first.json()['id']}").status_code == 404


REWRITTEN = {
    "with spaces": lambda shown: json.dumps(shown, indent=1).encode(),
    "its members in another order": lambda shown: json.dumps(shown, sort_keys=True).encode(),
    "letters as escapes": lambda shown: dump(shown).replace(b"urn:uuid", b"\\u0075rn:uuid"),
    "its one proof in a list": lambda shown: dump({**shown, "proof": [shown["proof"]]}),
    "its holder as an object": lambda shown: dump({**shown, "holder": {"id": shown["holder"]}}),
    "its one credential out of the list": lambda shown: dump(
        {**shown, "verifiableCredential": shown["verifiableCredential"][0]}
    ),
    "its one type out of the list": lambda shown: dump({**shown, "type": "VerifiablePresentation"}),
}


@pytest.mark.parametrize("how", REWRITTEN)
def test_a_replay_written_in_another_way_was_shown_before(story, how):
    shown = story.present([story.diploma()])
    again = REWRITTEN[how](parse_object(shown, limits.PRESENTATION))
    with story.client as client:
        first = client.post("/api/presentations", content=shown, headers={"Content-Type": "application/vp"})
        assert (first.status_code, first.json()["verdict"]) == (201, "genuine")
        for body, media_type in (
            (again, "application/vp"),
            ("\n".join(pack(again)).encode(), "text/plain"),
            (draw_loop(pack(again)), "image/gif"),
        ):
            second = client.post("/api/presentations", content=body, headers={"Content-Type": media_type})
            assert (second.status_code, second.json().get("code")) == (409, "shown_before")


def test_of_fifty_spellings_of_one_showing_at_once_one_is_accepted(story):
    shown = parse_object(story.present([story.diploma()]), limits.PRESENTATION)

    def show(spaces: int) -> int:
        with story.client as client:
            body = json.dumps(shown, indent=spaces).encode()
            headers = {"Content-Type": "application/vp"}
            return client.post("/api/presentations", content=body, headers=headers).status_code

    with ThreadPoolExecutor(16) as pool:
        assert sorted(pool.map(show, range(50))) == [201] + [409] * 49


def test_a_replay_on_the_page_is_refused_and_not_led_to_the_first_report(story):
    shown = story.present([story.diploma()]).decode()
    with httpx.Client(
        base_url=story.verifier,
        headers={"Origin": story.verifier, "Accept": "text/html"},
        follow_redirects=True,
        timeout=20,
    ) as client:
        client.post("/sign-in", data={"key": story.key})
        assert client.post("/check", data={"text": shown}).status_code == 200
        again = client.post("/check", data={"text": shown})
        assert again.status_code == 409
        assert "/reports/" not in str(again.url)


def test_an_old_presentation_shown_unasked_is_not_genuine(story):
    shown = story.present([story.diploma()], at=datetime.now(UTC) - timedelta(minutes=10))
    with story.client as client:
        checked = client.post(
            "/api/presentations", content=shown, headers={"Content-Type": "application/json"}
        )
    assert (checked.status_code, checked.json()["verdict"]) == (201, "not-genuine")
    assert checked.json()["skills"] == []


def test_a_revocation_bites_on_the_next_answer_and_a_missing_list_cannot_tell(story):
    story.publish(revoked=(9,))
    made = story.ask()
    assert post_answer(story, made, story.answer(made["request"], [story.diploma(9)])).status_code == 200
    report = report_of(story, made)
    assert (report["genuine"], report["verdict"]) == ("yes", "withdrawn")
    assert answers(report)[0][1] == "no"
    assert "revoked" in str(report["credentials"])

    story.publish()
    taken_away = story.site.documents.pop("status/1")
    try:
        made = story.ask()
        assert post_answer(story, made, story.answer(made["request"], [story.diploma()])).status_code == 200
        report = report_of(story, made)
        assert report["verdict"] == "standing-unknown"
        assert answers(report)[0][1] == "cannot-tell"
    finally:
        story.site.documents["status/1"] = taken_away


def test_an_older_status_list_than_was_seen_undoes_no_revocation(story):
    now = datetime.now(UTC)
    older = story.school.status_list(story.status_url, at=now - timedelta(hours=3)).body
    story.publish(revoked=(11,))
    made = story.ask()
    post_answer(story, made, story.answer(made["request"], [story.diploma(11)]))
    assert report_of(story, made)["verdict"] == "withdrawn"
    story.site.documents["status/1"] = older
    made = story.ask()
    post_answer(story, made, story.answer(made["request"], [story.diploma(11)]))
    assert report_of(story, made)["verdict"] == "standing-unknown"
    story.publish()


def test_of_fifty_concurrent_posts_of_one_presentation_one_is_accepted(story):
    made = story.ask()
    body = story.answer(made["request"], [story.diploma()])
    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(lambda _: post_answer(story, made, body), range(50)))
    statuses = [response.status_code for response in found]
    assert statuses.count(200) == 1
    assert statuses.count(409) == 49
    assert {each.json()["code"] for each in found if each.status_code == 409} == {"request_answered"}
    with story.client as client:
        reports = [each for each in client.get("/api/reports").json() if each["id"] == made["id"]]
    assert len(reports) == 1


@pytest.mark.parametrize(
    "kind",
    [
        *("other challenge", "other domain", "a neighbour's domain", "the domain of the host"),
        *("not the holder", "empty", "no json", "changed"),
    ],
)
def test_what_is_no_answer_is_refused_and_the_request_stays_open(story, kind):
    made = story.ask()
    request = made["request"]
    good = story.answer(request, [story.diploma()])
    body = {
        "other challenge": lambda: story.present(
            [story.diploma()], challenge="A" * 22, domain=request["domain"]
        ),
        "other domain": lambda: story.present(
            [story.diploma()], challenge=request["challenge"], domain="elsewhere.example"
        ),
        "a neighbour's domain": lambda: story.present(
            [story.diploma()], challenge=request["challenge"], domain=f"{request['domain']}-2"
        ),
        "the domain of the host": lambda: story.present(
            [story.diploma()],
            challenge=request["challenge"],
            domain=story.verifier.partition("://")[2],
        ),
        "not the holder": lambda: story.answer(request, [story.diploma()], holder=story.stranger),
        "empty": lambda: b"{}",
        "no json": lambda: b"<script>alert(1)</script>",
        "changed": lambda: good.replace(b"bake bread", b"bake cakes"),
    }[kind]()
    refused = post_answer(story, made, body)
    assert refused.status_code == 400, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "not_the_holder" or kind == "changed"
    assert "script" not in refused.text
    if kind != "changed":
        assert post_answer(story, made, good).status_code == 200


def test_a_credential_that_was_changed_is_reported_as_not_genuine(story):
    made = story.ask()
    changed = {**story.diploma(), "name": "Master of Everything"}
    assert post_answer(story, made, story.answer(made["request"], [changed])).status_code == 200
    report = report_of(story, made)
    assert (report["verdict"], report["met"]) == ("not-genuine", "no")


def test_a_genuine_diploma_of_somebody_unrecognised_is_soft_and_said_so(story):
    made = story.ask()
    diploma = story.stranger.issue(
        story.worker, {BREAD: "bake bread"}, kind="Diploma", genres=["examination"], at=datetime.now(UTC)
    )
    post_answer(story, made, story.answer(made["request"], [diploma]))
    report = report_of(story, made)
    assert (report["verdict"], answers(report)[0]) == ("unrecognised", ("bake bread", "no", "soft"))
    assert report["credentials"][0]["issuer"]["recognisedName"] is None


def test_pages_of_another_employer_and_keys_that_are_wrong_open_nothing(story):
    bootstrap = (story.folder / "bootstrap.secret").read_text().strip()
    other = httpx.post(
        f"{story.verifier}/api/employers",
        json={"slug": f"o{uuid.uuid4().hex[:8]}", "name": "Other"},
        headers={"Authorization": f"Bearer {bootstrap}"},
    ).json()["apiKey"]
    made = story.ask()
    post_answer(story, made, story.answer(made["request"], [story.diploma()]))
    for path in (f"/api/requests/{made['id']}", f"/api/reports/{made['id']}"):
        found = httpx.get(story.verifier + path, headers={"Authorization": f"Bearer {other}"})
        assert found.status_code == 404
    for wrong in ("", "x", f"ster.{'A' * 43}", f"nobody.{'A' * 43}", story.key[:-1], story.key + "x"):
        found = httpx.get(
            f"{story.verifier}/api/reports", headers={"Authorization": f"Bearer {wrong}".rstrip()}
        )
        assert found.status_code == 401, wrong
    assert httpx.post(f"{story.verifier}/api/employers", json={"slug": "x", "name": "x"}).status_code == 401


def test_a_trust_list_of_an_unexpected_publisher_or_older_version_is_refused(story):
    entry = recognise(story.stranger, Recognition.EDUCATOR)
    forged = World(now=datetime.now(UTC)).trust_list(entry, version=5)
    with story.client as client:
        headers = {"Content-Type": "application/json"}
        refused = client.post("/api/trust-lists", content=forged, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "unexpected_publisher")
        url = "https://registrar.example/second"
        for version, status in ((3, 201), (3, 201), (2, None), (4, 201)):
            source = story.world.trust_list(entry, version=version, list_id=url)
            taken = client.post("/api/trust-lists", content=source, headers=headers)
            if status is None:
                assert taken.status_code >= 400
                assert taken.json()["code"] == "trust_list_rollback"
            elif version != 3:
                assert taken.status_code == status


def test_the_profile_and_the_did_document_are_public_and_cacheable(story):
    with story.client as client:
        profile = client.get("/api/profiles").json()[0]
    found = httpx.get(profile["url"])
    assert found.json() == profile["profile"]
    assert httpx.get(profile["url"], headers={"If-None-Match": found.headers["etag"]}).status_code == 304
    did = httpx.get(f"{story.verifier}/e/ster/did.json")
    assert did.headers["content-type"] == "application/did+json"
    assert did.json()["id"] == profile["profile"]["publisher"]["id"]
    assert httpx.get(f"{story.verifier}/e/nobody/did.json").status_code == 404


def test_the_pages_tell_the_same_in_both_languages_without_a_script(story):
    made = story.ask()
    post_answer(story, made, story.answer(made["request"], [story.diploma(), story.reference()]))
    origin = {"Origin": story.verifier}
    with httpx.Client(base_url=story.verifier, follow_redirects=True, timeout=20) as browser:
        browser.headers["Accept"] = "text/html"
        assert 'lang="en"' in browser.get("/").text
        home = browser.post("/sign-in", data={"key": story.key}, headers=origin)
        assert "Baker" in home.text
        for language, words in (("en", ("Genuine", "Met", "Hard")), ("nl", ("Echt", "Voldoet", "Hard"))):
            page = browser.get(f"/reports/{made['id']}?lang={language}").text
            text = re.sub(r"<[^>]+>", "", page)
            assert all(word in text for word in words), language
            assert "<script" not in without_our_script(page)
            assert "style=" not in page
        for path in ("/", "/check", "/reports", "/trust", f"/requests/{story.ask()['id']}"):
            found = browser.get(path)
            assert found.status_code == 200, path
            assert "verdict-" not in found.text or path == "/reports"
        asked = browser.post("/requests", data={"profile": "baker"}, headers=origin)
        assert "qr.gif" in asked.text
        request_path = asked.url.path
        assert browser.get(f"{request_path}/qr.gif").headers["content-type"] == "image/gif"
        request = unpack(read_image(browser.get(f"{request_path}/qr.gif").content))
        import json

        frames = pack(story.answer(json.loads(request), [story.diploma()]))
        report = browser.post(
            f"{request_path}/answer",
            headers=origin,
            data={"text": ""},
            files=[("pictures", ("a.gif", draw_loop(frames), "image/gif"))],
        )
        assert report.url.path.startswith("/reports/")
        assert browser.post(f"{report.url.path}/delete", headers=origin).status_code == 200
        assert browser.get(report.url.path).status_code == 404
        browser.post("/sign-out", headers=origin)
        assert browser.get("/reports").status_code == 401


def test_a_form_from_another_site_is_refused(story):
    for headers in (
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        refused = httpx.post(f"{story.verifier}/sign-in", data={"key": story.key}, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "cross_origin")


MARK = "xyzzy-of-a-stranger"
JUNK = {
    "NaN": (b'{"slug":NaN,"name":"' + MARK.encode() + b'"}', "application/json"),
    "surrogate": (b'{"key":"\\ud800' + MARK.encode() + b'"}', "application/json"),
    "duplicate": (b'{"profile":"a","profile":"' + MARK.encode() + b'"}', "application/json"),
    "another shape": (b'{"' + MARK.encode() + b'":[[[{}]]]}', "application/json"),
    "not JSON": (b"\x00\xff" + MARK.encode(), "application/vp"),
    "text": (MARK.encode(), "text/plain"),
    "a form": (b"key=" + MARK.encode(), "application/x-www-form-urlencoded"),
    "a broken form": (b"--x\r\n" + MARK.encode(), "multipart/form-data; boundary=x"),
    "a picture": (b"\x89PNG" + MARK.encode(), "image/png"),
    "nothing": (b"", "application/json"),
}


@pytest.mark.parametrize("signed_in", [True, False])
def test_no_route_answers_junk_with_a_500_or_repeats_it(story, signed_in):
    document = httpx.get(f"{story.verifier}/openapi.json").json()
    paths = [
        (method.upper(), re.sub(r"{\w+}", MARK, path))
        for path, operations in document["paths"].items()
        for method in operations
    ]
    pages = (
        "/sign-in",
        "/sign-out",
        "/requests",
        f"/requests/{MARK}/answer",
        "/check",
        "/trust",
        "/trust/refresh",
    )
    paths += [("POST", path) for path in pages] + [("GET", f"/reports/{MARK}"), ("GET", f"/requests/{MARK}")]
    headers = {"Authorization": f"Bearer {story.key}"} if signed_in else {}
    with httpx.Client(
        base_url=story.verifier, headers={**headers, "Origin": story.verifier}, timeout=20
    ) as client:
        for method, path in paths:
            for what, (body, media_type) in JUNK.items():
                if path.endswith("/refresh") and signed_in:
                    continue
                answer = client.request(method, path, content=body, headers={"Content-Type": media_type})
                assert answer.status_code < 500, (method, path, what)
                assert MARK not in answer.text, (method, path, what)
                if answer.status_code >= 400:
                    assert answer.headers["content-type"] == "application/problem+json", (method, path, what)


def test_the_openapi_document_describes_what_is_sent(story):
    document = httpx.get(f"{story.verifier}/openapi.json").json()
    profile = document["paths"]["/api/profiles"]["post"]["requestBody"]["content"]["application/json"]
    assert profile["schema"]["$ref"] == "#/components/schemas/NewProfile"
    assert "minimumStrength" in document["components"]["schemas"]["NewDemand"]["properties"]
    shown = document["paths"]["/api/presentations"]["post"]["requestBody"]["content"]
    assert {"application/vp", "text/plain", "image/png"} <= set(shown)
