"""The store dies under a verifier that works: who was told "answered" was, and nobody sees a 500."""

import contextlib
import os
import signal
import threading
import time
from datetime import UTC, datetime

import httpx

from tests.simulators.parties import Party, World
from tests.simulators.serving import bound, serving
from tests.simulators.showing import BREAD, Site, Story
from verifier.app import create
from verifier.settings import Settings

ANSWERS = 12


def test_every_acknowledged_answer_has_its_report_after_the_store_was_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("passport.storage.embedded._RESTARTS", 100)
    socket = bound()
    app = create(Settings(base_url=f"http://localhost:{socket.getsockname()[1]}", data_directory=tmp_path))
    with serving(app, socket) as address:
        bearer = {"Authorization": f"Bearer {(tmp_path / 'bootstrap.secret').read_text().strip()}"}
        employer = httpx.post(f"{address}/api/employers", json={"slug": "a", "name": "A"}, headers=bearer)
        people = (Party("School"), Party("Boss"), Party("Sam"), Party("X"))
        story = Story(address, tmp_path, Site(), *people, World(now=datetime.now(UTC)), "")
        story.key = employer.json()["apiKey"]
        demands = [{"skill": BREAD, "label": "bread", "minimumStrength": "soft"}]
        with story.client as client:
            profile = {"key": "baker", "name": {"en": "Baker"}, "demands": demands}
            assert client.post("/api/profiles", json=profile).status_code == 201
            badge = story.school.issue(story.worker, {BREAD: "bread"}, at=datetime.now(UTC))
            asked = [story.ask() for _ in range(ANSWERS)]
            done = threading.Event()
            killer = threading.Thread(target=_kill_now_and_then, args=(app, done))
            killer.start()
            try:
                statuses = [
                    httpx.post(
                        each["responseUri"],
                        content=story.answer(each["request"], [badge]),
                        headers={"Content-Type": "application/vp"},
                        timeout=20,
                    ).status_code
                    for each in asked
                ]
            finally:
                done.set()
                killer.join()
            assert set(statuses) <= {200, 503, 409}
            assert 200 in statuses
            _wait_until_healthy(address)
            for each, status in zip(asked, statuses, strict=True):
                state = client.get(f"/api/requests/{each['id']}").json()
                if status in {200, 409}:
                    assert state["state"] == "answered"
                    assert client.get(f"/api/reports/{state['report']}").status_code == 200
                elif state["state"] == "created":
                    again = httpx.post(
                        each["responseUri"],
                        content=story.answer(each["request"], [badge]),
                        headers={"Content-Type": "application/vp"},
                    )
                    assert again.status_code == 200


def _kill_now_and_then(app, done: threading.Event) -> None:
    while not done.wait(0.25):
        with contextlib.suppress(ProcessLookupError):
            os.kill(app.state.verifier.connection.embedded.process_id, signal.SIGKILL)
        time.sleep(0.6)


def _wait_until_healthy(address: str) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if httpx.get(f"{address}/healthz", timeout=10).status_code == 200:
            return
        time.sleep(0.1)
    raise AssertionError("the store did not come back")
