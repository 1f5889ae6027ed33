"""Python clients made from the OpenAPI documents of running services: `make client-check`.

Not in the usual run: the generator has a virtual environment of its own, which PASSPORT_CLIENT_TOOL names (its
`bin`). The clients are used there by a program that has nothing else of ours. What the generator is given, and
what that program calls, is held in every run by tests/house/test_client_inputs.py.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.simulators.client_program import PROGRAM
from tests.simulators.issuing import ACHIEVEMENT, HolderWallet, issuer_process, open_office
from tests.simulators.showing import open_story

TOOL = os.environ.get("PASSPORT_CLIENT_TOOL", "")
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not TOOL, reason="make client-check runs it")


def test_a_client_is_made_imported_and_used(tmp_path):
    with (
        issuer_process(tmp_path / "issuer") as process,
        open_story(tmp_path / "verifier") as story,
        story.client as client,
    ):
        office = open_office(process)
        made = subprocess.run(
            [f"{TOOL}/python", ROOT / "docs/make_client.py", tmp_path / "client", "--tool", f"{TOOL}/openapi-python-client",
             "--issuer", process.url, "--verifier", str(client.base_url)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert "WARNING" not in made.stdout + made.stderr, made.stdout
        given = {
            "issuer": process.url, "key": office.api_key, "did": HolderWallet().did, "achievement": ACHIEVEMENT,
            "verifier": str(client.base_url), "verifierKey": client.headers["authorization"].split()[1],
        }  # fmt: skip
        ran = subprocess.run(
            [f"{TOOL}/python", "-c", PROGRAM], input=json.dumps(given), capture_output=True, text=True,
            cwd=tmp_path / "client", check=False,
        )  # fmt: skip
        assert ran.stdout == "done\n", ran.stderr
