"""How commands name a running verifier and its key."""

from pathlib import Path
from typing import Annotated

import typer

Url = Annotated[str, typer.Option("--url", envvar="PASSPORT_VERIFIER_URL", help="Address of the verifier.")]
KeyFile = Annotated[
    Path,
    typer.Option(
        "--api-key",
        envvar="PASSPORT_VERIFIER_API_KEY_FILE",
        exists=True,
        dir_okay=False,
        help="File with your API key.",
    ),
]
