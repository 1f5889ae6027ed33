"""The verifier as time passes, and without a network. Each test starts a service of its own."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from passport.trust import Recognition
from tests.simulators.parties import Party, World, recognise
from tests.simulators.serving import bound, serving
from tests.simulators.showing import BREAD, Site, Story
from verifier.app import create
from verifier.errors import NoSuchReport
from verifier.service import opened
from verifier.settings import Settings


def test_an_expired_request_takes_no_answer(tmp_path):
    """With a clock of its own: five minutes pass in an instant."""
    moment = [datetime.now(UTC)]
    socket = bound()
    settings = Settings(
        base_url=f"http://localhost:{socket.getsockname()[1]}", data_directory=tmp_path, allow_loopback=True
    )
    with serving(create(settings, clock=lambda: moment[0]), socket) as address:
        bearer = {"Authorization": f"Bearer {(tmp_path / 'bootstrap.secret').read_text().strip()}"}
        employer = httpx.post(f"{address}/api/employers", json={"slug": "a", "name": "A"}, headers=bearer)
        key = {"Authorization": f"Bearer {employer.json()['apiKey']}"}
        demands = [{"skill": BREAD, "label": "bread", "minimumStrength": "soft"}]
        httpx.post(
            f"{address}/api/profiles", headers=key, json={"key": "p", "name": {"en": "P"}, "demands": demands}
        )
        made = httpx.post(f"{address}/api/requests", headers=key, json={"profile": "p"}).json()
        moment[0] += timedelta(seconds=301)
        late = httpx.post(made["responseUri"], json={})
        assert (late.status_code, late.json()["code"]) == (410, "request_expired")
        assert httpx.get(f"{address}/r/{made['id']}").status_code == 410


@contextmanager
def school_on_the_web(folder: Path) -> Iterator[Story]:
    """A school's site and the people of the story; `verifier` is still to be started."""
    site, socket = Site(), bound()
    port = socket.getsockname()[1]
    people = (Party("Bakkerij De Ster"), Party("Sam"), Party("Onbekend"))
    with serving(site.app(), socket):
        story = Story(
            "",
            folder,
            site,
            Party.on_the_web("De School", f"localhost:{port}"),
            *people,
            World(now=datetime.now(UTC)),
            f"http://localhost:{port}/status/1",
        )
        story.publish()
        yield story


@contextmanager
def verifier(story: Story, **settings: Any) -> Iterator[httpx.Client]:
    """A verifier with one employer, whose programs it serves; started again it keeps what it had."""
    socket = bound()
    chosen = Settings(
        base_url=f"http://localhost:{socket.getsockname()[1]}",
        data_directory=story.folder,
        allow_loopback=True,
        trust_publishers=(story.world.registrar.did,),
        **settings,
    )
    with serving(create(chosen), socket) as address:
        if not story.key:
            bootstrap = (story.folder / "bootstrap.secret").read_text().strip()
            bearer = {"Authorization": f"Bearer {bootstrap}"}
            made = httpx.post(f"{address}/api/employers", json={"slug": "a", "name": "A"}, headers=bearer)
            story.key = made.json()["apiKey"]
        headers = {"Authorization": f"Bearer {story.key}", "Content-Type": "application/json"}
        with httpx.Client(base_url=address, headers=headers, timeout=20) as client:
            yield client


def test_offline_works_from_what_was_seen_and_says_how_old_it_is(tmp_path):
    """Online it sees issuers and status; started again offline, it fetches nothing."""
    with school_on_the_web(tmp_path) as story:
        trust = story.world.trust_list(recognise(story.school, Recognition.EDUCATOR))
        with verifier(story) as client:
            assert client.post("/api/trust-lists", content=trust).status_code == 201
            online = client.post("/api/presentations", content=story.present([story.diploma()])).json()
            assert online["verdict"] == "genuine"
        asked = len(story.site.asked)
        with verifier(story, offline=True) as client:
            offline = client.post("/api/presentations", content=story.present([story.diploma(8)])).json()
            page = client.get("/healthz")
            unseen = Party.on_the_web("Unseen", "localhost:9")
            badge = unseen.issue(story.worker, {BREAD: "bread"}, at=datetime.now(UTC))
            unknown = client.post("/api/presentations", content=story.present([badge])).json()
        assert page.status_code == 200
        assert (offline["verdict"], offline["offline"]) == ("genuine", True)
        assert offline["skills"][0]["strength"] == "hard"
        assert {each["url"] for each in offline["documents"]} >= {story.status_url}
        assert unknown["verdict"] == "cannot-tell"
        assert len(story.site.asked) == asked


def test_online_nothing_falls_back_on_memory(tmp_path):
    with school_on_the_web(tmp_path) as story, verifier(story) as client:
        first = client.post("/api/presentations", content=story.present([story.diploma()])).json()
        assert (first["genuine"], first["verdict"]) == ("yes", "unrecognised")
        story.site.documents.clear()
        second = client.post("/api/presentations", content=story.present([story.diploma()])).json()
        assert second["verdict"] == "cannot-tell"


def test_reports_are_deleted_when_their_time_is_over(tmp_path):
    async def test() -> None:
        settings = Settings(data_directory=tmp_path, allow_loopback=True, retention_days=3)
        moment = [datetime.now(UTC)]
        async with opened(settings, clock=lambda: moment[0]) as service:
            employer, _ = await service.employers.create("a", "A", moment[0])
            report = await service.shown(b"{}", employer, None)
            moment[0] += timedelta(days=2, hours=23)
            assert await service.reports.sweep(moment[0]) == 0
            assert await service.reports.get(report.id, employer)
            moment[0] += timedelta(hours=2)
            assert await service.reports.sweep(moment[0]) == 1
            with pytest.raises(NoSuchReport):
                await service.reports.get(report.id, employer)

    asyncio.run(test())
