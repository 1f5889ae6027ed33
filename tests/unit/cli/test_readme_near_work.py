"""What the README shows to type works as it stands there."""

import re
import shlex
from pathlib import Path

from tests.simulators.warm import ran

README = Path(__file__).parents[3] / "README.md"


def test_the_commands_about_work_that_is_near_work(tmp_path):
    section = README.read_text(encoding="utf-8").partition("## From what you can do")[2].partition("\n## ")[0]
    commands = re.findall(r"^\.venv/bin/passport (.+)$", section, re.MULTILINE)
    assert len(commands) == 4
    said = [ran(*shlex.split(each), folder=tmp_path) for each in commands]
    assert [each.returncode for each in said] == [0] * 4, [each.stderr for each in said]
    assert all("made up" in each.stdout.lower() for each in said)
