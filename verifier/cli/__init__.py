"""The verifier's command line: `passport verifier …`."""

from verifier.cli.app import app

__all__ = ["app"]
