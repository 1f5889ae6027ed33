"""The command line, called in this process or as a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from passport.cli.main import main
from passport.clock import utc_now
from passport.json import dump
from passport.key_files import write_key_file
from tests.simulators.parties import Party
from tests.simulators.warm import ran

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def passport(capsys, monkeypatch):
    """Run `passport …` here; what it printed and its exit code."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["passport", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Ran(ended.value.code or 0, printed.out, printed.err)

    return run


@pytest.fixture
def process(tmp_path):
    """Run `python -m passport …` as a process of its own."""

    def run(*words, **environment):
        ended = subprocess.run(
            [sys.executable, "-m", "passport", *map(str, words)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return run


@pytest.fixture
def forked(tmp_path):
    """Run `passport …` to its end in a child that has everything imported."""

    def run(*words, **environment):
        ended = ran(*words, environment={**os.environ, **environment}, folder=tmp_path)
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    return run


@dataclass(frozen=True)
class Desk:
    """A folder with a school's key file and a badge of that school, signed and not."""

    folder: Path
    school: Party
    worker: Party
    key: Path
    unsigned: Path
    signed: Path

    def write(self, name, document):
        path = self.folder / name
        path.write_bytes(document if isinstance(document, bytes) else dump(document))
        return path


@pytest.fixture
def desk(tmp_path):
    school, worker = Party("School"), Party("Worker")
    write_key_file(tmp_path / "school.key", school.signer)
    signed = school.issue(
        worker, {"http://data.europa.eu/esco/skill/1": "weld"}, at=utc_now() - timedelta(days=1)
    )
    made = Desk(
        tmp_path,
        school,
        worker,
        tmp_path / "school.key",
        tmp_path / "unsigned.json",
        tmp_path / "signed.json",
    )
    made.write("unsigned.json", {name: value for name, value in signed.items() if name != "proof"})
    made.write("signed.json", signed)
    return made
