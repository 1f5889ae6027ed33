"""The command line `passport`: one sentence for an error, `--json` for programs, progress on a terminal."""

from passport.cli.main import main

__all__ = ["main"]
