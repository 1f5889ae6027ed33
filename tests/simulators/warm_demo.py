"""The demo's commands and services as forks of a process that has everything imported (warm.py)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from passport.demo import services, terminal
from tests.simulators.warm import Running, ran


@contextmanager
def warm_demo() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(services, "start", Running)
        patch.setattr(terminal, "run", _run)
        yield


def _run(words: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    done = ran(*words, environment=environment, folder=folder)
    return done.returncode, done.stdout
