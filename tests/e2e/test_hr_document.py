"""docs/hr.md does what it says: its commands run as they stand, and its receiver takes a message."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from issuer.telling import CHANGES
from passport.webhooks.deliver import WAITS
from passport.webhooks.manage import new_secret
from passport.webhooks.signature import sign
from tests.simulators.issuing import ACHIEVEMENT, issuer_process, open_office
from verifier.telling import CHANGES as VERIFIERS

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "hr.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)


@pytest.mark.skipif(shutil.which("curl") is None, reason="the document's commands use curl")
def test_its_commands_run(tmp_path):
    with issuer_process(tmp_path / "issuer") as process:
        office = open_office(process, "yard")
        (tmp_path / "owner.key").write_text(office.api_key)
        (tmp_path / "achievement.json").write_text(json.dumps(ACHIEVEMENT))
        program = tmp_path / "bin" / "passport"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m passport "$@"\n')
        program.chmod(0o755)
        environment = {
            **os.environ,
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "PASSPORT_ISSUER_URL": process.url,
            "PASSPORT_ISSUER_API_KEY_FILE": str(tmp_path / "owner.key"),
        }
        commands = "set -e\n" + "".join(block for block in blocks("sh") if "make client" not in block)
        ran = subprocess.run(
            ["bash", "-c", commands],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
    assert [row["state"] for row in csv.DictReader(io.StringIO((tmp_path / "report.csv").read_text()))] == [
        "open",
        "open",
    ]
    assert json.loads((tmp_path / "batches.json").read_text())[0]["offered"] == 2
    assert (tmp_path / "offers.csv").read_bytes().startswith(b"\xef\xbb\xbfoffer;achievement;")


def test_its_receiver_takes_a_message(capsys):
    secret, body = (
        new_secret(),
        b'{"type":"batch.finished","timestamp":"2026-11-22T13:00:00Z","data":{"id":"7"}}',
    )
    (program,) = blocks("python")
    space: dict = {}
    exec(program.replace("whsec_…", secret), space)
    now = int(time.time())
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(now),
        "webhook-signature": sign([secret], message_id="msg_1", timestamp=now, body=body),
    }
    space["take"](headers, body)
    space["take"](headers, body)
    assert capsys.readouterr().out == "batch.finished 7\n"


def test_it_names_every_event_and_every_wait():
    named = set(re.findall(r"`([a-z]+\.[a-z]+)`", DOCUMENT))
    assert set(CHANGES) | set(VERIFIERS) <= named
    assert (
        f"Retried for {round(sum(each.total_seconds() for each in WAITS) / 3600)} hours"
        in DOCUMENT.replace("**Retried", "Retried")
    )
