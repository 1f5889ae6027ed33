"""What a service took is remembered over its restarts: no list goes back."""

import time
from datetime import UTC, datetime

import httpx

from issuer.app import create as create_issuer
from issuer.settings import Settings as IssuerSettings
from passport.service_secrets import make_secrets
from passport.trust import Recognition
from tests.simulators.parties import Party, World, recognise
from tests.simulators.serving import serving
from tests.simulators.showing import Site
from verifier.app import create
from verifier.settings import Settings

JSON = {"Content-Type": "application/json"}
EDUCATOR = frozenset({Recognition.EDUCATOR})
SECTOR = Party("Sector")


def test_a_restart_forgets_no_version(tmp_path):
    """A second life over the same store: what was taken before is not rolled back, nor contradicted."""
    world, school = World(now=datetime.now(UTC)), Party("School")
    root = world.trust_list(recognise(SECTOR, may_recognise=EDUCATOR, list_id="https://sector.example/list"))

    def sector(*entries, version):
        return world.trust_list(
            *entries, publisher=SECTOR, list_id="https://sector.example/list", version=version
        )

    settings = Settings(data_directory=tmp_path, trust_publishers=(world.registrar.did,))
    entry, key = recognise(school, Recognition.EDUCATOR), ""

    def send(address, source):
        headers = {**JSON, "Authorization": f"Bearer {key}"}
        return httpx.post(f"{address}/api/trust-lists", content=source, headers=headers, timeout=20)

    with serving(create(settings)) as address:
        secret = (tmp_path / "bootstrap.secret").read_text().strip()
        made = httpx.post(
            f"{address}/api/employers",
            json={"slug": "ster", "name": "Ster"},
            headers={"Authorization": f"Bearer {secret}"},
        )
        key = made.json()["apiKey"]
        for source in (root, sector(entry, version=2)):
            assert send(address, source).status_code == 201
    with serving(create(settings)) as address:
        assert send(address, sector(entry, version=1)).json()["code"] == "trust_list_rollback"
        assert send(address, sector(version=2)).json()["code"] == "trust_list_conflict"
        assert send(address, sector(version=3)).status_code == 201


def test_a_restart_of_an_assessors_service_forgets_no_version(tmp_path, caplog):
    """It begins with what it kept, and an older list at the same address takes nothing of that away."""
    world, school, site = World(now=datetime.now(UTC)), Party("School"), Site()
    with serving(site.app()) as site_url:
        address = f"{site_url}/list"
        settings = IssuerSettings(
            base_url="http://localhost:1",
            data_directory=tmp_path,
            allow_loopback=True,
            trust_publishers=(world.registrar.did,),
            trust_lists=(address,),
        )
        make_secrets({"master secret": settings.master_secret, "bootstrap secret": settings.bootstrap_secret})
        for published in (2, 1):
            entry = recognise(school, Recognition.EDUCATOR)
            site.documents["list"] = world.trust_list(entry, version=published, list_id=address)
            app = create_issuer(settings)
            with serving(app):
                wait_for(lambda app=app: app.state.service.checker.trust.lists)
                if published == 1:
                    wait_for(lambda: "trust_list_rollback" in caplog.text)
                [held] = app.state.service.checker.trust.lists
                assert held.content.version == 2


def wait_for(happened):
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in half a minute"
        time.sleep(0.02)
