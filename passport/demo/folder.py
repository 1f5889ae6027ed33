"""The folder of a report: made fresh, and nothing of anybody else thrown away."""

import shutil
from pathlib import Path

from passport.demo.doors import StepRefused


def empty(folder: Path) -> None:
    """A fresh folder; only what an earlier demo left is thrown away.

    Raises:
        StepRefused: something else is in it.
    """
    if folder.exists():
        if (
            not (folder / "summary.json").exists()
            and any(folder.iterdir())
            and not (folder / "services").exists()
        ):
            raise StepRefused(reason="the report's folder holds something else")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
