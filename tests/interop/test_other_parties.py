"""The other parties are there, in the versions that the documents name."""

import json
import re
import subprocess

from tests.simulators.other_parties import PEERS, node_modules, peer_python, run_node


def test_the_lock_file_names_no_registry():
    packages = json.loads((PEERS / "package-lock.json").read_bytes())["packages"]
    for name, entry in packages.items():
        assert "resolved" not in entry
        assert not name or entry["integrity"].startswith("sha512-")
    assert "://" not in (PEERS / "requirements.lock").read_text("ascii")


def test_the_node_libraries_can_be_imported_in_the_pinned_versions():
    wanted = json.loads((PEERS / "package.json").read_bytes())["dependencies"]
    found = run_node(PEERS / "versions.mjs", {"packages": sorted(wanted)})
    assert found == wanted
    assert node_modules().is_dir()


def test_the_python_libraries_can_be_imported_in_the_pinned_versions():
    lines = (PEERS / "requirements.lock").read_text("ascii")
    code = "import importlib.metadata as m, openid4vci, openvc; print(m.version('openid4vci'), m.version('openvc-core'))"
    done = subprocess.run(
        [str(peer_python()), "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == [
        re.search(rf"^{name}==(\S+)", lines, re.MULTILINE)[1] for name in ("openid4vci", "openvc-core")
    ]
