"""A person at a terminal: `passport …` as a process, told with the very words that were typed."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from passport.demo.doors import StepRefused
from passport.demo.process import run
from passport.demo.record import Record


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
        environment = {**os.environ, **self.environment}
        ended, printed = run([*words, "--json"], folder=self.folder, environment=environment)
        if ended != expected:
            raise StepRefused(command=" ".join(words[:3]), ended=ended)
        return json.loads(printed)


def typed(words: Sequence[str]) -> str:
    """The command as somebody types it: words with blanks in quotes."""
    return "$ passport " + " ".join(f'"{word}"' if " " in word else word for word in words)
