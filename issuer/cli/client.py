"""A running issuer's API, for commands."""

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


class IssuerRefusal(NotAllowed):
    code = "issuer_refusal"
    sentence = "The issuer refuses this."

    def __init__(self, code: str, title: str, **details: str | int) -> None:
        super().__init__(**details)
        self.code_there, self.title = code, title

    def __str__(self) -> str:
        return self.title or self.sentence


class IssuerUnreachable(Indeterminate):
    code = "issuer_not_answering"
    sentence = "The issuer does not answer. Is it running, and is --url right?"


class NoHttp(Invalid):
    code = "no_http"
    sentence = "The issuer's address must begin with http:// or https://."


class Client:
    """Asks with one bearer secret; a refusal becomes an error with the service's own sentence."""

    def __init__(self, url: str, bearer: str) -> None:
        if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
            raise NoHttp
        self._url, self._bearer = url.rstrip("/"), bearer

    @classmethod
    def with_key_file(cls, url: str, path: Path) -> "Client":
        return cls(url, read_file(path).decode("ascii", "replace").strip())

    def get(self, path: str) -> Any:
        return parse_json(self.send("GET", path, None, "application/json"), PUBLISHED)

    def post(self, path: str, body: JsonValue = None) -> Any:
        data = b"" if body is None else dump(body)
        return parse_json(self.send("POST", path, data, "application/json"), PUBLISHED)

    def send(self, method: str, path: str, data: bytes | None, media_type: str) -> bytes:
        """The body of the answer; raises IssuerRefusal or IssuerUnreachable."""
        request = urllib.request.Request(  # noqa: S310  # the scheme is checked above
            self._url + path,
            data=data,
            method=method,
            headers={
                "Authorization": f"Bearer {self._bearer}",
                "Content-Type": media_type,
                "Accept": "application/json, text/csv",
                "Accept-Language": os.environ.get("LANG", "en")[:2],
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310  # the same
                answer: bytes = response.read()
                return answer
        except urllib.error.HTTPError as error:
            raise _refusal(error.code, error.read(65_536)) from None
        except OSError:
            raise IssuerUnreachable from None


def _refusal(status: int, body: bytes) -> PassportError:
    try:
        found = parse_json(body)
    except PassportError:
        found = None
    if status >= _SERVER or not isinstance(found, dict):
        return IssuerUnreachable(status=status)
    return IssuerRefusal(str(found.get("code", "")), str(found.get("title", "")), status=status)
