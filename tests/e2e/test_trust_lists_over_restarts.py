"""What a verifier took is remembered over its restarts: no list goes back."""

from datetime import UTC, datetime

import httpx

from passport.trust import Recognition
from tests.simulators.parties import Party, World, recognise
from tests.simulators.serving import serving
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
