"""A running verifier's interface, for commands."""

import os
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Annotated, Any

import typer

from passport.errors import Indeterminate, Invalid, NotAllowed, PassportError
from passport.json import JsonValue, dump, parse_json
from passport.limits import PUBLISHED
from passport.terminal import read_file

_SECONDS = 60
_SERVER = 500

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


class VerifierRefusal(NotAllowed):
    """A refusal with the service's own sentence."""

    code = "verifier_refusal"
    sentence = "The verifier refuses this."

    def __init__(self, code: str, title: str, **details: str | int) -> None:
        super().__init__(**details)
        self.code_there, self.title = code, title

    def __str__(self) -> str:
        return self.title or self.sentence


class VerifierUnreachable(Indeterminate):
    code = "verifier_not_answering"
    sentence = "The verifier does not answer. Is it running, and is --url right?"


class NotAnAddress(Invalid):
    code = "verifier_address"
    sentence = "The verifier's address must begin with http:// or https://."


class Client:
    """Asks with one bearer secret."""

    def __init__(self, url: str, secret_file: Path) -> None:
        """Raises NotAnAddress."""
        if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
            raise NotAnAddress
        self._url = url.rstrip("/")
        self._bearer = read_file(secret_file).decode("ascii", "replace").strip()

    def get(self, path: str) -> Any:
        return self.send("GET", path, None, "application/json")

    def post(self, path: str, body: JsonValue) -> Any:
        return self.send("POST", path, dump(body), "application/json")

    def send(self, method: str, path: str, data: bytes | None, media_type: str) -> Any:
        """The JSON of the answer; raises VerifierRefusal or VerifierUnreachable."""
        request = urllib.request.Request(  # noqa: S310  # the scheme is checked above
            self._url + path,
            data=data,
            method=method,
            headers={
                "Authorization": f"Bearer {self._bearer}",
                "Content-Type": media_type,
                "Accept": "application/json",
                "Accept-Language": os.environ.get("LANG", "en")[:2],
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310  # the same
                return parse_json(response.read(), PUBLISHED)
        except urllib.error.HTTPError as error:
            with error:
                raise _refusal(error.code, error.read(65_536)) from None
        except OSError:
            raise VerifierUnreachable from None


def _refusal(status: int, body: bytes) -> PassportError:
    try:
        found = parse_json(body)
    except PassportError:
        found = None
    if status >= _SERVER or not isinstance(found, dict):
        return VerifierUnreachable(status=status)
    return VerifierRefusal(str(found.get("code", "")), str(found.get("title", "")), status=status)
