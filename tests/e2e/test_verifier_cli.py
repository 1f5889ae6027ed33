"""The verifier's commands against a service that runs: what a person types, and how it ends."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from passport.errors import PassportError
from passport.errors.files import FileInTheWay
from passport.json import dump
from passport.pictures.qr import draw_loop
from passport.qr_text import pack
from passport.service_client import ServiceAddress, ServiceClient, ServiceNotAnswering, ServiceRefusal
from passport.trust import Recognition
from tests.simulators.parties import Party, World, recognise
from tests.simulators.serving import bound, serving
from tests.simulators.showing import BREAD, Site, Story
from verifier.app import create
from verifier.cli import app
from verifier.settings import Settings


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words], catch_exceptions=True)
    if result.exception is not None and isinstance(result.exception, PassportError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def test_an_employer_is_made_publishes_and_verifies_files(tmp_path: Path):
    socket = bound()
    world, school, worker = World(now=datetime.now(UTC)), Party("De School"), Party("Sam")
    story = Story("", tmp_path, Site(), school, Party("Boss"), worker, Party("X"), world, "")
    settings = Settings(
        base_url=f"http://localhost:{socket.getsockname()[1]}",
        data_directory=tmp_path / "data",
        allow_loopback=True,
        trust_publishers=(world.registrar.did,),
    )
    files = {
        name: tmp_path / name
        for name in ("key", "profile.json", "trust.json", "good.json", "loop.gif", "old.json")
    }
    with serving(create(settings), socket) as address:
        url = ("--url", address)
        secret = ("--bootstrap-secret", str(tmp_path / "data" / "bootstrap.secret"))
        taken = ("--key-file", str(tmp_path / "data" / "bootstrap.secret"))
        with pytest.raises(FileInTheWay):
            run("employer", "create", "ster", "De Ster", *taken, *secret, *url)
        told = run("employer", "create", "ster", "De Ster", "--key-file", str(files["key"]), *secret, *url)
        assert "API key is in" in told
        assert files["key"].stat().st_mode & 0o077 == 0
        key = ("--api-key", str(files["key"]), *url)
        with pytest.raises(ServiceRefusal, match="employer with that short name"):
            run(
                "employer",
                "create",
                "ster",
                "De Ster",
                "--key-file",
                str(tmp_path / "none"),
                *secret,
                *url,
            )
        assert not (tmp_path / "none").exists()

        files["profile.json"].write_text('{"key": "baker", "naam": 1, "demands": []}')
        with pytest.raises(ServiceRefusal, match="See name: missing"):
            run("profile", "publish", str(files["profile.json"]), *key)

        demands = [{"skill": BREAD, "label": "bake bread", "minimumStrength": "hard"}]
        files["profile.json"].write_text(
            json.dumps({"key": "baker", "name": {"en": "Baker"}, "demands": demands})
        )
        assert "/e/ster/profiles/baker/1" in run("profile", "publish", str(files["profile.json"]), *key)
        unmeetable = {"key": "x", "name": {"en": "X"}, "demands": [{**demands[0], "level": 9}]}
        files["x.json"] = tmp_path / "x.json"
        files["x.json"].write_text(json.dumps(unmeetable))
        assert "level 9 does not exist" in run("profile", "lint", str(files["x.json"]), *key, code=1)
        with pytest.raises(ServiceRefusal, match="Nobody can meet"):
            run("profile", "publish", str(files["x.json"]), *key)
        assert "/e/ster/profiles/x/1" in run("profile", "publish", str(files["x.json"]), "--anyway", *key)
        files["trust.json"].write_bytes(world.trust_list(recognise(school, Recognition.EDUCATOR)))
        assert "version 1" in run("trust", "add", str(files["trust.json"]), *key)

        badge = school.issue(worker, {BREAD: "bake bread"}, kind="MicroCredential", at=datetime.now(UTC))
        files["good.json"].write_bytes(story.present([badge]))
        files["loop.gif"].write_bytes(draw_loop(pack(story.present([badge]))))
        shown = run("verify", str(files["good.json"]), str(files["loop.gif"]), "--profile", "baker", *key)
        assert shown.count("✔ met") == 2
        old = story.present([badge], at=datetime(2026, 1, 1, tzinfo=UTC))
        files["old.json"].write_bytes(old)
        reports = json.loads(run("verify", str(files["old.json"]), "--json", *key, code=1))
        assert reports[0]["verdict"] == "not-genuine"
        with pytest.raises(ServiceRefusal, match="shown here before"):
            run("verify", str(files["good.json"]), *key)
    with pytest.raises(ServiceNotAnswering):
        run("verify", str(files["good.json"]), *key)


def test_an_address_that_is_none_is_refused(tmp_path):
    (tmp_path / "key").write_bytes(dump("x"))
    for url in ("file:///etc/passwd", "localhost:8102", ""):
        with pytest.raises(ServiceAddress):
            ServiceClient(url, tmp_path / "key")
