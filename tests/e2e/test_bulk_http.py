"""A batch over real HTTP: a line for each document, in order; one bad document spoils no other."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from passport import limits
from passport.json import dump
from tests.simulators.parties import Party
from tests.simulators.showing import Story, open_story

PATH = "/api/verifications/batch"
ARRAY, LINES = "application/json", "application/x-ndjson"


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Iterator[Story]:
    with open_story(tmp_path_factory.mktemp("bulk")) as made:
        yield made


def ask(story: Story, body: bytes, media_type: str = LINES, **headers: str) -> httpx.Response:
    with story.client as client:
        return client.post(PATH, content=body, headers={"Content-Type": media_type, **headers}, timeout=60)


def lines(response: httpx.Response) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith(LINES)
    found = [json.loads(line) for line in response.text.splitlines()]
    assert [each["index"] for each in found] == list(range(len(found)))
    return found


def outcome(line: dict[str, Any]) -> str:
    return line["answer"] if "answer" in line else line["problem"]["code"]


@pytest.fixture(scope="module")
def documents(story) -> list[bytes]:
    """Good, revoked, tampered, unreadable, out of reach, a presentation, and a good one again."""
    story.publish(revoked=(9,))
    elsewhere = Party.on_the_web("Elsewhere", "localhost:1")
    tampered = {**story.diploma(), "name": "Another name"}
    return [
        dump(story.diploma(7)),
        dump(story.diploma(9)),
        dump(tampered),
        b'{"@context": "https://unknown.example"}',
        dump(elsewhere.issue(story.worker, ["x:1"], at=datetime.now(UTC))),
        b'"not.a.token"',
        story.present([story.diploma(), story.reference()]),
        dump(story.reference()),
    ]


EXPECTED = ["yes", "no", "no", "no", "cannot-tell", "malformed_jws", "yes", "yes"]


@pytest.mark.parametrize("media_type", [ARRAY, LINES])
def test_every_document_has_its_line_in_order(story, documents, media_type):
    asked = len(story.site.asked)
    body = b"\n".join(documents) if media_type == LINES else b" [" + b" ,\n".join(documents) + b"]\n"
    found = lines(ask(story, body, media_type))
    said = [outcome(line) for line in found]
    assert said[:5] + said[6:] == EXPECTED[:5] + EXPECTED[6:]
    assert "problem" in found[5]
    assert found[1]["reasons"][0]["code"] == "revoked"
    assert found[0]["skills"][0]["strength"] == "hard"
    assert found[6]["kind"] == "presentation"
    assert len(found[6]["names"]) == 2
    fetched = story.site.asked[asked:]
    assert sorted(fetched) == sorted(set(fetched)), "a document was fetched more than once"


def test_many_are_answered_in_order_over_all_cores(story):
    good, bad = dump(story.diploma()), dump({**story.diploma(), "name": "Another name"})
    wanted = [number % 7 != 3 for number in range(150)]
    found = lines(ask(story, b"\n".join(good if fine else bad for fine in wanted)))
    assert [line["answer"] == "yes" for line in found] == wanted


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"[]", []),
        (b" [ ] ", []),
        (b"", ["malformed_json"]),
        (b"{}", ["malformed_json"]),
        (b"[1,", ["not_an_object", "malformed_json"]),
        (b"[1] 2", ["not_an_object", "malformed_json"]),
        (b"[1]]", ["not_an_object", "malformed_json"]),
        (b"[,1]", ["malformed_json", "not_an_object"]),
        (b'["a" "b"]', ["malformed_json"]),
        (b'["unfinished', ["malformed_json"]),
        (b'[{"a": "]}, \\" ["}, {}]', ["no", "no"]),
    ],
)
def test_a_broken_array_says_so_where_it_breaks(story, body, expected):
    assert [outcome(line) for line in lines(ask(story, body, ARRAY))] == expected


def test_a_document_that_is_too_large_spoils_no_other(story):
    large = b'{"x": "' + b"a" * limits.PRESENTATION.size + b'"}'
    good = dump(story.diploma())
    assert [outcome(line) for line in lines(ask(story, b"\n".join([good, large, good])))] == [
        "yes",
        "json_too_large",
        "yes",
    ]


def test_no_more_than_the_bound_is_taken(story, monkeypatch):
    monkeypatch.setattr(limits, "WORK", limits.WorkLimits(batch_items=3, batch_bytes=20_000))
    good = dump(story.diploma())
    assert [outcome(line) for line in lines(ask(story, b"\n".join([good] * 3)))] == ["yes"] * 3
    assert [outcome(line) for line in lines(ask(story, b"\n".join([good] * 5)))] == [
        *["yes"] * 3,
        "too_many_documents",
    ]
    assert ask(story, b" " * 20_001).status_code == 413


def test_no_more_batches_than_the_bound_are_worked_on(story, monkeypatch):
    monkeypatch.setattr(limits, "WORK", limits.WorkLimits(batches=0))
    refused = ask(story, dump(story.diploma()))
    assert refused.status_code == 503
    assert refused.json()["code"] == "too_much_waiting"
    assert refused.headers["retry-after"]


def test_it_takes_the_key_of_an_employer_and_its_own_media_types(story):
    assert (
        httpx.post(f"{story.verifier}{PATH}", content=b"[]", headers={"Content-Type": ARRAY}).status_code
        == 401
    )
    assert ask(story, b"[]", "text/plain").status_code == 415


def test_problems_and_reasons_are_in_the_language_that_is_asked_for(story, documents):
    found = lines(ask(story, documents[2] + b"\n[", **{"Accept-Language": "nl"}))
    assert "handtekening" in found[0]["reasons"][0]["text"] or "gewijzigd" in found[0]["reasons"][0]["text"]
    assert found[1]["problem"]["title"] != ""


def test_a_batch_leaves_nothing_behind(story, documents):
    before = sorted(path.name for path in story.folder.iterdir())
    lines(ask(story, b"\n".join(documents)))
    assert sorted(path.name for path in story.folder.iterdir()) == before
    with story.client as client:
        assert client.get("/api/reports").json() == []
