"""The issuer's command line: `passport issuer …`."""

from issuer.cli.app import app

__all__ = ["app"]
