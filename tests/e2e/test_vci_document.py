"""The commands of docs/openid4vci.md are run as they stand there, and the tests that it names are there."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.simulators.issuing import issuer_process

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "openid4vci.md").read_text(encoding="utf-8")


def test_the_commands_of_the_document_work_as_they_stand(tmp_path):
    ((commands,),) = (re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL),)
    with issuer_process(tmp_path) as process:
        (tmp_path / "issuer-data").symlink_to("data")
        (tmp_path / "bin").mkdir()
        for name, call in (("passport", f"{sys.executable} -m passport"), ("python", sys.executable)):
            (tmp_path / "bin" / name).write_text(f'#!/bin/sh\nexec {call} "$@"\n')
            (tmp_path / "bin" / name).chmod(0o755)
        done = subprocess.run(
            ["sh", "-e", "-c", commands.replace("http://localhost:8101", process.url)],
            cwd=tmp_path,
            env={
                **os.environ,
                "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT),
                "PASSPORT_ISSUER_URL": process.url,
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "is released." in done.stdout
    assert "Code, for another channel" in done.stdout
    assert "█" in done.stdout
    assert '"deferred_credential_endpoint"' in done.stdout
    assert '"c_nonce"' in done.stdout


def test_every_test_that_the_document_names_is_there():
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    file = ""
    named = re.findall(r"`((?:test_\w+\.py|…)?(?:::test_\w+)?)`", DOCUMENT)
    assert len([each for each in named if each]) > 15
    for each in filter(None, named):
        before, _, test = each.partition("::")
        file = before if before.endswith(".py") else file
        assert file in files, each
        assert not test or f"def {test}(" in files[file], each
