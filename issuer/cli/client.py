"""How commands name a running issuer and its key."""

from pathlib import Path
from typing import Annotated

import typer

Url = Annotated[str, typer.Option("--url", envvar="PASSPORT_ISSUER_URL", help="Address of the issuer.")]
ApiKeyFile = Annotated[
    Path,
    typer.Option(
        "--api-key",
        envvar="PASSPORT_ISSUER_API_KEY_FILE",
        exists=True,
        dir_okay=False,
        help="File with your API key.",
    ),
]
