"""A person at a terminal: `passport …` as a process, told with the very words that were typed."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from passport.demo.doors import StepRefused
from passport.demo.record import Record

_SECONDS = 60


@dataclass(slots=True)
class Terminal:
    """One folder in which somebody types commands."""

    folder: Path
    record: Record
    environment: Mapping[str, str] = field(default_factory=dict)

    def passport(self, *words: str, expected: int = 0) -> Any:
        """Run `passport WORDS --json`, say what was typed, and return what it printed.

        Raises:
            StepRefused: it ended otherwise than expected.
        """
        self.record.say(typed(words))
        ended = subprocess.run(  # noqa: S603  # our own command
            [sys.executable, "-m", "passport", *words, "--json"],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        if ended.returncode != expected:
            raise StepRefused(command=" ".join(words[:3]), ended=ended.returncode)
        return json.loads(ended.stdout)


def typed(words: Sequence[str]) -> str:
    """The command as somebody types it: words with blanks in quotes."""
    return "$ passport " + " ".join(f'"{word}"' if " " in word else word for word in words)
