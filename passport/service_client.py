"""A running service's API, for commands: one bearer secret, and a refusal in the service's own sentence."""

import os
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from passport.errors import Indeterminate, Invalid, NotAllowed, PassportError
from passport.json import JsonValue, dump, parse_json
from passport.limits import PUBLISHED
from passport.terminal import read_file

_SECONDS = 60
_SERVER = 500
_REFUSAL = 65_536


class ServiceRefusal(NotAllowed):
    """What a service answered no to. Its sentence is ours: both sides are this project."""

    code = "service_refusal"
    sentence = "The service refuses this."

    def __init__(self, code: str, title: str, **details: str | int) -> None:
        super().__init__(**details)
        self.code_there, self.title = code, title

    def __str__(self) -> str:
        """With the place in what was sent, where the service names one; `*` is a name it doesn't know."""
        field = self.details.get("field")
        place = f" See {field}: {self.details.get('rule', '')}." if field else ""
        return (self.title or self.sentence) + place


class ServiceNotAnswering(Indeterminate):
    code = "service_not_answering"
    sentence = "The service does not answer. Is it running, and is --url right?"


class ServiceAddress(Invalid):
    code = "service_address"
    sentence = "The service's address must begin with http:// or https://."


class ServiceClient:
    """Asks with the secret in a file: an API key, or the operator's bootstrap secret."""

    def __init__(self, url: str, secret_file: Path) -> None:
        """Raises ServiceAddress."""
        if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
            raise ServiceAddress
        self._url = url.rstrip("/")
        self._bearer = read_file(secret_file).decode("ascii", "replace").strip()

    def get(self, path: str) -> Any:
        return parse_json(self.send("GET", path, None, "application/json"), PUBLISHED)

    def post(self, path: str, body: JsonValue = None) -> Any:
        data = b"" if body is None else dump(body)
        return parse_json(self.send("POST", path, data, "application/json"), PUBLISHED)

    def upload(self, path: str, data: bytes, media_type: str) -> Any:
        """Send a file; the JSON of the answer."""
        return parse_json(self.send("POST", path, data, media_type), PUBLISHED)

    def send(self, method: str, path: str, data: bytes | None, media_type: str) -> bytes:
        """The body of the answer; raises ServiceRefusal or ServiceNotAnswering."""
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
            with error:
                raise _refusal(error.code, error.read(_REFUSAL)) from None
        except OSError:
            raise ServiceNotAnswering from None


def _refusal(status: int, body: bytes) -> PassportError:
    try:
        found = parse_json(body)
    except PassportError:
        found = None
    if status >= _SERVER or not isinstance(found, dict):
        return ServiceNotAnswering(status=status)
    told = found.get("details")
    details = {name: str(told[name]) for name in ("field", "rule") if isinstance(told, dict) and name in told}
    return ServiceRefusal(str(found.get("code", "")), str(found.get("title", "")), status=status, **details)
